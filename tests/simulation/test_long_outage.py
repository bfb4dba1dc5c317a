"""An outage that lasts for hours: runs are put aside, hold nothing, and go on by themselves; nothing is paid twice."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from toys import section, toy_brief

from quire.graphs.run import commands as outside
from quire.nodes.event_store.port import Envelope
from quire.server.execution.runs import Runs
from quire.server.presentation.run_json import RunReport
from simulation.clock import VirtualLoop, in_virtual_time
from simulation.documents import agreeable, between
from simulation.endpoint import Endpoint
from simulation.served import runs_in

BRIEF = toy_brief(*(section(name) for name in ("height", "yards", "parking", "height-2", "yards-2", "parking-2")))
HOUR = 3600.0


class Came(NamedTuple):
    """What came of a run."""

    report: RunReport
    markdown: list[Any]
    events: list[Envelope]
    refused: int
    """Requests during the outage."""
    paid: list[str]
    """The prompts that were answered, in any order, without the marks that differ each time."""
    took: float


def out(at: float, hours: float = 6.0) -> bool:
    """Whether the endpoint is out of order."""
    return 8 <= at < 8 + hours * HOUR


@pytest.fixture(autouse=True)
def _endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://model.test/v1")
    monkeypatch.setenv("QUIRE_MAX_CALLS", "2")


def written(folder: Path, hours: float, act: Callable[[Runs], Any] | None = None, kind: str = "error-503") -> Came:
    """Write a document while the endpoint is out for some hours, as ``quire write`` does."""
    endpoint = Endpoint(agreeable, lambda asked: kind if out(asked.at, hours) else None, between(3, 1, 5))

    async def work(loop: VirtualLoop) -> Came:
        async with runs_in(folder, loop) as runs:
            run = await runs.begin(BRIEF, run_id="r", remembered={})
            if act is not None:
                acting = loop.create_task(act(runs))
            async for _ in runs.carry_on_or_follow(run):
                pass
            if act is not None:
                await acting
            document = await runs.document(run)
            told = [s.get("content") for s in document["sections"]] if document else []
            events, asked = await runs.record.events(run), endpoint.asked
            paid = sorted(re.sub(r"[0-9a-f]{32}", "", a.prompt) for a in asked if not out(a.at, hours))
            return Came(await runs.report(run), told, events, len(asked) - len(paid), paid, loop.time())

    with endpoint.instead_of_the_network():
        return in_virtual_time(work)


def suspensions(events: list[Envelope]) -> list[float]:
    return [e["data"]["pause"] for e in events if e["type"] == "RunSuspended"]


@pytest.mark.long
@pytest.mark.parametrize("kind", ["error-503", "refused"])
def test_six_hours_cost_time_and_nothing_else(tmp_path: Path, kind: str) -> None:
    usual = written(tmp_path / "usual", 0.0)
    came = written(tmp_path / "out", 6.0, kind=kind)

    pauses = suspensions(came.events)
    assert "done" == came.report["status"]
    assert usual.markdown == came.markdown
    assert usual.paid == came.paid
    assert pauses[:4] == [5, 10, 20, 40]
    assert max(pauses) == 900
    assert 6 * HOUR < came.took < 6 * HOUR + 900 + 120
    assert came.refused < 100


@pytest.mark.long
def test_while_it_lasts_the_run_waits_says_why_and_holds_nothing(tmp_path: Path) -> None:
    seen: list[Any] = []

    async def look(runs: Runs) -> None:
        await asyncio.sleep(3 * HOUR)
        seen.append((await runs.report("r"), await runs.locks.is_free("r"), await runs.next_try("r")))

    came = written(tmp_path, 6.0, look)

    ((report, free, pause),) = seen
    assert ("waiting", []) == (report["status"], report["questions"])
    assert "the model endpoint has been out of order for" in report["reason"]
    assert free
    assert 0 < pause <= 900
    assert "" == came.report["reason"]


@pytest.mark.long
def test_after_the_limit_sections_fail_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIRE_OUTAGE_LIMIT", str(2 * HOUR))

    came = written(tmp_path, 6.0)

    assert came.report["status"] in {"partial", "failed"}
    assert any("out of order for longer than calls wait" in s.get("reason", "") for s in came.report["sections"])
    assert 2 * HOUR < came.took < 2 * HOUR + 1000


@pytest.mark.long
def test_whoever_cancels_meanwhile_need_not_wait(tmp_path: Path) -> None:
    async def cancel(runs: Runs) -> None:
        await asyncio.sleep(3 * HOUR)
        await runs.tell("r", outside.cancel_run)

    came = written(tmp_path, 6.0, cancel)

    assert "cancelled" == came.report["status"]
    assert came.took < 3 * HOUR + 901
