"""The plan of a version that follows another: what persons changed of the one before holds on. Pure.

What the brief or the blueprint says now is held against what it said then: where it says the same, what was made of it
since stands; where it says something else, that counts.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from quire.graphs.agents.planner.events import PlanOutlined
from quire.graphs.intake.blueprint_models import SectionSpec
from quire.graphs.run.earlier import Earlier


class PlanBefore(NamedTuple):
    """The plan that a model made of an open blueprint for the version before."""

    outlined: PlanOutlined
    note: str
    """What has to be changed of it, for the planner; nothing where it stands."""


def plan_before(earlier: Earlier | None, asked: Mapping[str, Any]) -> PlanBefore | None:
    """Give the plan of the version before, if it answers what is asked now."""
    if earlier is None or "outlined" not in earlier["plan"]:
        return None
    then = earlier["asked"]
    if any(then.get(name) != asked.get(name) for name in ("blueprint", "title", "language")):
        return None
    if _questions(then) != _questions(asked):
        return None
    known = {source["name"] for source in then["sources"]}
    new = [source["name"] for source in asked["sources"] if source["name"] not in known]
    told = f"These sources have come since: {', '.join(new)}. Keep the plan, but for what they call for." if new else ""
    return PlanBefore(PlanOutlined.model_validate(earlier["plan"]["outlined"]), told)


def sections_before(earlier: Earlier | None, sections: Sequence[SectionSpec]) -> list[SectionSpec]:
    """Give the sections of a plan with what was changed and added from outside while the version before was written."""
    if earlier is None:
        return list(sections)
    outlined = earlier["plan"].get("outlined")
    base = {s["id"]: SectionSpec.model_validate(s) for s in (outlined or earlier["asked"]["blueprint"])["sections"]}
    became = {name: SectionSpec.model_validate(s["spec"]) for name, s in earlier["sections"].items()}
    known, later = {s.id for s in sections}, earlier["plan"]["later"]
    kept = [became.get(s.id, s) if base.get(s.id) == s else s for s in sections]
    possible = known | {one["spec"]["id"] for one in later}
    alike = [s.id for s in sections] == [*base]
    for one in sorted(later, key=lambda each: -float(each["position"])):
        spec = SectionSpec.model_validate(one["spec"])
        if spec.id not in known and set(spec.needs) <= possible:
            kept.insert(math.ceil(float(one["position"])) if alike else len(kept), spec)
    there = {s.id for s in kept}
    return [s.model_copy(update={"after": [a for a in s.after if a.partition(".")[0] in there]}) for s in kept]


def facts_before(earlier: Earlier | None, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Give the facts of a brief with those that were changed from outside, where the brief still says the old ones."""
    changed = earlier["plan"]["facts"] if earlier else {}
    return {**facts, **{name: one["is"] for name, one in changed.items() if facts.get(name) == one["was"]}}


def _questions(asked: Mapping[str, Any]) -> list[Any]:
    return [asked["facts"].get(name) for name in ("question", "subject")]
