"""Planting, screening and signs: when the code asks for them, and what the survey notes of what falls short."""

from collections.abc import Iterator

from quire.graphs.kinds.site_zoning_report.assessing.review import Review
from quire.graphs.kinds.site_zoning_report.assessing.standards import Assessment
from quire.graphs.kinds.site_zoning_report.assessing.statuses import NONCONFORMING
from quire.graphs.kinds.site_zoning_report.assessing.telling import named_at, required, statements
from quire.nodes.computations.blocks import note, paragraph, section, yielding
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Claim, SectionContent, claim
from quire.nodes.records.entries import named

_SIGNS = "signs"
"""What standards for signs are held against."""
_NONE = "No standard for planting, screening or signs was read; whether any is met is not determined."


def compute(materials: Materials) -> SectionContent:
    """Say when the code asks for planting, what the survey notes of departures, and which signs are allowed."""
    review = Review(materials)
    asked = statements(review.records, "planting")
    noted = [made for one in review.assessments for made in _noted(one, review)]
    signs = list(_signs(review))
    blocks = yielding(*(paragraph(*part) for part in (asked, noted, signs) if part))
    return section(blocks or [note(claim(_NONE, "open"), level="warning")])


def _noted(made: Assessment, review: Review) -> Iterator[Claim]:
    """Give the survey's note on a standard that is not met: it says more than the figure."""
    surveyed = named(review.records.of("survey"), "item", made.entry.text("site"))
    note_of = next((entry for entry in surveyed if entry.text("note")), None)
    if made.status == NONCONFORMING and note_of:
        text = f"{made.label}: the survey notes “{note_of.text('note')}”."
        yield claim(text, "source", *note_of.cited("note"), *named_at(made))


def _signs(review: Review) -> Iterator[Claim]:
    allowed = [made for made in review.assessments if made.entry.text("site") == _SIGNS]
    if not allowed:
        return
    told = [f"{made.label[:1].lower()}{made.label[1:]}, {_limit(made)}" for made in allowed]
    evidence = [e for made in allowed for e in made.states["proposed"].required.evidence]
    how = "; ".join(how for made in allowed if (how := made.states["proposed"].required.how))
    text = f"Signs were not surveyed, and none is proposed. What the code allows: {'; '.join(told)}."
    yield claim(text, "computed", *evidence, how=how or "as the code lists them")


def _limit(made: Assessment) -> str:
    words = made.entry.text("words")
    return words[:1].lower() + words[1:] if words else required(made)
