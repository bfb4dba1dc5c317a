"""The event map: who says what, and whom it wakes. Written from the agents' declarations."""

from collections.abc import Iterable, Sequence

from quire.graphs.events import Event, fact_of, types_below
from quire.graphs.kernel.contract import Agent


def event_map(agents: Sequence[Agent]) -> str:
    """Write the map as a diagram and a table, in Markdown."""
    return f"{_diagram(agents)}\n\n{_table(agents)}"


def _diagram(agents: Sequence[Agent]) -> str:
    lines = ["```mermaid", "flowchart LR"]
    for scope, title in (("document", "document"), ("section", "a section run")):
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
            rows.append(f"| `{name}` | {fact_of(event)} | {said_by} | {wakes} |")
    return "\n".join(rows)
