"""Whose turn it is: tenants share what there is, what has begun goes first, and who waits for a person is in no way."""

import asyncio
import sys
import time
from pathlib import Path

import httpx
import pytest
from model_server import ModelServer
from postgres import Cluster
from toys import section, toy_brief
from workers import Site, assert_dense, site

from quire.nodes.config.settings import Settings
from quire.server.execution.engine.service import engine

pytestmark = [pytest.mark.long, pytest.mark.timeout(240)]
ONE = toy_brief(section("height"))


async def accepted(found: Site, tenant: str, documents: int) -> list[str]:
    """Leave documents to the engine, without the way over HTTP."""
    settings = Settings(database_url=found.url)
    async with engine(settings, works=False) as queue:
        return [await queue.accept(ONE, tenant=tenant, remembered={}) for _ in range(documents)]


def done(found: Site, tenant: str) -> int:
    return int(found.ask("SELECT count(*) FROM runs WHERE tenant = %s AND status = 'done'", tenant)[0][0])


def test_a_thousand_documents_of_one_tenant_do_not_delay_another_tenants_one(postgres: Cluster, tmp_path: Path) -> None:
    settings = {"QUIRE_RUNS_PER_WORKER": "4", "QUIRE_RUNS_PER_TENANT": "2"}
    with site(postgres, tmp_path, **settings) as found:
        asyncio.run(accepted(found, "many", 1_000))
        found.worker()
        while not (before := done(found, "many")):
            time.sleep(0.1)
        asyncio.run(accepted(found, "one", 1))
        while not done(found, "one"):
            time.sleep(0.05)

        assert done(found, "many") - before < 100, "it went before nearly all that were there first"


def test_a_run_that_has_begun_goes_before_those_that_have_not(postgres: Cluster, tmp_path: Path) -> None:
    with (
        ModelServer(delay=0.3) as server,
        site(postgres, tmp_path, OPENAI_BASE_URL=server.url, QUIRE_RUNS_PER_WORKER="1") as found,
    ):
        found.worker()
        asks = found.post({**ONE, "options": {"approve": ["plan"]}})
        found.until([asks], "waiting")
        others = [found.post(ONE) for _ in range(6)]
        answer = {"type": "answer", "question": "plan", "decision": "approve"}
        httpx.post(f"{found.address}/documents/{asks}/events", json=answer, timeout=60).raise_for_status()
        found.until([asks], "done")

        assert sum(found.report(run)["status"] == "done" for run in others) <= 3
        found.until(others, "done")


def test_a_document_is_cancelled_from_another_process_while_a_call_is_under_way(
    postgres: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ModelServer(delay=60) as server, site(postgres, tmp_path, OPENAI_BASE_URL=server.url) as found:
        found.worker()
        runs = [found.post(ONE) for _ in range(5)]
        while len(server.asked) < 5:
            time.sleep(0.05)
        waits = []
        for run in runs:
            begun = time.monotonic()
            assert httpx.codes.ACCEPTED == httpx.post(f"{found.address}/documents/{run}/cancel", timeout=60).status_code
            found.until([run], "cancelled", 30)
            waits.append(time.monotonic() - begun)

        assert_dense(found, runs)
        with capsys.disabled():
            sys.stdout.write(f"\ncancelled from another process after {max(waits):.2f} s at most\n")
