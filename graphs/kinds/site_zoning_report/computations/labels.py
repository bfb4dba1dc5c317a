"""The labels of a table's rows: the measure, what a row takes over from the rows above it, and what limits it."""

import re
from dataclasses import dataclass

from quire.graphs.kinds.site_zoning_report.computations.bounds import bounds_in
from quire.graphs.kinds.site_zoning_report.computations.measures import BY_KEY, SETBACK, Measure, measures_in, spaced
from quire.graphs.kinds.site_zoning_report.computations.subjects import subject_in
from quire.graphs.kinds.site_zoning_report.computations.units import unit_in

_MARK = re.compile(r"^\(?(?:[a-zA-Z]|\d{1,2}|[ivx]+)[.)]\s+")
_STARS = re.compile(r"\s*(?P<stars>[*†‡]+)\s*$")
_UNIT_NOTE = re.compile(
    r"\((?:sq\.?\s*ft\.?|sq\.?\s*feet|square\s+feet|feet|foot|ft\.?|acres?|stories|percent|%|units?[^)]*|sf)\)",
    re.IGNORECASE,
)
_YARD = re.compile(r"^(?P<yard>(?:street\s+side|corner\s+side|interior\s+side|front|side|rear))s?\b", re.IGNORECASE)
_TOTAL = re.compile(r"^(?:total|both|combined|sum)\b", re.IGNORECASE)
_GROUP = re.compile(r"^(?P<group>(?:w/|with\s|without\s)[^:]*?)(?::\s*(?P<item>.*))?$", re.IGNORECASE)
_KEPT = re.compile(
    r"^(?:with|without|each|one|for|on|when|where|if|abutting|adjacent|adjoining|interior|corner|attached|detached|single|two|multi|non|"
    r"residential|to|from|lots?)\b|\d",
    re.IGNORECASE,
)
_SIDES = ("side_setback", "side_setback_total")


def _is_side(measure: Measure) -> bool:
    return measure.key in {*_SIDES, "corner_side_setback"}


def _names_a_thing(words: str) -> bool:
    """Tell ``Accessory buildings`` from ``w/attached garage: each side``."""
    return bool(subject_in(re.sub(r"(?i)\bw(?:/|ith\b).*", "", words), ()))


@dataclass(frozen=True)
class Label:
    """A row's label as it is to be understood where it stands."""

    measure: Measure | None
    words: str
    """The label's words with those of the row it continues: where bound and unit are looked for."""
    qualifier: str
    stars: str
    """Marks of a footnote."""
    about: str
    """The label itself, where it names something other than a measure (``Surface parking area``)."""


class Labels:
    """Reads the labels of one table from top to bottom."""

    def __init__(self, column: str, *, yards: bool) -> None:
        self._column = column
        """Title of the column they stand in, as a qualifier."""
        self._yards = yards
        """Whether the words above the table speak of yards or setbacks."""
        self._measure: Measure | None = None
        self._words = ""
        self._group = ""

    def read(self, label: str, *, empty: bool) -> Label:
        """Understand a label.

        Args:
            label: the cell.
            empty: whether the row has no figures, so that it is a title for the rows below it.

        """
        starred = _STARS.search(label)
        words = spaced(_STARS.sub("", _MARK.sub("", label)).strip())
        measure, rest = self._named(words)
        group = _GROUP.match(rest)
        if measure:
            self._measure, self._words, self._group = measure, self._with_unit(words, measure), ""
        if group:
            self._group, rest = _plain(group["group"]), group["item"] or ""
        elif empty and not measure:
            self._group, rest = _plain(rest), ""
        return self._understood(rest, words, measure, starred["stars"] if starred else "")

    def _with_unit(self, words: str, measure: Measure) -> str:
        """Take over the unit that an earlier row states for all side yards (``Side yard setback, minimum (ft.)``)."""
        continued = self._measure and _is_side(self._measure) and _is_side(measure) and not unit_in(words)
        return f"{self._words} {words}" if continued else words

    def _understood(self, rest: str, words: str, measure: Measure | None, stars: str) -> Label:
        if measure is None and self._yards and (self._measure is None or _names_a_thing(words)):
            if not re.search("[A-Za-z]", words):
                return Label(SETBACK, words, f"{self._column} {words}", stars, about="")
            return Label(SETBACK, words, "", stars, about=words)
        meant, item = measure or self._measure, _plain(rest)
        if meant and meant.key in _SIDES and _TOTAL.match(item):
            meant, item = BY_KEY["side_setback_total"], ""
        kept = [part for part in (self._group, item) if part and (not measure or _KEPT.match(part))]
        both = self._words if measure else f"{self._words} {words}"
        return Label(meant, both, ", ".join(kept), stars, about="" if meant else words)

    def _named(self, words: str) -> tuple[Measure | None, str]:
        """Find the measure a label names, and the words left beside it, its bound and its unit."""
        yard = _YARD.match(words) if self._yards else None
        found = measures_in(words)
        if yard and not (found and found[0][1] < yard.end()):
            spelled = f"{yard['yard']} yard"
            return measures_in(spelled)[0][0], _rest(words[yard.end() :])
        if not found:
            return None, words
        measure, start, end = found[0]
        return measure, _rest(f"{words[:start]} {words[end:]}" if measure.key != "corner_side_setback" else "")


def _rest(words: str) -> str:
    for _, start, end in reversed(bounds_in(words)):
        words = f"{words[:start]} {words[end:]}"
    return _UNIT_NOTE.sub(" ", words).strip(" ,:;-")


def _plain(words: str) -> str:
    """Write leftover words as a qualifier: ``w/attached garage`` as ``with attached garage``, ``(each)`` as each."""
    words = re.sub(r"^w/\s*", "with ", words.strip(), flags=re.IGNORECASE).strip(" ,:;()-")
    return words[:1].lower() + words[1:]
