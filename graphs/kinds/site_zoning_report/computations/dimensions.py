"""Dimensional standards: what the code requires of lot and building, what was surveyed, and how the two compare."""

from collections.abc import Iterator, Sequence

from quire.graphs.kinds.site_zoning_report.computations import dimension_text as words
from quire.graphs.kinds.site_zoning_report.computations.applicable import applicable
from quire.graphs.kinds.site_zoning_report.computations.assessing import Assessed, as_assessment, assess
from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment, assessment_values
from quire.graphs.kinds.site_zoning_report.computations.defined import definitions_for
from quire.graphs.kinds.site_zoning_report.computations.measures import BY_KEY
from quire.graphs.kinds.site_zoning_report.computations.provisions import provisions
from quire.graphs.kinds.site_zoning_report.computations.quoting import quotations
from quire.graphs.kinds.site_zoning_report.computations.sited import Sited, sited
from quire.graphs.kinds.site_zoning_report.computations.standard import Requirements
from quire.graphs.kinds.site_zoning_report.computations.standards import requirements
from quire.graphs.kinds.site_zoning_report.computations.statuses import CONFORMING, INDETERMINATE
from quire.graphs.kinds.site_zoning_report.computations.survey import site_figures
from quire.graphs.kinds.site_zoning_report.computations.unnamed import unnamed
from quire.graphs.kinds.site_zoning_report.computations.violation_record import enforced
from quire.nodes.computations.blocks import counted, listed, note, paragraph, section
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Claim, SectionContent, claim

_USUAL = (
    *("lot_area", "lot_width", "density", "far", "lot_coverage", "open_space"),
    *("front_setback", "side_setback", "rear_setback", "height"),
)
"""What zoning codes usually regulate: where none of it is found, the report says so."""
_NO_DISTRICT = "The district of the site is not determined, so no dimensional standard can be named for it."
_NO_STANDARD = "No dimensional standard for the district could be read in the sources."


def compute(materials: Materials) -> SectionContent:
    """Compare the site with every numeric standard of its district."""
    code = provisions(materials.readings)
    found = sited(materials, code)
    if found.district is None:
        return section(
            [note(claim(_NO_DISTRICT, "open"), level="warning")], {}, ["In which zoning district does the site lie?"]
        )
    applied = applicable(found.names, code)
    read = requirements(found.names, applied)
    site = site_figures(materials)
    made = assess(read.standards, site, materials, code)
    rows = enforced([as_assessment(one, site) for one in made] + unnamed(read.other, materials), materials)
    compared = [one for one, row in zip(made, rows, strict=False) if one.status == row.status]
    blocks = [
        paragraph(*_opening(found, read, rows), *_not_regulated(read)),
        *words.comparison_table(made, rows),
        *words.explained(compared),
        *words.in_the_codes_words(quotations(applied.all, [one.standard.evidence[0] for one in made])),
        *words.not_concerned(read.standards, site, materials.facts),
        *words.measuring(definitions_for([one.standard.measure.key for one in made], code)),
        *words.accessory_table(read.standards),
        *words.relief(read),
        *words.doubts(read.doubts),
    ]
    return section(blocks, assessment_values(rows), _questions(compared, read))


def _opening(found: Sited, read: Requirements, rows: Sequence[Assessment]) -> Iterator[Claim]:
    if found.district is None or not rows:
        yield claim(_NO_STANDARD, "open")
        return
    conforming = sum(row.status == CONFORMING for row in rows)
    open_rows = sum(row.status.startswith(INDETERMINATE) for row in rows)
    text = (
        f"{counted(len(rows), 'requirement')} on lots and main buildings in the {found.district.full}"
        f" {'was' if len(rows) == 1 else 'were'} compared with the site: {conforming} met"
        f", {len(rows) - conforming - open_rows} not met, {open_rows} not determined."
    )
    unmet = len(rows) - conforming - open_rows
    how = f"{found.district.full}; rows: {len(rows)}; met: {conforming}; not met: {unmet}; open: {open_rows}"
    first = [standard.evidence[0] for standard in read.standards if not standard.subject][:1]
    yield claim(text, "computed", *first, how=how)


def _not_regulated(read: Requirements) -> Iterator[Claim]:
    """Name the usual standards that the district's provisions do not contain, and those it expressly leaves free."""
    known = {standard.measure.key for standard in read.standards if not standard.subject}
    lacking = [BY_KEY[key].label.lower() for key in _USUAL if key not in known]
    if read.standards and lacking:
        text = f"The provisions supplied for the district state no requirement on {listed(lacking, 'or')}."
        yield claim(text, "computed", how=f"none of these among the {counted(len(read.standards), 'requirement')} read")
    for standard in read.standards:
        if standard.quantity is None and not standard.subject:
            text = f"{standard.label}: the code sets no {standard.bound}."
            yield claim(
                text, "computed", *standard.evidence, how=f"{standard.section}: “{standard.evidence[0]['quote']}”"
            )


def _questions(made: Sequence[Assessed], read: Requirements) -> list[str]:
    asked = [one.comparison.question for one in made if one.comparison.question]
    asked += [f"What does the code require here: “{text}” ({evidence['address']})?" for text, evidence in read.doubts]
    assumed = sorted({standard.assumed for standard in read.standards if standard.assumed and not standard.subject})
    return asked + [f"{usual} Which unit does the code mean?" for usual in assumed]
