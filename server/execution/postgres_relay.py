"""Drafts between processes, by Postgres's notifications: nothing of them is stored, and they slow no writer.

Who follows a run says so, again and again, where every process hears it. Who works on the run tells what its drafts say
on a channel of the run's own, while somebody has said so lately. Without followers elsewhere nothing is streamed for
them and nothing is sent. Each process has one connection for it, which does both.
"""

import asyncio
import hashlib
import json
import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Final

import psycopg
from psycopg import sql

from quire.graphs.run.token_stream import Listener, Listeners, Words
from quire.nodes.event_store.postgres import ALIVE, CONNECTING
from quire.server.execution.relayed_words import MOST_WAITING, Inbox, Outbox, read, written

TICK: Final = 0.1
"""Seconds between two looks at what is to be sent."""
REPEATED: Final = 2.0
"""Seconds after which a follower says again that he follows."""
FORGOTTEN: Final = 7.0
"""Seconds after which one who says nothing counts as gone."""
AGAIN: Final = 2.0
"""Seconds after which a lost connection is made anew."""
FOLLOWED: Final = "quire_followed"
"""The channel on which followers say what they follow."""
_SEND: Final = b"SELECT pg_notify(c, p) FROM unnest(%s::text[], %s::text[]) AS said(c, p)"
_log = logging.getLogger("quire")


class _Carried:
    """A run that is worked on here."""

    def __init__(self, listeners: Listeners) -> None:
        self._listeners = listeners
        self._listening = ExitStack()
        self._listens = False
        self.outbox = Outbox()

    def listen(self, *, wanted: bool) -> None:
        """Listen to its drafts or not, as somebody elsewhere wants to hear them or not."""
        if wanted and not self._listens:
            self._listening.enter_context(self._listeners.heard_by(self.outbox.take))
        elif not wanted:
            self._listening.close()
        self._listens = wanted


class _Follower:
    """Somebody here who follows a run."""

    def __init__(self, hear: Listener) -> None:
        self._hear = hear
        self._inbox = Inbox()

    def take(self, line: list[object]) -> None:
        """Tell him of a piece that came."""
        for words in self._inbox.take(read(line)):
            self._hear(words)


class PostgresRelay:
    """Carries drafts between the processes of one database.

    Args:
        url: of the database; not one of a pooler that lends sessions out by the transaction.

    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._carried: dict[str, _Carried] = {}
        self._following: dict[str, list[_Follower]] = {}
        self._wanted: dict[str, float] = {}
        """By run that is followed elsewhere: when that counts as over."""
        self._left: list[tuple[str, Words]] = []
        """What was said last of runs that are not worked on here any more."""
        self._repeat_at = 0.0
        self._task: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Begin to hear who follows what."""
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._talk(), name="relay of drafts")

    async def close(self) -> None:
        """End it."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    @contextmanager
    def carrying(self, run: str, listeners: Listeners) -> Iterator[None]:
        """Work on a run, and let those who follow it elsewhere hear its drafts."""
        self.open()
        carried = self._carried[run] = _Carried(listeners)
        carried.listen(wanted=run in self._wanted)
        try:
            yield
        finally:
            carried.listen(wanted=False)
            del self._carried[run]
            self._left += [(run, words) for words in carried.outbox.emptied()][: MOST_WAITING - len(self._left)]

    @contextmanager
    def following(self, run: str, hear: Listener) -> Iterator[None]:
        """Hear the drafts of a run, if another process works on it."""
        self.open()
        follower = _Follower(hear)
        self._following.setdefault(run, []).append(follower)
        self._repeat_at = 0.0
        try:
            yield
        finally:
            self._following[run].remove(follower)
            if not self._following[run]:
                del self._following[run]

    async def _talk(self) -> None:
        while True:
            try:
                session = await psycopg.AsyncConnection.connect(
                    self._url,
                    autocommit=True,
                    connect_timeout=CONNECTING,
                    **ALIVE,  # type: ignore[arg-type] # psycopg types libpq's own options as one union
                )
                async with session:
                    await self._talk_over(session)
            except psycopg.Error as lost:
                _log.info("the connection that carries drafts was lost: %s", type(lost).__name__)
                await asyncio.sleep(AGAIN)

    async def _talk_over(self, session: psycopg.AsyncConnection) -> None:
        heard = dict[str, str]()
        await _listen(session, "LISTEN {}", FOLLOWED)
        while True:
            followed = {channel_of(run): run for run in self._following}
            for channel in followed.keys() - heard.keys():
                await _listen(session, "LISTEN {}", channel)
            for channel in heard.keys() - followed.keys():
                await _listen(session, "UNLISTEN {}", channel)
            heard = followed
            if to_send := list(self._to_send(asyncio.get_running_loop().time())):
                await session.execute(_SEND, [list(column) for column in zip(*to_send, strict=True)])
            async for notice in session.notifies(timeout=TICK):
                if notice.pid == session.info.backend_pid:
                    continue
                if notice.channel == FOLLOWED:
                    self._wanted_by_another(notice.payload)
                elif notice.channel in heard:
                    self._said_by_another(heard[notice.channel], notice.payload)

    def _to_send(self, now: float) -> Iterator[tuple[str, str]]:
        """Give what is to be said now, and where."""
        if now >= self._repeat_at:
            self._repeat_at = now + REPEATED
            yield from ((FOLLOWED, run) for run in self._following)
        self._wanted = {run: until for run, until in self._wanted.items() if until > now}
        last, self._left = self._left, []
        yield from ((channel_of(run), written(words)) for run, words in last)
        for run, carried in self._carried.items():
            carried.listen(wanted=run in self._wanted)
            yield from ((channel_of(run), written(words)) for words in carried.outbox.emptied())

    def _wanted_by_another(self, run: str) -> None:
        self._wanted[run] = asyncio.get_running_loop().time() + FORGOTTEN
        if run in self._carried:
            self._carried[run].listen(wanted=True)

    def _said_by_another(self, run: str, payload: str) -> None:
        with suppress(ValueError, TypeError):  # another version may write otherwise
            line = json.loads(payload)
            for follower in self._following.get(run, ()):
                follower.take(line)


def channel_of(run: str) -> str:
    """Give the channel of a run."""
    return f"quire_{hashlib.sha256(run.encode()).hexdigest()[:32]}"


async def _listen(session: psycopg.AsyncConnection, query: str, channel: str) -> None:
    await session.execute(sql.SQL(query).format(sql.Identifier(channel)))
