"""Which providers a model's name may begin with, as in ``anthropic:claude-sonnet-4-5``, and what reaching them takes.

A table of ours instead of LangChain's ``init_chat_model``: that passes on what a client does not know, and some drop it
without a word (``ChatOllama`` ignores ``timeout``, ``max_retries`` and ``max_tokens``), so the table would be needed
beside it. Providers that speak OpenAI's protocol are asked over the one client whose HTTP is ours, and need no package.
"""

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Final, NamedTuple

OPENAI: Final = "openai"
AZURE: Final = "azure_openai"
OPENAI_URL: Final = "https://api.openai.com/v1"
API_VERSION: Final = "OPENAI_API_VERSION"
"""Of a classic Azure deployment; without it Azure is asked at ``/openai/v1/``."""


class Provider(NamedTuple):
    """Somebody who serves models."""

    url: str
    """Where, unless a variable says otherwise. Empty: the provider's package knows, or the variable must be set."""
    url_variable: str
    key_variable: str
    """Empty: no key is needed."""
    package: str = ""
    """Module of the client; empty: the OpenAI client, which is always there."""
    extra: str = ""
    """Extra of ours that installs the package."""


PROVIDERS: Final[Mapping[str, Provider]] = {
    OPENAI: Provider(OPENAI_URL, "OPENAI_BASE_URL", "OPENAI_API_KEY"),
    AZURE: Provider("", "AZURE_OPENAI_ENDPOINT", "AZURE_OPENAI_API_KEY"),
    "openrouter": Provider("https://openrouter.ai/api/v1", "OPENROUTER_BASE_URL", "OPENROUTER_API_KEY"),
    "groq": Provider("https://api.groq.com/openai/v1", "GROQ_BASE_URL", "GROQ_API_KEY"),
    "mistralai": Provider("https://api.mistral.ai/v1", "MISTRAL_BASE_URL", "MISTRAL_API_KEY"),
    "anthropic": Provider("", "ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY", "langchain_anthropic", "anthropic"),
    "google_genai": Provider("", "GOOGLE_GEMINI_BASE_URL", "GOOGLE_API_KEY", "langchain_google_genai", "google"),
    "ollama": Provider("http://127.0.0.1:11434", "OLLAMA_HOST", "", "langchain_ollama", "ollama"),
}
"""By the part of a model's name before the colon."""

_ELSEWHERE: Final = frozenset(
    {
        *("anthropic_bedrock", "azure_ai", "baseten", "bedrock", "bedrock_converse", "cohere", "deepseek", "fireworks"),
        *("google_anthropic_vertex", "google_vertexai", "huggingface", "ibm", "litellm", "nvidia", "perplexity"),
        *("together", "upstage", "xai"),
    }
)
"""Providers that LangChain knows and this table does not."""

VARIABLES: Final = frozenset(
    {API_VERSION}
    | {provider.url_variable for provider in PROVIDERS.values()}
    | {provider.key_variable for provider in PROVIDERS.values() if provider.key_variable}
)
"""Variables of the environment that say where providers are and hold their keys."""


def split(name: str) -> tuple[str, str]:
    """Give a model's provider and what the provider calls it; names without a known provider are OpenAI's.

    ``llama3:8b`` and ``ft:gpt-4o-mini:org`` are such names: only a provider of the table makes the colon count.
    """
    provider, _, model = name.partition(":")
    return (provider, model) if provider in PROVIDERS else (OPENAI, name)


def is_qualified(name: str) -> bool:
    """Whether a model's name says its provider."""
    return name.partition(":")[0] in PROVIDERS and ":" in name


def problem_of(name: str) -> str:
    """Say why no model of this name can be asked; empty if one can."""
    provider, model = split(name)
    if not model:
        return f"{name!r} names a provider and no model (as in {provider}:MODEL)"
    if (elsewhere := name.partition(":")[0]) in _ELSEWHERE and elsewhere != name:
        known = ", ".join(PROVIDERS)
        return (
            f"the provider {elsewhere} is not known by name (known: {known}); if it speaks OpenAI's protocol, give its "
            "address as a base URL and the model's name alone, or pass a LangChain model to build(model=…)"
        )
    needed = PROVIDERS[provider]
    if needed.package and find_spec(needed.package) is None:
        return f"{name!r} needs a package: pip install 'quire-documents[{needed.extra}]'"
    return ""


def problem_of_embedding(name: str) -> str:
    """Say why no embedding model of this name can be asked; empty if one can: embeddings go by OpenAI's protocol."""
    provider, model = split(name)
    if not PROVIDERS[provider].package:
        return ""
    return (
        f"embeddings are asked for over OpenAI's protocol; where {provider} speaks it too, give that address as "
        f"QUIRE_EMBEDDING_MODEL_BASE_URL, and {model!r} as the model"
    )
