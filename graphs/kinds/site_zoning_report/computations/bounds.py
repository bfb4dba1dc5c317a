"""The words that make a figure a minimum or a maximum."""

import re

from quire.graphs.kinds.site_zoning_report.computations.measures import Bound

_MAXIMUM = re.compile(
    r"max(?:imum)?\.?(?![a-z])|no\s+(?:more|greater|higher|taller)\s+than|not\s+(?:to\s+)?(?:be\s+)?(?:more|greater|higher|taller)"
    r"\s+than|not\s+(?:to\s+)?(?:be\s+)?exceed|(?:shall|may|must|can)(?:not|\s+not|\s+never)?\s+exceed|not\s+exceeding|at\s+most|"
    r"up\s+to|or\s+(?:less|fewer)|limited\s+to|(?:less|fewer|lower)\s+than|not\s+over|\bno\b[^.;]{0,60}\bexceed",
    re.IGNORECASE,
)
_MINIMUM = re.compile(
    r"min(?:imum)?\.?(?![a-z])|(?:no|not|nor|neither|never)\s+(?:to\s+)?(?:be\s+)?(?:less|smaller|narrower|fewer|nearer|closer|lower)"
    r"\s+than|at\s+least|\bno\b[^.;]{0,60}\b(?:less|smaller|narrower|fewer|nearer|closer)\s+(?:to\b.{0,40}\s)?than|"
    r"or\s+(?:more|greater|wider)|not\s+be\s+reduced\s+below",
    re.IGNORECASE,
)


def bounds_in(text: str) -> list[tuple[Bound, int, int]]:
    """Find the words that bound a figure, with their place. ``not less than`` is a minimum and nothing else."""
    found: list[tuple[Bound, int, int]] = [("minimum", m.start(), m.end()) for m in _MINIMUM.finditer(text)]
    for match in _MAXIMUM.finditer(text):
        if all(match.end() <= start or match.start() >= end for _, start, end in found):
            found.append(("maximum", match.start(), match.end()))
    return sorted(found, key=lambda entry: entry[1])


def bound_named(text: str) -> Bound | None:
    """Name the bound a label states, if it states exactly one."""
    kinds = {bound for bound, _, _ in bounds_in(text)}
    return next(iter(kinds)) if len(kinds) == 1 else None
