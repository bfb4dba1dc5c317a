"""Many documents on a Postgres with 1, 2 and 4 workers: how many a minute, what CPU each takes, what is kept of each.

::

    PYTHONPATH=.:tests python benchmarks/workers.py --documents 24

A PostgreSQL of its own is started on loopback, and a model server beside it that answers every call after 0.1 seconds.
Every document has three sections, one behind the other. Then all of them are pruned. The last lines are the same for
``quire serve`` over SQLite.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
from model_server import Asked, ModelServer, marked_up
from postgres import MISSING, cluster, programs
from serving import free_port, until_it_answers
from toys import section, toy_brief

ROOT = Path(__file__).parents[1]
DELAY = 0.1
"""Seconds that a model call takes."""
BRIEF = toy_brief(section("height"), section("yards", "height"), section("parking", "yards"))
PLENTY = {"QUIRE_RUNS_PER_TENANT": "1000", "QUIRE_RUNS_PER_WORKER": "16", "QUIRE_MAX_OPEN_RUNS": "1000"}
SENTENCES = {
    "“Height”": "The height of a building shall not exceed 40 feet.",
    "“Yards”": "The front yard shall be at least 20 feet deep.",
    "“Parking”": "One parking space is required for each 250 square feet of floor area.",
}
TABLES = ("runs", "events", "attempts", "blobs", "blob_uses", "dbos.workflow_status")
_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print a line for each number of workers, then what is kept and what pruning gives back."""
    parser = argparse.ArgumentParser(description="Many documents on 1, 2 and 4 workers.")
    parser.add_argument("--documents", type=int, default=24)
    parser.add_argument("--workers", default="1,2,4")
    asked = parser.parse_args()
    found = programs()
    if found is None:
        raise SystemExit(MISSING)
    print(f"{'':12} {'documents a minute':>18} {'CPU s a document':>17} {'calls':>6}")
    with cluster(found) as database, tempfile.TemporaryDirectory() as folder:
        for workers in [int(n) for n in asked.workers.split(",")]:
            settings = {**PLENTY, "QUIRE_DATABASE_URL": database.database(), "QUIRE_HOME": f"{folder}/none"}
            _measure(f"{workers} workers", settings, workers, asked.documents)
        _kept_in_postgres(settings, asked.documents)
        settings = {**PLENTY, "QUIRE_HOME": f"{folder}/home"}
        _measure("SQLite", settings, 0, asked.documents)
        _kept_in_sqlite(settings, asked.documents)


def _reply(asked: Asked) -> str:
    """Draft what the source says of the section, and find nothing wrong with any draft."""
    if not asked.drafts:
        return json.dumps({"grade": 5, "objections": []})
    (text,) = [sentence for title, sentence in SENTENCES.items() if title in asked.prompt]
    said = {"text": text, "evidence": ["E1", "E2", "E3"]}
    return marked_up([said], asked)


def _measure(name: str, settings: Mapping[str, str], workers: int, documents: int) -> None:
    with ModelServer(_reply, delay=DELAY) as model:
        env = {**os.environ, **settings, "OPENAI_BASE_URL": model.url, "PYTHONPATH": str(ROOT)}
        with _site(env, workers) as (address, working):
            before = sum(map(_cpu_of, working))
            seconds = _written(address, documents)
            spent = sum(map(_cpu_of, working)) - before
        asked = len(model.asked)
    print(f"{name:12} {60 * documents / seconds:18.0f} {spent / documents:17.3f} {asked / documents:6.1f}", flush=True)


@contextmanager
def _site(env: Mapping[str, str], workers: int) -> Iterator[tuple[str, list[int]]]:
    """Start an API and its workers, or one process that is both; gives the address, and the ids of those that work."""
    ports = [free_port() for _ in range(workers + 1)]
    alone = [] if workers else ["--port", str(ports[0])]
    commands = [["serve", *(alone or ["--no-worker", "--port", str(ports[0])])]]
    commands += [["worker", "--metrics-port", str(port)] for port in ports[1:]]
    if workers:
        _quire(env, "migrate")
    running = [
        subprocess.Popen([sys.executable, "-m", "quire", *command], env=env, stderr=subprocess.DEVNULL)  # noqa: S603 - our own interpreter and module, no shell
        for command in commands
    ]
    try:
        for port, process in zip(ports, running, strict=True):
            until_it_answers(f"http://127.0.0.1:{port}/health", lambda process=process: process.poll() is None)
        yield f"http://127.0.0.1:{ports[0]}", [process.pid for process in (running[1:] or running)]
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(60)


def _written(address: str, documents: int) -> float:
    """Post the documents, wait until all are over, and give the seconds it took."""
    with httpx.Client(base_url=address, timeout=60) as client:
        begun = time.monotonic()
        for _ in range(documents):
            client.post("/documents", json=BRIEF).raise_for_status()
        while True:
            listed = client.get("/documents", params={"limit": documents}).json()["documents"]
            if all(each["finished"] for each in listed):
                break
            time.sleep(0.2)
        seconds = time.monotonic() - begun
    if statuses := {each["status"] for each in listed} - {"done"}:
        raise SystemExit(f"some documents are {', '.join(statuses)}")
    return seconds


def _kept_in_postgres(settings: Mapping[str, str], documents: int) -> None:
    with psycopg.connect(settings["QUIRE_DATABASE_URL"], autocommit=True) as db:
        rows = {t: _one(db, f"SELECT count(*) FROM {t}") for t in TABLES}  # noqa: S608 - names of tables from the constant above, nothing from outside
        print("rows a document: " + ", ".join(f"{t} {n / documents:.1f}" for t, n in rows.items()))
        full = _size(db)
        _quire({**os.environ, **settings, "PYTHONPATH": str(ROOT)}, "prune", "--older-than", "0m")
        left = sum(_one(db, f"SELECT count(*) FROM {t}") for t in TABLES)  # noqa: S608 - names of tables from the constant above, nothing from outside
        print(f"Postgres: {_kb(full // documents)} a document; pruned: {left} rows, {_kb(_size(db))} left")


def _size(db: psycopg.Connection) -> int:
    """Give the bytes of all tables and indexes, once what is free in them has been found."""
    db.execute("VACUUM")
    tables = ", ".join(f"'{table}'" for table in TABLES)
    return _one(db, f"SELECT sum(pg_total_relation_size(t::regclass)) FROM unnest(ARRAY[{tables}]) t")  # noqa: S608 - names of tables from the constant above


def _kept_in_sqlite(settings: Mapping[str, str], documents: int) -> None:
    home = Path(settings["QUIRE_HOME"])
    full = {file.name: file.stat().st_size for file in sorted(home.glob("*.db"))}
    _quire({**os.environ, **settings, "PYTHONPATH": str(ROOT)}, "prune", "--older-than", "0m")
    for name, size in full.items():
        left = (home / name).stat().st_size
        print(f"SQLite, {name}: {_kb(size // documents)} a document; pruned: {_kb(left)} of {_kb(size)} left")


def _kb(size: int) -> str:
    return f"{size / 1000:.0f} KB"


def _one(db: psycopg.Connection, query: str) -> int:
    ((number,),) = db.execute(query.encode()).fetchall()
    return int(number)


def _cpu_of(pid: int) -> float:
    """Give the CPU seconds that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _quire(env: Mapping[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "-m", "quire", *words], env=env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own interpreter and module, no shell


if __name__ == "__main__":
    main()
