"""How the plan grows while a run goes on: which sections came later, and who waits for them. Pure.

A section that an agent proposes, or that is added from outside, is written while others still are. Those that gather
what the document says must not miss it: they wait for it as if it had been planned from the beginning. A section
gathers if it waits, directly or not, for every section that does not frame the document, save for those that wait for
it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from quire.graphs.agents.planner.events import SectionConsidered
from quire.graphs.events import AnswerGiven, SectionAdded, SectionProposed, is_a, type_names
from quire.nodes.event_store.port import Envelope

GROWING = type_names(SectionProposed, SectionAdded)
"""What the plan may grow by, once the planner has heard it."""
QUESTION = "section-proposed:"
"""Begins the name of the question whether a proposed section is to be written."""
_FEWEST = 2
"""Sections that one waits for at least which gathers what they say."""


def origin_of(event: Envelope, known: Mapping[str, Envelope]) -> Envelope | None:
    """Give what a decision of the planner was about, if it was a section that was proposed or added."""
    cause = known.get(event["cause"] or "")
    while cause is not None and is_a(cause, AnswerGiven, SectionConsidered):
        cause = known.get(cause["cause"] or "")
    return cause if cause is not None and cause["type"] in GROWING else None


def gatherers(planned: Sequence[Envelope]) -> dict[str, str]:
    """Give the sections that gather what the document says, each with what it waits for of others: ``.drafted``.

    Args:
        planned: the sections as they were first planned, without those that came later.

    """
    needs = {str(e["section"]): _needs(e["data"]["spec"]) for e in planned}
    told = {s for e in planned if not e["data"]["spec"].get("frame") for s in [str(e["section"])]}
    reached = {section: _closure(section, needs) for section in needs}
    found: dict[str, str] = {}
    for event in planned:
        section = str(event["section"])
        others = {s for s in told if s != section and section not in reached[s]}
        if len(needs[section]) >= _FEWEST and others and others <= reached[section]:
            found[section] = _draft_of([i for i in event["data"]["spec"]["after"] if i.partition(".")[0] in told])
    return found


def grown_edges(planned: Sequence[Envelope], later: Collection[str]) -> dict[str, list[str]]:
    """Give by section what it waits for besides, as in ``after``: the sections that came later and do not wait for it.

    Args:
        planned: every section that was planned, in the journal's order.
        later: ids of those that came later.

    """
    first = [e for e in planned if e["section"] not in later]
    waits = {str(e["section"]): list(_needs(e["data"]["spec"])) for e in planned}
    gathering = gatherers(first)
    edges: dict[str, list[str]] = {section: [] for section in gathering}
    for section in (str(e["section"]) for e in planned if e["section"] in later):
        for gatherer, draft in gathering.items():
            if gatherer not in _closure(section, waits):
                waits[gatherer].append(section)
                edges[gatherer].append(f"{section}{draft}")
    return edges


def grown(spec: Mapping[str, Any], more: Iterable[str]) -> dict[str, Any]:
    """Give a specification that waits for sections that came later too; without one that fails it goes on."""
    needs = _needs(spec)
    new = [item for item in more if item.partition(".")[0] not in needs]
    if not new:
        return dict(spec)
    said = spec.get("wait_failed") or "stop"
    policies = dict.fromkeys(needs, said) if isinstance(said, str) else dict(said)
    policies |= {item.partition(".")[0]: "stub" for item in new}
    return {**spec, "after": [*spec["after"], *new], "wait_failed": policies}


def in_order(plan: Sequence[Envelope]) -> list[Envelope]:
    """Put each section behind all that it waits for, and otherwise keep the order."""
    waiting, placed, ids = list(plan), dict[str, Envelope](), {str(e["section"]) for e in plan}
    while waiting:
        ready = next((e for e in waiting if ids & set(_needs(e["data"]["spec"])) <= placed.keys()), waiting[0])
        placed[str(ready["section"])] = ready
        waiting.remove(ready)
    return list(placed.values())


def _needs(spec: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(str(item).partition(".")[0] for item in spec["after"]))


def _closure(section: str, needs: Mapping[str, Sequence[str]]) -> set[str]:
    """Give all that a section waits for, directly or not."""
    found: set[str] = set()
    ahead = [section]
    while ahead:
        new = [n for n in needs.get(ahead.pop(), ()) if n not in found]
        found.update(new)
        ahead += new
    return found


def _draft_of(after: Sequence[str]) -> str:
    """Say what of a later section is waited for: a draft, where only drafts of the others are."""
    return ".drafted" if after and all("." in item for item in after) else ""
