"""What is written from the agents' declarations: the event map in a page, and the graphs that Studio is shown.

``python -m quire.graphs.catalogue`` prints the map. ``python -m quire.graphs.catalogue --write README.md langgraph.json`` puts it
between the marks of the page, and the agents into the list of graphs; ``--check`` fails where either is stale.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from quire.graphs.events import Event, types_below
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.registry import discover

BEGIN, END = "<!-- event map: begin -->", "<!-- event map: end -->"


def event_map(agents: Sequence[Agent]) -> str:
    """Write the map as a diagram and a table, in Markdown."""
    return f"{_diagram(agents)}\n\n{_table(agents)}"


def put_into(text: str, agents: Sequence[Agent]) -> str:
    """Put the map between the marks of a text.

    Raises:
        ValueError: the text has no marks.

    """
    head, mark, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not (mark and end):
        raise ValueError(f"the text has no {BEGIN} … {END}")
    return f"{head}{BEGIN}\n\n{event_map(agents)}\n\n{END}{tail}"


def list_graphs(manifest: str, agents: Sequence[Agent]) -> str:
    """Have a ``langgraph.json`` name the document's graph and every agent's own."""
    told = json.loads(manifest)
    names = ["document", *(agent.name for agent in agents)]
    told["graphs"] = {name: f"quire.graphs.studio:{name}" for name in names}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _diagram(agents: Sequence[Agent]) -> str:
    lines = ["```mermaid", "flowchart LR"]
    for scope, title in (("document", "document"), ("section", "a section's lane")):
        lines += [f'  subgraph {scope}s["{title}"]', *(f"    {a.name}" for a in agents if a.scope == scope), "  end"]
    lines += [f"  {by} -- {event} --> {to}" for by, event, to in _edges(agents)]
    return "\n".join([*lines, "```"])


def _edges(agents: Sequence[Agent]) -> Iterable[tuple[str, str, str]]:
    for by in agents:
        for event in by.emits:
            yield from ((by.name, event.__name__, to.name) for to in agents if event.__name__ in to.handled_types)


def _table(agents: Sequence[Agent]) -> str:
    events: dict[str, type[Event]] = {}
    for agent in agents:
        for event in (*agent.handles, *agent.emits):
            events.update(types_below(event))
    rows = ["| event | what happened | said by | wakes |", "|---|---|---|---|"]
    for name, event in sorted(events.items()):
        said_by = ", ".join(a.name for a in agents if event in a.emits) or ("outside" if event.external else "")
        wakes = ", ".join(a.name for a in agents if name in a.handled_types) or "who follows the run"
        if said_by:
            rows.append(f"| `{name}` | {_fact(event)} | {said_by} | {wakes} |")
    return "\n".join(rows)


def _fact(event: type[Event]) -> str:
    return (event.__doc__ or "").strip().partition("\n")[0]


def main(arguments: Sequence[str]) -> int:
    """Print the map, or write or check what is made from the declarations."""
    if not arguments:
        sys.stdout.write(event_map(discover()) + "\n")
        return 0
    action, *paths = arguments
    stale = [path for path in map(Path, paths) if _written(path) != path.read_text(encoding="utf-8")]
    for path in stale:
        if action == "--write":
            path.write_text(_written(path), encoding="utf-8")
        else:
            told = f"does not fit the agents that there are; run python -m quire.graphs.catalogue --write {path}"
            sys.stderr.write(f"{path}: {told}\n")
    return 1 if stale and action != "--write" else 0


def _written(path: Path) -> str:
    put = list_graphs if path.suffix == ".json" else put_into
    return put(path.read_text(encoding="utf-8"), discover())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
