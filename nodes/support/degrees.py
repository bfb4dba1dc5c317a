"""All, most and some; may, should and must; the highest and the only one."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from quire.nodes.support.lexicon import Lexicon
from quire.nodes.support.matching import Match, Objection
from quire.nodes.support.polarity import denials
from quire.nodes.support.segments import Segment
from quire.nodes.support.tokens import Token

_FOLLOWS: Final = {
    "some": frozenset({"all", "most", "many", "few", "half", "some", "only"}),
    "many": frozenset({"all", "most", "many"}),
    "most": frozenset({"all", "most"}),
}
"""Quantifier -> those of the evidence that it follows from."""
_EVERY: Final = frozenset({"any", "all", "every", "each"})
_UNIVERSAL: Final = ("all", "only", "most")


def _degree(token: Token, lexicon: Lexicon) -> str:
    return lexicon.quantifiers.get(token.text.lower(), "") if token.key and token.figure is None else ""


def _heads(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[tuple[str, Token, str]]:
    """Give each quantifier with its word and the next content word."""
    for n, token in enumerate(tokens):
        kind = _degree(token, lexicon)
        if kind and kind != "none" and not _in_all(tokens, n):
            head = next((after.key for after in tokens[n + 1 : n + 6] if after.content), "")
            yield kind, token, head


def _in_all(tokens: Sequence[Token], n: int) -> bool:
    """Whether it sums up: ``in all,``; ``at all``."""
    if tokens[n].text.lower() != "all" or n == 0 or tokens[n - 1].text.lower() not in ("in", "at", "after"):
        return False
    return n + 1 == len(tokens) or "," in tokens[n + 1].gap or tokens[n + 1].figure is not None


def _of_rows(tokens: Sequence[Token], word: Token, segments: Sequence[Segment]) -> bool:
    """Whether it speaks of all that a table lists: ``half of all parcels``."""
    n = tokens.index(word)
    return n > 0 and tokens[n - 1].text.lower() in ("of", "von") and sum(bool(one.cells) for one in segments) > 1


def other_quantifier(match: Match, segments: Sequence[Segment]) -> Iterator[Objection]:
    """Object to "all" where the evidence says "some" of the same, and to "most" and "only" that it says nowhere."""
    known, segment = match.lexicon, match.segment
    theirs = list(_heads(segment.tokens, known))
    ours = list(_heads(match.clause, known))
    anywhere = {kind for one in segments for kind, _, _ in _heads((*one.lead, *one.tokens, *one.around), known)}
    for kind, word, head in ours:
        same = [(their, their_word) for their, their_word, their_head in theirs if their_head == head]
        if same and all(kind != their and their not in _FOLLOWS.get(kind, ()) for their, _ in same):
            reason = f"{segment.name} says “{same[0][1].text}”, the sentence “{word.text}”"
            yield Objection("quantifier", "contradicted", reason, segment.text)
        elif kind in _UNIVERSAL and kind not in anywhere and not _of_rows(match.clause, word, segments):
            reason = f"nothing in {segment.name} says “{word.text}”"
            yield Objection("quantifier", "insufficient", reason, segment.text)
    for kind, word, head in theirs:
        if any(k == kind for k, _, _ in ours):
            continue
        dropped = kind in ("some", "few", "half") or (kind == "most" and segment.text)
        if dropped and head in match.keys and not any(h == head for _, _, h in ours) and not _counted(match, head):
            reason = f"{segment.name} says it only of “{word.text}”; the sentence leaves that out"
            yield Objection("quantifier-dropped", "insufficient", reason, segment.text)


def _counted(match: Match, head: str) -> bool:
    """Whether the clause gives the number of them."""
    return any(
        one.figure is not None and any(after.key == head for after in match.clause[n + 1 : n + 4])
        for n, one in enumerate(match.clause)
    )


def superlatives(match: Match, segments: Sequence[Segment]) -> Iterator[Objection]:
    """Object to "the highest" that the evidence says of nothing."""
    there = [token for one in segments for token in (*one.lead, *one.tokens, *one.around)]
    said, ending = {token.text.lower() for token in there}, _ENDING.get(match.lexicon.language)
    formed = {token.key for token in there if ending and ending.fullmatch(token.text)}
    for n, token in enumerate(match.clause):
        word = token.text.lower() if token.key else ""
        most = word == "most" and n + 1 < len(match.clause) and match.clause[n - 1].text.lower() in ("the", "its")
        every = word in ("any", "all") and match.clause[n - 1].text.lower() in ("than", "of")
        other = every and not said & _EVERY and not _of_rows(match.clause, token, segments)
        by_form = _by_its_form(match.clause, n, match.lexicon) and token.key not in formed
        if ((word in match.lexicon.superlatives or most) and word not in said) or other or by_form:
            reason = f"nothing in {match.segment.name} says “{word}”"
            yield Objection("superlative", "insufficient", reason, match.segment.text)


_ENDING: Final = {
    "en": re.compile(r"[a-z]{3,}est"),
    "de": re.compile(r"[a-zäöüß]{3,}st(?:e[nmrs]?)"),
}
_NO_SUPERLATIVE: Final = re.compile(
    r"(?:inter|requ|for|harv|inv|prot|cont|conqu|sugg|dig|manif|arr|hon|mod|gu|southw|northw)est"
    r"|nächste\w?|(?:lei|ko|te|ra|la|fa)sten"
)
_BEFORE_ONE: Final = re.compile(
    r"the|its|their|his|her|our|d(?:er|ie|as|em|en|es)|[aiz]m|zu[mr]|beim|(?:ihr|sein|unser)\w*"
)
"""What stands before a superlative, or before the number between."""

_RECORD: Final = {
    "en": re.compile(
        r"\b(?:never before|(?:than|as) ever|ever before|than any|no other|no(?:body| one) else|second to none"
        r"|unprecedented|a record|record (?:high|low))\b",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:nie zuvor|noch nie|(?:wie|als) (?:noch )?(?:nie|je|jemals)\b|als (?:jede|alle)\w? ander"
        r"|keine?\w? ander|niemand sonst|rekord)",
        re.IGNORECASE,
    ),
}


def records(match: Match, segments: Sequence[Segment]) -> Iterator[Objection]:
    """Object to ``as never before`` and ``than any other`` that the evidence says of nothing."""
    form = _RECORD.get(match.lexicon.language)
    said = form.search(match.text) if form else None
    if form and said and not any(form.search(segment.text) for segment in segments):
        reason = f"nothing in {match.segment.name} says “{said[0]}”"
        yield Objection("superlative", "insufficient", reason, match.segment.text)


def _by_its_form(tokens: Sequence[Token], n: int, lexicon: Lexicon) -> bool:
    """Whether a word is a superlative by its ending and the article before it: ``the two coldest``."""
    word, ending = tokens[n].text, _ENDING.get(lexicon.language)
    if (
        ending is None
        or not ending.fullmatch(word)
        or _NO_SUPERLATIVE.fullmatch(word)
        or tokens[n].key[:1] in ("", "°")
    ):
        return False
    return any(_BEFORE_ONE.fullmatch(before.text.lower()) for before in tokens[max(0, n - 2) : n])


def _modals(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[tuple[str, Token, str]]:
    """Give each modal with its word and the verb behind it."""
    german = lexicon.language == "de"
    for n, token in enumerate(tokens):
        kind = lexicon.modals.get(token.text.lower(), "") if token.kind == "small" else ""
        if not kind or not token.key:
            continue
        after = [one for one in tokens[n + 1 : n + (16 if german else 6)] if one.content]
        if german:
            yield from ((kind, token, one.key) for one in after[-2:])
        elif after:
            yield kind, token, after[0].key


def other_modal(match: Match) -> Iterator[Objection]:
    """Object to "may" where the evidence says "must" of the same verb, neither denied."""
    known, segment = match.lexicon, match.segment
    theirs = list(_modals(segment.tokens, known))
    denied = {key for denial in (*denials(match.clause, known), *denials(segment.tokens, known)) for key in denial.keys}
    ours = list(_modals(match.clause, known))
    for kind, word, verb in ours:
        same = [(their, w) for their, w, their_verb in theirs if their_verb == verb]
        if same and verb not in denied and all(their != kind for their, _ in same):
            reason = f"{segment.name} says “{same[0][1].text}”, the sentence “{word.text}”"
            yield Objection("modality", "contradicted", reason, segment.text)
