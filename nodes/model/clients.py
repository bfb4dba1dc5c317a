"""Makes the chat models that are asked: each client with its own retries off, over HTTP of ours, bounded by us alone.

Left to themselves clients send a call again behind our back (up to six times), wait inside it, follow redirects with
the key, and read a body without end.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import httpx2
from langchain_core.language_models import BaseChatModel
from langchain_core.outputs import ChatGenerationChunk
from langchain_openai import ChatOpenAI
from openai import AsyncOpenAI

from quire.nodes.model.routes import Route
from quire.nodes.model.transport import client, settings_for, timeout, with_api_key
from quire.unpublished import ask_through, close_connections, hearing_chunks

_LONGEST_SILENCE: Final = 60.0
"""Seconds between two chunks of a stream; models that reason are silent for long before the first."""


class Source(Protocol):
    """Where an endpoint's chat models come from."""

    takes_temperature: bool
    """Whether we say how freely it writes; a model that was handed in has been told by its user."""

    async def model(self, name: str) -> BaseChatModel:
        """Give the model of a name."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


class HandedIn:
    """A chat model that the user made."""

    takes_temperature = False

    def __init__(self, model: BaseChatModel) -> None:
        self._model = model

    async def model(self, name: str) -> BaseChatModel:  # noqa: ARG002 - there is only the one
        """Give it."""
        return self._model

    async def close(self) -> None:
        """Do nothing: its connections are its user's."""


class Made:
    """Chat models of an endpoint, made by name. They belong to one event loop, as their connections do.

    Args:
        route: which endpoint.
        silence: seconds without a chunk after which a stream is given up, where the client can do that.

    """

    takes_temperature = True

    def __init__(self, route: Route, *, silence: float = _LONGEST_SILENCE) -> None:
        self._route = route
        self._silence = silence
        self._models: dict[str, BaseChatModel] = {}
        self._http: httpx2.AsyncClient | None = None
        self._making = asyncio.Lock()

    async def model(self, name: str) -> BaseChatModel:
        """Give the model of a name."""
        async with self._making:
            if name not in self._models:
                # Certificates are read from disk; event loops that refuse blocking calls refuse that too.
                self._models[name] = await asyncio.to_thread(self._make, name)
        return self._models[name]

    def _make(self, name: str) -> BaseChatModel:
        self._http = self._http or _http(self._route)
        return _MAKERS[self._route.provider](self._route, name, self._http, self._silence)

    async def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.aclose()
        for model in self._models.values():
            if self._route.provider == "ollama":
                await close_connections(model)
        self._http = None
        self._models.clear()


def embedding_client(route: Route) -> AsyncOpenAI:
    """Make OpenAI's client for embeddings; closing it closes its connections.

    LangChain's would count tokens, by tables that it fetches, and keep the endpoint's own count to itself.
    """
    url, query = parted(route.url)
    return AsyncOpenAI(
        api_key=route.key.get_secret_value(),
        base_url=url,
        default_query=query or None,
        max_retries=0,
        timeout=timeout(),
        http_client=_http(route),
    )


def _http(route: Route) -> httpx2.AsyncClient:
    return client(*([with_api_key(route.key.get_secret_value())] if is_azure(route.url) else []))


def is_azure(url: str) -> bool:
    """Whether an address is Azure's, which has keys in a header of its own."""
    parts = urlsplit(url)
    named = (parts.hostname or "").endswith((".azure.com", ".azure.us", ".azure.cn"))
    return named or "/openai/deployments/" in parts.path or "api-version" in dict(parse_qsl(parts.query))


def parted(url: str) -> tuple[str, Mapping[str, str]]:
    """Part an address from its query, which belongs behind the path of each call."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query="", fragment="")), dict(parse_qsl(parts.query))


def _keep_refusal(chunk: Mapping[str, Any], made: ChatGenerationChunk | None) -> None:
    """Keep a refusal in a stream, which the client drops. Without it a refused call would be asked again."""
    for choice in chunk.get("choices") or ():
        if made is not None and (refusal := (choice.get("delta") or {}).get("refusal")):
            made.message.additional_kwargs["refusal"] = refusal


ChatOpenAIWithRefusals: Final = hearing_chunks(ChatOpenAI, _keep_refusal)


def _openai(route: Route, name: str, http: httpx2.AsyncClient, silence: float) -> BaseChatModel:
    url, query = parted(route.url)
    made: BaseChatModel = ChatOpenAIWithRefusals(
        model=name,
        base_url=url,
        default_query=query or None,
        api_key=route.key,
        max_retries=0,
        timeout=timeout(),
        use_responses_api=False,
        stream_chunk_timeout=silence,
        http_async_client=http,
    )
    return made


def _anthropic(route: Route, name: str, http: httpx2.AsyncClient, _: float) -> BaseChatModel:
    from anthropic import AsyncAnthropic  # noqa: PLC0415 - an optional package
    from langchain_anthropic import ChatAnthropic  # noqa: PLC0415 - an optional package

    key = route.key.get_secret_value()
    made: BaseChatModel = ChatAnthropic(model_name=name, api_key=route.key, max_retries=0, timeout=None, stop=None)
    asked = AsyncAnthropic(api_key=key, base_url=route.url or None, max_retries=0, timeout=timeout(), http_client=http)
    ask_through(made, asked)
    return made


def _google(route: Route, name: str, http: httpx2.AsyncClient, _: float) -> BaseChatModel:
    from google.genai import Client  # noqa: PLC0415 - an optional package
    from google.genai.types import HttpOptions  # noqa: PLC0415 - an optional package
    from langchain_google_genai import ChatGoogleGenerativeAI  # noqa: PLC0415 - an optional package

    key = route.key.get_secret_value()
    once = 1  # the SDK counts attempts, and takes 0 for its default of several
    made: BaseChatModel = ChatGoogleGenerativeAI(model=name, api_key=key, max_retries=once)
    options = HttpOptions(base_url=route.url or None, httpx_async_client=http)
    made.client = Client(api_key=key, http_options=options)  # type: ignore[attr-defined]  # a field of its own
    return made


def _ollama(route: Route, name: str, _: httpx2.AsyncClient, __: float) -> BaseChatModel:
    import httpx  # noqa: PLC0415 - only this client still needs it
    from langchain_ollama import ChatOllama  # noqa: PLC0415 - an optional package

    made: BaseChatModel = ChatOllama(model=name, base_url=route.url, async_client_kwargs=settings_for(httpx))
    return made


_MAKERS: Final[Mapping[str, Callable[[Route, str, httpx2.AsyncClient, float], BaseChatModel]]] = {
    "openai": _openai,
    "openrouter": _openai,
    "groq": _openai,
    "mistralai": _openai,
    "anthropic": _anthropic,
    "google_genai": _google,
    "ollama": _ollama,
}
