"""Old runs are removed, whole, with nothing of anybody else's."""

import asyncio
import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from cli import Quire
from killing import quire as start
from model_server import ModelServer
from serving import free_port, started, stopped, until_it_answers
from toys import section, toy_brief

from quire.nodes.event_store.accounts import Claim, Hold, Limits, Spend
from quire.nodes.event_store.postgres import PostgresRecord
from quire.nodes.event_store.rows import RunRow
from quire.nodes.event_store.sql import SqlRecord
from quire.nodes.event_store.sqlite import SqliteRecord

OF_A_RUN = {"runs": "id", "accounts": "name"} | dict.fromkeys(
    ("events", "attempts", "blob_uses", "holds", "idempotency", "kept"), "run"
)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """Give the settings that say where runs are kept."""
    if request.param == "sqlite":
        return {"QUIRE_HOME": str(tmp_path / "home")}
    return {"QUIRE_DATABASE_URL": request.getfixturevalue("postgres").database()}


def ask(place: dict[str, str], query: str) -> list[tuple[Any, ...]]:
    if url := place.get("QUIRE_DATABASE_URL"):
        with psycopg.connect(url) as db:
            return db.execute(query.encode()).fetchall()
    with closing(sqlite3.connect(Path(place["QUIRE_HOME"]) / "quire.db")) as file:
        return file.execute(query).fetchall()


def tell(place: dict[str, str], statement: str) -> None:
    if url := place.get("QUIRE_DATABASE_URL"):
        with psycopg.connect(url, autocommit=True) as db:
            db.execute(statement.encode())
        return
    with closing(sqlite3.connect(Path(place["QUIRE_HOME"]) / "quire.db")) as file, file:
        file.execute(statement)


def left_of(place: dict[str, str], run: str) -> list[str]:
    """Name the tables that hold anything of a run."""
    named = {run, f"run/{run}"}
    held = {t: ask(place, f"SELECT {column} FROM {t}") for t, column in OF_A_RUN.items()}  # noqa: S608 - our own tables
    return [t for t, found in held.items() if named & {name for (name,) in found}]


def lost_blobs(place: dict[str, str]) -> list[tuple[Any, ...]]:
    """Find blobs that nobody uses, and uses of blobs that are not there."""
    query = "SELECT blobs.digest, blob_uses.digest FROM blobs FULL JOIN blob_uses ON blobs.digest = blob_uses.digest"
    return [pair for pair in ask(place, query) if None in pair]


@pytest.mark.long
def test_runs_that_are_over_go_with_everything_and_the_others_stay_whole(
    quire: Quire, brief: Path, tmp_path: Path, place: dict[str, str]
) -> None:
    waiting = tmp_path / "waiting.json"
    waiting.write_text(json.dumps(toy_brief(section("height"), options={"approve": ["plan"]})))
    for run in ("first", "second"):
        assert 0 == quire("write", str(brief), "--run-id", run, "--out", run, **place).returncode
    assert 4 == quire("write", str(waiting), "--run-id", "waits", **place).returncode
    ask_all = quire("prune", "--older-than", "0m", "--dry-run", "--json", **place)
    told = [json.loads(line) for line in ask_all.stdout.splitlines()]
    assert ["first", "second"] == [row["id"] for row in told[:-1]]
    assert {"removed": 0, "old": 2} == told[-1]
    assert 0 == quire("write", str(brief), "--run-id", "third", "--out", "third", **place).returncode
    aged(place, "first", "second")

    pruned = quire("prune", "--older-than", "30d", **place)

    assert (0, "2 runs are removed") == (pruned.returncode, pruned.stdout.splitlines()[-1]), pruned.stderr
    assert ["first", "second"] == [line.split()[0] for line in pruned.stdout.splitlines()[:-1]]
    assert ([], []) == (left_of(place, "first"), left_of(place, "second"))
    assert [] == lost_blobs(place)
    assert (tmp_path / "first" / "document.md").exists(), "what lies in a folder is its owner's"
    assert "there is no run 'first'" in quire("events", "first", **place).stderr
    resumed = quire("resume", "third", "--out", "again", **place)
    assert 0 == resumed.returncode, resumed.stderr
    assert (tmp_path / "third" / "document.md").read_bytes() == (tmp_path / "again" / "document.md").read_bytes()
    assert 0 == quire("answer", "waits", "plan", "approve", **place).returncode


