"""One attempt at one model: the thin shell over ``ChatOpenAI``.

The client's own retries, parsing and timeouts are off or unused: it sleeps inside a call, parses before
we can see why a reply ended, and bounds the time between two bytes instead of the call.
"""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Final, cast

import httpx2
from langchain_core.messages import BaseMessage
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from quire.nodes.model.classify import CLIENT_FAULTS, Answer, Outcome, of_fault, of_reply, too_long
from quire.nodes.model.transport import client, timeout

OPENAI_URL: Final = "https://api.openai.com/v1"
_LONGEST_SILENCE: Final = 60.0
"""Seconds between two chunks of a stream; models that reason are silent for long before the first."""

_ONLY_OWN_TEMPERATURE: Final = re.compile(r"o\d|gpt-5(?!.*chat)")
"""Models that reason refuse every temperature but their own."""


@dataclass(frozen=True)
class Question:
    """What one attempt sends."""

    model: str
    messages: list[tuple[str, str]]
    max_tokens: int
    temperature: float | None
    schema: Mapping[str, Any] | None
    schema_name: str


@dataclass
class Received:
    """What an attempt brought, filled while it comes: what was received is charged even if the attempt fails."""

    text: list[str] = field(default_factory=list)
    characters: int = 0
    finish_reason: str | None = None
    refusal: str | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None

    def take(self, message: BaseMessage) -> str:
        """Take in a message or a chunk of one, and give its text."""
        text = message.text
        self.text.append(text)
        self.characters += len(text)
        self.finish_reason = message.response_metadata.get("finish_reason") or self.finish_reason
        self.refusal = message.additional_kwargs.get("refusal") or self.refusal
        usage = getattr(message, "usage_metadata", None)
        if usage:
            self.prompt_tokens, self.completion_tokens = usage["input_tokens"], usage["output_tokens"]
        return text

    def answer(self) -> Answer:
        """Put the pieces together."""
        return Answer("".join(self.text), self.finish_reason, self.refusal)


class Endpoint:
    """An OpenAI-compatible endpoint. Belongs to one event loop, as its connections do.

    Args:
        base_url: where it is.
        key: sent with every call, and nowhere else: redirects are not followed.
        silence: seconds without a chunk after which a stream is given up.

    """

    def __init__(self, base_url: str, key: SecretStr, *, silence: float = _LONGEST_SILENCE) -> None:
        self._base_url = base_url
        self._key = key
        self._silence = silence
        self._models: dict[tuple[str, float | None], ChatOpenAI] = {}
        self._http: httpx2.AsyncClient | None = None
        self._making = asyncio.Lock()

    async def ask(
        self, question: Question, received: Received, *, seconds: float, on_token: Callable[[str], None] | None = None
    ) -> Outcome:
        """Make one attempt.

        Args:
            question: what to send.
            received: filled with what comes.
            seconds: what the attempt may take in all.
            on_token: is told the reply's text as it comes; asks for a stream.

        Returns:
            How it ended; ``received`` may be used only if that is ``ok``.

        """
        texts = self._texts(question, received, stream=on_token is not None)
        try:
            async with asyncio.timeout(seconds), aclosing(texts):
                fault = await _follow(texts, on_token)
        except TimeoutError as late:
            fault = late
        if fault is not None:
            return of_fault(fault)
        return of_reply(received.answer(), schema=question.schema, max_tokens=question.max_tokens)

    async def _texts(self, question: Question, received: Received, *, stream: bool) -> AsyncGenerator[str]:
        model = await self._model(question)
        if not stream:
            yield received.take(await model.ainvoke(question.messages, stream=False, **_arguments(question)))
            return
        chunks = model.astream(question.messages, stream_usage=True, **_arguments(question))
        async with aclosing(cast("AsyncGenerator[BaseMessage]", chunks)):
            async for chunk in chunks:
                yield received.take(chunk)
                if too_long(received.characters, question.max_tokens):
                    return

    async def _model(self, question: Question) -> ChatOpenAI:
        made_for = (question.model, question.temperature)
        async with self._making:
            if made_for not in self._models:
                # Certificates are read from disk; event loops that refuse blocking calls refuse that too.
                self._models[made_for] = await asyncio.to_thread(self._make, *made_for)
        return self._models[made_for]

    def _make(self, model: str, temperature: float | None) -> ChatOpenAI:
        self._http = self._http or client()
        return ChatOpenAI(
            model=model,
            temperature=None if _ONLY_OWN_TEMPERATURE.match(model) else temperature,
            base_url=self._base_url,
            api_key=self._key,
            max_retries=0,
            timeout=timeout(),
            use_responses_api=False,
            stream_chunk_timeout=self._silence,
            http_async_client=self._http,
        )

    async def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.aclose()
        self._http = None
        self._models.clear()


def _arguments(question: Question) -> dict[str, Any]:
    """Say how long a reply may be and in what form.

    The form goes through ``extra_body``: as ``response_format`` the SDK would parse the reply itself, and
    raise before we have seen it.
    """
    bound: dict[str, Any] = {"max_tokens": question.max_tokens}
    if question.schema is None:
        return bound
    form = {"name": question.schema_name, "schema": question.schema, "strict": True}
    return bound | {"extra_body": {"response_format": {"type": "json_schema", "json_schema": form}}}


async def _follow(texts: AsyncIterator[str], on_token: Callable[[str], None] | None) -> Exception | None:
    """Pass the texts on and give what the client raised. What ``on_token`` raises is a bug and goes its way.

    The client waits for each piece by ``asyncio.wait_for``. Before Python 3.12 that loses a cancellation, and so a
    deadline too, that comes together with a piece: on a busy loop most of them (CPython's issue 86296).
    """
    asking = asyncio.current_task()
    given_up = asking.cancelling() if asking else 0
    while True:
        try:
            text = await anext(texts)
        except StopAsyncIteration:
            return None
        except CLIENT_FAULTS as fault:
            return fault
        if asking and asking.cancelling() > given_up:
            raise asyncio.CancelledError
        if on_token is not None and text:
            on_token(text)
