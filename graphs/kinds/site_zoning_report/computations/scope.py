"""Scope, method and reliance: what was compared with what, from which documents, and who may lean on it."""

import re
from collections.abc import Iterator, Sequence

from quire.graphs.kinds.site_zoning_report.computations.dates import date_of, edition_of, span_of
from quire.graphs.kinds.site_zoning_report.computations.documents import by_role, called
from quire.graphs.kinds.site_zoning_report.computations.particulars import stated
from quire.graphs.kinds.site_zoning_report.computations.roles import Role
from quire.nodes.computations.blocks import capitalized, facts, heading, listed, paragraph, section, table
from quire.nodes.computations.citing import cite
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, Evidence, SectionContent, claim
from quire.nodes.sources.passage import Reading

_FEW = 3
"""Documents of a kind that are named one by one."""

_USUAL: dict[Role, str] = {
    "survey": "a survey of the site",
    "zoning letter": "a zoning verification letter",
    "flood determination": "a flood zone determination",
    "permit history": "a record of approvals and permits",
    "violation record": "a record of violations",
    "utility record": "records or letters of the utilities",
    "comprehensive plan": "the comprehensive plan",
}
_FURTHER = {
    r"\btitle (?:commitment|report|insurance)|\bdeed\b": "a title commitment",
    r"environmental site assessment|phase (?:i|1)\b": "an environmental site assessment",
    r"traffic (?:study|impact)": "a traffic study",
    r"elevation certificate": "an elevation certificate",
}

_METHOD = (
    "Each requirement was taken from the zoning code and each measurement from the survey or another record of the "
    "site. The two were compared, and each comparison ends in one of five statuses, which are used in no other sense."
)
_DOCUMENTS_ALONE = (
    "The report rests on the documents listed here. It reports no inspection, interview or search of public records "
    "beyond them."
)
_STATUSES = (
    ("Conforming", "What was measured or stated meets the requirement."),
    (
        "Conforming subject to",
        "It will meet the requirement once the approval or work that is named is obtained.",
    ),
    ("Legal nonconforming", "It does not meet the requirement, and the sources show that it was lawful when it began."),
    ("Nonconforming", "It does not meet the requirement, and the sources show no lawful origin for the departure."),
    ("Indeterminate", "The sources lack what the comparison needs. Nothing is assumed in its place."),
)
_UNSTATED_RELIANCE = "Who may rely on this report is not determined."


def compute(materials: Materials) -> SectionContent:
    """Say what was asked, what was reviewed and what was not, how it was compared, and for whom."""
    reliance = stated(materials, "reliance", "This report may be relied upon by: {}.") or stated(
        materials, "client", "This report was commissioned by {}; no one else is named as entitled to rely on it."
    )
    return section(
        [
            paragraph(*_task(materials)),
            heading("Documents reviewed"),
            paragraph(claim(_DOCUMENTS_ALONE, "fixed")),
            _reviewed(materials.readings),
            *_missing(materials.readings),
            heading("Method"),
            paragraph(claim(_METHOD, "fixed")),
            facts([claim(status, "fixed"), claim(meaning, "fixed")] for status, meaning in _STATUSES),
            heading("Reliance"),
            paragraph(reliance or claim(_UNSTATED_RELIANCE, "open")),
        ],
        open_questions=() if reliance else ["Who may rely on this report?"],
    )


def _task(materials: Materials) -> Iterator[Claim]:
    site = stated(materials, "address", "This report compares the site at {} with the zoning that governs it.")
    yield site or claim("This report compares the site with the zoning that governs it.", "fixed")
    use = stated(materials, "proposed_use", "It considers the site as it stands and for the proposed use: {}.")
    if use:
        yield use
    purpose = stated(materials, "purpose", "Its purpose is {}.")
    yield purpose or claim("Its purpose is not determined: the brief does not state it.", "open")


def _reviewed(readings: Sequence[Reading]) -> Block:
    rows = [_row(role, found) for role, found in by_role(readings).items()]
    return table("Documents reviewed", ["Kind", "Document", "Date or edition it states"], rows)


def _row(role: Role, found: Sequence[Reading]) -> list[Claim]:
    names = [called(reading) for reading in found]
    how = f"{len(found)} source{'s' * (len(found) > 1)} read as this kind: {', '.join(r['source'] for r in found)}"
    span = f"{len(names)} documents, from “{names[0]}” to “{names[-1]}”"
    opening = [evidence for reading in found[:_FEW] for evidence in _opening(reading)]
    kind = "Other document" if role == "other" else capitalized(role)
    return [
        claim(kind, "computed", how=how),
        claim(span if len(names) > _FEW else "; ".join(names), "computed", *opening, how=how),
        _dated(role, found),
    ]


def _opening(reading: Reading) -> Iterator[Evidence]:
    """Cite the first words of a text. Of a table nothing is cited: its rows may name people."""
    first = reading["passages"][0]
    if first["kind"] != "row":
        yield cite(reading, first)


def _dated(role: Role, found: Sequence[Reading]) -> Claim:
    if role == "zoning code":
        edition = edition_of(found)
        return claim(edition[0], "source", edition[1]) if edition else claim("Edition not determined", "open")
    spans = [span for reading in found if (span := span_of(reading))]
    spans += [(dated[0], [dated[1]]) for reading in found if not spans and (dated := date_of(reading))]
    told = dict.fromkeys(text for text, _ in spans)
    if not told or len(told) > _FEW:
        return claim(
            "Not determined" if not told else "Several; see the source register", "open" if not told else "fixed"
        )
    return claim("; ".join(told), "source", *(evidence for _, cited in spans for evidence in cited))


def _missing(readings: Sequence[Reading]) -> Iterator[Block]:
    present = by_role(readings)
    names = " ".join(f"{r['title']} {r['source'].replace('_', ' ').replace('-', ' ')}" for r in readings)
    lacking = [words for role, words in _USUAL.items() if role not in present]
    lacking += [words for kind, words in _FURTHER.items() if not re.search(kind, names, re.IGNORECASE)]
    if lacking:
        how = f"none of the {len(readings)} sources reads as such a document"
        text = f"Documents that such a report often draws on and that were not supplied: {listed(lacking)}."
        yield paragraph(claim(text, "computed", how=how))
