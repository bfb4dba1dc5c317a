"""The numeric requirements of a code for a district, from its sentences, tables, CSV files and front matter."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from quire.graphs.kinds.site_zoning_report.computations.applicable import Applicable
from quire.graphs.kinds.site_zoning_report.computations.cells import Cell, read_cell
from quire.graphs.kinds.site_zoning_report.computations.measures import measure_named, spaced
from quire.graphs.kinds.site_zoning_report.computations.names import Names
from quire.graphs.kinds.site_zoning_report.computations.prose import read_prose
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision, tables
from quire.graphs.kinds.site_zoning_report.computations.standard import Requirements, Standard
from quire.graphs.kinds.site_zoning_report.computations.table_reading import read_table
from quire.nodes.evidence.content import Evidence
from quire.nodes.sources.sentences import sentences

_OFF_TOPIC = re.compile(
    r"\b(?:parking|loading|signs?|landscap\w*|buffers?|screen\w*|home\s+occupations?|intent|purposes?|definitions?|visibility|chickens?|animals"
    r"|nonconform\w*|enforcement|fees?|amendments?|variances?|appeals?|administration|permitted\s+uses|procedures?|sources|references|recent\s+amendments|distances?\s+between|lighting)\b",
    re.IGNORECASE,
)
_NOT_A_MEASURE = re.compile(r"\b(?:description|summary|notes?|url|source|title|tags?|section)\b", re.IGNORECASE)


def requirements(names: Names, found: Applicable) -> Requirements:
    """Read what the code requires of lots and buildings in a district.

    Standards found twice stand once, with both places. Figures that differ for the same thing are kept and
    are a doubt.
    """
    read = Requirements()
    _read(found.own, names, read, own=True)
    for by, provisions in _by_borrowing(found.borrowed):
        borrowed = Requirements()
        _read(provisions, names, borrowed, own=True)
        read.standards += [_applied(standard, by) for standard in borrowed.standards]
        read.relief += borrowed.relief
        read.doubts += borrowed.doubts
    _read(found.elsewhere, names, read, own=False)
    read.standards = _merged(read.standards)
    read.doubts += _contradictions(read.standards)
    return read


def _by_borrowing(borrowed: Iterable[tuple[Provision, Provision]]) -> list[tuple[Provision, list[Provision]]]:
    grouped: dict[int, tuple[Provision, list[Provision]]] = {}
    for provision, by in borrowed:
        grouped.setdefault(id(by), (by, []))[1].append(provision)
    return list(grouped.values())


def _applied(standard: Standard, by: Provision) -> Standard:
    section = f"{standard.section}, applied by Section {by.section}" if by.section else standard.section
    return replace(standard, evidence=(*standard.evidence, by.evidence()), section=section)


def _read(provisions: Sequence[Provision], names: Names, into: Requirements, *, own: bool) -> None:
    relevant = [p for p in provisions if not any(_OFF_TOPIC.search(title) for title in p.titles[1:])]
    relevant = [p for p in relevant if not (p.titles and _OFF_TOPIC.search(p.titles[0]) and not own)]
    for provision in relevant:
        match provision.passage["kind"]:
            case "text":
                _read_text(provision, names, into, own=own)
            case "field":
                _read_field(provision, into)
    for table in tables(relevant):
        around = [p for p in relevant if p.passage["kind"] == "text" and p.titles and p.section == table[0].section]
        found = read_table(table, _near(around, table), names, own=own)
        into.standards += found.standards
        into.doubts += found.doubts


def _near(around: Iterable[Provision], table: Sequence[Provision]) -> list[Provision]:
    """Keep the paragraphs under the same heading of the same source as a table."""
    heads = table[0].passage["headings"]
    return [
        p
        for p in around
        if p.reading is table[0].reading and heads[: len(p.passage["headings"])] == p.passage["headings"]
    ]


def _read_text(provision: Provision, names: Names, into: Requirements, *, own: bool) -> None:
    text = provision.text
    if not own:
        text = " ".join(sentence for sentence in sentences(text) if names.in_sentence(sentence))
    read = read_prose(text, provision.titles)
    into.standards += [
        Standard(
            measure=one.measure,
            bound=one.bound,
            quantity=one.quantity,
            evidence=(provision.evidence(one.quote),),
            section=provision.where,
            qualifier=one.qualifier,
            subject=one.subject,
            note=one.note,
            alternative=one.alternative,
        )
        for one in read.stated
    ]
    into.relief += [(sentence, provision.evidence(sentence)) for sentence in read.relief]
    into.doubts += [(sentence, provision.evidence(sentence)) for sentence in read.doubts if own]
    into.other += [(sentence, provision.evidence(sentence)) for sentence in read.other if own]


def _read_field(provision: Provision, into: Requirements) -> None:
    key = spaced(next(iter(provision.passage.get("fields", {}))))
    measure = None if _NOT_A_MEASURE.search(key) else measure_named(key)
    if measure is None:
        return
    read = read_cell(Cell(provision.text, measure, key))
    if not read.certain:
        into.doubts.append((f"{key}: {provision.text}", provision.evidence()))
    for one in read.figures:
        into.standards.append(
            Standard(
                measure=one.measure,
                bound=one.bound,
                quantity=one.quantity,
                evidence=(provision.evidence(),),
                section=provision.where,
                qualifier=one.qualifier,
                note=one.note,
                alternative=one.alternative,
                assumed=one.assumed,
            )
        )


def _merged(standards: Iterable[Standard]) -> list[Standard]:
    """Join standards that say the same; what only one of them says (a qualifier aside) is kept."""
    found: dict[tuple[object, ...], Standard] = {}
    for standard in standards:
        quantity = standard.quantity
        same = (*_thing(standard), quantity and (quantity.value, quantity.unit))
        known = found.get(same)
        if known is None:
            found[same] = standard
        else:
            evidence = known.evidence + tuple(e for e in standard.evidence if e not in known.evidence)
            found[same] = replace(known, evidence=evidence, assumed=known.assumed and standard.assumed)
    return list(found.values())


def _thing(standard: Standard) -> tuple[str, str, str, str]:
    return standard.measure.key, standard.bound, standard.qualifier.lower(), standard.subject.lower()


def _contradictions(standards: Sequence[Standard]) -> list[tuple[str, Evidence]]:
    found: list[tuple[str, Evidence]] = []
    for position, standard in enumerate(standards):
        other = next((s for s in standards[:position] if _thing(s) == _thing(standard)), None)
        if other and not standard.subject and not other.alternative and not other.note:
            words = (
                f"{other.label}: {other.required} ({other.section}), but also {standard.required} ({standard.section})"
            )
            found.append((words, standard.evidence[0]))
    return found
