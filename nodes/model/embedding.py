"""One attempt at an embedding model: texts go out, vectors come back and are recorded as they will be used."""

import asyncio
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from openai import AsyncOpenAI

from quire.nodes.model.classify import CLIENT_FAULTS, Outcome, of_fault
from quire.nodes.model.clients import embedding_client
from quire.nodes.model.kinds import KINDS, UNSUPPORTED
from quire.nodes.model.question import Question, Received
from quire.nodes.model.request import Request
from quire.nodes.model.routes import Route
from quire.nodes.search.meaning import packed

_MOST_DIMENSIONS: Final = 16_384
_FARTHEST: Final = 1e30
"""From nothing, in any dimension. What is not a number is on neither side of it."""


def request_vectors(model: str, texts: Iterable[str]) -> Request:
    """Ask for the vectors of texts."""
    return Request(model=model, system="", user=(), texts=tuple(texts), max_tokens=0, temperature=None)


def vectors_in(reply: str) -> list[str]:
    """Give the vectors of a reply as they are kept, in the order of the texts."""
    return reply.split("\n")


class EmbeddingEndpoint:
    """An endpoint that embeds. Belongs to one event loop, as its connections do.

    Args:
        route: which.

    """

    def __init__(self, route: Route) -> None:
        self._route = route
        self._client: AsyncOpenAI | None = None
        self._making = asyncio.Lock()

    async def ask(
        self,
        question: Question,
        received: Received,
        *,
        seconds: float,
        on_token: Callable[[str], None] | None = None,
        is_watched: bool = False,
    ) -> Outcome:
        """Make one attempt.

        Args:
            question: what to send.
            received: filled with what comes.
            seconds: what the attempt may take in all.
            on_token: is told nothing: there is no text.
            is_watched: callback handlers of LangChain's see chat models only.

        Returns:
            How it ended; ``received`` may be used only if that is ``ok``.

        """
        del on_token, is_watched
        try:
            async with asyncio.timeout(seconds):
                # As it came: the client's own reading of a reply lets any exception through.
                answer = await (await self._made()).embeddings.with_raw_response.create(
                    model=question.called or question.model, input=list(question.texts), encoding_format="float"
                )
            return _taken(json.loads(answer.http_response.content), len(question.texts), received)
        except CLIENT_FAULTS as fault:
            outcome = of_fault(fault)
            return Outcome(KINDS["bad-request"].ended, "bad-request") if outcome.kind == UNSUPPORTED else outcome

    async def _made(self) -> AsyncOpenAI:
        async with self._making:
            if self._client is None:
                # Certificates are read from disk; event loops that refuse blocking calls refuse that too.
                self._client = await asyncio.to_thread(embedding_client, self._route)
        return self._client

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()
        self._client = None


def _taken(answer: Any, texts: int, received: Received) -> Outcome:
    """Take in what came, if it is one vector for each text, all of one length."""
    told = (answer.get("usage") or {}).get("prompt_tokens")
    if isinstance(told, int):
        received.prompt_tokens, received.completion_tokens = told, 0
    model = answer.get("model")
    received.answered_by = model if isinstance(model, str) else None
    vectors = {row["index"]: row["embedding"] for row in answer["data"]}
    in_order = [vectors[place] for place in range(texts)]
    if (
        len(answer["data"]) != texts
        or len({len(vector) for vector in in_order}) != 1
        or not all(map(_usable, in_order))
    ):
        return Outcome(KINDS["malformed"].ended, "malformed")
    received.text.append("\n".join(map(packed, in_order)))
    return Outcome("ok", "ok")


def _usable(vector: Sequence[Any]) -> bool:
    if not 0 < len(vector) <= _MOST_DIMENSIONS:
        return False
    return all(isinstance(n, int | float) and -_FARTHEST < n < _FARTHEST for n in vector)
