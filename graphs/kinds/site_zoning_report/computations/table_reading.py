"""Requirements in the tables of a code."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from quire.graphs.kinds.site_zoning_report.computations.cells import Cell, CellFigure, read_cell
from quire.graphs.kinds.site_zoning_report.computations.labels import Label, Labels
from quire.graphs.kinds.site_zoning_report.computations.layouts import (
    Figure,
    Line,
    citation_in,
    column_words,
    lines_for,
)
from quire.graphs.kinds.site_zoning_report.computations.measures import SETBACK
from quire.graphs.kinds.site_zoning_report.computations.names import Names
from quire.graphs.kinds.site_zoning_report.computations.prose import weigh
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision
from quire.graphs.kinds.site_zoning_report.computations.standard import Requirements, Standard
from quire.graphs.kinds.site_zoning_report.computations.subjects import subject_in
from quire.nodes.evidence.content import Evidence

_YARDS = re.compile(r"\b(?:yards?|set-?backs?)\b", re.IGNORECASE)
_GENERIC = re.compile(r"^(?:structures?|buildings?|uses?)(?:\s+(?:and|or)\s+(?:structures?|buildings?|uses?))*$")
_WHICHEVER = re.compile(r"\bwhichever\s+is\s+(?:the\s+)?(?P<kind>\w+)", re.IGNORECASE)
_LONGEST_CAPTION = 200
"""Characters of a paragraph above a table that is taken for its caption."""


def read_table(table: Sequence[Provision], around: Sequence[Provision], names: Names, *, own: bool) -> Requirements:
    """Read the requirements that a table sets for a district.

    Args:
        table: its rows.
        around: the paragraphs of the same section, before and after it: captions and footnotes.
        names: the district.
        own: whether the table stands in the district's own chapter.

    """
    lines = lines_for(table, names, own=own)
    return _Reading(table, around).read(lines) if lines else Requirements()


class _Reading:
    """One table while it is read from top to bottom."""

    def __init__(self, table: Sequence[Provision], around: Sequence[Provision]) -> None:
        above = (p.text for p in around if len(p.text) <= _LONGEST_CAPTION and not p.text.startswith(("*", "†")))
        captions = [*table[0].titles[-1:], *above]
        first = next(iter(table[0].passage.get("fields", {})))
        self._caption = " ".join(captions)
        self._about = subject_in(f"{first}. {self._caption}", table[0].titles[-1:])
        self._notes = [p for p in around if p.text.startswith(("*", "†", "‡"))]
        self._labels = Labels(
            column_words(first), yards=bool(_YARDS.search(" ".join([first, *captions, *table[0].titles[-2:]])))
        )
        self._last: dict[str, int] = {}
        self._found = Requirements()

    def read(self, lines: Iterable[Line]) -> Requirements:
        for line in lines:
            figures = [figure for figure in line.figures if figure.text]
            if line.label.strip():
                label = self._labels.read(line.label, empty=not figures)
                for figure in figures:
                    self._read_figure(line, label, figure)
            else:
                for figure in figures:
                    self._continue(line, figure)
        return self._found

    def _read_figure(self, line: Line, label: Label, figure: Figure) -> None:
        if label.measure is None:
            return
        qualifier = ", ".join(part for part in (label.qualifier, figure.qualifier) if part)
        read = read_cell(
            Cell(figure.text, label.measure, label.words, figure.column, self._caption, line.unit, qualifier)
        )
        evidence = _evidence(line.provision, figure)
        subject = _subject(label, self._about)
        if not read.certain and not subject:
            self._found.doubts.append((f"{line.label.strip()}: {figure.text}", evidence))
        for one in read.figures:
            self._last[figure.column] = len(self._found.standards)
            self._found.standards.append(self._standard(one, line, label, evidence, subject))

    def _standard(self, one: CellFigure, line: Line, label: Label, evidence: Evidence, subject: str) -> Standard:
        note = self._footnote(label.stars)
        return Standard(
            measure=one.measure,
            bound=one.bound,
            quantity=one.quantity,
            evidence=(evidence, *([note.evidence()] if note else [])),
            section=citation_in(line.provision) or line.provision.where,
            qualifier=one.qualifier,
            subject=subject,
            note=" ".join(part for part in (one.note, note.text if note else "") if part),
            alternative=one.alternative,
            assumed=one.assumed,
        )

    def _continue(self, line: Line, figure: Figure) -> None:
        """Take a cell under an empty label as a condition of the figure above it (``or 30% of depth …``)."""
        above = self._last.get(figure.column)
        if above is None:
            return
        standard = self._found.standards[above]
        whichever = _WHICHEVER.search(figure.text)
        self._found.standards[above] = replace(
            standard,
            note=f"{standard.note} {figure.text}".strip(),
            alternative=weigh(whichever["kind"], standard.bound) if whichever else standard.alternative,
            evidence=(*standard.evidence, _evidence(line.provision, figure)),
        )

    def _footnote(self, stars: str) -> Provision | None:
        return next((p for p in self._notes if stars and re.match(rf"{re.escape(stars)}(?![*†‡])", p.text)), None)


def _evidence(provision: Provision, figure: Figure) -> Evidence:
    return provision.evidence(field=figure.column)


def _subject(label: Label, about: str) -> str:
    """Name what the row is about: the thing its label names, what the label's words say, or what the table is about."""
    if label.measure == SETBACK and label.about:
        named = column_words(label.about)
        return f"accessory {named}" if _GENERIC.match(named) and "accessory" in about else named
    return about or subject_in(re.sub(r"(?i)\bw(?:/|ith\b).*", "", label.words), ())
