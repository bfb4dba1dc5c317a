"""Rows that somebody else has written into a database of Quire's, to have something run when they are read."""

import asyncio
import base64
import contextlib
import json
import os
import pickle
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import ormsgpack
import pytest
from cli import Quire
from dbos import DBOS
from serving import ROOT, quire_server
from toys import section, toy_brief

from quire.nodes.config.settings import Settings
from quire.nodes.event_store.schema import FORMATS
from quire.server.execution.engine.queue import AttemptQueue
from quire.server.execution.runs import opened

KINDS = ("py_pickle", "portable_json", None)


class Deed:
    """Leaves a file behind when it is made again of its pickle."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> Any:
        return Path.touch, (self.trace,)


@pytest.fixture
def trace(tmp_path: Path) -> Path:
    return tmp_path / "it-ran"


def changed(database: Path, statement: str, *values: object) -> int:
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as db:
        return db.execute(statement, values).rowcount


async def left(home: Path) -> str:
    """Leave a run in the queue, with nobody there to work on it."""
    url = f"sqlite:///{home / 'engine.db'}"
    async with opened(Settings.read()) as runs:
        run = await runs.begin(toy_brief(section("height")), run_id="crafted", remembered={}, served=True)
        DBOS.migrate(url)
        queue = AttemptQueue(url)
        await queue.open(FORMATS, Settings.read())
        await queue.add(await runs.row(run))
        queue.close()
    return run


def until_touched(address: str, run: str) -> None:
    """Wait until the engine has taken up the attempt."""
    for _ in range(40):
        if httpx.get(f"{address}/documents/{run}").json()["status"] != "queued":
            return
        time.sleep(0.1)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_a_pickle_in_a_row_of_the_engine_is_not_read(kind: str | None, tmp_path: Path, trace: Path) -> None:
    written, home = base64.b64encode(pickle.dumps(Deed(trace))).decode(), tmp_path / "home"
    run = asyncio.run(left(home))
    assert changed(home / "engine.db", "UPDATE workflow_input SET inputs = ?", written) > 0
    assert changed(home / "engine.db", "UPDATE workflow_status SET serialization = ?", kind) > 0
    with quire_server() as address:
        until_touched(address, run)
        other = httpx.post(f"{address}/documents", json=toy_brief(section("height"))).json()["id"]
        httpx.get(f"{address}/documents/{other}/events", timeout=60)
        assert httpx.get(f"{address}/documents/{other}").json()["status"] == "done"

    assert not trace.exists()
    pickle.loads(base64.b64decode(written))  # noqa: S301 - that it would have run is what is to be seen
    assert trace.exists()


def hostile(trace: Path) -> dict[str, Any]:
    """Give JSON that LangChain's loader would make an object of."""
    call = {"lc": 2, "type": "constructor", "id": ["pathlib", "Path", "touch"], "kwargs": {"self": str(trace)}}
    return {
        "lc": 1,
        "type": "constructor",
        "id": ["os", "system"],
        "kwargs": {"command": f"touch {trace}"},
        "more": call,
    }


def test_nothing_in_a_row_of_the_record_runs(quire: Quire, tmp_path: Path, trace: Path) -> None:
    brief = toy_brief(section("height"), facts={"a": hostile(trace)}, options={"approve": ["section:height"]})
    (tmp_path / "brief.json").write_text(json.dumps(brief))
    assert 4 == quire("write", "brief.json", "--run-id", "r", "--out", "out").returncode
    told = [quire(*typed.split()) for typed in ("events r --json", "explain r height", "resume r")]
    assert [0, 0, 4] == [done.returncode for done in told]

    written = pickle.dumps(Deed(trace))
    for table, column, value in (("events", "body", written), ("blobs", "bytes", written), ("runs", "door", written)):
        assert changed(tmp_path / "home" / "quire.db", f"UPDATE {table} SET {column} = ?", value) > 0  # noqa: S608
        refused = quire("resume", "r")
        assert refused.returncode != 0
        assert not trace.exists()


CHECKPOINT = """
import asyncio, sys
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

async def work():
    async with AsyncSqliteSaver.from_conn_string(sys.argv[1]) as saver:
        await saver.aget({"configurable": {"thread_id": "t"}})

asyncio.run(work())
"""
SAVE = """
import asyncio, json, sys
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from quire.graphs.document.document_graph import build

async def work():
    async with AsyncSqliteSaver.from_conn_string(sys.argv[1]) as saver:
        brief = json.loads(sys.stdin.read())
        document = build()
        document.checkpointer = saver
        await document.ainvoke(brief, {"configurable": {"thread_id": "t"}})

asyncio.run(work())
"""


def python(program: str, database: Path, given: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    env = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "LANGSMITH_TRACING": "false", **more}
    command = [sys.executable, "-c", program, str(database)]
    return subprocess.run(
        command, env=env, cwd=database.parent, input=given, capture_output=True, text=True, timeout=100, check=False
    )


@pytest.mark.long
def test_nothing_in_a_checkpoint_runs_with_the_switch_that_quire_sets(tmp_path: Path, trace: Path) -> None:
    database, strict = tmp_path / "checkpoints.db", json.loads((ROOT / "langgraph.json").read_text())["env"]
    brief = toy_brief(section("height"), options={"approve": ["plan"]})
    saved = python(SAVE, database, json.dumps(brief), **strict)
    assert saved.returncode == 0, saved.stderr
    inner = ormsgpack.packb(("os", "system", f"touch {trace}"))
    crafted = ormsgpack.packb({"v": 4, "id": "x", "channel_values": {"x": ormsgpack.Ext(0, inner)}})
    assert changed(database, "UPDATE checkpoints SET type = 'msgpack', checkpoint = ?", crafted) > 0

    python(CHECKPOINT, database, **strict)
    assert not trace.exists()
    python(CHECKPOINT, database)
    assert trace.exists(), "without the switch it would have run"
