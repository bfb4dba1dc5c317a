"""The words of the section on dimensional standards: departures, what is open, and what may be varied."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quire.graphs.kinds.site_zoning_report.computations.applies import applies, evidence_of_lines
from quire.graphs.kinds.site_zoning_report.computations.assessing import Assessed
from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment, repeated
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision
from quire.graphs.kinds.site_zoning_report.computations.quoting import quotation
from quire.graphs.kinds.site_zoning_report.computations.standard import Requirements, Standard
from quire.graphs.kinds.site_zoning_report.computations.statuses import (
    CONFORMING,
    CONFORMING_SUBJECT_TO,
    INDETERMINATE,
    LEGAL_NONCONFORMING,
)
from quire.graphs.kinds.site_zoning_report.computations.survey import Site
from quire.graphs.kinds.site_zoning_report.computations.units import shown
from quire.nodes.computations.blocks import heading, listing, note, table
from quire.nodes.evidence.content import Block, Claim, Evidence, claim

_BESIDES = (
    "accessory structures",
    "garages",
    "rooftop equipment",
    "parking",
    "drives",
    "loading",
    "lighting",
    "structures",
)
_MOST = 14
"""Rows on accessory structures and uses: a report is about the main building."""


def comparison_table(made: Sequence[Assessed], rows: Sequence[Assessment]) -> list[Block]:
    """Set out requirement, actual value, status and section, one row a standard."""
    if not rows:
        return []
    sections = {one.key: one.standard.section for one in made}
    columns = ["Standard", "Required", "Actual", "Status", "Section"]
    body = [_row(row, sections.get(row.key, "")) for row in rows]
    return [table("Dimensional standards of the district and the site", columns, body)]


def _row(row: Assessment, where: str) -> list[Claim]:
    required, actual = row.required["evidence"], row.actual["evidence"]
    cited = where or required[0]["address"]
    return [
        claim(row.label, "fixed"),
        claim(row.required["text"], "computed", *required, how=f"{cited}: “{required[0]['quote']}”"),
        repeated(row.actual, row.how) if actual else claim("Not reported", "open"),
        claim(row.status, "computed", *required, *actual, how=row.how, status=row.status),
        claim(cited, "source", *required),
    ]


def explained(made: Iterable[Assessed]) -> list[Block]:
    """Explain each departure in a sentence, and say why each open comparison is open."""
    departures = [_departure(one) for one in made if one.status not in {CONFORMING, INDETERMINATE}]
    undetermined = [_undetermined(one) for one in made if one.status == INDETERMINATE]
    blocks: list[Block] = []
    if departures:
        blocks += [heading("Departures"), listing(departures)]
    if undetermined:
        blocks += [heading("Not determined"), listing(undetermined)]
    return blocks


def in_the_codes_words(quoted: Sequence[Block]) -> list[Block]:
    """Head the quotations, so that none is taken for a departure or an open point."""
    return [heading("The standards in the code's words"), *quoted] if quoted else []


def _departure(one: Assessed) -> Claim:
    standard, actual = one.standard, one.actual.quantity
    required = one.required.quantity
    side = f" on the {one.actual.side}" if one.actual.side else ""
    less = actual is not None and required is not None and actual.value < required.value
    stated = shown(actual) if actual else one.actual.text
    text = (
        f"{standard.measure.label}{side}: {stated} is {one.comparison.gap} {'less' if less else 'more'} than the"
        f" {standard.bound} of {shown(required) if required else ''} under {standard.section}. {_consequence(one)}"
    )
    evidence = [*standard.evidence, *one.actual.evidence, *(one.lawful.evidence if one.lawful else ())]
    greater, lesser = (required, actual) if less else (actual, required)
    worked = f"{shown(greater)} - {shown(lesser)} = {one.comparison.gap}" if greater and lesser else ""
    return claim(text, "computed", *evidence, how=f"{one.how}; {worked}", status=one.status)


def _consequence(one: Assessed) -> str:
    if one.lawful and one.status == LEGAL_NONCONFORMING:
        return f"It is treated as lawfully nonconforming: {one.lawful.reason}"
    if one.lawful and one.status.startswith(CONFORMING_SUBJECT_TO):
        return f"It conforms subject to {one.lawful.reason}."
    return "The sources do not show that it was lawful when it began."


def _undetermined(one: Assessed) -> Claim:
    evidence = [*one.standard.evidence, *one.actual.evidence]
    there = f"; the site has {one.actual.text}" if one.actual.quantity else ""
    text = f"{one.standard.label}, {one.standard.required.lower()}{there}: {one.comparison.how.rsplit('; ', 1)[-1]}."
    return claim(text, "open", *evidence)


def not_concerned(standards: Iterable[Standard], site: Site, facts: Mapping[str, Any]) -> list[Block]:
    """List the requirements that the site is known not to fall under, with what says so."""
    apart = [s for s in standards if not s.subject and s.quantity and applies(s, site, facts) is False]
    if not apart:
        return []
    claims = [
        claim(
            f"{one.label}: {one.required.lower()} ({one.section})",
            "computed",
            *one.evidence,
            *evidence_of_lines(one, site),
            how=f"{one.label}, {one.section}: “{one.evidence[0]['quote']}”; the site is on record as being otherwise",
        )
        for one in apart
    ]
    return [heading("Requirements that do not concern the site"), listing(claims)]


def measuring(definitions: Iterable[Provision]) -> list[Block]:
    """Quote how the code defines what was compared."""
    quoted = [quotation(provision) for provision in definitions]
    return [heading("How the code measures"), *quoted] if quoted else []


def accessory_table(standards: Iterable[Standard]) -> list[Block]:
    """List what the district requires of accessory structures and of parking areas; the survey rarely measures them."""
    named = [s for s in standards if s.subject and s.quantity and any(word in s.subject for word in _BESIDES)]
    if not named:
        return []
    rows = [
        [
            claim(standard.label, "fixed"),
            claim(
                standard.required,
                "computed",
                *standard.evidence,
                how=f"{standard.section}: “{standard.evidence[0]['quote']}”",
            ),
            claim(standard.section, "source", *standard.evidence),
        ]
        for standard in named[:_MOST]
    ]
    caption = "Requirements on accessory structures and uses, not compared with the site"
    return [table(caption, ["Standard", "Required", "Section"], rows)]


def relief(read: Requirements) -> list[Block]:
    """Quote what lets an authority or an owner depart from a standard."""
    if not read.relief:
        return []
    quoted = [claim(words, "source", evidence) for words, evidence in read.relief]
    return [heading("Exceptions and modifications in the code"), listing(quoted)]


def doubts(found: Sequence[tuple[str, Evidence]]) -> list[Block]:
    """Quote what regulates a measure and could not be read."""
    if not found:
        return []
    quoted = [claim(f"Not read as a figure: “{words}”", "open", evidence) for words, evidence in found]
    return [
        note(claim("These words regulate dimensions and could not be read with certainty.", "fixed")),
        listing(quoted),
    ]
