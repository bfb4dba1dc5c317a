"""What a claim adds to its evidence or leaves out of it: names, causes, ends, conditions."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from quire.nodes.support.lexicon import Lexicon
from quire.nodes.support.matching import Match, Objection
from quire.nodes.support.segments import Segment, has, named_keys
from quire.nodes.support.tokens import Token, content_of

_LAST: Final = 3
_OPENING: Final = 4


def missing_names(tokens: Sequence[Token], segments: Sequence[Segment]) -> Iterator[Objection]:
    """Object to names and codes that stand nowhere in the evidence."""
    known = named_keys(segments)
    initials = {one for segment in segments for one in _initials(segment.tokens)}
    given = " ".join(f"{segment.text} {segment.titles}" for segment in segments).casefold()
    where = _places(segments)
    for token in tokens:
        if not token.named or token.key in known or token.text.casefold() in given:
            continue
        if token.text.isupper() and token.text.casefold() in initials:
            continue
        yield Objection(
            "name", "insufficient", f"nothing in {where} speaks of “{token.text}”", final=token.kind == "code"
        )


def _places(segments: Sequence[Segment]) -> str:
    return ", ".join(dict.fromkeys(segment.name for segment in segments)) or "the evidence"


def _initials(tokens: Sequence[Token]) -> Iterator[str]:
    """Give what runs of words are abbreviated to: ``service level agreement`` is ``sla``."""
    letters = [token.text[0].casefold() for token in content_of(list(tokens)) if token.text]
    for size in (2, 3, 4, 5):
        yield from ("".join(letters[n : n + size]) for n in range(len(letters) - size + 1))


def added_causes(text: str, match: Match, segments: Sequence[Segment]) -> Iterator[Objection]:
    """Object to a cause of which the evidence says less than half, or that it does not call a cause."""
    known = named_keys(segments)
    for cause in match.lexicon.causes:
        found = re.search(rf"\b{cause}\b", text, re.IGNORECASE)
        behind = [t for t in content_of(match.clause) if found and t.start >= found.end()]
        if not found or not behind or not any(t.start <= found.start() for t in match.clause):
            continue
        missing = [t for t in behind if t.figure is None and t.key not in known]
        if missing and len(missing) * 2 >= len(behind):
            reason = f"{match.segment.name} names no such cause: “{text[found.start() :].strip(' .')}”"
            yield Objection("cause", "insufficient", reason, match.segment.text)
        return


def foreign_end(match: Match, segments: Sequence[Segment]) -> Iterator[Objection]:
    """Object where the last words of a clause stand nowhere in the evidence."""
    known = named_keys(segments)
    last = [token for token in content_of(match.clause) if token.key not in match.lexicon.reporting][-_LAST:]
    if len(last) == _LAST and all(token in match.missing and token.key not in known for token in last):
        said = " ".join(token.text for token in last)
        yield Objection(
            "tail", "insufficient", f"nothing in {match.segment.name} speaks of “{said}”", match.segment.text
        )


def borrowed_end(match: Match, segments: Sequence[Segment]) -> Iterator[Objection]:
    """Object where a clause copies one sentence and ends as another one does."""
    content = content_of(match.clause)
    bare = match.segment._replace(around=())
    foreign = [not has(bare, token, match.text) for token in content]
    tail = next((n for n, one in enumerate(reversed(foreign)) if not one), len(foreign))
    if match.segment.row or not 1 < tail <= len(content) // 2 or any(foreign[: len(content) - tail]):
        return
    end = content[-tail:]
    for other in segments:
        if other.text != match.segment.text and not other.row and all(has(other, token, match.text) for token in end):
            said = " ".join(token.text for token in end)
            reason = f"{match.segment.name} does not end so: “{said}” is said of something else in {other.name}"
            yield Objection("seam", "insufficient", reason, other.text)
            return


def other_end(match: Match, segments: Sequence[Segment]) -> Iterator[Objection]:
    """Object where a clause begins word for word as a sentence does, and goes on with something else."""
    for segment in segments:
        if segment.row or segment.tokens != segment.sentence:
            continue
        alike = _alike_from_the_start(match.clause, segment.tokens)
        ours, theirs = content_of(match.clause[alike:]), content_of(segment.tokens[alike:])
        if len(content_of(match.clause[:alike])) < _BEGINNING or not ours or not theirs:
            continue
        foreign = [token for token in ours if not has(segment, token, match.text)]
        kept = sum(token.key in match.keys for token in theirs)
        if len(foreign) * 2 > len(ours) and kept * 3 <= len(theirs):
            said = " ".join(token.text for token in theirs)
            reason = f"{segment.name} goes on with “{said}”, the sentence with “{' '.join(t.text for t in ours)}”"
            yield Objection("seam", "insufficient", reason, segment.text)
            return


_BEGINNING: Final = 3
"""Content words that a clause must copy for its end to be another one."""


def _alike_from_the_start(ours: Sequence[Token], theirs: Sequence[Token]) -> int:
    pairs = zip(ours, theirs, strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one.key != other.key), min(len(ours), len(theirs)))


def dropped_conditions(match: Match, claim: Sequence[Token]) -> Iterator[Objection]:
    """Object where the evidence says it only under a condition that the claim does not name."""
    lexicon, tokens = match.lexicon, match.segment.sentence
    said = {token.key for token in claim}
    ruled = any(token.text.lower() in lexicon.modals for token in tokens)
    cues = lexicon.conditions | (lexicon.conditions_of_rules if ruled else frozenset())
    for n, token in enumerate(tokens):
        if token.text.lower() not in cues or token.key == "":
            continue
        following = [one for one in tokens[n + 1 : _end_of(tokens, n)] if one.content][:_OPENING]
        outside = any(one.content and one.key in said for one in tokens[_clause_of(tokens, n) : n])
        if not following or not (outside or n == 0):
            continue
        there = [one.key in said for one in following]
        if not any(there[:2]) and sum(there) <= 1:
            condition = " ".join(one.text for one in tokens[n : tokens.index(following[-1]) + 1])
            reason = f"{match.segment.name} says it only “{condition}”; the sentence leaves that out"
            yield Objection("condition", "insufficient", reason, match.segment.text)


def _clause_of(tokens: Sequence[Token], n: int) -> int:
    """Find where the relative clause begins that a condition stands in: ``…, of which 2 come from there if …``."""
    return next((m for m in range(n - 1, 0, -1) if tokens[m].text.lower() in _RELATIVE and _parted(tokens, m)), 0)


def _parted(tokens: Sequence[Token], m: int) -> bool:
    return "," in tokens[m].gap or "," in tokens[m - 1].gap


_RELATIVE: Final = frozenset({"which", "whom", "who", "whose", "wovon", "davon", "wobei"})


def _end_of(tokens: Sequence[Token], n: int) -> int:
    return next((m for m in range(n + 2, len(tokens)) if set(";,") & set(tokens[m].gap)), len(tokens))


def share_in(tokens: Sequence[Token], segments: Sequence[Segment], lexicon: Lexicon, found: set[int]) -> float:
    """Give the part of a claim's words that stand anywhere in the evidence, or begin at a place that was found."""
    known = named_keys(segments)
    content = [t for t in content_of(list(tokens)) if t.figure is None and t.key not in lexicon.reporting]
    if not content:
        return 1.0
    return sum(token.key in known or token.start in found for token in content) / len(content)
