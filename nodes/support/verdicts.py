"""Whether a claim follows from its evidence: one pure function from the two to a verdict and its reasons.

Code says yes only where each clause lies in one sentence or row of the evidence and nothing speaks against it; it
says no where a figure, a date or a code is missing, or where a close match says something else. Everything else is
open: a reader decides, and where nobody can read, the leaning stands, marked as not sure. Share of words is no
verdict. English and German are read word for word; in other languages code says yes only to copies::

    judge("The height may exceed 40 feet.", [evidence]).verdict     # "contradicted"
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from quire.nodes.evidence.content import Evidence, Judged
from quire.nodes.evidence.figures.conventions import ENGLISH, Convention
from quire.nodes.support import additions, degrees, edits, exceptions, numbers, order, polarity, roles
from quire.nodes.support.clauses import clauses_of
from quire.nodes.support.copies import judge_copy
from quire.nodes.support.fractions import Part, parts_in, unfounded_parts
from quire.nodes.support.lexicon import READ, lexicon_of
from quire.nodes.support.matching import Match, Objection, match_of
from quire.nodes.support.segments import Segment, segments_of
from quire.nodes.support.tokens import Token, content_of, tokens_of

Leaning = Literal["supported", "contradicted", "insufficient"]

SURE: Final = 0.9
"""Part of a clause's words that one sentence or row must have for a yes."""
CLOSE: Final = 0.8
"""The same for a conflict to be a no."""
CLOSE_BACK: Final = 0.7
"""Part of that sentence's words that the clause must have for it; a table's row says more than is asked of it."""
MATCHED: Final = 0.5
"""The same for a conflict to count at all."""
ENOUGH: Final = 0.45
"""Part of a claim's words that its evidence must have, where nobody can read."""
ENOUGH_WITH_FIGURES: Final = 0.28
"""The same where a figure or name of it matches."""
ENOUGH_WITH_SEVERAL: Final = 0.16
"""The same where several figures of it do: words between them are the writer's."""


class Finding(NamedTuple):
    """What code finds of a claim."""

    verdict: Literal["supported", "contradicted", "insufficient", "open"]
    sure: bool
    words: str
    """The words of the evidence that decide; empty where none do."""
    reasons: list[str]
    """Sentences that a writer can act on."""
    leaning: Leaning
    """What stands where nobody can read; the verdict itself unless that is open."""
    rules: tuple[str, ...] = ()
    """Names of what spoke against it."""
    shared: float = 1.0
    """Where nothing but the share of its words decides: that share, as a part of what is enough."""


def judge(
    text: str,
    evidence: Sequence[Evidence],
    *,
    convention: Convention = ENGLISH,
    conventions: Callable[[str], Convention] | None = None,
    names: Sequence[str] | None = None,
) -> Finding:
    """Tell whether a claim follows from its evidence.

    Args:
        text: the claim.
        evidence: what it names, each under what it stands under.
        convention: how the claim writes numbers and dates, and its language.
        conventions: the same for a source, by its name; the claim's own if not given.
        names: of the evidence in reasons; ``E1``, ``E2`` … if not given.

    """
    named = list(names) if names is not None else [f"E{n}" for n in range(1, len(evidence) + 1)]
    segments = segments_of(evidence, conventions or (lambda _: convention), named)
    parts = parts_in(text, convention.language)
    tokens = _without(tokens_of(text, convention), parts)
    if not segments or not content_of(tokens):
        reason = "no evidence was given or found for it" if not segments else "it says nothing that can be looked up"
        return Finding("insufficient" if not segments else "open", not segments, "", [reason], "insufficient")
    counts = numbers.counts_of(text, evidence)
    missing = [
        *numbers.missing_figures(text, tokens, segments, counts),
        *numbers.unread(_blanked(text, parts), segments, convention),
        *unfounded_parts(text, segments, convention.language),
    ]
    if convention.language not in READ:
        return _of_copy(text, segments, missing)
    lexicon = lexicon_of(convention.language)
    matches = [match_of(text, clause, segments, lexicon) for clause in clauses_of(tokens, lexicon)]
    against = [*missing, *additions.missing_names(tokens, segments)]
    against += [objection for match in matches for objection in _against(match, segments, tokens)]
    return _weighed(tokens, segments, matches, against)


def _without(tokens: tuple[Token, ...], parts: Sequence[Part]) -> tuple[Token, ...]:
    """Take parts in words out of a claim's content: they are held against figures, not against words."""
    return tuple(
        token._replace(key="", kind="small", figure=None)
        if any(part.start <= token.start < part.end for part in parts)
        else token
        for token in tokens
    )


def _blanked(text: str, parts: Sequence[Part]) -> str:
    for part in parts:
        text = text[: part.start] + " " * (part.end - part.start) + text[part.end :]
    return text


def decided(finding: Finding) -> Judged:
    """Give the verdict of code alone: where it is open, the leaning, not sure."""
    return Judged(
        verdict=finding.leaning, by="code", sure=finding.sure, words=finding.words, reasons=list(finding.reasons)
    )