def aged(place: dict[str, str], *runs: str) -> None:
    """Let runs that are over have been so for years."""
    for run in runs:
        tell(place, f"UPDATE runs SET finished = '2020-01-01T00:00:00.000Z' WHERE id = '{run}'")  # noqa: S608 - our own


@pytest.mark.long
def test_a_home_gives_its_space_back(quire: Quire, brief: Path, tmp_path: Path) -> None:
    file = tmp_path / "home" / "quire.db"
    source = {"name": "long.md", "text": "## Height\n\nNo building is higher than 40 feet.\n\n" * 60_000}
    large = tmp_path / "large.json"
    large.write_text(json.dumps(toy_brief(section("height"), sources=[source])))
    assert 0 == quire("write", str(large), "--run-id", "large", "--format", "md").returncode
    assert 0 == quire("write", str(brief), "--run-id", "small", "--format", "md").returncode
    before = file.stat().st_size
    aged({"QUIRE_HOME": str(tmp_path / "home")}, "large")

    assert 0 == quire("prune", "--older-than", "30d").returncode

    assert before > 2_000_000
    assert file.stat().st_size < before / 5
    assert [("ok",)] == ask({"QUIRE_HOME": str(tmp_path / "home")}, "PRAGMA integrity_check")


@pytest.mark.long
def test_a_run_that_somebody_works_on_stays_however_old_it_is(brief: Path, tmp_path: Path, quire: Quire) -> None:
    place = {"QUIRE_HOME": str(tmp_path / "home")}
    with ModelServer(delay=30.0) as server:
        running = start(tmp_path / "home", {"OPENAI_BASE_URL": server.url}, "write", str(brief), "--run-id", "r")
        while not server.asked:
            time.sleep(0.01)
        tell(place, "UPDATE runs SET status = 'done', finished = '2020-01-01T00:00:00.000Z'")
        pruned = quire("prune", "--older-than", "1d")
        running.kill()
        running.join(30)

    assert (0, "0 runs are removed\n") == (pruned.returncode, pruned.stdout)
    assert {"runs", "events"} <= set(left_of(place, "r"))
    assert "1 runs are removed" in quire("prune", "--older-than", "1d").stdout


@pytest.mark.parametrize("said", ["30", "d", "-1d", "1y", ""])
def test_an_age_that_is_none_is_bad_input(quire: Quire, said: str) -> None:
    done = quire("prune", "--older-than", said)

    assert (2, True) == (done.returncode, "--older-than" in done.stderr)


def test_without_an_age_the_setting_is_taken_and_without_both_nothing_is_removed(quire: Quire, brief: Path) -> None:
    quire("write", str(brief), "--run-id", "r", "--format", "md")

    assert 2 == quire("prune").returncode
    assert "0 runs are removed\n" == quire("prune", QUIRE_KEEP_DAYS="1").stdout
    assert quire("runs").stdout.startswith("r  done")


async def record_in(place: dict[str, str]) -> SqlRecord:
    url = place.get("QUIRE_DATABASE_URL")
    record: SqlRecord = PostgresRecord(url) if url else SqliteRecord(Path(place["QUIRE_HOME"]) / "quire.db")
    await record.setup()
    return record


async def over(record: SqlRecord, run: str) -> RunRow:
    """Begin a run and end it."""
    await record.begin(run, "acme", {"title": run}, {})
    token = await record.take(run)
    await record.append(run, [], {}, "done", token=token)
    row = await record.row(run)
    assert row is not None
    return row


