"""A server that is told to stop lets its steps come to their end; one that is killed goes on by itself afterwards."""

import os
import signal
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from killing import attempts
from model_server import ModelServer
from serving import free_port, started, stopped, until_it_answers
from toys import section, toy_brief

SECTIONS = [section("height"), section("yards", "height")]


class Served:
    """`quire serve` over one home, started again and again."""

    def __init__(self, home: Path, server: ModelServer) -> None:
        self.home = home
        self._env = {**os.environ, "QUIRE_HOME": str(home), "OPENAI_BASE_URL": server.url}
        self.process: Any = None
        self.address = ""
        self.start()

    def start(self) -> None:
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.process = started(self._env, "serve", "--port", str(port))
        until_it_answers(f"{self.address}/health", self.process.is_alive)

    def status(self, document: str) -> str:
        return str(httpx.get(f"{self.address}{document}", timeout=30).json()["status"])

    def finishes(self, document: str) -> None:
        for _ in range(1_200):
            if self.status(document) == "done":
                return
            time.sleep(0.1)
        raise AssertionError(f"{document} is {self.status(document)}")


def begun(served: Served) -> str:
    return str(httpx.post(f"{served.address}/documents", json=toy_brief(*SECTIONS), timeout=30).headers["location"])


def under_way(server: ModelServer, least: int) -> None:
    for _ in range(1_200):
        if len(server.asked) >= least:
            return
        time.sleep(0.05)
    raise AssertionError("the model is not asked")


@pytest.mark.long
def test_told_to_stop_a_server_records_the_calls_under_way_and_the_next_one_goes_on(tmp_path: Path) -> None:
    with ModelServer(delay=0.5) as server:
        served = Served(tmp_path / "home", server)
        document = begun(served)
        under_way(server, 2)

        assert 0 == stopped(served.process)
        assert len(server.asked) == attempts(served.home), "no call was cut off"
        served.start()
        served.finishes(document)

        assert len(server.asked) == attempts(served.home), "no reply was asked for twice"
        assert 0 == stopped(served.process)


@pytest.mark.long
def test_killed_in_the_middle_a_run_goes_on_at_the_next_start_and_asks_for_no_recorded_reply_again(
    tmp_path: Path,
) -> None:
    with ModelServer(delay=0.5) as server:
        served = Served(tmp_path / "home", server)
        document = begun(served)
        under_way(server, 3)
        os.kill(served.process.pid, signal.SIGKILL)
        served.process.join(30)
        asked, recorded = server.arrived(), attempts(served.home)
        assert recorded, "it died in the middle"

        served.start()
        served.finishes(document)

        assert server.arrived() - asked == attempts(served.home) - recorded, "only calls in flight are made again"
        assert 0 == stopped(served.process)


pytestmark = pytest.mark.timeout(240)
