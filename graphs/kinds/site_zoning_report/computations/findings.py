"""The path to approval for this project: which steps it takes as proposed, and which with the variant."""

from collections.abc import Iterator, Mapping
from typing import Final

from quire.graphs.kinds.site_zoning_report.assessing.permissions import CONDITIONAL, PROHIBITED
from quire.graphs.kinds.site_zoning_report.assessing.records import capital, place_of
from quire.graphs.kinds.site_zoning_report.assessing.review import Review
from quire.graphs.kinds.site_zoning_report.assessing.telling import quoted
from quire.nodes.computations.blocks import listing, note, paragraph, section, table, yielding
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, claim
from quire.nodes.records.entries import Entry

_ONLY_IF: Final = {
    "exterior change": "Only for a visible change outside",
    "sign": "Only for a sign",
    "flood work": "Only for work in the flood area",
}
"""Steps that arise from work that nobody has proposed."""
_NONE = "The procedures of the code were not read; the path to approval is not determined."
_EITHER = "Of the steps for a shortage of spaces one is enough."


def compute(materials: Materials) -> SectionContent:
    """Set out the steps that this project takes, who decides, and the code's words for each."""
    review = Review(materials)
    known = review.records.of("procedure")
    needed = {_name(entry): _needs(entry, review) for entry in known if entry.text("procedure")}
    steps = {name: _needed(name, needed, known) for name in needed}
    rows = [_row(name, entry, review) for name, entry in steps.items() if entry is not None]
    if not rows:
        return section([note(claim(_NONE, "open"), level="warning")])
    titles = ["Step", "As proposed", *([f"With {review.variant.seats} seats"] if review.variant else [])]
    blocks: list[Block] = [table("Steps to approval", [*titles, "Who decides", "Section"], rows)]
    taken = [entry for entry in known if _needs(entry, review) != ("No", "No")]
    if sum(entry.choice("arises") == "shortage" for entry in taken) > 1:
        blocks += yielding(paragraph(claim(_EITHER, "fixed")))
    quotes = yielding(paragraph(claim("In the code's words:", "fixed")), listing(quoted(taken)))
    return section([*blocks, *quotes])


def _name(entry: Entry) -> str:
    return capital(entry.text("procedure"))


def _needed(name: str, needed: Mapping[str, tuple[str, str]], known: list[Entry]) -> Entry | None:
    """Give the record that a step is shown from, the first that says who decides; None if it does not arise."""
    alike = [entry for entry in known if _name(entry) == name]
    deciding = [entry for entry in alike if entry.text("body")]
    return (deciding or alike)[0] if needed[name] != ("No", "No") else None


def _needs(entry: Entry, review: Review) -> tuple[str, str]:
    """Say whether a step is needed as proposed, and with the variant."""
    arises = entry.choice("arises")
    if arises in _ONLY_IF:
        return _ONLY_IF[arises], _ONLY_IF[arises]
    if arises == "change of use":
        return ("Yes", "Yes") if review.proposal else ("No", "No")
    kind = review.permission.kind if review.permission else ""
    conditional = {"conditional use": kind == CONDITIONAL, "unlisted use": kind == PROHIBITED}
    if arises == "shortage":
        return ("Yes" if review.parking["proposed"].short else "No"), "No"
    return ("Yes" if conditional.get(arises) else "No"), "No"


def _row(name: str, entry: Entry, review: Review) -> list[Claim]:
    said = _needs(entry, review)
    return [
        claim(name, "source", *entry.cited("procedure")),
        *_cells(said, review),
        entry.said("body") if entry.text("body") else claim("Not stated", "fixed"),
        place_of(entry),
    ]


def _cells(said: tuple[str, str], review: Review) -> Iterator[Claim]:
    parking = review.parking["proposed"].demand.how
    how = "; ".join(part for part in (review.permission.how if review.permission else "", parking) if part)
    yield claim(said[0], "computed", how=how or "as the brief proposes")
    if review.variant:
        yield claim(said[1], "computed", how=f"{review.variant.permission.how}; {review.variant.demand.how}")
