"""What a figure is the figure of: the words around it, here and in the evidence."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from quire.nodes.evidence.figures.comparing import Told, carries
from quire.nodes.evidence.figures.units import units_announced
from quire.nodes.support.matching import Match, Objection
from quire.nodes.support.segments import Segment, figures_like
from quire.nodes.support.tokens import Token

_NEAR: Final = (1.0, 0.8, 0.6, 0.4)
"""What a word weighs by its distance from the figure, in content words."""
_SMALL: Final = 0.4
"""What the small word before it weighs."""
_BETTER: Final = 0.5
"""By how much another figure must fit better."""


class _Place(NamedTuple):
    """A figure and the words around it, each with its weight."""

    token: Token
    text: str
    words: dict[str, float]
    head: str = ""
    """The content word directly behind it."""
    last: str = ""
    """The content word before it, in the same phrase."""


def exchanged(match: Match, segments: Sequence[Segment]) -> Iterator[Objection]:
    """Object to a figure whose words stand, in the evidence, around another figure of its kind."""
    if match.segment.row and any(one.cells or one.lead for one in segments):
        yield from wrong_cells(match, segments)
        return
    pool = (
        [one for one in segments if one.row]
        if match.segment.row
        else [match.segment._replace(tokens=match.segment.sentence)]
    )
    there = [place for segment in pool for place in _places(segment, match.lexicon.stops)]
    for ours in _in(match.clause, match.text, {}, match.lexicon.stops):
        own, others = _own_and_others(ours, there)
        if not own or not others or not any(place.words for place in own):
            continue
        best = max(others, key=lambda place: _fit(ours, place))
        if _ends_alike(ours, own, best) or _paired(ours, own, best, match) or _is_whole_of(best, ours, own, match):
            continue
        if _other_head(ours, own, others) or _fit(ours, best) >= max(_fit(ours, place) for place in own) + _BETTER:
            reason = f"“{ours.token.text}” is not what {match.segment.name} says it of: there it is {best.token.text}"
            yield Objection("role", "contradicted", reason, best.text)


def stand_before_names(clause: Sequence[Token]) -> bool:
    """Whether several figures stand before what they are of: ``94 with Skyline, 149 with Kustbud``.

    Each of them then stands between two names, and which is its own only a reader can tell.
    """
    told = [n for n, token in enumerate(clause) if token.figure is not None]
    named = [n for n in told if [t.content for t in clause[n + 1 : n + 3]] == [False, True] and clause[n + 2].named]
    return len(named) > 1


def _other_head(ours: _Place, own: Sequence[_Place], others: Sequence[_Place]) -> bool:
    """Whether the thing counted is another figure's: the word directly behind it, or the one before where none is."""
    small = _small(ours)
    if small and all(_small(place) not in ("", small) for place in own) and small in map(_small, others):
        return True
    if ours.head:
        mine, theirs = [place.head for place in own], [place.head for place in others]
        return ours.head in theirs and all(mine) and ours.head not in mine and not _near(ours.head, own)
    mine, theirs = [place.last for place in own], [place.last for place in others]
    return bool(ours.last) and ours.last in theirs and all(mine) and not _near(ours.last, own)


_OF: Final = frozenset({"of", "the", "all", "von", "der", "den", "aller"})
"""Small words between a part and its whole: ``3 of the 11 incidents``."""


def _is_whole_of(part: _Place, whole: _Place, own: Sequence[_Place], match: Match) -> bool:
    """Whether a claim counts one figure as a part of the other, both of things that the evidence counts so."""
    before = match.clause[: match.clause.index(whole.token)]
    left = [token for token in before if token.text.lower() not in _OF]
    between = {token.text.lower() for token in before[before.index(left[-1]) + 1 :]} if left else set()
    return (
        bool(between & {"of", "von"})
        and left[-1].key == part.token.key
        and any(whole.head in place.words for place in (*own, part))
    )


_ENDS: Final = frozenset({"^from", "^to", "^von", "^auf", "^bis"})
"""Small words that part the beginning of a change from its end."""


def _small(place: _Place) -> str:
    return next((key for key in place.words if key in _ENDS), "")


def _ends_alike(ours: _Place, own: Sequence[_Place], best: _Place) -> bool:
    """Whether it is the same end of a change or span, and the other figure is the other end."""
    small = _small(ours)
    return bool(small) and small in map(_small, own) and _small(best) not in ("", small)


