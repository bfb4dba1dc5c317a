"""Steps to approval: for each approval that a matter calls for, the code's own sentences on it."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nodes.computations.zoning.documents import called
from nodes.computations.zoning.matters import Matter
from nodes.computations.zoning.roles import with_role
from nodes.computations.zoning.statements import Statement, first_said
from nodes.content import Claim, claim
from nodes.sources.passage import Reading


class _Step(NamedTuple):
    """An approval."""

    name: str
    needed: str
    """Pattern over ``key|status`` of a matter that calls for it."""
    rules: tuple[tuple[str, ...], ...]
    """For each sentence to quote: the patterns it must match."""
    chapter: str = ""
    """Words of the chapter's title in which alone the sentences are looked for."""


_DISCRETION = r"Conforming subject to .*(?:conditional|special)"
_STEPS = (
    _Step(
        "Conditional use approval",
        _DISCRETION,
        (
            (r"conditional uses?\b|special (?:uses?|exceptions?|permits?)\b", r"\bhearing\b|\bdecides?\b|\breviews?\b"),
            (r"\bfinds?\b", r"conditional use|special (?:use|exception)"),
            (r"\bapproval\b|\bpermit\b|conditional use", r"\blapses?\b|\bexpires?\b|null and void"),
        ),
        r"administ|approv|procedure|conditional|special|permit",
    ),
    _Step(
        "Site plan",
        rf"{_DISCRETION}|^standard\.parking\w*\|Nonconforming",
        ((r"\bsite plan\b|development plan", r"\brequired\b|\bshall\b"),),
        r"administ|approv|procedure|site plan|permit",
    ),
    _Step(
        "Shared or off-site parking",
        r"^standard\.parking\w*\|Nonconforming",
        ((r"\bspaces\b|\bparking\b", r"another lot|off-site|\bshared?\b|\bjoint\b|other than the lot", r"\bmay\b"),),
        r"parking",
    ),
    _Step(
        "Variance",
        r"^standard\.(?!use_)[^|]*\|Nonconforming",
        (
            (r"\bvary\b|\bvariances?\b", r"\bmay\b|\bpower\b|\bhearing\b|\bauthori"),
            (r"practical difficult|hardship", r"\bshall\b|\bshows?\b|\bmust\b"),
        ),
        r"administ|appeal|varianc|approv|procedure",
    ),
    _Step(
        "Historic or design review",
        r"appropriateness|design review",
        (
            (r"certificate of appropriateness|design review", r"\bno\b|\bshall\b|\bmust\b"),
            (r"\bdecide|\bwithin \S+(?: \(\d+\))? days\b", r"application"),
        ),
        r"histor|design|preserv",
    ),
    _Step("Floodplain permit", r"floor_elevation", ((r"flood", r"\bpermit\b", r"\bno\b|\bshall\b"),), r"flood"),
    _Step(
        "Zoning permit and certificate of occupancy",
        r"",
        (
            (
                r"certificate of occupancy|occupancy (?:permit|certificate)|zoning permit",
                r"\bno\b|\bshall\b|\brequired\b",
            ),
        ),
        r"administ|enforce|permit|approv",
    ),
)


def steps_to_approval(readings: Sequence[Reading], found: Sequence[Matter]) -> list[Claim]:
    """Quote who decides what, and on which showing, for each approval that is called for and the code describes."""
    called_for = [f"{matter.key}|{matter.status}" for matter in found]
    code = with_role(readings, "zoning code")
    return [
        _quoted(step, quoted)
        for step in _STEPS
        if not step.needed or any(re.search(step.needed, words) for words in called_for)
        if (quoted := list(_sentences(step, code)))
    ]


def _sentences(step: _Step, code: Sequence[Reading]) -> Iterator[Statement]:
    chapters = [reading for reading in code if re.search(step.chapter, called(reading), re.IGNORECASE)]
    told = [first_said(chapters, *patterns) for patterns in step.rules]
    seen: set[str] = set()
    for statement in told:
        if statement and statement.text not in seen:
            seen.add(statement.text)
            yield statement


def _quoted(step: _Step, quoted: Sequence[Statement]) -> Claim:
    sentences = [f"{_place(statement)}{statement.text}" for statement in quoted]
    return claim(f"{step.name}. {' '.join(sentences)}", "source", *(s.evidence for s in quoted))


def _place(statement: Statement) -> str:
    number = statement.passage.get("section", "")
    return f"Section {number}: " if number else ""
