"""What follows from a status: how heavily it weighs, what it means, who must resolve it, and how."""

import re
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from quire.graphs.kinds.site_zoning_report.computations.statuses import (
    CONFORMING_SUBJECT_TO,
    INDETERMINATE,
    LEGAL_NONCONFORMING,
    NONCONFORMING,
)

Weight: TypeAlias = Literal["High", "Medium", "Low", "Unknown"]
WEIGHTS: Final[tuple[Weight, ...]] = ("High", "Medium", "Low", "Unknown")


class Consequence(NamedTuple):
    """What follows from a matter of one kind."""

    weight: Weight
    means: str
    resolver: str
    condition: str
    """What to do about it, as a clause; ``{}`` stands for the approval that is named."""


class _Kind(NamedTuple):
    pattern: str
    """What the standard's key holds."""
    consequence: Consequence


_BY_STATUS: Mapping[str, tuple[_Kind, ...]] = {
    NONCONFORMING: (
        _Kind(
            r"^use_",
            Consequence(
                "High",
                "The use may not begin under the present zoning.",
                "The applicant",
                "choose a use that the district allows, or obtain an amendment of the code or the map",
            ),
        ),
        _Kind(
            r"landscap|tree|buffer|screen|refuse|sign|planting",
            Consequence(
                "Medium",
                "It can be cured by work on the site and may be made a condition of an approval.",
                "The owner",
                "cure it on the site, or bind the owner to do so by a date",
            ),
        ),
        _Kind(
            r"parking|loading|stall|bicycle|charging|\bev",
            Consequence(
                "High",
                "The use lacks what the code requires of it until it is provided, shared or varied.",
                "The owner; the body that accepts shared spaces or grants variances",
                "provide what is missing, secure it under an agreement that the code accepts, or obtain a variance",
            ),
        ),
        _Kind(
            r"",
            Consequence(
                "High",
                "Without proof of lawful origin it needs a variance or a change of the building.",
                "The owner; the body that grants variances",
                "prove its lawful origin, obtain a variance, or change the building",
            ),
        ),
    ),
    CONFORMING_SUBJECT_TO: (
        _Kind(
            r"",
            Consequence(
                "Medium",
                "It may not begin before the approval is obtained; the outcome is not assured.",
                "The applicant; the body that decides on the approval",
                "obtain {}",
            ),
        ),
    ),
    LEGAL_NONCONFORMING: (
        _Kind(
            r"",
            Consequence(
                "Low",
                "It may continue; enlargement, damage and abandonment are limited.",
                "The owner, who bears the proof of lawful origin",
                "reflect the limits on enlargement and rebuilding in value and insurance",
            ),
        ),
    ),
    INDETERMINATE: (
        _Kind(
            r"elevation|flood",
            Consequence(
                "Unknown",
                "Flood requirements and insurance cannot be judged.",
                "A licensed surveyor",
                "obtain an elevation certificate",
            ),
        ),
        _Kind(
            r"^use_|review|permit",
            Consequence(
                "Unknown",
                "Whether it is allowed, or needs an approval, cannot be judged.",
                "The zoning authority",
                "obtain a determination in writing",
            ),
        ),
        _Kind(
            r"",
            Consequence(
                "Unknown",
                "Whether the requirement is met cannot be judged.",
                "The surveyor or the zoning authority",
                "have it measured, or obtain a determination in writing",
            ),
        ),
    ),
}

NAMED: Final[Mapping[str, Consequence]] = {
    "violations.open": Consequence(
        "High",
        "It remains an enforcement matter until the authority closes it.",
        "The owner; the authority that issued it",
        "have the authority confirm in writing that it is closed",
    ),
    "approvals.open_condition": Consequence(
        "Medium",
        "The approval rests on a condition that is not met.",
        "The owner",
        "have the authority confirm that the condition is met or released",
    ),
    "access.requirement": Consequence(
        "Low",
        "It is to be met before service or before the use begins.",
        "The owner; the utility",
        "provide it in the works for the use",
    ),
}
"""By the family of values that name such a matter: ``violations.open.1`` is of ``violations.open``."""


def consequence_of(status: str, key: str) -> Consequence | None:
    """Say what follows from the status of a standard; nothing from what conforms."""
    return next((kind.consequence for kind in _BY_STATUS.get(status, ()) if re.search(kind.pattern, key)), None)