async def test_what_a_tenant_has_spent_stays_and_calls_that_nobody_settled_count(place: dict[str, str]) -> None:
    record = await record_in(place)
    await over(record, "r")
    claims = [Claim("run/r", Limits()), Claim("tenant/acme/2026-01-01", Limits())]
    settled, lost = Hold("a", "r", Spend(1, 10, 0.5), 0.0), Hold("b", "r", Spend(1, 30, 2.0), 0.0)
    for hold in (settled, lost):
        assert "granted" == await record.accounts.hold(hold, claims, 0.0, 0.0)
    await record.accounts.settle(settled, claims, Spend(1, 9, 0.25), 0.0)

    assert ["r"] == await record.forget(["r", "absent"])

    assert Spend(2, 39, 2.25) == (await record.accounts.balance("tenant/acme/2026-01-01")).spent
    assert Spend() == (await record.accounts.balance("run/r")).spent
    record.close()


async def test_a_source_that_is_taken_up_while_its_last_user_goes_is_there_afterwards(place: dict[str, str]) -> None:
    going, coming = await record_in(place), await record_in(place)
    for n in range(40):
        await over(going, f"old-{n}")
        digest = await going.put(f"old-{n}", b"shared")
        await coming.begin(f"new-{n}", "acme", {"title": "new"}, {})

        gone, _ = await asyncio.gather(going.forget([f"old-{n}"]), coming.put(f"new-{n}", b"shared"))

        assert [f"old-{n}"] == gone
        assert b"shared" == await coming.get(digest)
        await coming.append(f"new-{n}", [], {}, "done")
        await coming.forget([f"new-{n}"])
    assert [] == lost_blobs(place)
    going.close()
    coming.close()


@contextmanager
def served(place: dict[str, str], tmp_path: Path, **settings: str) -> Iterator[str]:
    """Serve, and work, where runs are kept; gives the address."""
    env = {**os.environ, "QUIRE_HOME": str(tmp_path / "home"), **place, **settings}
    port = free_port()
    found = [started(env, "serve", "--port", str(port))]
    try:
        until_it_answers(f"http://127.0.0.1:{port}/health", found[0].is_alive)
        yield f"http://127.0.0.1:{port}"
    finally:
        for process in found:
            stopped(process)


@pytest.mark.long
def test_a_service_keeps_runs_for_as_many_days_as_it_is_told(tmp_path: Path, place: dict[str, str]) -> None:
    brief = toy_brief(section("height"))
    with served(place, tmp_path) as address:
        key = {"Idempotency-Key": "k"}
        old = httpx.post(f"{address}/documents", json=brief, headers=key, timeout=30).json()["id"]
        new = httpx.post(f"{address}/documents", json=brief, timeout=30).json()["id"]
        for run in (old, new):
            httpx.get(f"{address}/documents/{run}/events", timeout=60)
    aged(place, old)
    legs = queue_of(place)
    assert {f"{old}/1", f"{new}/1"} == legs

    with served(place, tmp_path, QUIRE_KEEP_DAYS="30") as address:
        for _ in range(300):
            if httpx.get(f"{address}/documents/{old}").status_code == httpx.codes.NOT_FOUND:
                break
            time.sleep(0.1)
        assert "done" == httpx.get(f"{address}/documents/{new}").json()["status"]

    assert [] == left_of(place, old)
    assert {f"{new}/1"} == queue_of(place)
    assert [] == lost_blobs(place)


def queue_of(place: dict[str, str]) -> set[str]:
    query = "SELECT workflow_uuid FROM {}workflow_status WHERE name = 'run/leg'"
    if "QUIRE_DATABASE_URL" in place:
        return {leg for (leg,) in ask(place, query.format("dbos."))}
    with closing(sqlite3.connect(Path(place["QUIRE_HOME"]) / "engine.db")) as file:
        return {leg for (leg,) in file.execute(query.format("")).fetchall()}
