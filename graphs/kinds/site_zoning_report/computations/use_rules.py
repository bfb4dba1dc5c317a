"""Rules that attach to a use: the sections its entry refers to, standards for its kind, and what unlisted uses are."""

import re
from collections.abc import Iterator, Sequence

from quire.graphs.kinds.site_zoning_report.computations.applicable import Applicable
from quire.graphs.kinds.site_zoning_report.computations.matching import CLEAR, TOUCHED, fit, related
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision
from quire.graphs.kinds.site_zoning_report.computations.site_uses import SiteUse
from quire.graphs.kinds.site_zoning_report.computations.use_list import UseEntry
from quire.graphs.kinds.site_zoning_report.computations.use_verdict import Verdict
from quire.nodes.sources.sentences import sentences

_UNLISTED = re.compile(
    r"\bnot\s+(?:specifically\s+|expressly\s+)?listed\b|\ball\s+other\s+uses\b|\bonly\s+(?:the|for)\b[^.]*\buses\b|\bused\b[^.]*\bonly\b",
    re.IGNORECASE,
)
_STANDARDS = re.compile(r"\b(?:standards|regulations|requirements|conditions)\b", re.IGNORECASE)
_MEETS = re.compile(r"\bshall\s+(?:meet|comply|conform|be\s+developed)\b", re.IGNORECASE)
_MOST = 12


def attached(use: SiteUse, verdict: Verdict, applied: Applicable, code: Sequence[Provision]) -> list[Provision]:
    """Find the provisions a use must meet because of what it is."""
    found = [p for section in verdict.regulated for p in _under(section, code)]
    for provision in applied.own:
        if provision.passage["kind"] == "text" and _MEETS.search(provision.text) and _is_for(use, provision):
            found += _under(provision.section, applied.own) if provision.section else [provision]
    kept = {id(p): p for p in found if p.passage["kind"] == "text"}
    return list(kept.values())[:_MOST]


def _is_for(use: SiteUse, provision: Provision) -> bool:
    about = any(_STANDARDS.search(title) for title in provision.titles)
    return about and fit(use.name, provision.text.split(" shall ")[0]) >= CLEAR


def _under(section: str, code: Sequence[Provision]) -> list[Provision]:
    return [p for p in code if p.section == section or p.section.startswith(f"{section}(")]


def bearing(use: SiteUse, applied: Applicable, entries: Sequence[UseEntry]) -> list[Provision]:
    """Find rules of the district that speak of what an unmatched use does: of ``baking`` for a bakery."""
    listed = {id(entry.provision) for entry in entries}
    return [
        p
        for p in applied.own
        if p.passage["kind"] == "text" and id(p) not in listed and "shall" in p.text and related(use.name, p.text)
    ][:_MOST]


def misdirected(verdict: Verdict, code: Sequence[Provision]) -> Iterator[str]:
    """Ask about references that lead nowhere, or to another subject while the right one stands nearby."""
    for entry in verdict.entries if verdict.standing != "Indeterminate" else ():
        for section in verdict.regulated:
            found = _under(section, code)
            named = entry.text.split(".")[0]
            if found and fit(named, found[0].text.split(".")[0]) >= TOUCHED:
                continue
            near = next((p for p in _siblings(section, code) if fit(named, p.text.split(".")[0]) >= CLEAR), None)
            leads = f"begins “{found[0].text.split('.')[0]}”" if found else "is not in the sources"
            if near:
                yield (
                    f"{entry.provision.where} refers to Section {section}, which {leads}; Section {near.section} begins"
                    f" “{near.text.split('.')[0]}”. Which one is meant?"
                )
            elif not found:
                yield f"{entry.provision.where} refers to Section {section}, which {leads}. What does it require?"


def redirected(verdict: Verdict, code: Sequence[Provision]) -> list[Provision]:
    """Give the provisions that a wrong reference most likely means, to be quoted beside the question."""
    found: list[Provision] = []
    for entry in verdict.entries if verdict.standing != "Indeterminate" else ():
        named = entry.text.split(".")[0]
        for section in verdict.regulated:
            here = _under(section, code)
            if not (here and fit(named, here[0].text.split(".")[0]) >= TOUCHED):
                near = [p for p in _siblings(section, code) if fit(named, p.text.split(".")[0]) >= CLEAR]
                found += [p for near_one in near[:1] for p in _under(near_one.section, code)]
    return [p for p in found if p.passage["kind"] == "text"][:_MOST]


def _siblings(section: str, code: Sequence[Provision]) -> Iterator[Provision]:
    base = section.split("(", 1)[0]
    return (
        p for p in code if p.base == base and p.section.count("(") == section.count("(") and p.passage["kind"] == "text"
    )


def on_unlisted(applied: Applicable, code: Sequence[Provision]) -> list[tuple[Provision, str]]:
    """Find what the code says of uses that it does not list, the district's own words first."""
    found: list[tuple[Provision, str]] = []
    for provision in [*applied.own, *(p for p in code if p.titles)]:
        if provision.passage["kind"] != "text" or any(known is provision for known, _ in found):
            continue
        words = next(
            (s for s in sentences(provision.text) if _UNLISTED.search(s) and re.search(r"(?i)\buses?\b", s)), ""
        )
        general = re.search(r"(?i)not\s+(?:specifically\s+|expressly\s+)?listed", words)
        if words and (general or any(provision is own for own in applied.own)):
            found.append((provision, words))
    return found[:2]
