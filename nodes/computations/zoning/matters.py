"""Matters: what the sections found that a decision must reckon with, ranked, each with its consequence."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from nodes.computations.zoning.assessment import Assessment, assessments_in
from nodes.computations.zoning.statuses import (
    CONFORMING_SUBJECT_TO,
    INDETERMINATE,
    LEGAL_NONCONFORMING,
    NONCONFORMING,
    status_of,
)
from nodes.content import Evidence, SectionContent, Value

Weight: TypeAlias = Literal["High", "Medium", "Low", "Unknown"]
WEIGHTS: Final[tuple[Weight, ...]] = ("High", "Medium", "Low", "Unknown")

_SERVED = "capacity.parking_"
"""How the values begin that say what the present spaces serve."""

_BY_STATUS: Mapping[str, Weight] = {
    NONCONFORMING: "High",
    CONFORMING_SUBJECT_TO: "Medium",
    LEGAL_NONCONFORMING: "Low",
    INDETERMINATE: "Unknown",
}


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
    derivation: str = ""
    """Where a figure of the condition was worked out."""


class _Kind(NamedTuple):
    """What follows from a kind of matter, who must resolve it, and how."""

    pattern: str
    consequence: str
    resolver: str
    condition: str


_UNMET = (
    _Kind(
        r"^use_",
        "The use may not begin under the present zoning.",
        "The applicant",
        "choose a use that the district allows, or obtain an amendment of the code or the map",
    ),
    _Kind(
        r"parking|loading|stall|bicycle|charging|\bev",
        "The use lacks what the code requires of it until it is provided, shared or varied.",
        "The owner; the body that accepts shared spaces or grants variances",
        "provide what is missing, secure it under an agreement that the code accepts, or obtain a variance",
    ),
    _Kind(
        r"landscap|tree|buffer|screen|refuse|sign|planting",
        "It can be cured by work on the site and may be made a condition of an approval.",
        "The owner",
        "cure it on the site, or bind the owner to do so by a date",
    ),
    _Kind(
        r"",
        "Without proof of lawful origin it needs a variance or a change of the building.",
        "The owner; the body that grants variances",
        "prove its lawful origin, obtain a variance, or change the building",
    ),
)
_UNKNOWN = (
    _Kind(
        r"elevation|flood",
        "Flood requirements and insurance cannot be judged.",
        "A licensed surveyor",
        "obtain an elevation certificate",
    ),
    _Kind(
        r"^use_|review|permit",
        "Whether it is allowed, or needs an approval, cannot be judged.",
        "The zoning authority",
        "obtain a determination in writing",
    ),
    _Kind(
        r"",
        "Whether the requirement is met cannot be judged.",
        "The surveyor or the zoning authority",
        "have it measured, or obtain a determination in writing",
    ),
)
_SUBJECT_TO = _Kind(
    "",
    "It may not begin before the approval is obtained; the outcome is not assured.",
    "The applicant; the body that decides on the approval",
    "obtain {}",
)
_LAWFUL = _Kind(
    "",
    "It may continue; enlargement, damage and abandonment are limited.",
    "The owner, who bears the proof of lawful origin",
    "reflect the limits on enlargement and rebuilding in value and insurance",
)
_NAMED: Mapping[str, tuple[Weight, _Kind]] = {
    "violations.open": (
        "High",
        _Kind(
            "",
            "It remains an enforcement matter until the authority closes it.",
            "The owner; the authority that issued it",
            "have the authority confirm in writing that it is closed",
        ),
    ),
    "approvals.open_condition": (
        "Medium",
        _Kind(
            "",
            "The approval rests on a condition that is not met.",
            "The owner",
            "have the authority confirm that the condition is met or released",
        ),
    ),
    "access.requirement": (
        "Low",
        _Kind(
            "",
            "It is to be met before service or before the use begins.",
            "The owner; the utility",
            "provide it in the works for the use",
        ),
    ),
}


def matters_in(inputs: Mapping[str, SectionContent]) -> list[Matter]:
    """Gather the matters of all sections, heaviest first, else in the order of the sections."""
    served = {n: v for content in inputs.values() for n, v in content["values"].items() if n.startswith(_SERVED)}
    found = [_or_fewer(matter, served) for content in inputs.values() for matter in _of_section(content)]
    return sorted(found, key=lambda matter: WEIGHTS.index(matter.weight))


def _or_fewer(matter: Matter, served: Mapping[str, Value]) -> Matter:
    """Offer, for a shortage of parking, the size of the use that the present spaces serve."""
    if matter.key != "standard.parking" or matter.weight != "High" or not served:
        return matter
    name, most = next(iter(served.items()))
    condition = f"{matter.condition}, or limit the use to the {most['text']} that the present spaces serve"
    return matter._replace(condition=condition, derivation=f"{name}: {most['text']}")


def _of_section(content: SectionContent) -> Iterator[Matter]:
    for made in assessments_in(content["values"]):
        matter = _of_assessment(made)
        if matter:
            yield matter
    for name, value in content["values"].items():
        family = re.sub(r"\.\d+$", "", name)
        if family != name and family in _NAMED:
            yield _of_value(name, family, value)


def _of_assessment(made: Assessment) -> Matter | None:
    status = status_of(made.status)
    if status not in _BY_STATUS:
        return None
    kind = _kind(status, made.key)
    approval = made.status.removeprefix(CONFORMING_SUBJECT_TO).strip() or "the approval it is subject to"
    return Matter(
        weight=_BY_STATUS[status],
        key=f"standard.{made.key}",
        text=_told(made),
        status=made.status,
        consequence=kind.consequence,
        resolver=kind.resolver,
        condition=f"{made.label}: {kind.condition.format(approval)}",
        evidence=[*made.required["evidence"], *made.actual["evidence"]],
    )


def _kind(status: str, key: str) -> _Kind:
    if status == CONFORMING_SUBJECT_TO:
        return _SUBJECT_TO
    if status == LEGAL_NONCONFORMING:
        return _LAWFUL
    return next(kind for kind in (_UNMET if status == NONCONFORMING else _UNKNOWN) if re.search(kind.pattern, key))


def _of_value(name: str, family: str, value: Value) -> Matter:
    weight, kind = _NAMED[family]
    return Matter(
        weight=weight,
        key=name,
        text=value["text"],
        status="Open",
        consequence=kind.consequence,
        resolver=kind.resolver,
        condition=f"{value['text']}; {kind.condition}",
        evidence=value["evidence"],
    )


def _told(made: Assessment) -> str:
    """Name a matter with its figures; of a use, how the code treats it."""
    required, actual = made.required["text"], _within(made.actual["text"])
    if made.key.startswith("use_"):
        return f"{made.label}, {actual}: {re.sub('^[A-Z]{1,3}: ', '', required)}"
    return f"{made.label}: required {_within(required)}; actual {actual}"


def _within(text: str) -> str:
    """Write a text as it stands within a sentence: without its capital, unless that is part of a name or code."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
