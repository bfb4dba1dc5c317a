"""Matters: what the sections found that a decision must reckon with, ranked, each with its consequence."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment, assessments_in
from quire.graphs.kinds.site_zoning_report.computations.consequences import (
    NAMED,
    WEIGHTS,
    Consequence,
    Weight,
    consequence_of,
)
from quire.graphs.kinds.site_zoning_report.computations.statuses import (
    CONFORMING_SUBJECT_TO,
    LEGAL_NONCONFORMING,
    status_of,
)
from quire.nodes.evidence.content import Evidence, SectionContent, Value

_SERVED = "capacity.parking_"
"""How the values begin that say what the present spaces serve."""
_THRESHOLD = "rebuild.threshold"


class Matter(NamedTuple):
    """One matter. ``key`` is the name of the value it was read from."""

    weight: Weight
    key: str
    text: str
    status: str
    consequence: str
    resolver: str
    condition: str
    """What must be so before someone relies on the site, as a clause behind the matter's name."""
    evidence: list[Evidence]
    how: str
    """What its status rests on: the comparison, or that a section names it."""
    derivation: str = ""
    """How a figure of the condition was worked out."""


def matters_in(inputs: Mapping[str, SectionContent]) -> list[Matter]:
    """Gather the matters of all sections, heaviest first, else in the order of the sections."""
    values = {name: value for content in inputs.values() for name, value in content["values"].items()}
    found = [_in_figures(matter, values) for content in inputs.values() for matter in _of_section(content)]
    return sorted(found, key=lambda matter: WEIGHTS.index(matter.weight))


def _in_figures(matter: Matter, values: Mapping[str, Value]) -> Matter:
    """Put into a condition what other sections worked out: what the parking serves, when rebuilding is limited."""
    served = [name for name in values if name.startswith(_SERVED) and not name.endswith(".how")]
    if matter.key == "standard.parking" and matter.weight == "High" and served:
        name, words = served[0], "{}, or limit the use to the {} that the present spaces serve"
    elif matter.status.startswith(LEGAL_NONCONFORMING) and _THRESHOLD in values:
        name, words = _THRESHOLD, "{} (threshold of damage: {})"
    else:
        return matter
    figure, worked = values[name]["text"], values.get(f"{name}.how")
    derivation = (
        f"{worked['text']}; {figure}" if worked else "; ".join(f"“{e['quote']}”" for e in values[name]["evidence"])
    )
    return matter._replace(condition=words.format(matter.condition, figure), derivation=derivation)


def _of_section(content: SectionContent) -> Iterator[Matter]:
    for made in assessments_in(content["values"]):
        consequence = consequence_of(status_of(made.status), made.key)
        if consequence:
            yield _of_assessment(made, consequence)
    for name, value in content["values"].items():
        family = re.sub(r"\.\d+$", "", name)
        if family != name and family in NAMED:
            yield _of_value(name, value, NAMED[family])


def _of_assessment(made: Assessment, consequence: Consequence) -> Matter:
    approval = made.status.removeprefix(CONFORMING_SUBJECT_TO).strip() or "the approval it is subject to"
    return Matter(
        weight=consequence.weight,
        key=f"standard.{made.key}",
        text=_told(made),
        status=made.status,
        consequence=consequence.means,
        resolver=consequence.resolver,
        condition=f"{made.label}: {consequence.condition.format(approval)}",
        evidence=[*made.required["evidence"], *made.actual["evidence"]],
        how=made.how,
    )


def _of_value(name: str, value: Value, consequence: Consequence) -> Matter:
    return Matter(
        weight=consequence.weight,
        key=name,
        text=value["text"],
        status="Open",
        consequence=consequence.means,
        resolver=consequence.resolver,
        condition=f"{value['text']}; {consequence.condition}",
        evidence=value["evidence"],
        how="; ".join(f"“{evidence['quote']}”" for evidence in value["evidence"]) or "as the section names it",
    )


def _told(made: Assessment) -> str:
    """Name a matter with its figures; of a use, how the code treats it."""
    required, actual = made.required["text"], _within(made.actual["text"])
    if made.key.startswith("use_"):
        treatment = re.sub(r"^[A-Z]{1,3}: |\s*\([^()]*\)$", "", required)
        return f"{made.label}, {actual}: {_within(treatment)} in this district"
    return f"{made.label}, required: {_within(required)}; actual: {actual}"


def _within(text: str) -> str:
    """Write a text as it stands within a sentence: without its capital, unless that is part of a name or code."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
