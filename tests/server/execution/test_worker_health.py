"""A database is set up by any number of processes; a worker says that it is up and what it has done, to who may ask."""

import os
from pathlib import Path

import httpx
import pytest
from cli import Quire
from killing import finish
from killing import quire as start
from postgres import Cluster
from serving import free_port, started, stopped, until_it_answers
from toys import section, toy_brief


@pytest.mark.long
def test_a_worker_answers_for_its_health_and_its_own_metrics(postgres: Cluster, tmp_path: Path, quire: Quire) -> None:
    place = {"QUIRE_DATABASE_URL": postgres.database()}
    assert 0 == quire("migrate", **place).returncode
    api_port, port = free_port(), free_port()
    env = {**os.environ, "QUIRE_HOME": str(tmp_path / "home"), **place}
    api = started(env, "serve", "--no-worker", "--port", str(api_port))
    worker = started(env, "worker", "--metrics-port", str(port))
    until_it_answers(f"http://127.0.0.1:{api_port}/health", api.is_alive)
    until_it_answers(f"http://127.0.0.1:{port}/health", worker.is_alive)

    run = httpx.post(f"http://127.0.0.1:{api_port}/documents", json=toy_brief(section("height")), timeout=30).json()
    httpx.get(f"http://127.0.0.1:{api_port}/documents/{run['id']}/events", timeout=60)
    told = httpx.get(f"http://127.0.0.1:{port}/metrics")
    elsewhere = httpx.get(f"http://127.0.0.1:{port}/metrics", headers={"Host": "evil.example"})
    absent = httpx.get(f"http://127.0.0.1:{port}/documents")

    assert (0, 0) == (stopped(worker), stopped(api))
    assert 'quire_runs_ended_total{status="done"} 1.0' in told.text
    assert (403, 404) == (elsewhere.status_code, absent.status_code)


@pytest.mark.parametrize("command", [("serve", "--host"), ("worker", "--metrics-host")])
def test_without_keys_no_other_machine_is_served(quire: Quire, command: tuple[str, str]) -> None:
    done = quire(*command, "0.0.0.0", QUIRE_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")  # noqa: S104 - refused

    assert (2, True) == (done.returncode, "without keys" in done.stderr)


def test_migrations_that_start_at_once_do_not_break_each_other(postgres: Cluster, tmp_path: Path) -> None:
    place, migrating = {"QUIRE_DATABASE_URL": postgres.database()}, []
    for n in range(6):
        told = tmp_path / str(n)
        told.mkdir()
        migrating.append(start(tmp_path / "home", place, "migrate", told=told))

    assert [0] * 6 == [finish(each) for each in migrating]
