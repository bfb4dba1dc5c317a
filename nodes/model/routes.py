"""Where a model is asked: its provider, address and key, worked out from the settings. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from pydantic import SecretStr

from quire.nodes.model.providers import API_VERSION, AZURE, OPENAI, PROVIDERS, split

if TYPE_CHECKING:
    from quire.nodes.config.settings_models import ModelSettings  # it asks here whether its models can be reached

_NO_KEY: Final = SecretStr("no-key")
"""Sent to endpoints that need none, because the client insists on a header."""


@dataclass(frozen=True)
class Route:
    """How a model is reached."""

    provider: str
    model: str
    """What the provider calls it."""
    url: str
    """Empty: where the provider's package looks by itself."""
    key: SecretStr
    url_variable: str
    """Which variable the address comes from, for messages; ``key_variable`` and ``model_variable`` likewise."""
    key_variable: str
    model_variable: str

    @property
    def host(self) -> str:
        """Name the endpoint for a reader."""
        return urlsplit(self.url).netloc or self.provider


@dataclass(frozen=True)
class Own:
    """An endpoint that is named for one agent, for the fallback, or for embeddings."""

    url: str | None
    key: SecretStr | None
    variable: str
    """Of its model; those of its address and key begin with it."""


def route_of(settings: "ModelSettings", agent: str, name: str) -> Route | None:
    """Say how an agent reaches a model; None if no endpoint is known that could have it.

    The agent's own endpoint has the models of its own provider; any other is where its provider is.

    Args:
        settings: what the environment says.
        agent: who asks.
        name: the model, as in ``gpt-4o-mini`` or ``anthropic:claude-sonnet-4-5``.

    """
    spelt = settings.spelt(agent)
    own = Own(settings.model_urls.get(spelt), settings.model_keys.get(spelt), settings.variable_of(agent))
    if split(name)[0] != split(settings.model_for(agent))[0]:
        own = Own(None, None, own.variable)
    return _route(settings, name, own)


def fallback_route(settings: "ModelSettings") -> Route | None:
    """Say how the fallback model is reached; None if there is none, or no endpoint is known for it."""
    if settings.fallback_model is None:
        return None
    own = Own(settings.fallback_url, settings.fallback_key, "QUIRE_FALLBACK_MODEL")
    return _route(settings, settings.fallback_model, own)


def embedding_route(settings: "ModelSettings") -> Route | None:
    """Say how the embedding model is reached; None if there is none, or no endpoint is known for it."""
    if settings.embedding_model is None:
        return None
    own = Own(settings.embedding_url, settings.embedding_key, "QUIRE_EMBEDDING_MODEL")
    return _route(settings, settings.embedding_model, own)


def needs(name: str) -> str:
    """Name the variable without which a model cannot be reached."""
    place = PROVIDERS[split(name)[0]]
    return place.key_variable if place.url or place.package else f"{place.url_variable} and {place.key_variable}"


def label_of_fallback(settings: "ModelSettings", first: str) -> str | None:
    """Name the fallback in records: two endpoints may have a model of the same name."""
    route = fallback_route(settings)
    if route is None or settings.fallback_model != first:
        return settings.fallback_model if route else None
    return f"{settings.fallback_model}@{route.host}" if settings.fallback_url else None


def _route(settings: "ModelSettings", name: str, own: Own) -> Route | None:
    provider, model = split(name)
    place, said = PROVIDERS[provider], settings.providers
    key = own.key if own.url else own.key or said.get(place.key_variable)  # a key goes to its own endpoint only
    url = own.url or _url(said, place.url_variable, place.url)
    named = own.url or (place.url_variable and said.get(place.url_variable))
    if not (key or named or not place.key_variable):
        return None
    if provider == AZURE:
        if not url:
            return None
        url = _azure(url, model, said.get(API_VERSION))
    return Route(
        provider=OPENAI if provider == AZURE else provider,
        model=model,
        url=url,
        key=key or _NO_KEY,
        url_variable=f"{own.variable}_BASE_URL" if own.url or not place.url_variable else place.url_variable,
        key_variable=f"{own.variable}_API_KEY" if own.key or not place.key_variable else place.key_variable,
        model_variable=own.variable,
    )


def _url(said: Mapping[str, SecretStr], variable: str, default: str) -> str:
    url = said[variable].get_secret_value() if variable in said else default
    return url if not url or "://" in url else f"http://{url}"


def _azure(endpoint: str, deployment: str, version: SecretStr | None) -> str:
    """Give the address of a deployment: the classic form where a version is named, else ``/openai/v1/``."""
    if "/openai" in urlsplit(endpoint).path:
        return endpoint
    place = f"{endpoint.rstrip('/')}/openai"
    if version is None:
        return f"{place}/v1"
    return f"{place}/deployments/{quote(deployment)}?api-version={quote(version.get_secret_value())}"
