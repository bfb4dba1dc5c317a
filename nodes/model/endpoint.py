"""One attempt at one model: the thin shell over LangChain's chat models.

The clients' own retries, parsing and timeouts are off or unused: they sleep inside a call, parse before we can see why
a reply ended, and bound the time between two bytes instead of the call.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Final, cast

from langchain_core.messages import BaseMessage

from quire.nodes.model.attempt import Attempt, AttemptFailedError
from quire.nodes.model.classify import Outcome, of_fault
from quire.nodes.model.clients import Source
from quire.nodes.model.dialects import Manner, dialect_of
from quire.nodes.model.kinds import KINDS, UNSUPPORTED
from quire.nodes.model.question import Question, Received
from quire.nodes.model.signals import words_of
from quire.nodes.model.vocabulary import Wish
from quire.nodes.model.watched import watched

_log = logging.getLogger("quire")


class Endpoint:
    """An endpoint, and what is known of how it wants to be asked. Belongs to one event loop, as its connections do.

    Args:
        source: gives its chat models.
        name: what the operator's log calls it.

    """

    def __init__(self, source: Source, name: str = "the endpoint") -> None:
        self._source = source
        self._name = name
        self._manners: dict[str, Manner] = {}

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
            on_token: is told the reply's text as it comes; asks for a stream.
            is_watched: a callback handler of LangChain's is told of the attempt, and decides whether it is a stream.

        Returns:
            How it ended; ``received`` may be used only if that is ``ok``.

        """
        attempt = await self._begun(question, received, is_watched=is_watched)
        try:
            async with asyncio.timeout(seconds):
                if is_watched:
                    await watched(attempt, question, streams=on_token is not None, on_token=on_token)
                else:
                    await _follow(attempt.pieces(stream=on_token is not None), on_token)
        except TimeoutError as late:
            return of_fault(late)
        except AttemptFailedError as failed:
            return self._judged(question, attempt, failed.fault)
        return attempt.outcome()

    async def _begun(self, question: Question, received: Received, *, is_watched: bool) -> Attempt:
        model = await self._source.model(question.called or question.model)
        dialect = dialect_of(model)
        received.adds_up, received.good_ends = dialect.adds_up, dialect.good_ends
        manner = self._manners.get(question.model, Manner(dialect.forms))
        warm = self._source.takes_temperature
        return Attempt(question, received, model, dialect, manner, takes_temperature=warm, is_watched=is_watched)

    def _judged(self, question: Question, attempt: Attempt, fault: Exception) -> Outcome:
        outcome = of_fault(fault)
        if outcome.kind == "unknown":
            _log.warning("%s raised %s", self._name, type(fault).__name__)
        if outcome.kind == UNSUPPORTED:
            return self._stepped_down(question, attempt, outcome, fault)
        return outcome

    def _stepped_down(self, question: Question, attempt: Attempt, outcome: Outcome, fault: Exception) -> Outcome:
        """Ask for less from now on; other calls may have met the same meanwhile, and one step is enough for all."""
        less = attempt.manner.without(cast("Wish", outcome.detail))
        if less is None:
            return Outcome(KINDS["bad-request"].ended, "bad-request")
        if self._manners.get(question.model, attempt.manner) == attempt.manner:
            self._manners[question.model] = less
            words = "%s does not take the %s that %s is asked with, and is asked with less from now on; it says: %s"
            _log.warning(words, self._name, _WISHES[outcome.detail], question.model, words_of(fault))
        return outcome

    async def close(self) -> None:
        """Close the connections."""
        await self._source.close()


_WISHES: Final = {"form": "form of reply", "length": "max_completion_tokens", "temperature": "temperature"}


async def _follow(pieces: AsyncGenerator[BaseMessage], on_token: Callable[[str], None] | None) -> None:
    """Pass the texts on. What ``on_token`` raises is a bug and goes its way."""
    async with aclosing(pieces):
        async for message in pieces:
            if on_token is not None and (text := str(message.text)):
                on_token(text)
