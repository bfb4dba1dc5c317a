"""How a code treats a use: permitted, conditional, prohibited, or not to be told, with the entries that decide."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quire.graphs.kinds.site_zoning_report.computations.matching import CLEAR, KINDRED, TOUCHED, excluded_in, fit
from quire.graphs.kinds.site_zoning_report.computations.site_uses import SiteUse, parts_of
from quire.graphs.kinds.site_zoning_report.computations.statuses import (
    CONFORMING,
    CONFORMING_SUBJECT_TO,
    INDETERMINATE,
    NONCONFORMING,
)
from quire.graphs.kinds.site_zoning_report.computations.use_limits import held
from quire.graphs.kinds.site_zoning_report.computations.use_list import UseEntry

_REGULATED = re.compile(
    r"\bas\s+regulated\s+(?:in|by)\s+(?:Sections?|§+)\s*(?P<section>\d[\w.-]*(?:\([\w]+\))*)", re.IGNORECASE
)
_MOST = 4
"""Candidates that are quoted for a use that matches none."""


@dataclass(frozen=True)
class Verdict:
    """What the list of uses says of a use."""

    standing: str
    """``Permitted``, ``Conditional``, ``Accessory``, ``Prohibited`` or ``Indeterminate``."""
    status: str
    how: str
    entries: tuple[UseEntry, ...]
    """The entry that decides, or the candidates."""
    regulated: tuple[str, ...] = ()
    """Sections that the entry makes the use subject to."""
    question: str = ""


def judge(use: SiteUse, entries: Sequence[UseEntry]) -> Verdict:
    """Judge a use by the entries of its district.

    Decided is only what an entry names; a use that merely resembles entries is indeterminate, with these as candidates.
    """
    weighed = [(fit(use.name, entry.text), entry) for entry in entries]
    best = max((weight for weight, _ in weighed), default=0.0)
    if best >= CLEAR:
        return _matched(use, [entry for weight, entry in weighed if weight == best], entries)
    excluded = [e for e in entries if e.standing != "X" and fit(use.name, excluded_in(e.text)) >= CLEAR]
    if excluded:
        how = f"{excluded[0].provision.where} leaves it out: “{excluded_in(excluded[0].text)}”"
        return Verdict("Prohibited", NONCONFORMING, how, tuple(excluded))
    ranked = sorted((pair for pair in weighed if pair[0] >= KINDRED), key=lambda pair: -pair[0])
    return _unmatched(use, [entry for _, entry in ranked[:_MOST]])


def _matched(use: SiteUse, matching: list[UseEntry], entries: Sequence[UseEntry]) -> Verdict:
    limits = [(entry, held(entry.text, use.figures)) for entry in matching]
    kept = [(entry, limit) for entry, limit in limits if limit is None or limit.kept is not False]
    standings = {entry.standing for entry, _ in kept} - ({"A"} if any(e.standing != "A" for e, _ in kept) else set())
    if not kept or len(standings) != 1:
        unknown = next((limit for _, limit in limits if limit and limit.kept is None), None)
        question = f"How many {unknown.key.replace('_', ' ')} does the use “{use.name}” have?" if unknown else ""
        how = "the entries that name the use differ in their standing"
        return Verdict("Indeterminate", INDETERMINATE, how, tuple(matching), question=question or _ask(use))
    entry, limit = next((e, lim) for e, lim in kept if e.standing in standings)
    forbidden = next((e for e in entries if e.standing == "X" and _adds(use, e)), None)
    if forbidden and entry.standing != "X":
        how = f"“{entry.text}” names it, but “{forbidden.text}” is prohibited"
        return Verdict("Indeterminate", INDETERMINATE, how, (entry, forbidden), question=_ask(use))
    how = f"named in {entry.provision.where}: “{entry.text}”" + (f"; {limit.how}" if limit else "")
    regulated = tuple(dict.fromkeys(found["section"] for found in _REGULATED.finditer(entry.text)))
    return _decided(entry, how, regulated)


def _adds(use: SiteUse, forbidden: UseEntry) -> bool:
    """Say whether what a use is ``with`` is prohibited by itself: ``Restaurant with drive-through``."""
    extra = re.split(r"\bwith\b|\band\b", use.name, maxsplit=1)[1:]
    return any(fit(words, forbidden.text) >= TOUCHED for words in extra)


def _decided(entry: UseEntry, how: str, regulated: tuple[str, ...]) -> Verdict:
    if entry.standing == "X":
        return Verdict("Prohibited", NONCONFORMING, how, (entry,))
    if entry.standing == "C":
        return Verdict("Conditional", f"{CONFORMING_SUBJECT_TO} conditional use approval", how, (entry,), regulated)
    standing = "Accessory" if entry.standing == "A" else "Permitted"
    if regulated:
        named = " and ".join(f"Section {section}" for section in regulated)
        return Verdict(standing, f"{CONFORMING_SUBJECT_TO} {named}", how, (entry,), regulated)
    return Verdict(standing, CONFORMING, how, (entry,))


def _unmatched(use: SiteUse, candidates: list[UseEntry]) -> Verdict:
    how = "no entry of the list names it" + ("; the nearest entries are quoted" if candidates else "")
    return Verdict("Indeterminate", INDETERMINATE, how, tuple(candidates), question=_ask(use))


def _ask(use: SiteUse) -> str:
    return f"Under which listed use does the zoning administrator class “{use.name}”?"


def judge_parts(use: SiteUse, entries: Sequence[UseEntry]) -> list[tuple[str, Verdict]]:
    """Judge a use as a whole, or its parts where the whole is a description of several uses."""
    whole = judge(use, entries)
    parts = parts_of(use.name)
    if whole.standing != "Indeterminate" or use.time == "proposed" or len(parts) == 1:
        return [(use.name, whole)]
    return [(part, judge(SiteUse(part, use.time, use.evidence), entries)) for part in parts]
