"""Gathers what one section is made from: the brief's facts, its sources, and what it waited for."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatch
from typing import Any, cast

from quire.graphs.kernel.agent_state import Lane
from quire.graphs.run.blackboard import Board
from quire.graphs.run.changes import facts_with
from quire.graphs.run.dependencies import inputs_read
from quire.graphs.run.run import Run
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Evidence, SectionContent
from quire.nodes.evidence.from_passages import quoted
from quire.nodes.sources.passage import Passage, Reading


async def gather(run: Run, lane: Lane) -> Materials:
    """Gather the materials of the section that the lane works on."""
    spec, asked = lane["section"], run.request
    return Materials(
        title=asked["title"],
        section=spec,
        facts=facts_of(run.board, spec["id"], asked["facts"]),
        readings=filtered(await run.readings(), spec["sources"]),
        inputs=inputs_of(run.board, spec["id"], lane["epoch"]),
        withheld=(await run.sources()).values,
        words=run.words,
        locale=asked["options"].get("locale", ""),
    )


async def search(
    run: Run,
    lane: Lane,
    query: str,
    most: int,
    keep: Callable[[Sequence[Passage]], list[Passage]] = list,
    *,
    hint: str = "",
) -> list[Evidence]:
    """Find what of the section's sources says most about a query, and quote what is kept of it, the best first.

    Args:
        run: the run.
        lane: the section's.
        query: what is asked.
        most: how many passages.
        keep: chooses among those found.
        hint: what else may tell the passages apart (``quire.nodes.search.retrieval.Index.search``).

    """
    index = await run.index(filtered(await run.readings(), lane["section"]["sources"]))
    found = await asyncio.to_thread(index.search, query, most, hint)
    hashes = {r["source"]: r["hash"] for r in await run.readings()}
    return [quoted(passage, hashes[passage["source"]]) for passage in keep(found)]


def filtered(readings: Sequence[Reading], patterns: Sequence[str]) -> tuple[Reading, ...]:
    """Keep the sources that hold something and whose names match one of the patterns; without patterns all of them."""
    held = (r for r in readings if r["passages"])
    return tuple(r for r in held if not patterns or any(fnmatch(r["source"], p) for p in patterns))


def inputs_of(board: Board, section: str, epoch: int) -> dict[str, SectionContent]:
    """Give what the section may read of others, exactly as journalled."""
    return {
        name: cast("SectionContent", board.events[seen["event"]]["data"]["content"])
        for name, seen in inputs_read(board.lane(section, epoch)).items()
        if "digest" in seen
    }


def missing_of(board: Board, section: str, epoch: int) -> dict[str, str]:
    """Name the sections that this one should have read and could not, with the reason."""
    read = inputs_read(board.lane(section, epoch))
    return {name: str(seen["missing"]) for name, seen in read.items() if "missing" in seen}


def facts_of(board: Board, section: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Give the brief's facts, with the changes that the section has taken up."""
    return facts_with(facts, [board.events[c] for c in board.taken.get(section, [])])
