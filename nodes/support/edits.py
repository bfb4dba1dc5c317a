"""What was put into a near copy, or exchanged in it, seen without any list of words."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from quire.nodes.support.matching import Match, Objection
from quire.nodes.support.segments import Segment, figures_like, has, has_figure
from quire.nodes.support.tokens import Token, content_of

_NEAR: Final = 0.75
"""Share from which a clause is a near copy of its segment."""
_NEAR_WHOLE: Final = 0.6
"""The same where the clause has nearly all of its segment."""
_BACK: Final = 0.7
_BACK_OF_FIGURES: Final = 0.6
_WHOLE: Final = 0.95
"""Share of the segment that the clause has."""


def edited(match: Match) -> Iterator[Objection]:
    """Object to words of a near copy that are not in the evidence: one for another, or one more."""
    near = match.share >= _NEAR and match.back >= _BACK
    whole = match.share >= _NEAR_WHOLE and match.back >= _WHOLE
    if not match.missing or match.segment.lead or not (near or whole):
        return
    ours, theirs = content_of(match.clause), content_of(match.segment.tokens)
    keys = [_key(token, match) for token in ours]
    steps = SequenceMatcher(None, keys, [token.key for token in theirs], autojunk=False).get_opcodes()
    for step, i, j, k, m in steps:
        missing = [token for token in ours[i:j] if token in match.missing and token.figure is None]
        if step == "replace" and len(missing) == j - i == 1 and m - k == 1 and theirs[k].figure is None:
            reason = f"{match.segment.name} says “{theirs[k].text}”, the sentence “{missing[0].text}”"
            yield Objection("exchange", "insufficient", reason, match.segment.text)
        elif step == "replace" and missing and len(missing) == j - i:
            said = " ".join(token.text for token in theirs[k:m])
            reason = f"{match.segment.name} says “{said}”, the sentence “{' '.join(t.text for t in missing)}”"
            yield Objection("exchanges", "insufficient", reason, match.segment.text)
        elif step == "delete" and missing and len(missing) == j - i:
            reason = f"nothing in {match.segment.name} speaks of “{' '.join(token.text for token in missing)}”"
            yield Objection("insertion", "insufficient", reason, match.segment.text)


def exchanged_figures(match: Match, segments: Sequence[Segment]) -> Iterator[Objection]:
    """Object to a figure of a near copy that stands elsewhere, where the segment has another one of its kind.

    Where it stands elsewhere beside the same words and dates, it is said of the same.
    """
    words = [token for token in content_of(match.clause) if token.figure is None]
    found = sum(token not in match.missing for token in words)
    if not words or found < _NEAR * len(words) or match.back < _BACK_OF_FIGURES or match.segment.lead:
        return
    bare = match.segment._replace(lead=(), around=())
    named = match.segment._replace(tokens=(), text="", cells=())
    ours = [token for token in match.clause if token.figure is not None]
    used = {found.start for token in ours for found in figures_like(bare, token, match.text)}
    left = [found for found in bare.tokens if found.figure is not None and found.start not in used]
    for token in ours:
        if figures_like(bare, token, match.text) or figures_like(named, token, match.text):
            continue
        if any(_says_of_the_same(one, token, match) for one in segments):
            continue
        other = next((found for found in left if _alike(token, found)), None)
        if other:
            reason = f"{match.segment.name} says {other.text}, the sentence {token.text}"
            yield Objection("figure", "contradicted", reason, match.segment.text)


def _says_of_the_same(segment: Segment, figure: Token, match: Match) -> bool:
    shared = [token for token in content_of(match.clause) if token not in match.missing and not _is_measured(token)]
    return all(has(segment, token, match.text) for token in (figure, *shared))


def _is_measured(token: Token) -> bool:
    return token.figure is not None and token.figure.unit not in ("", "date")


def _alike(one: Token, other: Token) -> bool:
    if one.figure is None or other.figure is None:
        return False
    return (one.figure.kind, one.figure.unit) == (other.figure.kind, other.figure.unit)


def _key(token: Token, match: Match) -> str:
    found = has_figure(match.segment, token, match.text)
    return found.key if found else token.key
