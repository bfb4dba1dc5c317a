"""Steps to approval: for each approval that a matter calls for, the code's own sentences on it."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.computations.documents import called
from quire.graphs.kinds.site_zoning_report.computations.matters import Matter
from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.graphs.kinds.site_zoning_report.computations.statements import Statement, said
from quire.nodes.evidence.content import Claim, claim
from quire.nodes.sources.passage import Reading


class _Step(NamedTuple):
    """An approval."""

    name: str
    needed: str
    """Pattern over ``key|status`` of a matter that calls for it."""
    rules: tuple[tuple[str, ...], ...]
    """For each sentence to quote: the patterns it must match."""
    chapters: tuple[str, ...]
    """Words of the titles of the chapters in which alone the sentences are looked for, the likeliest first."""


_PROCEDURE = r"administ|procedure|approv|permit|enforce"
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
        (r"conditional|special", _PROCEDURE),
    ),
    _Step(
        "Site plan",
        rf"{_DISCRETION}|^standard\.parking\w*\|Nonconforming",
        ((r"\bsite plan\b|development plan", r"\brequired\b|\bshall\b"),),
        (r"site plan|development plan", _PROCEDURE),
    ),
    _Step(
        "Shared or off-site parking",
        r"^standard\.parking\w*\|Nonconforming",
        ((r"\bspaces\b|\bparking\b", r"another lot|off-site|\bshared?\b|\bjoint\b|other than the lot", r"\bmay\b"),),
        (r"parking",),
    ),
    _Step(
        "Variance",
        r"^standard\.(?!use_)[^|]*\|Nonconforming",
        (
            (r"\bvary\b|\bvariances?\b", r"\bmay\b|\bpower\b|\bhearing\b|\bauthori"),
            (r"practical difficult|hardship", r"\bshall\b|\bshows?\b|\bmust\b"),
        ),
        (r"varianc|appeal", _PROCEDURE),
    ),
    _Step(
        "Historic or design review",
        r"appropriateness|design review",
        (
            (r"certificate of appropriateness|design review", r"\bno\b|\bshall\b|\bmust\b"),
            (r"\bdecide|\bwithin \S+(?: \(\d+\))? days\b", r"application"),
        ),
        (r"histor|design|preserv",),
    ),
    _Step("Floodplain permit", r"floor_elevation", ((r"flood", r"\bpermit\b", r"\bno\b|\bshall\b"),), (r"flood",)),
    _Step(
        "Zoning permit and certificate of occupancy",
        r"",
        (
            (
                r"certificate of occupancy|occupancy (?:permit|certificate)|zoning permit",
                r"\bno\b|\bshall\b|\brequired\b",
            ),
        ),
        (_PROCEDURE,),
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
    """Find each sentence in the likeliest chapters that hold it; one that answers twice stands once."""
    seen: set[str] = set()
    for patterns in step.rules:
        found = (statement for words in step.chapters for statement in said(_titled(code, words), *patterns))
        statement = next((whole for whole in found if not whole.text.endswith(":")), None)
        if statement and statement.text not in seen:
            seen.add(statement.text)
            yield statement


def _titled(code: Sequence[Reading], words: str) -> list[Reading]:
    return [reading for reading in code if re.search(words, called(reading), re.IGNORECASE)]


def _quoted(step: _Step, quoted: Sequence[Statement]) -> Claim:
    sentences = [f"{_place(statement)}{statement.text}" for statement in quoted]
    return claim(f"{step.name}. {' '.join(sentences)}", "source", *(s.evidence for s in quoted))


def _place(statement: Statement) -> str:
    number = statement.passage.get("section", "")
    return f"Section {number}: " if number else ""
