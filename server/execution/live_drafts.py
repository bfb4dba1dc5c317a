"""A run's events together with the drafts that grow meanwhile, for somebody who follows it.

What is heard meanwhile is a preview: unnumbered, not kept, not given again. A follower who falls behind loses the
rest of a draft, and is told that what he had of it is void; he never loses an event.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractContextManager, aclosing
from contextvars import Context
from typing import TypeAlias, cast

from typing_extensions import TypedDict, TypeIs

from quire.graphs.run.token_stream import Listener, Words
from quire.nodes.event_store.port import Envelope

MOST_WAITING = 256
"""Events and pieces of drafts that are kept for a follower who is slow."""


class Piece(TypedDict):
    """A piece of a draft. With ``void``, what was said of this draft so far is not to be shown any more."""

    section: str
    epoch: int
    round: int
    agent: str
    step: str
    """``draft``, or ``part-2`` of a section that is written in parts."""
    text: str
    void: bool


_Call: TypeAlias = tuple[str, int, int, str, str]
"""Section, epoch, round, agent and step."""
Heard: TypeAlias = Envelope | Piece


def is_piece(heard: Heard) -> TypeIs[Piece]:
    """Whether this is a piece of a draft, and no event."""
    return "void" in heard


async def with_drafts(
    listening: Callable[[Listener], AbstractContextManager[None]],
    events: AsyncIterator[Envelope],
    context: Context | None = None,
) -> AsyncGenerator[Heard, None]:
    """Give the events as they come, and between them the pieces of drafts.

    Args:
        listening: lets somebody hear the run's drafts.
        events: the run's events; taken from in a task of its own.
        context: what that task runs in.

    """
    waiting: asyncio.Queue[Heard | None] = asyncio.Queue(MOST_WAITING)
    follower = _Follower(waiting)
    with listening(follower.hear):
        task = asyncio.get_running_loop().create_task(_pass_on(events, waiting), context=context)
        try:
            while (heard := await waiting.get()) is not None:
                yield heard
                for piece in follower.lost():
                    yield piece
            await task
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def _pass_on(events: AsyncIterator[Envelope], waiting: "asyncio.Queue[Heard | None]") -> None:
    try:
        async with aclosing(cast("AsyncGenerator[Envelope, None]", events)):
            async for event in events:
                await waiting.put(event)
    except Exception:
        await waiting.put(None)
        raise
    await waiting.put(None)


class _Follower:
    """Puts pieces of drafts where the follower takes them from, if there is room."""

    def __init__(self, waiting: "asyncio.Queue[Heard | None]") -> None:
        self._waiting = waiting
        self._loop = asyncio.get_running_loop()
        self._behind: dict[_Call, bool] = {}
        """Calls of which a piece was lost; whether the follower has been told."""

    def hear(self, words: Words) -> None:
        """Take a piece in; called on the loop of whoever works on the run."""
        self._loop.call_soon_threadsafe(self._take, words)

    def _take(self, words: Words) -> None:
        call = words[:5]
        if not words.text:
            self._behind.pop(call, None)
        if call in self._behind:
            return
        try:
            self._waiting.put_nowait(_piece(call, words.text))
        except asyncio.QueueFull:
            self._behind[call] = False

    def lost(self) -> list[Piece]:
        """Say which drafts the follower has lost since he was last told."""
        new = [call for call, told in self._behind.items() if not told]
        self._behind |= dict.fromkeys(new, True)
        return [_piece(call, "") for call in new]


def _piece(call: _Call, text: str) -> Piece:
    section, epoch, number, agent, step = call
    return Piece(section=section, epoch=epoch, round=number, agent=agent, step=step, text=text, void=not text)
