"""The part of the settings that says which models are asked, and where."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Final

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode

from quire.nodes.faults import BadInput
from quire.nodes.model.providers import VARIABLES, is_qualified, problem_of, problem_of_embedding
from quire.nodes.model.routes import embedding_route, fallback_route, needs, route_of

AGENT_PREFIX = "QUIRE_MODEL_"
URL_SUFFIX, KEY_SUFFIX = "_BASE_URL", "_API_KEY"
_EMBEDDING: Final = "QUIRE_EMBEDDING_MODEL"
_URLS, _KEYS, _PROVIDERS = f"{AGENT_PREFIX}<AGENT>{URL_SUFFIX}", f"{AGENT_PREFIX}<AGENT>{KEY_SUFFIX}", "providers"
"""Under what the settings' source gives what has no fixed variable."""
_SUFFIXES: Final = {_URLS: URL_SUFFIX, _KEYS: KEY_SUFFIX}
_URL: Final = r"^https?://[^\s@]+$"
"""Without credentials in it: they would show in logs."""


class ModelSettings(BaseSettings):
    """Models, and the endpoints and keys of agents and of the fallback."""

    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    openai_base_url: str | None = Field(default=None, validation_alias="OPENAI_BASE_URL", pattern=_URL)
    model: str = Field(default="gpt-4o-mini", validation_alias="QUIRE_MODEL")
    models: Annotated[dict[str, str], NoDecode] = Field(default_factory=dict, validation_alias=AGENT_PREFIX)
    """Model by agent, from ``QUIRE_MODEL_<AGENT>``. Keys are spelt as in the variable."""
    model_urls: Annotated[dict[str, str], NoDecode] = Field(default_factory=dict, validation_alias=_URLS)
    """Endpoint by agent, from ``QUIRE_MODEL_<AGENT>_BASE_URL``; of an agent without one, its provider's is asked."""
    model_keys: Annotated[dict[str, SecretStr], NoDecode] = Field(default_factory=dict, validation_alias=_KEYS)
    """Key by agent, from ``QUIRE_MODEL_<AGENT>_API_KEY``."""
    fallback_model: str | None = Field(default=None, validation_alias="QUIRE_FALLBACK_MODEL")
    evidence_tokens: int = Field(default=16_000, validation_alias="QUIRE_EVIDENCE_TOKENS", ge=500, le=1_000_000)
    """Tokens of sources that a prompt of a section may hold. Sources that fit are given whole, else searched."""
    fallback_url: str | None = Field(default=None, validation_alias="QUIRE_FALLBACK_MODEL_BASE_URL", pattern=_URL)
    """Where the fallback model is, if it is elsewhere."""
    fallback_key: SecretStr | None = Field(default=None, validation_alias="QUIRE_FALLBACK_MODEL_API_KEY")
    embedding_model: str | None = Field(default=None, validation_alias="QUIRE_EMBEDDING_MODEL")
    """Where sources do not fit a prompt, they are searched by meaning too. Unset: by words alone."""
    embedding_url: str | None = Field(default=None, validation_alias="QUIRE_EMBEDDING_MODEL_BASE_URL", pattern=_URL)
    """Where the embedding model is, if it is elsewhere."""
    embedding_key: SecretStr | None = Field(default=None, validation_alias="QUIRE_EMBEDDING_MODEL_API_KEY")
    provider_variables: Annotated[dict[str, SecretStr], NoDecode] = Field(
        default_factory=dict, validation_alias=_PROVIDERS
    )
    """What the environment says of providers, by variable (``quire.nodes.model.providers``)."""
    offline_wanted: bool = Field(default=False, validation_alias="QUIRE_OFFLINE")

    def check_models(self) -> None:
        """Refuse names of models that cannot be asked, and addresses that are none.

        Raises:
            BadInput: names the variable.

        """
        for agent, url in self.model_urls.items():
            if not re.fullmatch(_URL, url):
                field = f"{AGENT_PREFIX}{agent}{URL_SUFFIX}"
                raise BadInput("is no address (http or https, without a name or password in it)", field=field)
        for variable, name, is_reached in self._named():
            problem = problem_of(name) or (problem_of_embedding(name) if variable == _EMBEDDING else "")
            if not problem and is_qualified(name) and not is_reached:
                problem = f"{name!r} needs {needs(name)}"
            if problem:
                raise BadInput(f"cannot be used: {problem}", field=variable)

    def _named(self) -> Iterator[tuple[str, str, bool]]:
        """Give every model by its variable, and whether anything says where it is."""
        yield "QUIRE_MODEL", self.model, route_of(self, "", self.model) is not None or self.offline_wanted
        for agent, name in self.models.items():
            yield f"{AGENT_PREFIX}{agent}", name, route_of(self, agent, name) is not None or self.offline_wanted
        if self.fallback_model:
            yield "QUIRE_FALLBACK_MODEL", self.fallback_model, fallback_route(self) is not None or self.offline_wanted
        if self.embedding_model:
            yield _EMBEDDING, self.embedding_model, embedding_route(self) is not None or self.offline_wanted

    @property
    def providers(self) -> dict[str, SecretStr]:
        """What is said of providers, by variable."""
        url = self.openai_base_url and SecretStr(self.openai_base_url)
        own = {"OPENAI_API_KEY": self.openai_api_key, "OPENAI_BASE_URL": url}
        return self.provider_variables | {name: value for name, value in own.items() if value}

    @property
    def offline(self) -> bool:
        """Whether no model may be asked: by wish, or because nothing says where there is one."""
        return self.offline_wanted or not (
            self.model_urls or any(route_of(self, agent, self.model_for(agent)) for agent in ("", *self.models))
        )

    @property
    def embeds(self) -> bool:
        """Whether there is an embedding model that may be asked."""
        return not self.offline_wanted and embedding_route(self) is not None

    @property
    def known_models(self) -> list[str]:
        """Every model that the settings name."""
        return list(dict.fromkeys([self.model, *self.models.values(), *filter(None, [self.fallback_model])]))

    def model_for(self, agent: str) -> str:
        """Give the model that an agent uses: its own, else the default."""
        return self.models.get(self.spelt(agent), self.model)

    @staticmethod
    def spelt(agent: str) -> str:
        """Spell an agent as its variables do."""
        return agent.upper().replace("-", "_")

    def variable_of(self, agent: str) -> str:
        """Give the variable that names an agent's model."""
        spelt = self.spelt(agent)
        own = spelt in self.models or spelt in self.model_urls or spelt in self.model_keys
        return f"{AGENT_PREFIX}{spelt}" if own else "QUIRE_MODEL"

    @field_validator("openai_api_key")
    @classmethod
    def _fits_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[!-~]+", value.get_secret_value()):
            raise ValueError("it has spaces or characters that no HTTP header carries")
        return value


def variables_by_agent(variables: Mapping[str, str | None]) -> dict[str, dict[str, str]]:
    """Sort what is said of agents' models, and of providers, into the fields that keep it."""
    found: dict[str, dict[str, str]] = {AGENT_PREFIX: {}, _URLS: {}, _KEYS: {}, _PROVIDERS: {}}
    for name, value in sorted(variables.items()):
        if not value:
            continue
        if name in VARIABLES:
            found[_PROVIDERS][name] = value.strip()
        elif name.startswith(AGENT_PREFIX) and name != AGENT_PREFIX:
            field, suffix = next(((f, s) for f, s in _SUFFIXES.items() if name.endswith(s)), (AGENT_PREFIX, ""))
            found[field][name.removeprefix(AGENT_PREFIX).removesuffix(suffix)] = value.strip()
    return found
