"""The date that a document bears, from the facts of its brief; files name it as theirs. Pure."""

from collections.abc import Mapping
from typing import Any

from quire.nodes.evidence.figures.conventions import ENGLISH
from quire.nodes.evidence.figures.dates import dates

NAMED = ("date", "report_date")
"""Facts that date a document, the first one that holds a date before the others."""


def date_of(facts: Mapping[str, Any]) -> str:
    """Give the date as ISO 8601, as far as it is told (``2026-10-16``, ``2026-10``); empty without one."""
    for name in NAMED:
        found = [d.value for d in dates(str(facts.get(name, "")), ENGLISH) if not d.value.startswith("--")]
        if found:
            return found[0]
    return ""
