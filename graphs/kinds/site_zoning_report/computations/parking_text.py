"""The words of the section on parking: how the number was derived, what is open, and the rules in the code's words."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment, repeated
from quire.graphs.kinds.site_zoning_report.computations.parking_demand import Demand, Need
from quire.graphs.kinds.site_zoning_report.computations.parking_rules import Rule
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision
from quire.graphs.kinds.site_zoning_report.computations.quoting import quotation
from quire.graphs.kinds.site_zoning_report.computations.schedule import Row, cited, unscheduled
from quire.graphs.kinds.site_zoning_report.computations.units import plain
from quire.nodes.computations.blocks import heading, listed, listing, note, table
from quire.nodes.evidence.content import Block, Claim, Evidence, claim

_FIGURES = {
    "use_floor_area": "floor area",
    "units": "number of dwelling units",
    "seats": "number of seats",
    "employees": "number of employees",
    "rooms": "number of guest rooms",
}


def opening(demand: Demand, parking: Assessment) -> Iterator[Claim]:
    """Say what is required and what is there."""
    names = [f"“{need.use.name}”" for need in demand.needs]
    evidence = [*parking.required["evidence"], *parking.actual["evidence"]]
    there = parking.actual["text"] if parking.actual["value"] is not None else "a number that is not reported"
    if demand.required is not None:
        text = f"For {listed(names)} the code requires {plain(demand.required)} parking spaces; the site has {there}."
        yield claim(text, "computed", *evidence, how=parking.how, status=parking.status)
    else:
        text = f"The number of parking spaces required for {listed(names)} is not determined; the site has {there}."
        yield claim(text, "open", *evidence)


def derivation(demand: Demand) -> list[Block]:
    """Set out each use with its ratio, then the steps from the sum to the number required."""
    rows = [_line(need) for need in demand.needs]
    columns = ["Use", "Ratio", "Derivation", "Spaces", "Section"]
    blocks = [table("Spaces required, use by use", columns, rows)]
    if demand.steps:
        evidence = [cited(need.scheduled.row) for need in demand.needs if need.scheduled.row]
        blocks.append(listing((claim(step, "computed", *evidence, how=step) for step in demand.steps), ordered=True))
    return blocks


def _line(need: Need) -> list[Claim]:
    row = need.scheduled.row
    from_brief = need.use.evidence["source"] == "brief"
    figures = [figure.evidence for figure in need.use.figures.values()]
    use = claim(need.use.name, "brief" if from_brief else "source", need.use.evidence)
    if row is None:
        nothing = claim("Not determined", "open")
        return [use, claim("No row clearly names it", "open"), nothing, nothing, nothing]
    ratio = cited(row)
    spaces = need.spaces.number
    return [
        use,
        claim(row.ratio, "source", ratio),
        claim(need.spaces.how, "computed", ratio, *figures, how=need.scheduled.how + f"; {need.spaces.how}"),
        claim(plain(spaces), "computed", ratio, *figures, how=need.spaces.how)
        if spaces is not None
        else claim("Not determined", "open"),
        claim(row.provision.where, "source", ratio),
    ]


def compared(assessments: Sequence[Assessment], provisions: Sequence[Provision]) -> Block:
    """Set requirement and survey out, one row a kind of space."""
    rows = []
    for made in assessments:
        required, actual = made.required["evidence"], made.actual["evidence"]
        rows.append(
            [
                claim(made.label, "fixed"),
                claim(made.required["text"], "computed", *required, how=made.how)
                if required
                else claim(made.required["text"], "open"),
                repeated(made.actual, made.how) if actual else claim("Not reported", "open"),
                claim(made.status, "computed", *required, *actual, how=made.how, status=made.status),
                claim(_section(required, provisions), "source", *required) if required else claim("None found", "open"),
            ]
        )
    return table("Spaces required and surveyed", ["Standard", "Required", "Actual", "Status", "Section"], rows)


def _section(evidence: Sequence[Evidence], provisions: Sequence[Provision]) -> str:
    places = [
        next((p.where for p in provisions if e["address"].startswith(p.passage["address"])), e["address"].split(",")[0])
        for e in evidence
    ]
    return "; ".join(dict.fromkeys(places))


def open_points(
    demand: Demand, rows: Sequence[Row], unaccounted: Decimal, left_out: tuple[Rule, Decimal, Decimal | None] | None
) -> Iterator[Block]:
    """Say what keeps the number open, or might change it."""
    for need in demand.needs:
        if need.scheduled.row is None:
            near = [row.use for row in need.scheduled.candidates]
            text = f"No row of the schedule clearly names “{need.use.name}”."
            text += f" The nearest: {listed([f'“{use}”' for use in near])}." if near else ""
            yield note(claim(text, "open", *(cited(row) for row in need.scheduled.candidates)))
            if other := unscheduled(rows):
                yield quotation(other.provision)
        elif need.spaces.number is None:
            missing = listed(
                [_FIGURES.get(name, name.replace("use_floor_area: ", "area ")) for name in need.spaces.missing]
            )
            yield note(
                claim(
                    f"The ratio for “{need.use.name}” cannot be applied: the {missing} is not known.",
                    "open",
                    cited(need.scheduled.row),
                )
            )
    if unaccounted:
        text = f"The sources state no use for {plain(unaccounted)} sq ft of the building; its spaces are not counted."
        yield note(claim(text, "open"), level="warning")
    if left_out and demand.required is not None and left_out[2] is not None and left_out[2] != demand.required:
        rule, share, fewest = left_out
        text = (
            f"The chapter's definition of floor area leaves parts of a building out, at most {plain(share)}% of it."
            f" If all of that were left out, {plain(fewest or Decimal(0))} spaces would be required."
        )
        how = f"the ratios applied to the floor area less {plain(share)}%: {plain(fewest or Decimal(0))}"
        yield note(claim(text, "computed", rule.provision.evidence(), how=how))


def quoted(demand: Demand, rules: Sequence[Rule], others: Sequence[Provision]) -> list[Block]:
    """Quote the ratios, the rules that decided, and what is asked for in spaces of other kinds."""
    rows = [need.scheduled.row for need in demand.needs if need.scheduled.row is not None]
    blocks = [_ratio(row) for row in dict.fromkeys(rows)]
    blocks += [quotation(rule.provision, rule.quote) for rule in rules]
    said = {p.passage["address"]: p for p in others if p.passage["kind"] == "text"}
    return blocks + [quotation(provision) for provision in said.values()]


def _ratio(row: Row) -> Block:
    evidence = cited(row)
    where = claim(f"({row.provision.where}, for “{row.use}”)", "source", evidence, row.provision.evidence())
    return Block(kind="quote", claims=[claim(evidence["quote"], "source", evidence), where])


def rules_listed(title: str, rules: Sequence[Rule]) -> list[Block]:
    """List rules in the code's words."""
    if not rules:
        return []
    return [
        heading(title),
        listing(claim(f"{_named(r)}{r.quote}", "source", r.provision.evidence(r.quote)) for r in rules),
    ]


def _named(rule: Rule) -> str:
    return f"Section {rule.provision.section}: " if rule.provision.section else ""


def questions(demand: Demand, unaccounted: Decimal) -> Iterator[str]:
    """Ask for what is missing."""
    for need in demand.needs:
        if need.scheduled.row is None:
            yield f"Which row of the parking schedule applies to “{need.use.name}”?"
        elif need.spaces.number is None:
            for name in need.spaces.missing:
                yield f"What is the {_FIGURES.get(name, name)} of “{need.use.name}”?"
    if demand.total is not None and demand.required is None:
        yield "How does the code round a fraction of a parking space?"
    if unaccounted:
        yield f"What is the use of the remaining {plain(unaccounted)} sq ft of the building?"


def uncounted(assessments: Sequence[Assessment]) -> Iterator[str]:
    """Ask for the numbers that the survey does not give."""
    for made in assessments:
        if made.actual["value"] is None:
            yield f"How many are there on the site: {made.label[:1].lower()}{made.label[1:]}?"