def _paired(ours: _Place, own: Sequence[_Place], best: _Place, match: Match) -> bool:
    """Whether the other figure is in the claim too, and each stands beside a word of its own.

    The second of two parts leaves out what it shares with the first: ``price counts for 62 % and training for 13 %``.
    """
    claimed = [place for place in _in(match.clause, match.text, {}, match.lexicon.stops) if place is not ours]
    theirs = best.token.figure
    others = [place for place in claimed if theirs and place.token.figure and place.token.figure.value == theirs.value]
    if not others:
        return False
    other = max(others, key=lambda place: _fit(place, best))
    theirs_alone = _words(best) - {key for place in own for key in place.words}
    mine_alone = {key for place in own for key in _words(place)} - best.words.keys()
    return bool(mine_alone & _words(ours) - other.words.keys() and theirs_alone & _words(other) - ours.words.keys())


def _words(place: _Place) -> set[str]:
    return {key for key in place.words if not key.startswith(("^", "#"))}


_CHANGES: Final = (frozenset({"by", "to"}), frozenset({"um", "auf"}))
"""Small words before a figure of which one tells the change and the other what it comes to."""


def changed_to(match: Match) -> Iterator[Objection]:
    """Object to "by 70 %" where the evidence says "to 70 %"."""
    told = [token for token in match.clause if token.figure is not None]
    for token in told:
        mine = _before(match.clause, token)
        pair = next((one for one in _CHANGES if mine in one), None)
        there = figures_like(match.segment, token, match.text)
        words = {_before(match.segment.tokens, one) for one in there if one in match.segment.tokens}
        if pair and words and words <= pair - {mine}:
            reason = f"{match.segment.name} says “{words.pop()} {token.text}”, the sentence “{mine} {token.text}”"
            yield Objection("role", "contradicted", reason, match.segment.text)


def _before(tokens: Sequence[Token], token: Token) -> str:
    n = tokens.index(token)
    return tokens[n - 1].text.lower() if n and not token.gap.strip() else ""


def other_base(match: Match) -> Iterator[Objection]:
    """Object to a share of one thing where the evidence gives it of another: ``5 % of the rent``."""
    for token in match.clause:
        if token.figure is None or token.figure.kind != "percent":
            continue
        ours = _base(match.clause, token)
        theirs = [
            _base(match.segment.tokens, one)
            for one in figures_like(match.segment, token, match.text)
            if one in match.segment.tokens
        ]
        if not ours or not theirs or not all(theirs):
            continue
        keys = {one.key for base in theirs for one in base}
        if not {one.key for one in ours} & (match.segment.keys | keys) and not keys & match.keys:
            said, there = (" ".join(one.text for one in base) for base in (ours, theirs[0]))
            reason = f"{match.segment.name} says {token.text} of “{there}”, the sentence of “{said}”"
            yield Objection("base", "insufficient", reason, match.segment.text)


def _base(tokens: Sequence[Token], token: Token) -> list[Token]:
    """Give the first words of what a share is a share of."""
    n = tokens.index(token)
    if n + 1 >= len(tokens) or tokens[n + 1].text.lower() not in ("of", "der", "des", "von"):
        return []
    return [one for one in tokens[n + 2 : n + 7] if one.content and one.figure is None][:2]


def _near(key: str, places: Sequence[_Place]) -> bool:
    return any(key in place.words for place in places)


def wrong_cells(match: Match, segments: Sequence[Segment]) -> Iterator[Objection]:
    """Object to a figure whose cell stands under other names than the clause gives, where another cell has those."""
    cells = [cell for one in segments if one.row for cell in (one.cells or (one,))] if match.segment.row else []
    said = {token.key for token in match.clause if token.content and token.figure is None}
    for token in match.clause:
        if token.figure is None:
            continue
        own = [cell for cell in cells if figures_like(cell, token, match.text)]
        if not own or token.figure.kind == "date" or any(map(_is_sentence, own)):
            continue
        fitting = [cell for cell in cells if cell in own or _may_hold(cell, token)]
        best = max(fitting, key=lambda cell: _named_as(cell, said))
        nearest = max(own, key=lambda cell: _named_as(cell, said))
        if _titles(best) and _named_as(best, said) > _named_as(nearest, said):
            reason = f"{nearest.name} says {token.text} of “{_titles(nearest)}”, the sentence of “{_titles(best)}”"
            yield Objection("cell", "contradicted", reason, f"{_titles(nearest)}: {nearest.text}")


