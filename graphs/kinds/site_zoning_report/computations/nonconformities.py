"""Nonconformities and rebuilding: what does not conform, whether it is lawful, and what the code lets become of it."""

from collections.abc import Iterator, Sequence

from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment, assessments_in, repeated
from quire.graphs.kinds.site_zoning_report.computations.clause_quotes import quoted
from quire.graphs.kinds.site_zoning_report.computations.clauses import (
    Clause,
    Figure,
    Kind,
    abandonment_period,
    clauses,
    rebuild_period,
    rebuild_threshold,
)
from quire.graphs.kinds.site_zoning_report.computations.lawful import first_zoning
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision, provisions
from quire.graphs.kinds.site_zoning_report.computations.shortages import (
    change_of_use,
    landscaping_shortage,
    parking_shortage,
    shortage_questions,
)
from quire.graphs.kinds.site_zoning_report.computations.site_uses import site_uses
from quire.graphs.kinds.site_zoning_report.computations.statuses import LEGAL_NONCONFORMING, NONCONFORMING
from quire.graphs.kinds.site_zoning_report.computations.survey import site_figures
from quire.nodes.computations.blocks import (
    capitalized,
    counted,
    heading,
    listed,
    listing,
    note,
    paragraph,
    section,
    table,
    value,
)
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, Value, claim

_OF_LOT = ("lot_area", "lot_width", "lot_depth", "frontage")
_NO_CLAUSES = (
    "No provisions on nonconformities are among the sources; what may continue or be rebuilt is not determined."
)
_NONE_FOUND = "None of the standards compared is nonconforming. The clauses below would govern if one were found."
_NOT_COMPARED = "The sections on {} were not available, so nonconformities in them are not counted."


def compute(materials: Materials) -> SectionContent:
    """Collect what does not conform and set the clauses out that govern it."""
    code = provisions(materials.readings)
    found = clauses(code)
    departing = [a for content in materials.inputs.values() for a in assessments_in(content["values"]) if _departs(a)]
    kinds = tuple(dict.fromkeys(_kind(one) for one in departing))
    change = change_of_use(site_uses(materials, site_figures(materials)))
    short = list(parking_shortage(code, found, change)) if "parking" in kinds else []
    short += landscaping_shortage(found) if "landscaping" in kinds else []
    asked = list(shortage_questions(code, found, change)) if "parking" in kinds else []
    blocks = [
        paragraph(*_opening(departing), *_missing(materials)),
        *_table(departing),
        *_first(code, departing),
        *_meaning(found, departing, short),
        *quoted(found, kinds),
        *([] if found else [note(claim(_NO_CLAUSES, "open"), level="warning")]),
    ]
    return section(blocks, _values(found, departing), [*_questions(found, departing), *asked])


def _departs(made: Assessment) -> bool:
    return made.status in {NONCONFORMING, LEGAL_NONCONFORMING}


def _kind(made: Assessment) -> Kind:
    key = made.key.split(".")[0]
    if key.startswith("use_"):
        return "use"
    if "parking" in key or key == "loading":
        return "parking"
    if key.startswith(("landscape_", "buffer_")):
        return "landscaping"
    return "lot" if key in _OF_LOT else "building"


def _opening(departing: Sequence[Assessment]) -> Iterator[Claim]:
    if not departing:
        yield claim(
            _NONE_FOUND, "computed", how="no status Nonconforming or Legal nonconforming in the sections compared"
        )
        return
    lawful = sum(one.status == LEGAL_NONCONFORMING for one in departing)
    rest = len(departing) - lawful
    text = (
        f"{counted(len(departing), 'standard')} {'is' if len(departing) == 1 else 'are'} not met:"
        f" {lawful} shown to be lawfully nonconforming, {rest} without evidence of lawful origin in the sources."
    )
    evidence = [one.required["evidence"][0] for one in departing if one.required["evidence"]]
    yield claim(
        text, "computed", *evidence, how=f"lawful: {lawful}; without evidence: {rest}; in all: {len(departing)}"
    )


