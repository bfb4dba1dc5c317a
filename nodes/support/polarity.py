"""Whether a denial was put in or left out, or a word turned into its opposite."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quire.nodes.support.exceptions import excepted, speaks_of
from quire.nodes.support.lexicon import Lexicon
from quire.nodes.support.matching import Match, Objection
from quire.nodes.support.segments import Segment
from quire.nodes.support.tokens import Token

_NO_DENIAL = frozenset({"only", "nur", "later", "least"})
"""Behind "not" and "nicht": ``not only``."""


_DENIES_BEFORE = {"rather": "than", "instead": "of"}
"""Words that deny what follows only before another: ``rather than``."""


class Denial(NamedTuple):
    """A word that denies, and the keys of what it denies."""

    word: Token
    keys: tuple[str, ...]


def denials(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Denial]:
    """Find what is denied: the next content words of the clause, else the last ones before."""
    for n, token in enumerate(tokens):
        reach = lexicon.negators.get("not" if token.key == "not" else token.text.lower())
        if not reach or (token.key == "" and token.kind == "small"):
            continue
        following_word = tokens[n + 1].text.lower() if n + 1 < len(tokens) else ""
        if token.text.lower() in _DENIES_BEFORE and following_word != _DENIES_BEFORE[token.text.lower()]:
            continue
        if following_word in _NO_DENIAL or (token.content and following_word != "to"):
            continue
        ahead: list[str] = []
        for following in tokens[n + 1 :]:
            if len(ahead) == reach or _parts(following):
                break
            if following.content:
                ahead.append(following.key)
        if not ahead:
            ahead = [before.key for before in tokens[:n] if before.content][-reach:]
        yield Denial(token, tuple(ahead))


def _parts(token: Token) -> bool:
    return bool(set(";,.|:") & set(token.gap)) or token.key in ("but", "aber", "sondern")


def denied_keys(tokens: Sequence[Token], lexicon: Lexicon) -> frozenset[str]:
    """Give the keys of all that is denied."""
    return frozenset(key for denial in denials(tokens, lexicon) for key in denial.keys)


_WITHOUT = frozenset({"without", "ohne"})


def _lacked(tokens: Sequence[Token]) -> frozenset[str]:
    """Give the keys of what something is said to be without, which is no denial of its own: it may be a condition."""
    found = (n for n, token in enumerate(tokens) if token.text.lower() in _WITHOUT)
    return frozenset(key for n in found for key in [after.key for after in tokens[n + 1 :] if after.content][:1])


def turned(match: Match, segments: Sequence[Segment]) -> Iterator[Objection]:
    """Object to a denial that the evidence has not, and to one of the evidence that is left out."""
    known, segment = match.lexicon, match.segment
    ours, theirs = list(denials(match.clause, known)), list(denials(segment.tokens, known))
    said_there = [(*one.lead, *one.tokens) for one in segments]
    denied_there = frozenset(key for one in said_there for key in denied_keys(one, known) | _lacked(one))
    denied_here = frozenset(key for denial in ours for key in denial.keys) | _lacked(match.clause)
    here, there = match.keys, segment.keys
    excused = speaks_of(here, excepted(segment, known))
    for denial in () if excused else [one for one in ours if one.word.text.lower() not in _DENIES_BEFORE]:
        opposite = any(known.opposites.get(key, frozenset()) & there for key in denial.keys)
        if denial.keys and set(denial.keys) <= there and not set(denial.keys) & denied_there and not opposite:
            reason = f"{segment.name} does not deny it: it has no “{denial.word.text}”"
            yield Objection("polarity", "contradicted", reason, segment.text)
    ended = bool(known.ending & (here - segment.all_keys))  # denied in another word: a reader decides
    for denial in [] if ended else theirs:
        opposite = any(known.opposites.get(key, frozenset()) & here for key in denial.keys)
        enough = len(denial.keys) > 1 or not segment.row
        if denial.keys and enough and set(denial.keys) <= here and not set(denial.keys) & denied_here and not opposite:
            reason = f"{segment.name} says “{_around(segment.tokens, denial)}”; the sentence leaves the denial out"
            yield Objection("polarity", "contradicted", reason, segment.text)


def _around(tokens: Sequence[Token], denial: Denial) -> str:
    begin = tokens.index(denial.word)
    last = max((n for n, t in enumerate(tokens) if t.key in denial.keys and begin < n < begin + 8), default=begin)
    return " ".join(t.text for t in tokens[begin : last + 1])


def recast(match: Match) -> Iterator[Objection]:
    """Object to a word that stands more often than in the evidence, and its opposite less often."""
    ours = Counter(token.key for token in match.clause if token.kind == "word")
    theirs = Counter(token.key for token in match.segment.tokens if token.kind == "word")
    said = {token.key: token.text for token in (*match.segment.tokens, *match.clause)}
    for key, many in ours.items():
        opposites = theirs.keys() if key.startswith("°") else match.lexicon.opposites.get(key, frozenset())
        for other in (one for one in opposites if one[:1] == key[:1] or not key.startswith("°")):
            if 0 < theirs[key] < many and ours[other] < theirs[other]:
                reason = f"{match.segment.name} says “{said[other]}”, the sentence “{said[key]}”"
                yield Objection("antonym", "contradicted", reason, match.segment.text)


def _rebound(match: Match, segments: Sequence[Segment]) -> Iterator[Objection]:
    """Object to a word that the sentence has elsewhere, while the nearest clause of it has the opposite."""
    parts = [one for one in segments if one.sentence == match.segment.sentence and one.tokens != one.sentence]
    for token in match.clause if parts else ():
        opposites = match.lexicon.opposites.get(token.key, frozenset())
        if not opposites & {one.key for one in match.segment.sentence}:
            continue
        others = match.keys - {token.key} - opposites
        nearest = max(parts, key=lambda part: len(others & part.keys))
        found = next((one for one in nearest.tokens if one.key in opposites), None)
        if found and token.key not in nearest.keys and found.key not in match.keys:
            reason = f"{nearest.name} says “{found.text}”, the sentence “{token.text}”"
            yield Objection("antonym", "contradicted", reason, nearest.text)


def opposed(match: Match, segments: Sequence[Segment]) -> Iterator[Objection]:
    """Object to a word whose opposite stands in the evidence, both denied or neither."""
    yield from _rebound(match, segments)
    known, segment = match.lexicon, match.segment
    denied_here, denied_there = denied_keys(match.clause, known), denied_keys(segment.tokens, known)
    theirs = {token.key: token for token in (*segment.lead, *segment.tokens)}
    ours = {token.key for token in match.clause}
    for token in match.clause:
        if not token.key or token.key in segment.all_keys or token.key in theirs:
            continue
        for other in known.opposites.get(token.key, frozenset()) & theirs.keys() - ours:
            if (token.key in denied_here) == (other in denied_there):
                reason = f"{segment.name} says “{theirs[other].text}”, the sentence “{token.text}”"
                yield Objection("antonym", "contradicted", reason, segment.text)
