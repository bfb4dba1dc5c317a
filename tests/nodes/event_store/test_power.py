"""A machine that loses power keeps all that was paid for, asked from outside or ended, and of the rest a beginning."""

import asyncio
import shutil
import sqlite3
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from quire.nodes.event_store.port import Attempt, CallKey, Envelope, Usage
from quire.nodes.event_store.sqlite import SqliteRecord

FRAME = 24 + 4096
"""Bytes of a page in SQLite's write-ahead log (https://www.sqlite.org/fileformat.html#the_write_ahead_log)."""

Step = Callable[[SqliteRecord, int], Awaitable[Any]]


def event(name: str) -> Envelope:
    return Envelope(n=0, id=name, type="T", at="", section=None, epoch=1, round=0, agent="a", cause=None, data={})


def says(*names: str) -> Step:
    return lambda record, token: record.append("r", [event(name) for name in names], {}, None, None, token=token)


def ends(name: str) -> Step:
    return lambda record, token: record.append("r", [event(name)], {}, "done", None, token=token)


def hears(name: str) -> Step:
    return lambda record, _token: record.append("r", [event(name)], {}, None, None)


def is_replied(section: str) -> Step:
    usage = Usage(prompt_tokens=1, completion_tokens=1, usd=None, estimated=False)
    reply = Attempt(ended="ok", kind="ok", model="m", text=section, usage=usage)
    key = CallKey(section, 1, "writer", "draft", 1, "f" * 64)
    return lambda record, token: record.add_attempt("r", key, reply, token=token)


class Machine:
    """Knows at which commits SQLite waited for the disk, and can have lost what it did not wait for."""

    def __init__(self, path: Path, patched: pytest.MonkeyPatch) -> None:
        self.path, self.log = path, path.with_name(f"{path.name}-wal")
        self.committed: list[str] = []
        """How SQLite waited for the disk at each commit that wrote something."""
        machine = self

        class Watched(sqlite3.Connection):
            settled, waits = 0, ""

            def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
                if statement.startswith("PRAGMA synchronous="):
                    self.waits = statement.partition("=")[-1]
                done = super().execute(statement, *values)
                if statement == "COMMIT" and self.total_changes > self.settled:
                    self.settled = self.total_changes
                    machine.committed.append(self.waits)
                return done

        connect = sqlite3.connect
        patched.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **{"factory": Watched, **k}))

    def without_power(self, size: int, folder: Path) -> SqliteRecord:
        """Open what a disk holds that has no more than the first bytes of the log."""
        folder.mkdir(exist_ok=True)
        copy = folder / self.path.name
        shutil.copy(self.path, copy)
        copy.with_name(f"{copy.name}-wal").write_bytes(self.log.read_bytes()[:size])
        copy.with_name(f"{copy.name}-shm").unlink(missing_ok=True)
        return SqliteRecord(copy)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path / "quire.db", monkeypatch)


async def begun(machine: Machine) -> tuple[SqliteRecord, int]:
    record = SqliteRecord(machine.path)
    await record.setup()
    await record.begin("r", "acme", {"title": "R"}, {})
    token = await record.take("r")
    assert token is not None
    assert {"FULL"} == set(machine.committed)
    return record, token


@pytest.mark.parametrize(
    ("step", "waits"),
    [
        (says("opened"), "NORMAL"),
        (hears("answered"), "FULL"),
        (is_replied("a"), "FULL"),
        (ends("ended"), "FULL"),
        (lambda record, _token: record.put("r", b"a source"), "FULL"),
        (lambda record, token: record.pause("r", token, 0), "FULL"),
    ],
    ids=["what an agent says", "what comes from outside", "a reply", "the end", "a source", "waiting"],
)
async def test_what_an_agent_says_need_not_be_on_disk_before_the_next_that_must(
    machine: Machine, step: Step, waits: str
) -> None:
    record, token = await begun(machine)
    await says("said")(record, token)
    machine.committed.clear()
    await step(record, token)
    record.close()

    assert [waits] == machine.committed


async def test_what_shares_a_commit_with_a_reply_is_on_disk_with_it(machine: Machine) -> None:
    record, token = await begun(machine)
    machine.committed.clear()
    busy, free = threading.Event(), threading.Event()

    def work(_db: Any) -> None:
        busy.set()
        free.wait(10)

    at_work = asyncio.ensure_future(record._thread.do(work))  # noqa: SLF001 - what is ordered meanwhile is done together
    await asyncio.to_thread(busy.wait, 10)
    steps = [says("said"), is_replied("a"), says("more")]
    ordered = [asyncio.ensure_future(step(record, token)) for step in steps]
    await asyncio.sleep(0)
    free.set()
    await asyncio.gather(at_work, *ordered)
    record.close()

    assert ["FULL"] == machine.committed


STORY = (
    says("planned"),
    says("opened a", "opened b"),
    is_replied("a"),
    says("drafted a"),
    is_replied("b"),
    says("drafted b"),
    says("reviewed a"),
    hears("changed"),
    says("taken"),
    is_replied("c"),
    says("last"),
    ends("ended"),
)


async def test_without_power_at_any_moment_what_is_left_is_a_beginning_with_all_that_was_paid_for(
    machine: Machine, tmp_path: Path
) -> None:
    record, token = await begun(machine)
    sure, lost = machine.log.stat().st_size, set[int]()
    for step in STORY:
        machine.committed.clear()
        await step(record, token)
        size = machine.log.stat().st_size
        sure = size if ["FULL"] == machine.committed else sure
        events, ledger = await record.events("r"), await record.ledger("r")
        for cut in range(sure, size + 1, FRAME):
            left = machine.without_power(cut, tmp_path / "left")
            found = await left.events("r")
            assert events[: len(found)] == found
            assert ledger == await left.ledger("r")
            lost.add(len(events) - len(found))
            left.close()
    record.close()

    assert {0, 1, 2, 3} == lost  # what was said since the last reply, all of it at most
