"""Sentences and cells that several sections share. Pure."""

from collections.abc import Iterable

from quire.graphs.kinds.site_zoning_report.assessing.permissions import WORDS, Permission
from quire.graphs.kinds.site_zoning_report.assessing.records import capital, section_of, titled
from quire.graphs.kinds.site_zoning_report.assessing.site import Figure, State, Use
from quire.graphs.kinds.site_zoning_report.assessing.standards import BOUNDS, NOT_SAID, Assessment, Compared, bound_of
from quire.graphs.kinds.site_zoning_report.assessing.statuses import INDETERMINATE, NOT_BINDING
from quire.nodes.evidence.content import Claim, Evidence, claim
from quire.nodes.records.entries import Entry, Records, each_once

_FEW = 3
"""Places that a cell of the matrix leads to; its derivation names what else it rests on."""


def sized(use: Use) -> str:
    """Name a use with its seats: ``Bakery with seating, 42 seats``."""
    seats = use.sizes["seats"].amount if "seats" in use.sizes else None
    return f"{use.name}, {seats.number} seats" if seats else use.name


def treated(found: Permission) -> Claim:
    """Say how the code treats a use, and where."""
    if not found.kind or found.entry is None:
        text = f"Whether the code allows {sized(found.use)} is not determined: {found.how}."
        return claim(text, "computed", *found.evidence, how=found.how)
    text = f"{sized(found.use)}, is {WORDS[found.kind]} ({section_of(found.entry)})."
    return claim(text, "computed", *found.evidence, how=found.how)


def required(made: Assessment, state: State = "proposed") -> str:
    """Say what a standard requires: ``at least 8 ft``."""
    figure = made.states[state].required
    bound = bound_of(made.entry)
    if not figure.amount:
        return figure.text
    return f"{BOUNDS[bound]} {figure.text}" if bound else f"{figure.text}, {NOT_SAID}"


def required_cell(made: Assessment) -> Claim:
    """Say what a standard requires of what there is, and of what is proposed where that is something else."""
    now, then = made.states["existing"], made.states["proposed"]
    text = required(made)
    if now.required.text != then.required.text:
        text = f"{required(made, 'existing')}; as proposed {then.required.text}"
    if then.required.amount is None and made.entry.text("words"):
        return made.entry.said("words")
    how = "; ".join(dict.fromkeys(part for part in (now.required.how, then.required.how) if part))
    evidence = then.required.evidence or now.required.evidence
    return _figure(text, then.required._replace(how=how, evidence=evidence[:_FEW]))


def actual_cell(made: Compared) -> Claim:
    """Say what there is."""
    return _figure(made.actual.text, made.actual)


def _figure(text: str, figure: Figure) -> Claim:
    evidence = list({(e["source"], e["address"], e["quote"]): e for e in figure.evidence}.values())
    if figure.how:
        return claim(text, "computed", *evidence, how=figure.how)
    return claim(text, "source", *evidence) if evidence else claim(text, "open")


def status_cell(made: Assessment) -> Claim:
    """Say the status of what is proposed, and of what there is where that is another."""
    now, then = made.states["existing"], made.states["proposed"]
    parts = [f"as it is: {now.status.lower()}; as proposed:"] if now.status != then.status else []
    if then.status == NOT_BINDING and not any(letter.isdigit() for letter in then.how):
        parts.append(then.how)
    cited = then.required.evidence if then.status in (INDETERMINATE, NOT_BINDING) else []
    return claim(capital("; ".join(parts)), "computed", *cited, how=then.how or then.status, status=then.status)


def named_at(*assessments: Assessment) -> list[Evidence]:
    """Give where standards have their names, which may hold figures: ``one bedroom unit``."""
    return each_once(e for made in assessments for e in made.entry.cited("standard", "site"))


def departure(made: Assessment) -> Claim:
    """Tell of a standard that is not met in one line."""
    compared = made.states["proposed"]
    there = f"{compared.actual.text} there" if compared.actual.amount else compared.actual.text
    what = f"{required(made)}, {there}" if compared.required.amount else there
    text = f"{made.label} ({section_of(made.entry)}): {what[:1].lower()}{what[1:]}."
    cited = each_once([*compared.evidence, *named_at(made)])
    return claim(text, "computed", *cited, how=compared.how, status=made.status)


def quoted(entries: Iterable[Entry], field: str = "words") -> list[Claim]:
    """Give sentences of the sources in their own words, behind their section of the code, or their source's title."""
    found: list[Claim] = []
    for entry in entries:
        number = section_of(entry)
        found.append({**entry.said(field), "lead": f"{number if number.startswith('§') else titled(entry)}."})
    return found


def statements(records: Records, *topics: str) -> list[Claim]:
    """Give what the sources state of some topics, in their words: a paragraph, in which a lead stands once."""
    found: list[Claim] = []
    lead = ""
    for entry in records.stating("statement", "topic", *topics):
        (made,) = quoted([entry])
        found.append(entry.said("words") if made["lead"] == lead else made)
        lead = made["lead"]
    return found


def labels_of(made: Iterable[Assessment]) -> str:
    """Name standards in a sentence."""
    names = [one.label[:1].lower() + one.label[1:] for one in made]
    return ", ".join(names[:-1]) + (" and " if names[1:] else "") + names[-1] if names else ""
