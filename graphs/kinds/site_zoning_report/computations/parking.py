"""Parking and loading: spaces required, use by use, with reductions and rounding, and compared with those surveyed."""

from collections.abc import Sequence
from decimal import Decimal

from quire.graphs.kinds.site_zoning_report.computations import parking_text as words
from quire.graphs.kinds.site_zoning_report.computations.applicable import applicable
from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment, assessment_values
from quire.graphs.kinds.site_zoning_report.computations.loading import Building, Need
from quire.graphs.kinds.site_zoning_report.computations.matching import fit
from quire.graphs.kinds.site_zoning_report.computations.other_spaces import assessed, other_needs
from quire.graphs.kinds.site_zoning_report.computations.parking_demand import (
    amounts_of,
    demand_of,
    unaccounted,
    uses_to_be,
    with_less_area,
)
from quire.graphs.kinds.site_zoning_report.computations.parking_rules import (
    Rule,
    adding,
    area_left_out,
    exemptions,
    occasions,
    of_district,
    of_parking,
    permissions,
    reductions,
    rounding,
)
from quire.graphs.kinds.site_zoning_report.computations.parking_status import Parking, assess_parking
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision, provisions
from quire.graphs.kinds.site_zoning_report.computations.schedule import parking_rows, scheduled
from quire.graphs.kinds.site_zoning_report.computations.site_uses import SiteUse, site_uses
from quire.graphs.kinds.site_zoning_report.computations.sited import sited
from quire.graphs.kinds.site_zoning_report.computations.survey import Site, site_figures
from quire.graphs.kinds.site_zoning_report.computations.units import plain
from quire.graphs.kinds.site_zoning_report.computations.use_list import use_entries
from quire.graphs.kinds.site_zoning_report.computations.use_verdict import judge
from quire.graphs.kinds.site_zoning_report.computations.violation_record import enforced
from quire.nodes.computations.blocks import note, paragraph, section
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import SectionContent, Value, claim

_NO_SCHEDULE = "No schedule of parking spaces could be read in the sources."
_NOT_CERTIFIED = (
    "Accessible spaces, where the code counts them, are counted here. Accessibility is not certified by this report."
)


def compute(materials: Materials) -> SectionContent:
    """Derive the spaces required and compare them with the spaces there are."""
    code = provisions(materials.readings)
    site = site_figures(materials)
    uses = uses_to_be(site_uses(materials, site))
    rows = parking_rows(code)
    if not rows or not uses:
        missing = _NO_SCHEDULE if not rows else "No use of the site is stated, so no number of spaces can be derived."
        question = "What does the code require in parking spaces?" if not rows else "What use is proposed?"
        return section(
            [note(claim(missing, "open"), level="warning"), paragraph(claim(_NOT_CERTIFIED, "fixed"))], {}, [question]
        )
    found = _found(materials, code, site, uses)
    needs = _others(code, found, uses)
    assessments = enforced([assess_parking(found), *(assessed(need, site) for need in needs)], materials)
    scheduling = [need.scheduled.row.provision for need in found.demand.needs if need.scheduled.row is not None]
    blocks = [
        paragraph(*words.opening(found.demand, assessments[0])),
        *words.derivation(found.demand),
        words.compared(assessments, [*scheduling, *(need.provision for need in needs)]),
        paragraph(claim(_NOT_CERTIFIED, "fixed")),
        *words.open_points(found.demand, rows, found.unaccounted, found.left_out),
        *words.quoted(found.demand, found.rules, [need.provision for need in needs]),
        *words.rules_listed("When spaces must be provided", found.occasions),
        *words.rules_listed("Rules of the district on parking", found.of_district),
        *words.rules_listed("What spares the district", found.spared),
        *words.rules_listed("What may be accepted instead", found.permitted),
    ]
    asked = [*words.questions(found.demand, found.unaccounted), *words.uncounted(assessments)]
    return section(blocks, _values(assessments, found), asked)


def _found(materials: Materials, code: list[Provision], site: Site, uses: Sequence[SiteUse]) -> Parking:
    names = sited(materials, code).names
    applied = applicable(names, code) if names.symbol or names.name else None
    entries = use_entries(names, applied) if applied else []
    rows, parking = parking_rows(code), of_parking(code)
    matched = [(use, scheduled(use, judge(use, entries) if entries else None, rows)) for use in uses]
    amounts = [amounts_of(use, site, alone=len(uses) == 1) for use in uses]
    applying, rule = reductions(parking, names), rounding(parking)
    demand = demand_of(matched, amounts, applying, rule)
    definition = area_left_out(parking)
    less = (
        demand_of(matched, [with_less_area(a, definition[1]) for a in amounts], applying, rule) if definition else None
    )
    decided: list[Rule | None] = [adding(parking) if len(uses) > 1 else None, *applying, rule]
    return Parking(
        demand=demand,
        site=site,
        rules=[one for one in decided if one],
        spared=exemptions(parking, names),
        permitted=permissions(parking),
        occasions=occasions(parking, names),
        of_district=of_district(applied.own, uses) if applied else [],
        left_out=(*definition, less.required if less else None) if definition else None,
        unaccounted=unaccounted(uses, site),
    )


def _others(code: list[Provision], found: Parking, uses: Sequence[SiteUse]) -> list[Need]:
    gross = found.site.first("gross_floor_area")
    areas = [
        u.figures["use_floor_area"].quantity for u in uses if "use_floor_area" in u.figures and not _is_dwelling(u)
    ]
    whole = all("use_floor_area" in use.figures or _is_dwelling(use) for use in uses)
    nonresidential = (
        sum((area.value for area in areas if area), Decimal(0)) if whole and not found.unaccounted else None
    )
    building = Building(gross.quantity.value if gross and gross.quantity else None, nonresidential)
    groups = [need.scheduled.row.group for need in found.demand.needs if need.scheduled.row is not None]
    return other_needs(of_parking(code), code, found.site, found.demand.required, building, groups)


def _is_dwelling(use: SiteUse) -> bool:
    return fit(use.name, "dwelling units; residential use; multifamily") > 0


def _values(assessments: Sequence[Assessment], found: Parking) -> dict[str, Value]:
    values = assessment_values(assessments)
    for number, need in enumerate(found.demand.needs, 1):
        if need.spaces.number is not None:
            text = f"{need.use.name}: {plain(need.spaces.number)} spaces"
            values[f"parking.use.{number}"] = Value(
                value=float(need.spaces.number), unit="spaces", text=text, evidence=[need.use.evidence]
            )
    return values
