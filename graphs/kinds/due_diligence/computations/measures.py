"""The quantities that sources state of a company, each with the time that it is of. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from quire.nodes.computations.materials import Materials
from quire.nodes.differences.measured import agree
from quire.nodes.differences.periods import timed
from quire.nodes.differences.statement import Statement
from quire.nodes.differences.stating import statements_in
from quire.nodes.evidence.content import Evidence
from quire.nodes.sources.passage import Passage, Reading
from quire.nodes.survey.survey import Surveyed, by_source, survey

HOUSEKEEPING: Final = frozenset(
    {"policy", "FAQ", "runbook", "guidelines", "checklist", "calendar", "manual", "process", "matrix", "rotation",
     "programme", "log"}
)  # fmt: skip
"""Kinds of sources that tell how a company does its daily work, and nothing of its worth."""
OUT_OF_FORCE: Final = frozenset({"superseded", "withdrawn"})
_PAIR = 2
_LABELLED: Final = re.compile(r"[^.:]{1,60}:\s")
_ENDS: Final = {"Q1": "03", "Q2": "06", "Q3": "09", "Q4": "12", "H1": "06", "H2": "12"}


class Measure(NamedTuple):
    """A quantity that a source states."""

    said: Statement
    text: str
    """The sentence, with its label; the value alone where it stands in a table."""
    as_of: str
    """``2026-Q1``, ``2025``, ``2026-03-31``; empty if nothing tells."""
    is_told: bool
    """Whether it names that time itself; else it is its source's."""
    status: str
    what: str
    """The kind of its source."""
    evidence: Evidence

    @property
    def when(self) -> str:
        """The end of its time, so that times of different length can be ordered."""
        year, _, rest = self.as_of.partition("-")
        return f"{year}-{_ENDS.get(rest, rest) or '12'}" if year else ""

    def agrees(self, other: "Measure") -> bool:
        """Whether two values may be one."""
        one, two = self.said, other.said
        return agree((one.value, one.exponent, one.rounded), (two.value, two.exponent, two.rounded))


def of_company(materials: Materials) -> list[Reading]:
    """Give the sources that tell of the company, and not of its housekeeping."""
    surveyed = by_source(survey(materials.readings))
    return [reading for reading in materials.readings if surveyed[reading["source"]]["what"] not in HOUSEKEEPING]


def measures_in(materials: Materials) -> list[Measure]:
    """Give the quantities of all sources, without what is part of a record: a row of a list, a term of a contract."""
    surveyed = by_source(survey(materials.readings))
    whole, rows = _told_as_records(materials)
    return [
        measure
        for reading in of_company(materials)
        for measure in _of(reading, surveyed[reading["source"]])
        if (reading["source"], measure.said.address) not in rows
        and not (reading["source"] in whole and _LABELLED.match(measure.text))
    ]


def _told_as_records(materials: Materials) -> tuple[set[str], set[tuple[str, str]]]:
    """Give the sources that are one record each, and the places of rows that are one."""
    whole, rows = set(), set()
    for record in materials.records["records"]:
        if materials.record_types[record["type"]].one_per == "source":
            whole.add(record["source"])
        else:
            rows.add((record["source"], record["address"]))
    return whole, rows


def _of(reading: Reading, about: Surveyed) -> Iterator[Measure]:
    passages: Mapping[str, Passage] = {p["address"]: p for p in reading["passages"]}
    for said in statements_in(reading):
        passage = passages.get(said.address) or _holding(said, reading)
        if passage is None or (passage["kind"] == "row" and not _tells_measures(passage)):
            continue
        told = said.period or _single(timed(said.quote).periods)
        yield Measure(
            said=said,
            text=_text(said, passage),
            as_of=max(told) if told else about["period"] or about["date"],
            is_told=bool(told),
            status=said.status or about["status"],
            what=about["what"],
            evidence=_evidence(said, passage, reading),
        )


def _holding(said: Statement, reading: Reading) -> Passage | None:
    return next((p for p in reading["passages"] if said.quote in p["text"]), None)


def _single(periods: tuple[str, ...]) -> tuple[str, ...]:
    return periods if len(periods) == 1 else ()


def _tells_measures(row: Passage) -> bool:
    """Whether a row is a measure with its values: over periods, or a label with one value; else it is one of many."""
    fields = row.get("fields", {})
    return len(fields) <= _PAIR or sum(bool(timed(title).periods) for title in fields) >= _PAIR


def _text(said: Statement, passage: Passage) -> str:
    if passage["kind"] == "row":
        return f"{said.name}: {said.text}"
    label = next(iter(passage.get("fields", {})), "")
    is_name = bool(label) and not any(sign.isdigit() for sign in label)
    return f"{label}: {said.quote}" if is_name and not said.quote.startswith(label) else said.quote


def _evidence(said: Statement, passage: Passage, reading: Reading) -> Evidence:
    evidence = Evidence(source=reading["source"], address=said.address, quote=said.quote, hash=reading["hash"])
    if passage["kind"] != "row" and (label := next(iter(passage.get("fields", {})), "")):
        evidence["label"] = label
    return evidence
