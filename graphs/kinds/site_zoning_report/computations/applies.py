"""Whether a requirement with a limitation (``to residential district line``, ``on corner lots``) concerns the site."""

import re
from collections.abc import Mapping
from typing import Any

from quire.graphs.kinds.site_zoning_report.computations.standard import Standard
from quire.graphs.kinds.site_zoning_report.computations.survey import Measured, Site
from quire.nodes.evidence.content import Evidence

_UNLIMITED = re.compile(
    r"^(?:each|each\s+side|either\s+side|interior|interior\s+lots?|minimum|maximum|required|\s|,)*$", re.IGNORECASE
)
_LINES = (
    ("street", re.compile(r"\bstreet\b|\bR\.?O\.?W\b|right-of-way|\broad\b", re.IGNORECASE)),
    ("residential district", re.compile(r"\bresidential\b|\bR-?1\b|\bdwelling\s+district", re.IGNORECASE)),
    ("other lot", re.compile(r"\bother\b", re.IGNORECASE)),
)
_TO_LINE = re.compile(r"\b(?:to|abutting|adjacent\s+to|adjoining|along|from)\b", re.IGNORECASE)
_CORNER = re.compile(r"\bcorner\b", re.IGNORECASE)
_STORIES = re.compile(r"(?P<from>\d)\s*(?:-\s*(?P<to>\d)[\d\s/½]*)?\s*-?\s*stor(?:y|ies)", re.IGNORECASE)
_WIDE = {"front_setback": ("front",), "rear_setback": ("rear",), "corner_side_setback": ("side",)}


def applies(standard: Standard, site: Site, facts: Mapping[str, Any]) -> bool | None:
    """Say whether a requirement concerns the site; nothing if that is not known."""
    limited = standard.qualifier
    if standard.measure.key == "corner_side_setback" or _CORNER.search(limited):
        return _is_corner(facts)
    if _UNLIMITED.match(limited):
        return True
    if line := line_meant(limited):
        return _abuts(standard, line, site)
    return _by_stories(limited, site)


def line_meant(limitation: str) -> str:
    """Name the kind of lot line that a limitation is about, if it is about one."""
    if not _TO_LINE.search(limitation):
        return ""
    return next((kind for kind, pattern in _LINES if pattern.search(limitation)), "")


def sides_on(standard: Standard, site: Site) -> list[Measured]:
    """Give the side yards that a requirement concerns, where it is known what they abut; else all of them."""
    sides = site.of("side_setback")
    line = line_meant(standard.qualifier)
    known = [figure for figure in sides if figure.side in site.abuts]
    if not line or len(known) < len(sides):
        return sides
    return [figure for figure in known if site.abuts[figure.side][0] == line]


def evidence_of_lines(standard: Standard, site: Site) -> list[Evidence]:
    """Cite what says which lines the lot abuts, where the requirement depends on it."""
    names = _WIDE.get(standard.measure.key) or tuple(figure.side for figure in site.of("side_setback"))
    return [site.abuts[name][1] for name in names if name in site.abuts] if line_meant(standard.qualifier) else []


def _abuts(standard: Standard, line: str, site: Site) -> bool | None:
    if standard.measure.key == "front_setback":
        return line == "street"
    names = list(_WIDE.get(standard.measure.key, ())) or [f.side or "side" for f in site.of("side_setback")] or ["side"]
    known = [site.abuts[name][0] for name in names if name in site.abuts]
    if line in known:
        return True
    return False if known and len(known) == len(names) else None


def _is_corner(facts: Mapping[str, Any]) -> bool | None:
    for name, stated in facts.items():
        if "corner" in name.lower():
            return str(stated).strip().lower() in {"yes", "true", "corner", "1"}
    return None


def _by_stories(limited: str, site: Site) -> bool | None:
    named, stories = _STORIES.search(limited), site.first("stories")
    if named is None or stories is None or stories.quantity is None:
        return None
    upper = int(named["to"] or named["from"])
    return int(named["from"]) <= stories.quantity.value < upper + 1
