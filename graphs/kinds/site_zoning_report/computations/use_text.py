"""The words of the section on uses: how each is treated, the deciding entries, and the whole range of uses."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.computations.applicable import Applicable
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision, places
from quire.graphs.kinds.site_zoning_report.computations.quoting import quotation
from quire.graphs.kinds.site_zoning_report.computations.site_uses import SiteUse
from quire.graphs.kinds.site_zoning_report.computations.sited import Sited
from quire.graphs.kinds.site_zoning_report.computations.use_list import UseEntry
from quire.graphs.kinds.site_zoning_report.computations.use_rules import attached, bearing, on_unlisted, redirected
from quire.graphs.kinds.site_zoning_report.computations.use_verdict import Verdict
from quire.nodes.computations.blocks import capitalized, heading, listed, listing, table
from quire.nodes.evidence.content import Block, Claim, claim

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
TREATMENTS = {
    "P": "P: permitted by right",
    "C": "C: conditional",
    "A": "P: permitted as accessory",
    "X": "X: prohibited",
}
_NO_USE = "Neither the brief nor a record of the site names its {} use."


class Judged(NamedTuple):
    """A use of the site, or a part of its description, with its verdict."""

    use: SiteUse
    name: str
    """The use, or the part of it that was judged."""
    verdict: Verdict


def told(judged: Sequence[Judged], found: Sited) -> Iterator[Claim]:
    """Say how each use is treated, the proposed one first."""
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


def unnamed(judged: Sequence[Judged]) -> Iterator[Claim]:
    """Say which use nobody names."""
    for time in ("existing", "proposed"):
        if not any(made.use.time == time for made in judged):
            yield claim(_NO_USE.format(time), "open")


def uses_of_site(judged: Sequence[Judged]) -> list[Block]:
    """Set the uses of the site out with treatment and status."""
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


def quoted(judged: Sequence[Judged]) -> list[Block]:
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


def standards_attached(
    judged: Sequence[Judged], applied: Applicable, code: Sequence[Provision], entries: Sequence[UseEntry]
) -> Iterator[Block]:
    """List the rules that a proposed use must meet, or that may bear on it."""
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


def on_other_uses(applied: Applicable, code: Sequence[Provision]) -> Iterator[Block]:
    """Quote what the code says of uses that it does not list."""
    found = on_unlisted(applied, code)
    if found:
        yield heading("Uses that are not listed")
        yield from (quotation(provision, words) for provision, words in found)


def range_of_uses(entries: Sequence[UseEntry], found: Sited) -> Iterator[Block]:
    """Set out every use that the district lists."""
    if entries and found.district:
        rows = [
            [
                claim(entry.text, "source", entry.evidence),
                claim(entry.group or "", "fixed"),
                claim(
                    TREATMENTS[entry.standing],
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