_SENTENCE: Final = 5
"""Words that say something, from which on a cell is a sentence: it says itself what its figure is of."""


def _is_sentence(cell: Segment) -> bool:
    return sum(token.content and token.figure is None for token in cell.tokens) >= _SENTENCE


def _named_as(cell: Segment, said: set[str]) -> int:
    return len(said & {token.key for token in (*cell.lead, *cell.around, *cell.tokens) if token.figure is None})


def _may_hold(cell: Segment, token: Token) -> bool:
    """Whether a cell holds a figure of the unit that a claim gives."""
    unit = token.figure.unit if token.figure else ""
    announced = units_announced(cell.titles)
    inside = {one.figure.unit for one in cell.tokens if one.figure is not None and one.figure.unit}
    return bool(cell.tokens) and (not unit or unit in announced | inside or not announced | inside)


def _titles(cell: Segment) -> str:
    return ", ".join(dict.fromkeys(part for part in [" ".join(token.text for token in cell.lead)] if part))


def _own_and_others(ours: _Place, there: Sequence[_Place]) -> tuple[list[_Place], list[_Place]]:
    claimed = ours.token.figure
    own, others = [], []
    for place in there:
        figure = place.token.figure
        if figure is None or claimed is None:
            continue
        if carries(Told(figure, place.text), Told(claimed, "")) or figure.value == claimed.value:
            own.append(place)
        elif figure.kind == claimed.kind and (figure.unit == claimed.unit or not figure.unit or not claimed.unit):
            others.append(place)
    return own, others


def _fit(ours: _Place, theirs: _Place) -> float:
    return sum(min(weight, theirs.words[key]) for key, weight in ours.words.items() if key in theirs.words)


def _places(segment: Segment, stops: frozenset[str]) -> Iterator[_Place]:
    titles = {token.key: 0.8 for token in segment.lead if token.content}
    yield from _in(segment.tokens, segment.text, titles, stops)


def _in(tokens: Sequence[Token], text: str, titles: dict[str, float], stops: frozenset[str]) -> Iterator[_Place]:
    for n, token in enumerate(tokens):
        if token.figure is None:
            continue
        words = dict(titles)
        for key, weight in [*_side(tokens[n + 1 :], stops), *_side(tokens[:n][::-1], stops, edge=token.gap)]:
            words[key] = max(words.get(key, 0.0), weight)
        yield _Place(token, text, words, *_heads(tokens, n, stops))


def _heads(tokens: Sequence[Token], n: int, stops: frozenset[str]) -> tuple[str, str]:
    """Give the content word directly behind a figure, and the one before it in the same phrase."""
    after = tokens[n + 1 : n + 2]
    head = after[0].key if after and after[0].kind == "word" and not after[0].gap.strip() else ""
    last = ""
    for m in range(n - 1, max(-1, n - 5), -1):
        if tokens[m + 1].gap.strip() or tokens[m].figure is not None or tokens[m].text.lower() in stops:
            break
        if tokens[m].content:
            last = tokens[m].key
            break
    return head, last


def _side(tokens: Sequence[Token], stops: frozenset[str], *, edge: str | None = None) -> Iterator[tuple[str, float]]:
    """Give the content words on one side, nearest first; behind the figure if ``edge``, the gap before it, is none."""
    seen, ahead, gap = 0, edge is None, edge or ""
    for n, token in enumerate(tokens):
        between = token.gap if ahead else gap
        if _stops(between, ahead=ahead) or token.text.lower() in stops or seen == len(_NEAR):
            return
        gap = token.gap
        if not token.content:
            if n == 0 and not ahead and token.text.isalpha():
                yield f"^{token.text.lower()}", _SMALL
            continue
        yield (token.key if token.figure is None else f"#{token.key}"), _NEAR[seen]
        seen += 1


def _stops(gap: str, *, ahead: bool) -> bool:
    """Whether a clause or cell ends there; a colon ends nothing for what is behind it."""
    return any(sign in gap for sign in ";|\n") or (ahead and "," in gap) or ". " in gap
