"""One request to a chat model, and its reply piece by piece."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, Final, cast

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.runnables import RunnableConfig
from langchain_openai.chat_models.base import BaseChatOpenAI

from quire.nodes.model.classify import CLIENT_FAULTS, Outcome, of_reply, too_long
from quire.nodes.model.dialects import Dialect, Manner, arguments, messages_for
from quire.nodes.model.question import Question, Received
from quire.nodes.model.watched import Muted

_ONLY_OWN_TEMPERATURE: Final = re.compile(r"o\d|gpt-5(?!.*chat)")
"""Models that reason refuse every temperature but their own."""


class AttemptFailedError(Exception):
    """The client raised something. It has no words: they may hold keys, and traces show them."""

    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self.fault = fault


class Attempt:
    """One request, and its reply piece by piece."""

    def __init__(
        self,
        question: Question,
        received: Received,
        model: BaseChatModel,
        dialect: Dialect,
        manner: Manner,
        *,
        takes_temperature: bool,
        is_watched: bool,
    ) -> None:
        self.manner = manner
        self._question = question
        self._received = received
        self._model = model
        self._dialect = dialect
        self._takes_temperature = takes_temperature
        self._is_watched = is_watched

    async def pieces(self, *, stream: bool) -> AsyncGenerator[BaseMessage]:
        """Ask, and give what comes.

        The client waits for each piece by ``asyncio.wait_for``. Before Python 3.12 that loses a cancellation, and so a
        deadline too, that comes together with a piece: on a busy loop most of them (CPython's issue 86296).

        Raises:
            AttemptFailedError: the client raised something.

        """
        asking = asyncio.current_task()
        given_up = asking.cancelling() if asking else 0
        async with aclosing(self._messages(stream=stream)) as messages:
            while True:
                try:
                    message = await anext(messages)
                except StopAsyncIteration:
                    return
                except self._faults as fault:
                    raise AttemptFailedError(fault) from None
                if asking and asking.cancelling() > given_up:
                    raise asyncio.CancelledError
                self._received.take(message)
                yield message
                if too_long(self._received.characters, self._question.max_tokens):
                    return

    def is_good(self) -> bool:
        """Whether what came can be used."""
        return self.outcome().ended == "ok"

    def outcome(self) -> Outcome:
        """Judge what came."""
        question, answer = self._question, self._received.answer()
        return of_reply(answer, schema=question.schema, max_tokens=question.max_tokens)

    @property
    def _faults(self) -> tuple[type[Exception], ...]:
        """What the client raises because of what an endpoint did; only the classes of OpenAI's client are known."""
        return CLIENT_FAULTS if isinstance(self._model, BaseChatOpenAI) else (Exception,)

    async def _messages(self, *, stream: bool) -> AsyncGenerator[BaseMessage]:
        asked, said = messages_for(self._question, self.manner), self._arguments()
        # Whoever watches is told of the prose, not of the JSON around it.
        alone = RunnableConfig(callbacks=[Muted.make()] if self._is_watched else [])
        dialect = self._dialect
        if not (dialect.streams_anyway or (stream and dialect.keeps_refusals)):
            yield await self._model.ainvoke(asked, alone, **said, **_plainly(self._model))
            return
        usage: dict[str, Any] = {"stream_usage": True} if isinstance(self._model, BaseChatOpenAI) else {}
        chunks = self._model.astream(asked, alone, **said, **usage)
        async with aclosing(cast("AsyncGenerator[BaseMessage]", chunks)):
            async for chunk in chunks:
                yield chunk

    def _arguments(self) -> dict[str, Any]:
        question, name = self._question, self._question.called or self._question.model
        own = not self._takes_temperature or _ONLY_OWN_TEMPERATURE.match(name)
        return arguments(question, self._dialect, self.manner, temperature=None if own else question.temperature)


def _plainly(model: BaseChatModel) -> dict[str, Any]:
    """Keep OpenAI's client from streaming inside a plain call, which it does where a handler wants chunks."""
    return {"stream": False} if isinstance(model, BaseChatOpenAI) else {}
