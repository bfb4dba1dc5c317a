"""What is said of a figure: that it stands there, in that unit, at least or at most, and as the number of what."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from quire.nodes.evidence.content import Evidence
from quire.nodes.evidence.figures.comparators import titled
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.disguises import numerals_unread
from quire.nodes.support.derived import could_follow, follows, is_rounded
from quire.nodes.support.matching import Match, Objection
from quire.nodes.support.quantities import unit_in_base
from quire.nodes.support.segments import Segment, figures_like, has
from quire.nodes.support.tokens import Token

_MOST_COUNTED: Final = 60


def missing_figures(
    text: str, tokens: Sequence[Token], segments: Sequence[Segment], counts: frozenset[int]
) -> Iterator[Objection]:
    """Object to figures that stand nowhere in the evidence and do not count what is listed there."""
    for token in tokens:
        stands = any(has(segment, token, text) for segment in segments)
        if not is_number(token) or (stands and not _is_of_another(token, tokens, segments)):
            continue
        if is_count(token, counts) and not _told_otherwise(token, tokens, segments):
            continue
        if is_worked_out(token, tokens, segments, text):
            continue
        final = not stands and not _spelled(token) and not is_rounded(token, text) and not could_follow(token, segments)
        other = _other_of_its_kind(token, tokens, segments)
        if other:
            segment, found = other
            reason = f"{segment.name} says {found.text}, the sentence {token.text}"
            yield Objection("figure", "insufficient", reason, segment.text, final=final)
        else:
            reason = f"{token.text} stands in none of the evidence"
            yield Objection("figure", "insufficient", reason, final=final)


def is_worked_out(token: Token, tokens: Sequence[Token], segments: Sequence[Segment], text: str) -> bool:
    """Whether a figure follows from those of the evidence, which gives no other number of the same few things."""
    counted = is_few(token) and _told_otherwise(token, tokens, segments)
    return not counted and follows(token, segments, text)


def unread(text: str, segments: Sequence[Segment], convention: Convention) -> Iterator[Objection]:
    """Object to words that state a number nobody can compare (``XLV``), unless they stand there as they are."""
    given = " ".join(f"{one.text} {one.titles}" for one in segments).casefold()
    for word in numerals_unread(text, convention):
        if word.casefold() not in given:
            yield Objection(
                "figure",
                "insufficient",
                f"“{word}” stands in none of the evidence",
                final=any(sign.isdigit() for sign in word),
            )


def _is_of_another(token: Token, tokens: Sequence[Token], segments: Sequence[Segment]) -> bool:
    """Whether the evidence gives another number of the same things, and this one only of others: ``5 feet``."""
    head = _head(token, tokens)
    own = [
        _head(found, segment.tokens)
        for segment in segments
        for found in segment.tokens
        if is_number(found) and found.key == token.key
    ]
    return is_few(token) and bool(own) and head not in own and _told_otherwise(token, tokens, segments)


def _told_otherwise(token: Token, tokens: Sequence[Token], segments: Sequence[Segment]) -> bool:
    """Whether the evidence gives another number of the same things."""
    head = _head(token, tokens)
    return bool(head) and any(
        is_number(found) and found.key != token.key and _head(found, segment.tokens) == head
        for segment in segments
        for found in segment.tokens
    )


def _head(token: Token, tokens: Sequence[Token]) -> str:
    at = tokens.index(token)
    return next((after.key for after in tokens[at + 1 : at + 4] if after.content), "")


_FEW: Final = 12


def is_few(token: Token) -> bool:
    """Whether a bare number is so small that some two others nearly always come to it."""
    number = token.key.removeprefix("#")
    return (token.figure is None or not token.figure.unit) and number.isdigit() and int(number) <= _FEW


def _spelled(token: Token) -> bool:
    """Whether a number is written in letters: it may count something that no list shows."""
    return not any(sign.isdigit() for sign in token.text)


def _other_of_its_kind(
    token: Token, tokens: Sequence[Token], segments: Sequence[Segment]
) -> tuple[Segment, Token] | None:
    figure = token.figure
    ours = {one.key for one in tokens if one.content}
    best = [
        (len(ours & segment.keys), segment, found)
        for segment in segments
        for found in segment.tokens
        if found.figure and figure and found.figure.kind == figure.kind and found.key not in ours
    ]
    if not best:
        return None
    _, segment, found = max(best, key=lambda one: one[0])
    return segment, found


def is_count(token: Token, counts: frozenset[int]) -> bool:
    """Whether a number is how many things are listed."""
    figure = token.figure
    plain = figure is None or (figure.kind in ("number", "quantity") and not token.comparator)
    number = token.key.removeprefix("#")
    return plain and is_number(token) and number.isdigit() and int(number) in counts


def is_number(token: Token) -> bool:
    """Whether it is a figure, or a numeral that counts something."""
    return token.figure is not None or token.key.startswith("#")


_LISTED = re.compile(r"(?:\bare\b|\bnamely\b|\bsind\b|:)\s*([^.;:]+)")
_ITEMS = re.compile(r"\s*,\s*(?:and\s+|or\s+|und\s+|oder\s+)?|\s+(?:and|or|und|oder)\s+")


def counts_of(text: str, evidence: Sequence[Evidence]) -> frozenset[int]:
    """Give how many things the evidence lists: passages, those of one label or header, sources, items of a list."""
    found = {len(evidence), len({one["source"] for one in evidence})}
    for field in ("label", "header", "heading"):
        values = [str(one.get(field, "")) for one in evidence]
        found |= {values.count(value) for value in values if value}
    for said in (text, *(one["quote"] for one in evidence)):
        for listed in _LISTED.findall(said):
            found.add(len([item for item in _ITEMS.split(listed) if item.strip()]))
        found.add(len([line for line in said.splitlines() if line.strip()]))
        found |= {said.count(";") + 1}
    return frozenset(number for number in found if 1 < number <= _MOST_COUNTED)


def may_count_what_is_listed(
    token: Token, tokens: Sequence[Token], segments: Sequence[Segment], text: str, evidence: Sequence[Evidence]
) -> bool:
    """Whether a small number may count some of what the evidence lists, which gives no other number of it.

    ``Three of the four days were in July``: how many of them are so takes a reader.
    """
    figure = token.figure
    if figure is None or not isinstance(figure.value, Decimal) or not 1 < figure.value <= _FEW or token.comparator:
        return False
    if figure.kind not in ("number", "quantity") or unit_in_base(figure.unit).measure or figure.per:
        return False
    sentences = (part for one in evidence for part in re.split(r"[.;:\n]", one["quote"]))
    labelled = (sum(len(_ITEMS.split(said)) for said in _LISTED.findall(one["quote"])) for one in evidence)
    lists = (len(_ITEMS.split(part.strip())) for part in sentences)
    most = max([*counts_of(text, evidence), *lists, *labelled], default=0)
    return figure.value <= most and not _told_otherwise(token, tokens, segments)


def other_unit(match: Match) -> Iterator[Objection]:
    """Object to a number that stands in the evidence only with another unit."""
    segment = match.segment
    for token in match.clause:
        if token.figure is None or token not in match.missing:
            continue
        same = [t for t in segment.tokens if t.figure and t.key == token.key and t.figure.unit != token.figure.unit]
        if same:
            reason = f"{segment.name} says {same[0].text}, the sentence {token.text}"
            yield Objection("unit", "contradicted", reason, segment.text)


def _shared(token: Token, segment: Segment) -> bool:
    """Whether the sign stands before the first of several figures of one unit: ``at most 2 % here and 4 % there``."""
    unit = token.figure.unit if token.figure else ""
    same = [one for one in segment.tokens if one.figure is not None and one.figure.unit == unit]
    return bool(unit) and not segment.row and len(same) > 1 and same[0].comparator == token.comparator


_MEANS: Final[dict[str, frozenset[str]]] = {
    ">=": frozenset({"requir", "need", "minimum", "mindest", "erforder"}),
    "<=": frozenset({"limit", "maximum", "cap", "ceil", "höchst", "grenz"}),
}


_WITHIN: Final = re.compile(r"\b(?:within|innerhalb(?: von)?|binnen)\s+(?:the\s+)?$", re.IGNORECASE)
"""What bounds a time no further than the bare number does."""


BEYOND: Final = "beyond the bound"
"""The rule of an objection to a bound whose other side the passage speaks of too: a reader tells which one is meant."""
_BEYOND: Final = re.compile(
    r"\b(?:below|under|above|over|beyond|beneath)\s+(?:that|this|it|which)\b|\b(?:darunter|darüber)\b", re.IGNORECASE
)
"""What says of the other side of a bound: ``at least 120; below that it costs more``."""


def _on_both_sides(segment: Segment) -> bool:
    """Whether a passage says what holds on either side of its bound."""
    return bool(_BEYOND.search(" ".join(token.text for token in segment.sentence or segment.tokens)))


def other_comparator(match: Match) -> Iterator[Objection]:
    """Object to "at least" where the evidence says "at most", or says it of another number of the row."""
    segment = match.segment
    for token in match.clause:
        if token.figure is None or not token.comparator:
            continue
        alike = [
            (cell, one)
            for cell in (segment.cells or (segment,))
            for one in figures_like(cell, token, match.text)
            if one not in cell.around  # the date of a source bounds nothing
        ]
        told = [one.comparator or titled(cell.titles, match.lexicon.language) for cell, one in alike]
        if not alike or token.comparator in told or _shared(token, segment):
            continue
        if not any(told) and _WITHIN.search(match.text[: token.start]):
            continue
        implied = any(key in segment.keys for key in _MEANS.get(token.comparator, ()))
        if any(told) or not implied:
            shown = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than", "": "just"}
            reason = f"{segment.name} says {shown[told[0]]} {alike[0][1].text}, the sentence {shown[token.comparator]}"
            rule = BEYOND if _on_both_sides(segment) else "comparator"
            yield Objection(rule, "contradicted", reason, segment.text)
