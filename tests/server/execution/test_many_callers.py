"""What bounds model calls holds over all workers of a database."""

import os
import signal
import time
from pathlib import Path

import pytest
from model_server import ModelServer
from postgres import Cluster
from toys import section, toy_brief
from workers import busy, site

SECTIONS = [section(name) for name in ("height", "yards", "parking", "signs")]
LIMIT = 16
pytestmark = [pytest.mark.long, pytest.mark.timeout(240)]


def test_four_workers_never_make_more_calls_at_once_than_the_limit_and_a_killed_ones_slots_come_back(
    postgres: Cluster, tmp_path: Path
) -> None:
    with ModelServer(delay=0.4) as server:
        settings = {"OPENAI_BASE_URL": server.url, "QUIRE_MAX_CALLS": str(LIMIT), "QUIRE_RUNS_PER_TENANT": "16"}
        with site(postgres, tmp_path, **settings, QUIRE_RUNS_PER_WORKER="4") as found:
            workers = [found.worker() for _ in range(4)]
            runs = [found.post(toy_brief(*SECTIONS, title=f"Report {n}")) for n in range(16)]
            busy(found, 8)
            found.until(runs[:4], "done")
            assert LIMIT == server.most_at_once

            os.kill(workers[0].pid, signal.SIGKILL)
            held = [count for (count,) in found.ask("SELECT held FROM call_slots")]
            found.until(runs, "done", 150)

            assert server.most_at_once <= LIMIT + max(held, default=0)
            more = [found.post(toy_brief(*SECTIONS, title=f"More {n}")) for n in range(6)]
            server.most_at_once = 0
            found.until(more, "done")
            assert LIMIT == server.most_at_once, "the slots of the dead are free again"


def test_two_workers_together_keep_the_rate_of_requests(postgres: Cluster, tmp_path: Path) -> None:
    rate = 6
    with ModelServer() as server:
        settings = {"OPENAI_BASE_URL": server.url, "QUIRE_REQUESTS_PER_MINUTE": str(rate)}
        with site(postgres, tmp_path, **settings, QUIRE_RUNS_PER_WORKER="2") as found:
            found.worker()
            found.worker()
            for n in range(4):
                found.post(toy_brief(*SECTIONS, title=f"Report {n}"))
            busy(found, 4)
            time.sleep(8)

            assert rate == len(server.asked)
