"""A run is held by whoever works on it, and by nothing that a module keeps; a host's is in the one registry."""

import asyncio
import gc
import sys
import types
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from model_server import ModelServer
from toys import SOURCE, Hold, section, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.run import run as registry
from quire.graphs.run import spending
from quire.graphs.run.run import Run
from quire.nodes.config.settings import Settings
from quire.nodes.event_store.memory import MemoryRecord
from quire.server.execution.live_drafts import with_drafts
from quire.server.execution.runs import opened

BRIEF = toy_brief(section("height"), section("yards", "height"), sources=[SOURCE])
AT_WORK = (asyncio.AbstractEventLoop, asyncio.Future, types.FrameType, types.CoroutineType, types.TracebackType)
"""What leads to whatever is at work now, without being what keeps it."""
NOT_ENTERED = (types.ModuleType, types.CodeType, *AT_WORK)


def roots() -> Iterator[tuple[str, Any]]:
    """Give what our modules keep by name; what their classes keep is reached by these."""
    for name, module in list(sys.modules.items()):
        if name == "quire" or name.startswith("quire."):
            for key, value in list(vars(module).items()):
                if not key.startswith("__"):
                    yield f"{name}.{key}", value


def held_by_modules() -> dict[str, str]:
    """Name what a module keeps that leads to a live run, and by which way."""
    known = {id(vars(module)) for module in list(sys.modules.values()) if module is not None}
    return {name: way for name, root in roots() if (way := way_to_a_run(root, known))}


def way_to_a_run(root: Any, known: set[int]) -> str:
    """Search what is reachable from an object; what was searched before led nowhere. Empty: there is no way."""
    stack = [(root, "")]
    while stack:
        thing, way = stack.pop()
        if isinstance(thing, Run):
            return way
        foreign = isinstance(thing, type) and not thing.__module__.startswith("quire.")
        if id(thing) in known or foreign or isinstance(thing, NOT_ENTERED):
            continue
        known.add(id(thing))
        stack += [(inner, f"{way} > {type(thing).__qualname__}") for inner in gc.get_referents(thing)]
    return ""


def live() -> int:
    gc.collect()
    return sum(isinstance(thing, Run) for thing in gc.get_objects())


@pytest.fixture(autouse=True)
def _no_other_runs() -> None:
    """Forget what hosts in other tests have left waiting for a person."""
    for run in list(registry._HOSTED):  # noqa: SLF001 - nobody else needs to name them
        registry.close_run(run)


@pytest.fixture
def patient(online: ModelServer) -> ModelServer:
    """Give a model that is asked and does not reply: the run is at work, and waits for it."""
    online.script = lambda _asked: "hang"
    return online


async def test_no_module_holds_a_run_that_quire_carries_on(
    tmp_path: Path, patient: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_HOME", str(tmp_path))
    async with opened(Settings.read()) as runs:
        run = await runs.begin(BRIEF, run_id=None, remembered={})
        following = asyncio.ensure_future(
            until_its_end(with_drafts(partial(runs.listening, run), runs.carry_on_or_follow(run)))
        )
        async with asyncio.timeout(60):
            while not patient.asked:  # noqa: ASYNC110 - it is a server on a thread of its own
                await asyncio.sleep(0.01)

        assert not following.done()
        assert live()
        assert {} == held_by_modules()

        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def until_its_end(heard: AsyncGenerator[Any, None]) -> None:
    async with aclosing(heard):
        async for _ in heard:
            pass


@pytest.mark.long
async def test_a_hosts_run_is_in_the_registry_and_nowhere_else() -> None:
    hold = Hold("height")
    graph = build([hold.agent])
    going = asyncio.ensure_future(graph.ainvoke(BRIEF))
    await hold.held.acquire()

    assert {"quire.graphs.run.run._HOSTED"} == held_by_modules().keys()

    hold.released["height"].set()
    await going
    assert {} == held_by_modules()


@pytest.mark.long
async def test_the_search_sees_a_run_in_a_cache_and_in_a_class(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(spending, "_CACHE", {"r": [Run("r", MemoryRecord())]}, raising=False)
        assert ["quire.graphs.run.spending._CACHE"] == [*held_by_modules()]
    monkeypatch.setattr(Run, "newest", Run("s", MemoryRecord()), raising=False)
    assert 1 == len(held_by_modules())
