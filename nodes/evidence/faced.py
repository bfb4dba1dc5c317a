"""Persons' words whose evidence says something else now: what it said then, and what stands there now. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from quire.nodes.evidence.claims import in_blocks
from quire.nodes.evidence.content import Claim, Evidence, SectionContent
from quire.nodes.evidence.refreshing import Gone, placed_anew
from quire.nodes.sources.passage import Passage, Reading

ALIKE = 0.3
"""Share of words that two passages have in common at least, if one is the other in a later version."""
_WORD = re.compile(r"\w+")


def faced(content: SectionContent, readings: Sequence[Reading]) -> SectionContent:
    """Set persons' words beside what their evidence says now, where that is something else than it said then."""
    read = {reading["source"]: reading for reading in readings}
    return in_blocks(content, lambda made: _faced(made, read) if "person" in made else made)


def _faced(made: Claim, read: Mapping[str, Reading]) -> Claim:
    evidence: list[Evidence] = []
    then: list[str] = []
    now: list[str] = []
    for one in made["evidence"]:
        try:
            evidence.append(placed_anew(one, read))
        except Gone:
            then.append(one["quote"])
            if (passage := _alike(one, read.get(one["source"]))) is not None:
                now.append(passage["text"])
                evidence.append(_quoting(passage, one, read[one["source"]]))
    if not then:
        return {**made, "evidence": evidence}
    person: dict[str, Any] = {**made["person"], "then": " ".join(then), "now": " ".join(now)}
    return Claim(**{**made, "evidence": evidence, "person": person})  # type: ignore[typeddict-item]


def _alike(evidence: Evidence, reading: Reading | None) -> Passage | None:
    """Find the passage that a quotation has become: the one that shares most of its words."""
    passages = [p for p in reading["passages"] if p["kind"] != "heading"] if reading else []
    shares = [
        (_share(evidence["quote"], p["text"]), p["address"] == evidence["address"], -n, p)
        for n, p in enumerate(passages)
    ]
    best = max(shares, key=lambda each: each[:3], default=None)
    return best[3] if best and best[0] >= ALIKE else None


def _share(one: str, other: str) -> float:
    ours, theirs = set(_WORD.findall(one.casefold())), set(_WORD.findall(other.casefold()))
    return len(ours & theirs) / max(len(ours | theirs), 1)


def _quoting(passage: Passage, before: Evidence, reading: Reading) -> Evidence:
    return {**before, "quote": passage["text"], "address": passage["address"], "hash": reading["hash"]}
