"""Parking: the spaces that are required as the site is used, as is proposed, and with the variant that conforms."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.assessing.amounts import plain
from quire.graphs.kinds.site_zoning_report.assessing.review import Review
from quire.graphs.kinds.site_zoning_report.assessing.site import Use
from quire.graphs.kinds.site_zoning_report.assessing.spaces import Demand, Line
from quire.graphs.kinds.site_zoning_report.assessing.telling import quoted
from quire.nodes.computations.blocks import heading, listing, note, paragraph, section, table, value, yielding
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, claim
from quire.nodes.records.entries import Entry, each_once

_ACCESSIBLE = "Accessible spaces are counted in the matrix as the zoning code asks; accessibility is not certified."
_NONE = "The code's parking ratios, or the uses of the site, were not read; the spaces required are not determined."


class _Column(NamedTuple):
    title: str
    demand: Demand


def compute(materials: Materials) -> SectionContent:
    """Derive the spaces use by use, for what is, what is proposed and the variant, beside the spaces that are there."""
    review = Review(materials)
    columns = list(_columns(review))
    if not any(line.ratio for column in columns for line in column.demand.lines):
        return section([note(claim(_NONE, "open"), level="warning"), paragraph(claim(_ACCESSIBLE, "fixed"))])
    told = [
        *quoted(review.records.stating("statement", "topic", "parking")),
        *quoted(review.records.of("parking_rule")),
    ]
    blocks: list[Block] = [
        table("Spaces required", ["", "Ratio", *((one.title, "right") for one in columns)], _rows(columns, review)),
        *yielding(paragraph(*_meaning(review))),
        paragraph(claim(_ACCESSIBLE, "fixed")),
        *(yielding(heading("How the code counts"), listing(told)) if told else []),
    ]
    names = {"existing": "parking.existing", "proposed": "parking.proposed"}
    values = {
        name: value(str(found.spaces), *found.evidence, figure=found.spaces)
        for state, name in names.items()
        if (found := review.parking["existing" if state == "existing" else "proposed"].demand).spaces is not None
    }
    return section(blocks, values, dict.fromkeys(_missing(columns)))


def _columns(review: Review) -> Iterator[_Column]:
    yield _Column("As it is", review.parking["existing"].demand)
    if review.proposal:
        seats = review.proposal.sizes.get("seats")
        title = f"Proposed, {seats.amount.number} seats" if seats and seats.amount else "Proposed"
        yield _Column(title, review.parking["proposed"].demand)
    if review.variant:
        yield _Column(f"With {review.variant.seats} seats", review.variant.demand)


def _rows(columns: Sequence[_Column], review: Review) -> Iterator[list[Claim]]:
    lines = {(line.use.name, line.use.space): line for column in columns for line in column.demand.lines}
    for (name, space), line in lines.items():
        yield [_used(line.use), _ratio(line.ratio), *(_line(_find(column, name, space)) for column in columns)]
    yield [claim("Sum", "fixed"), claim("", "fixed"), *(_step(one.demand, one.demand.total) for one in columns)]
    if any(column.demand.reduced is not None for column in columns):
        reduction = next(iter(review.records.stating("parking_rule", "rule", "reduction")), None)
        by = reduction.said("value", "less {}") if reduction else claim("", "fixed")
        yield [claim("Reduced", "fixed"), by, *(_step(one.demand, one.demand.reduced) for one in columns)]
    yield [claim("Spaces required", "fixed"), claim("", "fixed"), *(_spaces(column.demand) for column in columns)]
    there = review.parking["proposed"].there
    if there and there.amount:
        cell = claim(there.text, "source", *there.evidence)
        yield [claim("Spaces there", "fixed"), claim("", "fixed"), *(cell for _ in columns)]


def _used(use: Use) -> Claim:
    return claim(use.name, "source", *use.evidence)


def _ratio(ratio: Entry | None) -> Claim:
    if ratio is None:
        return claim("Not stated", "open")
    each = ratio.text("each") or ratio.choice("of").removesuffix("s")
    return claim(f"{ratio.text('spaces')} for each {each}", "source", *ratio.cited("spaces", "each", "of"))


def _find(column: _Column, name: str, space: str) -> Line | None:
    return next((line for line in column.demand.lines if (line.use.name, line.use.space) == (name, space)), None)


def _line(line: Line | None) -> Claim:
    if line is None:
        return claim("", "fixed")
    if line.spaces is None:
        return claim("Not determined", "open")
    return claim(plain(line.spaces), "computed", *each_once(line.evidence), how=line.how)


def _spaces(needed: Demand) -> Claim:
    if needed.spaces is None:
        return claim("Not determined", "computed", *needed.evidence, how=needed.how)
    return claim(str(needed.spaces), "computed", *needed.evidence, how=needed.how)


def _step(needed: Demand, spaces: Fraction | None) -> Claim:
    if spaces is None:
        return claim("", "fixed")
    return claim(plain(spaces), "computed", *needed.evidence, how="; ".join(needed.steps))


def _meaning(review: Review) -> Iterator[Claim]:
    now, then = review.parking["existing"], review.parking["proposed"]
    if now.short == 0 and now.there:
        text = "Existing parking conforms: it is no nonconformity that would have to be carried on."
        evidence = each_once([*now.demand.evidence, *now.there.evidence])
        yield claim(text, "computed", *evidence, how=f"{now.demand.how}; {now.there.text} are there")
    if then.short:
        text = f"What is proposed lacks {then.short} of the {then.demand.spaces} spaces that it needs."
        how = f"{then.demand.how}; {then.demand.spaces} - {then.there.text if then.there else ''} = {then.short}"
        there = then.there.evidence if then.there else []
        yield claim(text, "computed", *each_once([*then.demand.evidence, *there]), how=how)
    if review.variant:
        text = f"With {review.variant.seats} seats the {review.variant.demand.spaces} spaces that are needed are there."
        yield claim(text, "computed", *review.variant.demand.evidence, how=review.variant.demand.how)


def _missing(columns: Sequence[_Column]) -> Iterator[str]:
    for column in columns:
        missing = [line for line in column.demand.lines if line.spaces is None]
        yield from (f"How many spaces does {line.use.name} need? {line.how}." for line in missing)
