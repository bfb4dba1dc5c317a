"""Permitted uses: how the code treats the existing and the proposed use, and the whole range of uses."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nodes.computations.materials import Materials
from nodes.computations.zoning.applicable import Applicable, applicable
from nodes.computations.zoning.assessment import Assessment, assessment_values
from nodes.computations.zoning.blocks import (
    capitalized,
    heading,
    listed,
    listing,
    note,
    paragraph,
    section,
    table,
    value,
)
from nodes.computations.zoning.provisions import Provision, places, provisions
from nodes.computations.zoning.quoting import quotation
from nodes.computations.zoning.site_uses import SiteUse, site_uses
from nodes.computations.zoning.sited import Sited, sited
from nodes.computations.zoning.statuses import CONFORMING, CONFORMING_SUBJECT_TO, INDETERMINATE, NONCONFORMING
from nodes.computations.zoning.survey import site_figures
from nodes.computations.zoning.use_list import UseEntry, use_entries
from nodes.computations.zoning.use_rules import attached, bearing, misdirected, on_unlisted, redirected
from nodes.computations.zoning.use_verdict import Verdict, judge_parts
from nodes.content import Block, Claim, Evidence, SectionContent, Value, claim

_LETTERS = {
    "Permitted": "P",
    "Conditional": "C",
    "Accessory": "P (accessory)",
    "Prohibited": "X",
    "Indeterminate": "Not determined",
}
_TREATED = {
    "Permitted": "is permitted by right",
    "Conditional": "is a conditional use",
    "Accessory": "is permitted as an accessory use",
    "Prohibited": "is prohibited",
}
_NAMES = {"P": "P: permitted by right", "C": "C: conditional", "A": "P: permitted as accessory", "X": "X: prohibited"}
_GRAVEST = (NONCONFORMING, INDETERMINATE, CONFORMING_SUBJECT_TO, CONFORMING)
_NO_DISTRICT = "The district of the site is not determined, so no use can be called permitted."
_NO_LIST = "No list of uses for the district could be read in the sources."
_NO_USE = "Neither the brief nor a record of the site names its {} use."


class _Judged(NamedTuple):
    use: SiteUse
    name: str
    """The use, or the part of it that was judged."""
    verdict: Verdict


def compute(materials: Materials) -> SectionContent:
    """Judge the uses of the site by the district's list, and set the list out."""
    code = provisions(materials.readings)
    found = sited(materials, code)
    if found.district is None:
        return section([note(claim(_NO_DISTRICT, "open"), level="warning")], {}, [_NO_DISTRICT])
    applied = applicable(found.names, code)
    entries = use_entries(found.names, applied)
    judged = [
        _Judged(use, name, verdict)
        for use in site_uses(materials, site_figures(materials))
        for name, verdict in judge_parts(use, entries)
    ]
    blocks = [
        paragraph(*_told(judged, found), *_unnamed(judged), *([] if entries else [claim(_NO_LIST, "open")])),
        *_uses_of_site(judged),
        *_quoted(judged),
        *_attached(judged, applied, code, entries),
        *_unlisted(applied, code),
        *_range(entries, found),
    ]
    return section(blocks, _values(judged), _questions(judged, entries, code))


def _told(judged: Sequence[_Judged], found: Sited) -> Iterator[Claim]:
    for made in sorted(judged, key=lambda j: j.use.time == "existing"):
        verdict, entries = made.verdict, made.verdict.entries
        name = f"The {made.use.time} use, {made.name[:1].lower()}{made.name[1:]},"
        evidence = [made.use.evidence, *(entry.evidence for entry in entries)]
        if verdict.standing in _TREATED:
            district = found.district.full if found.district else "district"
            text = f"{name} {_TREATED[verdict.standing]} in the {district} ({entries[0].provision.where})."
            if verdict.regulated:
                text += f" The entry makes it subject to {listed([f'Section {s}' for s in verdict.regulated])}."
            yield claim(text, "computed", *evidence, how=f"{verdict.how}; {district}", status=verdict.status)
        else:
            near = f" The nearest entries are in {places(e.provision for e in entries)}." if entries else ""
            yield claim(
                f"{name} is not clearly any use that the code lists; its treatment is not determined.{near}",
                "open",
                *evidence,
            )


def _unnamed(judged: Sequence[_Judged]) -> Iterator[Claim]:
    for time in ("existing", "proposed"):
        if not any(made.use.time == time for made in judged):
            yield claim(_NO_USE.format(time), "open")


def _uses_of_site(judged: Sequence[_Judged]) -> list[Block]:
    if not judged:
        return []
    ordered = sorted(judged, key=lambda j: j.use.time == "existing")
    rows = [
        [
            claim(made.name, "source" if made.use.evidence["source"] != "brief" else "brief", made.use.evidence),
            claim(capitalized(made.use.time) + (", to be replaced" if made.use.replaced else ""), "fixed"),
            claim(
                _LETTERS[made.verdict.standing],
                "computed",
                *(e.evidence for e in made.verdict.entries),
                how=made.verdict.how,
            ),
            claim(
                made.verdict.status,
                "computed",
                *(e.evidence for e in made.verdict.entries),
                how=made.verdict.how,
                status=made.verdict.status,
            ),
            _section_of(made.verdict),
        ]
        for made in ordered
    ]
    return [table("Uses of the site", ["Use", "Existing or proposed", "Treatment", "Status", "Section"], rows)]


