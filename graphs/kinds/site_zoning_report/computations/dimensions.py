"""The standards: one matrix of what the code requires, what there is, what is proposed, and whether that meets it."""

from quire.graphs.kinds.site_zoning_report.assessing.brief import stated
from quire.graphs.kinds.site_zoning_report.assessing.records import capital, place_of, section_of
from quire.graphs.kinds.site_zoning_report.assessing.review import Review
from quire.graphs.kinds.site_zoning_report.assessing.standards import Assessment, bound_of
from quire.graphs.kinds.site_zoning_report.assessing.statuses import INDETERMINATE
from quire.graphs.kinds.site_zoning_report.assessing.telling import actual_cell, required, required_cell, status_cell
from quire.nodes.computations.blocks import note, paragraph, section, table
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Claim, SectionContent, Value, claim

CAPTION = "Conformance matrix"
COLUMNS = ["Standard", "Required", "Existing", "Proposed", "Status", "Section"]
_NO_CHANGE = "The brief states no change of the site or its building: what exists is taken for what is proposed."
_NONE = "No standard of the zoning code was read; whether the site meets any is not determined."


def compute(materials: Materials) -> SectionContent:
    """Set every standard out in one row."""
    review = Review(materials)
    if not review.assessments:
        return section([note(claim(_NONE, "open"), level="warning")])
    values: dict[str, Value] = {}
    for number, made in enumerate(review.assessments, 1):
        values |= _named(f"standard.{number}", made)
    unknown = [made for made in review.assessments if made.status == INDETERMINATE]
    rows = [_row(made, review) for made in review.assessments]
    blocks = [paragraph(_changes(materials)), table(CAPTION, COLUMNS, rows)]
    return section(blocks, values, [_question(made) for made in unknown])


def _changes(materials: Materials) -> Claim:
    """Say what the proposal changes of the site: what it leaves as it is is held against the standards as it is."""
    stated_changes = stated(materials, "site_changes", "What the proposal changes of the site and its building: {}.")
    return stated_changes or claim(_NO_CHANGE, "open")


def _row(made: Assessment, review: Review) -> list[Claim]:
    now, then = made.states["existing"], made.states["proposed"]
    changes = review.figures.is_proposed(made.entry.text("site")) or now.actual.text != then.actual.text
    called = made.entry.cited("standard")
    return [
        claim(made.label, "source" if called else "fixed", *called),
        required_cell(made),
        actual_cell(now),
        actual_cell(then) if changes else claim("As existing", "fixed"),
        status_cell(made),
        place_of(made.entry),
    ]


def _named(name: str, made: Assessment) -> dict[str, Value]:
    then = made.states["proposed"]
    parts = {"required": then.required, "actual": then.actual}
    values = {
        f"{name}.{part}": Value(
            value=float(figure.amount.number) if figure.amount else None,
            unit=figure.amount.unit if figure.amount else "",
            text=figure.text,
            evidence=figure.evidence,
            label=f"{made.label}: {part}",
        )
        for part, figure in parts.items()
    }
    status = Value(value=made.status, unit="", text=made.status, evidence=then.evidence, label=made.label)
    return {**values, f"{name}.status": status}


def _question(made: Assessment) -> str:
    then = made.states["proposed"]
    if then.required.amount and not bound_of(made.entry):
        return f"{capital(made.label)} ({section_of(made.entry)}): {required(made)}. Which of the two is it?"
    known = "" if then.actual.text == "Not surveyed" else f" ({then.actual.text[:1].lower()}{then.actual.text[1:]})"
    return f"{capital(made.label)}: what is there, or proposed{known}?"
