"""The command: print, write or check what is made from the code."""

import importlib
import inspect
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from quire.graphs.catalogue.event_map import event_map
from quire.graphs.catalogue.rooms import room_map
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.registry import discover

MAPS: dict[str, Callable[[Sequence[Agent]], str]] = {"event map": event_map, "rooms": lambda _agents: room_map()}
"""By the name that stands in the marks of a page: ``<!-- rooms: begin -->`` and ``<!-- rooms: end -->``."""
AS_A_TOOL = (
    "Write a long document from a brief and its sources. Gives its status, its text as Markdown, and what is wrong "
    "with a brief that cannot be used."
)
"""What a model that is offered the graph as a tool reads of it."""
WHOLE = (
    "Write a long document from a brief and its sources, and ask a person where the brief wants it. Gives the whole "
    "state. For a tool call, take `report`."
)
_GRAPHS = "quire.graphs.studio"
_ELSEWHERE = re.compile(r"<!-- (?:event map|rooms): (?!begin |end )(\S+) -->")
"""A page's mark for a map that stands in another page: ``<!-- event map: docs/event-map.md -->``."""


def main(arguments: Sequence[str]) -> int:
    """Print the event map, or write or check what is made from the code."""
    if not arguments:
        sys.stdout.write(event_map(discover()) + "\n")
        return 0
    action, *paths = arguments
    stale = [
        path for path in _with_pages_elsewhere(map(Path, paths)) if _written(path) != path.read_text(encoding="utf-8")
    ]
    for path in stale:
        if action == "--write":
            path.write_text(_written(path), encoding="utf-8")
        else:
            told = f"does not fit the code; run python -m quire.graphs.catalogue --write {path}"
            sys.stderr.write(f"{path}: {told}\n")
    return 1 if stale and action != "--write" else 0


def _with_pages_elsewhere(paths: Iterable[Path]) -> Iterator[Path]:
    """Give the files, and behind each page those to which it has moved a map."""
    for path in paths:
        yield path
        if path.suffix == ".md":
            yield from (path.parent / page for page in _ELSEWHERE.findall(path.read_text(encoding="utf-8")))


def put_into(text: str, agents: Sequence[Agent]) -> str:
    """Put each map between its marks in a text.

    Raises:
        ValueError: the text has marks for none of them.

    """
    marked = [name for name in MAPS if f"<!-- {name}: begin -->" in text]
    if not marked:
        raise ValueError(f"the text has no <!-- {next(iter(MAPS))}: begin --> and end")
    for name in marked:
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        head, _, rest = text.partition(begin)
        text = f"{head}{begin}\n\n{MAPS[name](agents)}\n\n{end}{rest.partition(end)[2]}"
    return text


def list_graphs(manifest: str, agents: Sequence[Agent]) -> str:
    """Have a ``langgraph.json`` name the document's graph, the same as a tool, and every agent's own."""
    told = json.loads(manifest)
    described = {"document": WHOLE, **{agent.name: _what_it_does(agent) for agent in agents}, "report": AS_A_TOOL}
    told["graphs"] = {name: {"path": f"{_GRAPHS}:{name}", "description": said} for name, said in described.items()}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _what_it_does(agent: Agent) -> str:
    """Say what an agent does when it is tried alone: the first sentence of its graph's module."""
    said = inspect.getdoc(importlib.import_module(f"quire.graphs.agents.{agent.name}.graph")) or ""
    first = " ".join(said.split("\n\n")[0].split())
    return f"One agent, tried alone. {first}"


def _written(path: Path) -> str:
    put = list_graphs if path.suffix == ".json" else put_into
    return put(path.read_text(encoding="utf-8"), discover())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