def _missing(materials: Materials) -> Iterator[Claim]:
    awaited = [name.partition(".")[0] for name in materials.section.get("after", [])]
    absent = [name for name in awaited if name not in materials.inputs]
    if absent:
        yield claim(_NOT_COMPARED.format(listed(absent)), "open")


def _table(departing: Sequence[Assessment]) -> list[Block]:
    if not departing:
        return []
    rows = [
        [
            claim(one.label, "fixed"),
            repeated(one.required, one.how),
            repeated(one.actual, one.how),
            claim(
                one.status,
                "computed",
                *one.required["evidence"],
                *one.actual["evidence"],
                how=one.how,
                status=one.status,
            ),
        ]
        for one in departing
    ]
    return [table("Standards that are not met", ["Standard", "Required", "Actual", "Status"], rows)]


def _first(code: Sequence[Provision], departing: Sequence[Assessment]) -> list[Block]:
    """Date the earliest zoning in the sources: what is older than it began lawfully."""
    first = first_zoning(code) if departing else None
    if first is None:
        return []
    year, evidence = first
    text = f"The earliest zoning that the sources name is of the year {year}."
    return [paragraph(claim(text, "computed", evidence, how=f"the earliest year named: {year}"))]


def _meaning(found: Sequence[Clause], departing: Sequence[Assessment], short: Sequence[Claim]) -> list[Block]:
    """Say what the clauses mean for this building and its uses, from their own figures."""
    if not departing or not found:
        return []
    claims = [*_claims(found, {_kind(one) for one in departing}), *short]
    return [heading("What the clauses mean here"), listing(claims)] if claims else []


def _claims(found: Sequence[Clause], kinds: set[Kind]) -> Iterator[Claim]:
    threshold, period, ceased = rebuild_threshold(found), rebuild_period(found), abandonment_period(found)
    if threshold and kinds & {"building", "lot", "use"}:
        within = f", within {period.text}" if period else ""
        text = (
            f"If the building is lawfully nonconforming, damage of up to {threshold.text} may be made good{within}"
            f" ({threshold.provision.where}); beyond that, what is rebuilt must conform."
        )
        yield _from(threshold, text, period)
    elif kinds & {"building", "lot"}:
        yield claim("No damage threshold for rebuilding could be read in the sources.", "open")
    if ceased and "use" in kinds:
        text = f"A nonconforming use that has ceased for {ceased.text} may not be resumed ({ceased.provision.where})."
        yield _from(ceased, text)
    elif ceased:
        none = "No use of the site was found nonconforming"
        text = f"{none}; the period of discontinuance would be {ceased.text} ({ceased.provision.where})."
        yield _from(ceased, text)


def _from(figure: Figure, text: str, other: Figure | None = None) -> Claim:
    evidence = [figure.provision.evidence(figure.quote)]
    if other:
        evidence.append(other.provision.evidence(other.quote))
    return claim(
        text, "computed", *evidence, how="; ".join(dict.fromkeys(f"“{f.quote}”" for f in (figure, other) if f))
    )


def _values(found: Sequence[Clause], departing: Sequence[Assessment]) -> dict[str, Value]:
    made = {
        "nonconformity.count": value(counted(len(departing), "nonconformity", "nonconformities"), figure=len(departing))
    }
    for name, figure in (
        ("rebuild.threshold", rebuild_threshold(found)),
        ("rebuild.period", rebuild_period(found)),
        ("abandonment.period", abandonment_period(found)),
    ):
        if figure:
            made[name] = value(figure.text, figure.provision.evidence(figure.quote))
    return made


def _questions(found: Sequence[Clause], departing: Sequence[Assessment]) -> Iterator[str]:
    for one in departing:
        if one.status == NONCONFORMING and _kind(one) in {"building", "lot"}:
            yield f"Was this lawful when it began, and what proves it: {one.label[:1].lower()}{one.label[1:]}?"
    if not found:
        yield capitalized(
            "what does the code say of nonconforming buildings and uses, their repair and their rebuilding?"
        )