def _section_of(verdict: Verdict) -> Claim:
    if not verdict.entries:
        return claim("None found", "open")
    return claim(places(e.provision for e in verdict.entries), "source", *(e.evidence for e in verdict.entries))


def _quoted(judged: Sequence[_Judged]) -> list[Block]:
    """Quote the entries that decide; for what is not decided, the candidates."""
    quoted: dict[tuple[str, str], Block] = {}
    for made in sorted(judged, key=lambda j: j.use.time == "existing"):
        for entry in made.verdict.entries:
            whole = entry.provision.text if entry.provision.passage["kind"] != "row" else ""
            made_of = quotation(entry.provision, whole) if whole else _row_quotation(entry)
            quoted.setdefault((entry.evidence["address"], entry.text), made_of)
    return list(quoted.values())


def _row_quotation(entry: UseEntry) -> Block:
    where = claim(f"({entry.provision.where})", "source", entry.evidence)
    return Block(kind="quote", claims=[claim(entry.provision.text, "source", entry.provision.evidence()), where])


def _attached(
    judged: Sequence[_Judged], applied: Applicable, code: Sequence[Provision], entries: Sequence[UseEntry]
) -> Iterator[Block]:
    for made in (one for one in judged if one.use.time == "proposed"):
        found = attached(made.use, made.verdict, applied, code)
        found += [p for p in redirected(made.verdict, code) if p not in found]
        title = "Standards that attach to the proposed use"
        if made.verdict.standing == "Indeterminate":
            title = "Rules of the district that may bear on the proposed use"
            found += [p for p in bearing(made.use, applied, entries) if p not in found]
        if found:
            yield heading(title)
            yield listing(claim(f"{_section(p)}{p.text}", "source", p.evidence()) for p in found)


def _section(provision: Provision) -> str:
    return f"Section {provision.section}: " if provision.section else ""


def _unlisted(applied: Applicable, code: Sequence[Provision]) -> Iterator[Block]:
    found = on_unlisted(applied, code)
    if found:
        yield heading("Uses that are not listed")
        yield from (quotation(provision, words) for provision, words in found)


def _range(entries: Sequence[UseEntry], found: Sited) -> Iterator[Block]:
    """Set out every use that the district lists."""
    if entries and found.district:
        rows = [
            [
                claim(entry.text, "source", entry.evidence),
                claim(entry.group or "", "fixed"),
                claim(
                    _NAMES[entry.standing],
                    "computed",
                    entry.provision.evidence(),
                    how=f"as listed in {entry.provision.where}",
                ),
                claim(entry.provision.where, "source", entry.evidence),
            ]
            for entry in entries
        ]
        grouped = any(entry.group for entry in entries)
        columns = ["Use", "Group", "Treatment", "Section"]
        if not grouped:
            columns, rows = [c for c in columns if c != "Group"], [[r[0], *r[2:]] for r in rows]
        yield table(f"The range of uses in the {found.district.full}", columns, rows)


def _values(judged: Sequence[_Judged]) -> dict[str, Value]:
    made: dict[str, Value] = {}
    proposed = [j for j in judged if j.use.time == "proposed"]
    if proposed:
        made["use.proposed.name"] = value(listed([j.name for j in proposed]), *(j.use.evidence for j in proposed))
        evidence = [e.evidence for j in proposed for e in j.verdict.entries]
        made["use.proposed.status"] = value(_gravest(proposed).verdict.standing, *evidence)
    assessed = [_assessment(time, [j for j in judged if j.use.time == time]) for time in ("proposed", "existing")]
    return made | assessment_values(a for a in assessed if a)


def _gravest(judged: Sequence[_Judged]) -> _Judged:
    return min(judged, key=lambda j: next(n for n, s in enumerate(_GRAVEST) if j.verdict.status == s or _begins(j, s)))


def _begins(judged: _Judged, status: str) -> bool:
    return status == CONFORMING_SUBJECT_TO and judged.verdict.status.startswith(status)


def _assessment(time: str, judged: Sequence[_Judged]) -> Assessment | None:
    """Sum the uses of one time up: the gravest treatment is the status of all."""
    if not judged:
        return None
    gravest = _gravest(judged)
    entries = [entry for made in judged for entry in made.verdict.entries]
    decided = [e for made in judged if made.verdict.standing != "Indeterminate" for e in made.verdict.entries]
    required = (
        "; ".join(dict.fromkeys(f"{_NAMES[e.standing]} ({e.provision.where})" for e in decided)) or "No entry names it"
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


def _questions(judged: Sequence[_Judged], entries: Sequence[UseEntry], code: Sequence[Provision]) -> Iterator[str]:
    for made in judged:
        if made.verdict.question:
            yield made.verdict.question
        yield from misdirected(made.verdict, code)
    if not entries:
        yield "Which uses does the code permit in the district? No list of them is in the sources."
    if not any(made.use.time == "proposed" for made in judged):
        yield "What use is proposed?"
