"""A shortage of parking or planting: the paragraphs that bear on it, and the one that governs on a change of use."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from quire.graphs.kinds.site_zoning_report.computations.clauses import Clause
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision, places
from quire.graphs.kinds.site_zoning_report.computations.site_uses import SiteUse, parts_of
from quire.nodes.computations.blocks import listed
from quire.nodes.evidence.content import Claim, Evidence, claim
from quire.nodes.sources.sentences import sentences

PARKING: Final = re.compile(r"\bparking\b|\bloading\b", re.IGNORECASE)
_LANDSCAPING = re.compile(r"\blandscap\w*|\bplant(?:s|ed|ing)\b|\bbuffers?\b|\bscreen(?:s|ing)\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"\bchang\w*\s+(?:of|in|to)\s+(?:the\s+|its\s+|an?\s+|another\s+)?(?:\w+\s+)?(?:use|occupancy)\b"
    r"|\b(?:use|occupancy)\b[^.;]{0,60}\bchanged\b|\bnew\s+use\b",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\bparking\b|\bspaces\b", re.IGNORECASE)
_BINDS = re.compile(r"\bshall\b|\bmust\b|\brequired\b", re.IGNORECASE)
_NOT_READ = "No paragraph on what a change of use requires of parking could be read in the sources."


class Change(NamedTuple):
    """The proposed use and the uses of today, of which it is none."""

    proposed: str
    existing: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def change_of_use(uses: Sequence[SiteUse]) -> Change | None:
    """Find a proposed use that is none of the uses of today; nothing if either is not known."""
    existing = [use for use in uses if use.time == "existing"]
    today = {part.casefold() for use in existing for part in (use.name, *parts_of(use.name))}
    for use in uses:
        if use.time == "proposed" and existing and use.name.casefold() not in today:
            return Change(use.name, tuple(e.name for e in existing), (use.evidence, *(e.evidence for e in existing)))
    return None


def bearing(found: Sequence[Clause], words: re.Pattern[str]) -> list[Provision]:
    """Keep the paragraphs that speak of something themselves or stand under a title that does."""
    return [
        one.provision
        for one in found
        if words.search(one.provision.text) or any(words.search(title) for title in one.provision.titles[1:])
    ]


def on_landscaping(found: Sequence[Clause]) -> list[Provision]:
    """Keep the paragraphs on planting and screening, without those that are on parking spaces alone."""
    both = bearing(found, _LANDSCAPING)
    return [p for p in both if _LANDSCAPING.search(p.text) or not _SPACES.search(p.text)]


def on_change(code: Sequence[Provision], clauses: Sequence[Provision]) -> list[Provision]:
    """Find what binds when a use is changed: among the clauses, else in the code's chapters on parking."""
    chapters = (p for p in code if p.passage["kind"] == "text" and any(PARKING.search(t) for t in p.titles))
    return [p for p in clauses if _governing(p)] or [p for p in chapters if _governing(p)]


def _governing(provision: Provision) -> str:
    """Give the sentence of a provision that binds on a change of use."""
    return next((s for s in sentences(provision.text) if _CHANGE.search(s) and _BINDS.search(s)), "")


def parking_shortage(code: Sequence[Provision], found: Sequence[Clause], change: Change | None) -> Iterator[Claim]:
    """Say which paragraph governs a shortage of parking: the one on changes of use, if the use changes."""
    clauses = bearing(found, PARKING)
    governing = on_change(code, clauses)
    if change is None:
        if clauses:
            text = f"A shortage of parking is governed by {places(clauses)}, quoted below."
            yield claim(text, "computed", *(p.evidence() for p in clauses), how="the clauses on nonconforming parking")
        return
    if not governing:
        yield claim(_NOT_READ, "open")
        return
    today = listed([f"“{name}”" for name in change.existing])
    differs = f"the proposed use, “{change.proposed}”, is not a use of today ({today})"
    quoted = listed([f"“{_governing(p)}” ({p.where})" for p in governing])
    text = f"A shortage of parking is governed here by what the code says of a change of use, since {differs}: {quoted}"
    yield claim(text, "computed", *(p.evidence(_governing(p)) for p in governing), *change.evidence, how=differs)
    if others := [p for p in clauses if p not in governing]:
        text = f"{places(others)}, quoted below, {'is' if len(others) == 1 else 'are'} to be read beside it."
        yield claim(text, "computed", *(p.evidence() for p in others), how=differs)


def landscaping_shortage(found: Sequence[Clause]) -> Iterator[Claim]:
    """Say which paragraphs are on planting and screening that fall short."""
    if clauses := on_landscaping(found):
        text = f"What may become of planting or screening that falls short is said in {places(clauses)}, quoted below."
        yield claim(text, "computed", *(p.evidence() for p in clauses), how="the clauses on nonconforming landscaping")


def shortage_questions(code: Sequence[Provision], found: Sequence[Clause], change: Change | None) -> Iterator[str]:
    """Ask what decides whether the paragraph on changes of use requires spaces."""
    if change is None:
        return
    governing = on_change(code, bearing(found, PARKING))
    if not governing:
        yield "What does the code require of parking when a use is changed?"
    elif any(re.search(r"\bmore\b", _governing(p)) for p in governing):
        yield (
            f"Does “{change.proposed}” require more parking spaces than the use it takes the place of"
            f" ({places(governing)})?"
        )
