"""Permitted uses: how the code treats the existing and the proposed use, and the whole range of uses."""

from collections.abc import Iterator, Sequence

from quire.graphs.kinds.site_zoning_report.computations import use_text as words
from quire.graphs.kinds.site_zoning_report.computations.applicable import applicable
from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment, assessment_values
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision, provisions
from quire.graphs.kinds.site_zoning_report.computations.site_uses import site_uses
from quire.graphs.kinds.site_zoning_report.computations.sited import sited
from quire.graphs.kinds.site_zoning_report.computations.statuses import (
    CONFORMING,
    CONFORMING_SUBJECT_TO,
    INDETERMINATE,
    NONCONFORMING,
)
from quire.graphs.kinds.site_zoning_report.computations.survey import site_figures
from quire.graphs.kinds.site_zoning_report.computations.use_list import UseEntry, use_entries
from quire.graphs.kinds.site_zoning_report.computations.use_rules import misdirected
from quire.graphs.kinds.site_zoning_report.computations.use_text import TREATMENTS, Judged
from quire.graphs.kinds.site_zoning_report.computations.use_verdict import judge_parts
from quire.nodes.computations.blocks import (
    capitalized,
    listed,
    note,
    paragraph,
    section,
    value,
)
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Evidence, SectionContent, Value, claim

_GRAVEST = (NONCONFORMING, INDETERMINATE, CONFORMING_SUBJECT_TO, CONFORMING)
_NO_DISTRICT = "The district of the site is not determined, so no use can be called permitted."
_NO_LIST = "No list of uses for the district could be read in the sources."


def compute(materials: Materials) -> SectionContent:
    """Judge the uses of the site by the district's list, and set the list out."""
    code = provisions(materials.readings)
    found = sited(materials, code)
    if found.district is None:
        return section([note(claim(_NO_DISTRICT, "open"), level="warning")], {}, [_NO_DISTRICT])
    applied = applicable(found.names, code)
    entries = use_entries(found.names, applied)
    judged = [
        Judged(use, name, verdict)
        for use in site_uses(materials, site_figures(materials))
        for name, verdict in judge_parts(use, entries)
    ]
    blocks = [
        paragraph(*words.told(judged, found), *words.unnamed(judged), *([] if entries else [claim(_NO_LIST, "open")])),
        *words.uses_of_site(judged),
        *words.quoted(judged),
        *words.standards_attached(judged, applied, code, entries),
        *words.on_other_uses(applied, code),
        *words.range_of_uses(entries, found),
    ]
    return section(blocks, _values(judged), _questions(judged, entries, code))


def _values(judged: Sequence[Judged]) -> dict[str, Value]:
    made: dict[str, Value] = {}
    proposed = [j for j in judged if j.use.time == "proposed"]
    if proposed:
        made["use.proposed.name"] = value(listed([j.name for j in proposed]), *(j.use.evidence for j in proposed))
        evidence = [e.evidence for j in proposed for e in j.verdict.entries]
        made["use.proposed.status"] = value(_gravest(proposed).verdict.standing, *evidence)
    assessed = [_assessment(time, [j for j in judged if j.use.time == time]) for time in ("proposed", "existing")]
    return made | assessment_values(a for a in assessed if a)


def _gravest(judged: Sequence[Judged]) -> Judged:
    return min(judged, key=lambda j: next(n for n, s in enumerate(_GRAVEST) if j.verdict.status == s or _begins(j, s)))


def _begins(judged: Judged, status: str) -> bool:
    return status == CONFORMING_SUBJECT_TO and judged.verdict.status.startswith(status)


def _assessment(time: str, judged: Sequence[Judged]) -> Assessment | None:
    """Sum the uses of one time up: the gravest treatment is the status of all."""
    if not judged:
        return None
    gravest = _gravest(judged)
    entries = [entry for made in judged for entry in made.verdict.entries]
    decided = [e for made in judged if made.verdict.standing != "Indeterminate" for e in made.verdict.entries]
    required = (
        "; ".join(dict.fromkeys(f"{TREATMENTS[e.standing]} ({e.provision.where})" for e in decided))
        or "No entry names it"
    )
    evidence: list[Evidence] = [entry.evidence for entry in entries]
    return Assessment(
        key=f"use_{time}",
        label=f"{capitalized(time)} use",
        required=Value(value=None, unit="", text=required, evidence=evidence),
        actual=Value(
            value=None,
            unit="",
            text=listed([made.name for made in judged]),
            evidence=[made.use.evidence for made in judged],
        ),
        status=gravest.verdict.status,
        how="; ".join(dict.fromkeys(made.verdict.how for made in judged)),
    )


def _questions(judged: Sequence[Judged], entries: Sequence[UseEntry], code: Sequence[Provision]) -> Iterator[str]:
    for made in judged:
        if made.verdict.question:
            yield made.verdict.question
        yield from misdirected(made.verdict, code)
    if not entries:
        yield "Which uses does the code permit in the district? No list of them is in the sources."
    if not any(made.use.time == "proposed" for made in judged):
        yield "What use is proposed?"
