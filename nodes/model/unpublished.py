"""What the gateway's promises need of LangChain's clients and they do not publish. Nothing else does so."""

from typing import Any


def ask_through(model: Any, client: Any) -> None:
    """Have LangChain's Anthropic model ask through a client of ours: replies stay bounded, redirects are refused."""
    model.__dict__["_async_client"] = client  # a cached property, for which the class takes no client


async def close_connections(model: Any) -> None:
    """Close the connections of LangChain's Ollama model: no process leaves one behind."""
    await model._async_client.close()  # noqa: SLF001 - it offers no other way