def check_claim(
    text: str,
    evidence: Sequence[Evidence],
    *,
    convention: Convention = ENGLISH,
    conventions: Callable[[str], Convention] | None = None,
    names: Sequence[str] | None = None,
) -> Judged:
    """Decide on a claim by code alone (``judge``, then ``decided``)."""
    return decided(judge(text, evidence, convention=convention, conventions=conventions, names=names))


def _against(match: Match, segments: Sequence[Segment], claim: Sequence[Token]) -> Iterator[Objection]:
    if match.share < MATCHED:
        yield from roles.wrong_cells(match, segments)
        return
    denies = any(polarity.denials(match.clause, match.lexicon))
    conflicts = [
        *polarity.turned(match, segments),
        *polarity.opposed(match, segments),
        *numbers.other_unit(match),
        *numbers.other_comparator(match),
        *degrees.other_quantifier(match, segments),
        *degrees.other_modal(match),
        *roles.exchanged(match, segments),
        *order.swapped(match),
        *edits.edited(match),
        *edits.exchanged_figures(match, segments),
        *polarity.recast(match),
        *exceptions.included(match, denies=denies),
        *roles.other_base(match),
        *roles.changed_to(match),
    ]
    for conflict in conflicts:
        hard = conflict.verdict == "contradicted" and conflict.rule not in _NEVER_SURE and _close(match)
        hard = hard and not (conflict.rule == "role" and roles.stand_before_names(match.clause))
        yield conflict._replace(final=hard)
    yield from degrees.superlatives(match, segments)
    yield from degrees.records(match, segments)
    yield from additions.added_causes(match.text, match, segments)
    yield from additions.foreign_end(match, segments)
    yield from additions.borrowed_end(match, segments)
    yield from additions.other_end(match, segments)
    yield from additions.dropped_conditions(match, claim)


_NEVER_SURE: Final = frozenset({"order", numbers.BEYOND})
"""What people turn in too many ways for a no: ``breakeven is to be reached``, of ``reach breakeven``; and a bound."""


def _close(match: Match) -> bool:
    """Whether a clause and what it is held against say the same but for the conflict."""
    titled = bool(match.segment.cells or match.segment.lead)
    return match.share >= CLOSE and (titled or match.back >= CLOSE_BACK)


def _weighed(
    tokens: Sequence[Token],
    segments: Sequence[Segment],
    matches: Sequence[Match],
    against: Sequence[Objection],
) -> Finding:
    reasons = list(dict.fromkeys(objection.reason for objection in against))
    rules = tuple(dict.fromkeys(objection.rule for objection in against))
    for verdict in ("contradicted", "insufficient"):
        decisive = [one for one in against if one.final and one.verdict == verdict]
        if decisive:
            return Finding(verdict, True, decisive[0].words, reasons, verdict, rules)
    if against:
        leaning: Leaning = "contradicted" if any(o.verdict == "contradicted" for o in against) else "insufficient"
        return Finding("open", False, next((o.words for o in against if o.words), ""), reasons, leaning, rules)
    words = " … ".join(dict.fromkeys(match.segment.text for match in matches))
    worked_out = any(numbers.is_number(token) for match in matches for token in match.missing)
    if not worked_out and all(match.share >= SURE for match in matches):
        return Finding("supported", True, words, [], "supported")
    found = {token for match in matches for token in match.clause if token.content and token not in match.missing}
    share = additions.share_in(tokens, segments, matches[0].lexicon, {token.start for token in found})
    enough = _enough(found, [token for token in tokens if token.figure is not None])
    unsaid = [token.text for match in matches for token in match.missing if token.figure is None]
    reason = _unsaid(unsaid, matches)
    if share >= enough:
        return Finding("open", False, words, [reason], "supported", shared=share / enough)
    return Finding("open", False, words, [reason], "insufficient", ("share",), share / enough)


def _enough(found: set[Token], figures: Sequence[Token]) -> float:
    """Give the share that is enough; each figure of the claim stands there or follows, or it would not come to this."""
    if len(figures) > 1:
        return ENOUGH_WITH_SEVERAL
    return ENOUGH_WITH_FIGURES if any(token.figure is not None or token.named for token in found) else ENOUGH


def _unsaid(unsaid: Sequence[str], matches: Sequence[Match]) -> str:
    names = ", ".join(dict.fromkeys(match.segment.name for match in matches))
    if not unsaid:
        return f"no one sentence or row of {names} says all of it"
    return f"nothing in {names} speaks of {', '.join(f'“{word}”' for word in dict.fromkeys(unsaid))}"


def _of_copy(text: str, segments: Sequence[Segment], missing: Sequence[Objection]) -> Finding:
    final = [one for one in missing if one.final]
    if final:
        return Finding(
            "insufficient", True, final[0].words, [one.reason for one in missing], "insufficient", ("figure",)
        )
    copied, words = judge_copy(text, segments)
    if copied and not missing:
        return Finding("supported", True, words, [], "supported")
    reason = "its language is not read word for word, and it is no copy of one sentence of its evidence"
    return Finding("open", False, words, [*(one.reason for one in missing), reason], "insufficient", ("language",))
