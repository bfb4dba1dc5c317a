"""Every fault of a call of a tool, at the first, middle and last of a document's replies, over both transports.

A cell is a small document of which three sources are replies, one of them none. What comes out is the document of the
other two, and it names the third. Whatever is no good reply holds a word that is then looked for in all that is told.
"""

import asyncio
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Final, NamedTuple

from tool_server import CANARY, ON_THE_WIRE, calls_of
from toys import SOURCE, section, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.run.run import open_run
from quire.nodes.config.settings import Settings
from quire.nodes.event_store.memory import MemoryRecord

SERVER, HASTY, AWAY, UNKNOWN = "prices", "hasty", "away", "not-released"
"""The server, the same with little patience, one that nobody runs, and one that may not be used."""
IMPATIENT: Final = (3.0, 30.0)
"""Seconds after which a call of the hasty one is given up: at first, and where its server had not begun by then."""
TRANSPORTS: Final = ("stdio", "http")
PLACES: Final = ("first", "middle", "last")
UNHEARD: Final = frozenset({"absent", AWAY, UNKNOWN})
"""Faults of which no tool hears."""
SAID: Final = {
    "absent": "reported an error", AWAY: "could not be called", "broken": "reported an error",
    "large": "replied with more than 2 MB", UNKNOWN: f"there is no server '{UNKNOWN}'",
    "nothing": "replied with nothing", "picture": "replied with something that is not text",
    "slow": "gave no reply within", "torn": "could not be called",
} | dict.fromkeys(ON_THE_WIRE, "could not be called")  # fmt: skip
"""By fault: what the document says of it."""


class Cell(NamedTuple):
    """One fault at one of three replies."""

    fault: str
    place: str
    transport: str


@dataclass
class Made:
    """What came of a cell."""

    sections: list[Any]
    told: str
    """All that anybody may see: the document and its events."""
    warnings: list[str]
    called: list[str]


def all_cells() -> list[Cell]:
    """Give every cell. What goes wrong on a wire does so over HTTP, where one server has all calls and does not end."""
    crossed = (Cell(*c) for c in product(SAID, PLACES, TRANSPORTS))
    only = {"torn": "stdio"} | dict.fromkeys(ON_THE_WIRE, "http")
    return [cell for cell in crossed if only.get(cell.fault, cell.transport) == cell.transport]


def reply(place: str) -> dict[str, Any]:
    """Give a source that a tool replies, in its own words."""
    call = {"server": SERVER, "tool": "prices", "arguments": {"year": 2024 + PLACES.index(place)}}
    return {"name": f"{place}.md", "mcp": call}


def faulty(cell: Cell) -> dict[str, Any]:
    """Give the source that a cell is about."""
    server = {"slow": HASTY, AWAY: AWAY, UNKNOWN: UNKNOWN}.get(cell.fault, SERVER)
    return {"name": f"{cell.place}.md", "mcp": {"server": server, "tool": cell.fault, "arguments": {}}}


async def _made(sources: list[dict[str, Any]], servers: dict[str, Any], calls: Path) -> Made:
    before = len(calls_of(calls))
    record, run_id = MemoryRecord(), f"cell-{random.getrandbits(48):x}"
    run = open_run(run_id, record)
    run.settings = Settings.model_validate({"offline_wanted": True, "mcp_servers": servers})
    slates = section("slates", words=900, instructions="What does a slate cost?")
    brief = toy_brief(slates, section("height"), sources=[SOURCE, *sources])
    out = await build().ainvoke({**brief, "id": run_id}, context=run)
    told = json.dumps([out, await record.events(run_id)], ensure_ascii=False, default=str)
    return Made(out["document"]["sections"], told, out["document"]["warnings"], calls_of(calls)[before:])


def made(sources: list[dict[str, Any]], server: dict[str, Any], calls: Path, patience: float = IMPATIENT[0]) -> Made:
    """Make a document of a building code and these sources."""
    away = {"url": "http://127.0.0.1:9/mcp"} if "url" in server else {"command": str(calls / "not-there")}
    return asyncio.run(_made(sources, {SERVER: server, HASTY: {**server, "seconds": patience}, AWAY: away}, calls))


def tried(cells: Sequence[Cell], server: dict[str, Any], calls: Path) -> list[str]:
    """Make the documents of some cells over one server and give what is wrong with any."""
    right = {place: made(_others(place), server, calls) for place in sorted({cell.place for cell in cells})}
    return [wrong for cell in cells if (wrong := _wrong_with(cell, right[cell.place], server, calls))]


def _others(place: str) -> list[dict[str, Any]]:
    return [reply(other) for other in PLACES if other != place]


def _wrong_with(cell: Cell, right: Made, server: dict[str, Any], calls: Path) -> str:
    """Make a cell's document and say what is wrong with how it ended; empty if nothing is."""
    sources = _others(cell.place)
    sources.insert(PLACES.index(cell.place), faulty(cell))
    for patience in IMPATIENT if cell.fault == "slow" else IMPATIENT[:1]:
        came = made(sources, server, calls, patience)
        if cell.fault in came.called:
            break
    called = ["prices", "prices"] + [cell.fault] * (cell.fault not in UNHEARD)
    told = [warning for warning in came.warnings if f"{cell.place}.md" in warning]
    faults = {
        f"called were {came.called}": sorted(called) != sorted(came.called),
        "words of what is no reply show": CANARY in came.told,
        "the other replies make another document": came.sections != right.sections,
        "the fault is not named": not any(SAID[cell.fault] in warning for warning in told),
    }
    return "; ".join(f"{cell}: {what}" for what, holds in faults.items() if holds)
