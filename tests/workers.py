"""Many processes on one Postgres, as tests use them: an API, workers, and what the database holds of them."""

import json
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import psycopg
from killing import FORKING
from postgres import Cluster
from serving import free_port, main_of, until_it_answers


class Version(NamedTuple):
    """A version of the program: the format it begins runs in, and those that it can carry on."""

    writes: int
    knows: tuple[int, ...]


class Site:
    """An API, any number of workers, and their database."""

    def __init__(self, url: str, folder: Path, **settings: str) -> None:
        self.url = url
        self.folder = folder
        self.settings = settings
        self.processes: list[Any] = []
        self.address = ""
        self.serve()

    def start(self, *arguments: str, version: Version | None = None) -> Any:
        home = self.folder / f"home-{len(self.processes)}"
        env = {**os.environ, **self.settings, "QUIRE_DATABASE_URL": self.url, "QUIRE_HOME": str(home)}
        process = FORKING.Process(target=_of_version, args=(version, env, arguments), daemon=True)
        process.start()
        self.processes.append(process)
        return process

    def serve(self, version: Version | None = None) -> None:
        """Start an API, which is asked from now on."""
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        api = self.start("serve", "--no-worker", "--port", str(port), version=version)
        until_it_answers(f"{self.address}/health", api.is_alive)

    def worker(self, version: Version | None = None) -> Any:
        return self.start("worker", version=version)

    def post(self, brief: dict[str, Any]) -> str:
        answer = httpx.post(f"{self.address}/documents", json=brief, timeout=60)
        assert httpx.codes.ACCEPTED == answer.status_code, answer.text
        return str(answer.json()["id"])

    def report(self, run: str) -> dict[str, Any]:
        found: dict[str, Any] = httpx.get(f"{self.address}/documents/{run}", timeout=60).json()
        return found

    def until(self, runs: list[str], status: str, seconds: float = 90) -> None:
        deadline, left = time.monotonic() + seconds, list(runs)
        while left:
            left = [run for run in left if self.report(run)["status"] != status]
            assert time.monotonic() < deadline, (
                f"{len(left)} of {len(runs)} are not {status}: {self.report(left[0])}\n{self.logged(left[0])}"
            )
            time.sleep(0.1 if left else 0)

    def logged(self, run: str) -> str:
        """Give what API and workers have logged about a run as an error."""
        lines = [line for told in self.folder.glob("home-*/told-*") for line in told.read_text().splitlines()]
        return "\n".join(line for line in lines if run in line and '"level": "error"' in line)

    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as db:
            return db.execute(query.encode(), values).fetchall()


@contextmanager
def site(cluster: Cluster, folder: Path, **settings: str) -> Iterator[Site]:
    made = Site(cluster.database(), folder, **settings)
    try:
        yield made
    finally:
        for process in made.processes:
            if process.is_alive():
                os.kill(process.pid, signal.SIGCONT)
                os.kill(process.pid, signal.SIGKILL)
            process.join(30)


def busy(found: Site, least: int) -> None:
    """Wait until that many attempts are under way."""
    for _ in range(600):
        query = "SELECT count(*) FROM dbos.workflow_status WHERE status = 'PENDING' AND name = 'run/leg'"
        if found.ask(query)[0][0] >= least:
            return
        time.sleep(0.05)
    raise AssertionError("the work does not begin")


def exit_code(process: Any) -> int:
    process.join(60)
    return int(process.exitcode)


def assert_dense(found: Site, runs: list[str]) -> None:
    """Every event has the next number, no event is there twice, and every run ended once."""
    rows = found.ask("SELECT run, n, id FROM events ORDER BY run, n")
    for run in runs:
        mine = [(n, id_) for r, n, id_ in rows if r == run]
        assert [n for n, _ in mine] == list(range(1, len(mine) + 1))
        assert max(Counter(id_ for _, id_ in mine).values()) == 1


def followed(found: Site, run: str) -> list[int]:
    """Follow a run to its end, and give the numbers of the events that were told."""
    with httpx.stream("GET", f"{found.address}/documents/{run}/events", timeout=120) as response:
        return [int(line.removeprefix("id: ")) for line in response.iter_lines() if line.startswith("id: ")]


def seconds_until(found: Site, type_: str, since: float) -> list[float]:
    """Give how long after a moment each run had its first event of a type; the shortest first."""
    rows = found.ask("SELECT run, body FROM events ORDER BY run, n")
    at: dict[str, float] = {}
    for run, body in rows:
        event = json.loads(body)
        moment = datetime.fromisoformat(event["at"]).timestamp()
        if event["type"] == type_ and moment > since:
            at.setdefault(run, moment - since)
    return sorted(at.values())


def _of_version(version: Version | None, env: dict[str, str], arguments: tuple[str, ...]) -> None:
    """Run a command of Quire's as another version of it would."""
    if version is not None:
        from quire.nodes.event_store import sql_rows  # noqa: PLC0415 - in the child
        from quire.server.execution.engine import service  # noqa: PLC0415 - in the child

        sql_rows.FORMAT, service.FORMATS = version
    main_of(env, arguments, None)
