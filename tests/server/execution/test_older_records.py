"""Records that older releases left behind: their runs go on to the right document, or it is said why not.

They are made by ``tests/golden_records.py``, and stay as they are.
"""

import contextlib
import gzip
import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from cli import Quire
from crash_stories import scribe
from golden_records import GOLDEN, KEPT, thawed
from killing import attempts, journal
from model_server import ModelServer

from quire.graphs.run import commands as outside
from quire.nodes.config.settings import Settings
from quire.nodes.event_store.schema import VERSION
from quire.server.execution.runs import opened

FROZEN = sorted(
    (name, int(version)) for version, name in re.findall(r"v(\d+)-([a-z-]+)\.sql", str(list(KEPT.iterdir())))
)
CHANGED = """
An event has another identity or shape than the same one had in an older release, whose runs would go astray. What an
older release said must be said still; more may be said, if it is read only where it is there. Leave it as it was, or
raise FORMAT in nodes/event_store/schema.py, so that runs of the older one are known, and carry them on as they were
begun.
"""


def versions_of(name: str) -> list[int]:
    return [version for frozen, version in FROZEN if frozen == name]


def brief_of(name: str, folder: Path) -> str:
    path = folder / f"{name}.json"
    path.write_text(json.dumps(GOLDEN[name].brief))
    return str(path)


def test_every_version_has_left_its_records() -> None:
    assert {(name, version) for name in GOLDEN for version in range(1, VERSION + 1)} == set(FROZEN)


@pytest.mark.long
@pytest.mark.parametrize(("name", "version"), FROZEN)
async def test_a_run_begun_by_an_older_release_goes_on_to_the_right_document(
    quire: Quire, tmp_path: Path, name: str, version: int
) -> None:
    golden, home, other = GOLDEN[name], tmp_path / "home", {"QUIRE_HOME": str(tmp_path / "b")}
    thawed(name, version, home)
    begun, recorded = events(home), attempts(home)

    with ModelServer(scribe) as server:
        settings = {"OPENAI_BASE_URL": server.url} if golden.modelled else {}
        if golden.asks:
            await approved(golden.asks)
        done = quire("resume", "r", "--out", "out", "--format", "md", **settings)
        asked = len(server.asked)
        arguments = ("--run-id", "r", "--out", "anew", "--format", "md")
        quire("write", brief_of(name, tmp_path), *arguments, **settings, **other)
        if golden.asks:
            quire("answer", "r", golden.asks, "approve", **other)

    assert 0 == done.returncode, done.stderr
    assert begun == events(home)[: len(begun)]
    closed = {(event["section"], event["epoch"]) for event in begun if event["type"] == "SectionApproved"}
    further = [event for event in events(home)[len(begun) :] if (event["section"], event["epoch"]) in closed]
    assert not [event["type"] for event in further if event["agent"] == "writer"], "what had closed stands"
    anew, resumed = ((tmp_path / folder / "document.md").read_text() for folder in ("anew", "out"))
    if golden.modelled:  # it cites what was gathered by the older release, which showed its writer less
        anew, resumed = said(anew), said(resumed)
    assert anew == resumed
    assert attempts(tmp_path / "b") == attempts(home) == recorded + asked


@pytest.mark.long
def test_a_zoning_report_that_was_begun_before_its_kind_had_records_goes_on(quire: Quire, tmp_path: Path) -> None:
    """The example, killed when some of its sections had closed; its blueprint had patterns in place of records."""
    home = tmp_path / "home"
    home.mkdir()
    with contextlib.closing(sqlite3.connect(home / "quire.db")) as db:
        db.executescript(gzip.decompress((KEPT / "site-zoning-report.sql.gz").read_bytes()).decode("utf-8"))
        (run_id,) = db.execute("SELECT id FROM runs").fetchone()
    begun = events(home)
    closed = {event["section"] for event in begun if event["type"] == "SectionApproved"}

    done = quire("resume", run_id, "--out", "out", "--format", "md")

    assert 0 == done.returncode, done.stderr
    assert "20 of 20 sections written" in done.stdout + done.stderr
    assert begun == events(home)[: len(begun)]
    drafted = {e["section"] for e in events(home)[len(begun) :] if e["agent"] == "writer" and e["epoch"] == 1}
    assert closed
    assert set() == closed & drafted


def said(markdown: str) -> str:
    """Give a document's words without its references."""
    return re.sub(r" \\\[.*?\\\]", "", markdown.partition("## Sources")[0])


async def approved(question: str) -> None:
    async with opened(Settings.read()) as runs:
        await runs.tell("r", lambda run: outside.answer(run, question, {"decision": "approve", "note": ""}))


@pytest.mark.long
@pytest.mark.parametrize("version", versions_of("whole"))
def test_the_same_run_has_the_same_events_as_in_an_older_release(quire: Quire, tmp_path: Path, version: int) -> None:
    thawed("whole", version, tmp_path / "older")

    assert 0 == quire("write", brief_of("whole", tmp_path), "--run-id", "r").returncode

    older, newer = shapes(tmp_path / "older"), shapes(tmp_path / "home")
    assert {i: s for i, s in older.items() if not holds(newer.get(i), s)} == {}, CHANGED
    added = {event["type"] for event in events(tmp_path / "home") if event["id"] not in older}
    assert added == ADDED


def shapes(home: Path) -> dict[str, Any]:
    """Give what a run that goes on finds its events by, and what it reads in them; not what they say."""
    return {event["id"]: shape(event) for event in events(home)}


def events(home: Path) -> list[dict[str, Any]]:
    return [{name: value for name, value in event.items() if name not in {"sum", "seal"}} for event in journal(home)]


ADDED = {"SourcesSurveyed", "ClaimsVerified"}
"""Events that older releases do not say. Nobody waits for them, so runs that lack them go on."""


def holds(newer: Any, older: Any) -> bool:
    """Whether a shape has all that an older one had."""
    if isinstance(older, dict):
        return isinstance(newer, dict) and all(name in newer and holds(newer[name], s) for name, s in older.items())
    if isinstance(older, list):
        return isinstance(newer, list) and (not older or (bool(newer) and holds(newer[0], older[0])))
    return bool(newer == older)


def shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: shape(part) for name, part in value.items()}
    return [shape(part) for part in value[:1]] if isinstance(value, list) else type(value).__name__


def test_a_record_of_a_version_that_nobody_knows_yet_is_left_alone(quire: Quire, tmp_path: Path) -> None:
    thawed("half", 3, tmp_path / "home")
    with contextlib.closing(sqlite3.connect(tmp_path / "home/quire.db", isolation_level=None)) as db:
        db.execute("UPDATE quire SET version = 99")
        before = list(db.iterdump())

        for command in (("resume", "r"), ("runs",), ("write", brief_of("whole", tmp_path))):
            refused = quire(*command)
            assert 1 == refused.returncode
            assert "the record is of version 99, and this program knows those up to" in refused.stderr
            assert "QUIRE_HOME" in refused.stderr

        assert before == list(db.iterdump())
