"""Who does what to whom: the order of what occurs once, in a near copy."""

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Final

from quire.nodes.support.lexicon import Lexicon
from quire.nodes.support.matching import Match, Objection
from quire.nodes.support.tokens import Token

_FOUND: Final = 0.9
_FOUND_BACK: Final = 0.4
_PASSIVE: Final = 12
"""Words from ``was`` to ``by``, at most."""
_OF: Final = frozenset({"of", "von", "vom"})
_PARTS: Final = 4
"""Parts of a sentence that are tried in every order."""


def swapped(match: Match) -> Iterator[Objection]:
    """Object where a near copy names the same things in another order than active, passive and a moved phrase explain.

    Rows are not read in order, nor sentences with several passives.
    """
    segment = match.segment
    agents, agents_there = (
        sum(token.text.lower() in match.lexicon.by for token in tokens) for tokens in (match.clause, segment.tokens)
    )
    several = agents > 1 and agents != agents_there
    if segment.row or match.share < _FOUND or match.back < _FOUND_BACK or several:
        return
    ours, theirs = _sequence(match.clause, match.lexicon), _sequence(segment.tokens, match.lexicon)
    one = _once(ours, theirs)
    other = _once(theirs, ours)
    if crossed := _crossed(match):
        yield Objection("order", "contradicted", f"{segment.name} has “{crossed}” the other way round", segment.text)
    if len(one) < len(("who", "what")) or one == other or _explained(one, other, match) or _chunks_moved(match):
        return
    first = next((a, b) for a, b in zip(one, other, strict=False) if a != b)
    said = {token.key: token.text for token in (*segment.tokens, *match.clause) if token.content}
    reason = (
        f"{segment.name} puts “{said.get(first[1], first[1])}” where the sentence puts “{said.get(first[0], first[0])}”"
    )
    yield Objection("order", "contradicted", reason, segment.text)


def _sequence(tokens: Sequence[Token], known: Lexicon) -> list[str]:
    """Give the keys in order, passives turned and lists of single words sorted."""
    told = [token for token in _active(tokens, known) if known.language != "de" or not _is_verb(token)]
    return [key for group in _grouped(told, known) for key in sorted(group)]


def _is_verb(token: Token) -> bool:
    """Whether a German word is none that names a thing: verbs stand second, wherever that is."""
    return token.kind == "word" and token.text[:1].islower()


def _grouped(tokens: Sequence[Token], known: Lexicon) -> Iterator[list[str]]:
    """Put words that only a comma or ``and`` parts into one group."""
    group: list[str] = []
    joined = False
    between: list[str] = []
    for token in tokens:
        if not token.content:
            between.append(token.text.lower())
            joined = joined or "," in token.gap
            continue
        listed = set(between) <= known.listing and (bool(between) or joined or "," in token.gap)
        if group and not listed:
            yield group
            group = []
        group.append(token.key)
        between, joined = [], False
    if group:
        yield group


def _active(tokens: Sequence[Token], known: Lexicon) -> list[Token]:
    """Turn ``X was V-ed by Y`` into ``Y V X``."""
    by = next((n for n, t in enumerate(tokens) if t.text.lower() in known.by and n > 1), 0)
    be = next((n for n in range(by - 1, -1, -1) if tokens[n].text.lower() in known.passive), -1) if by else -1
    if (
        not by
        or be < 1
        or by - be > _PASSIVE
        or (known.language != "de" and not any(token.content for token in tokens[be:by]))
    ):
        return list(tokens)
    end = next((n for n in range(by + 1, len(tokens)) if _ends_who(tokens, by, n, known)), len(tokens))
    begin = next((n + 1 for n in range(be - 1, -1, -1) if n + 1 < be and "," in tokens[n + 1].gap), 0)
    before, who = tokens[:begin], tokens[begin:be]
    return [*before, *tokens[by + 1 : end], *tokens[be + 1 : by], *who, *tokens[end:]]


def _ends_who(tokens: Sequence[Token], by: int, n: int, known: Lexicon) -> bool:
    """Whether what stands behind ``by`` ends before a token: at a comma or another preposition."""
    word = tokens[n].text.lower()
    return "," in tokens[n].gap or (n > by + 1 and word in known.movable and word not in _OF)


def _once(one: Sequence[str], other: Sequence[str]) -> list[str]:
    return [key for key in one if one.count(key) == 1 and other.count(key) == 1]


def _explained(ours: list[str], theirs: list[str], match: Match) -> bool:
    """Whether one block, begun by a preposition or conjunction, was moved."""
    start, end = _differing(ours, theirs)
    if end - start == len(("one", "other")) and _by_of(match.clause, ours[start:end]) != _by_of(
        match.segment.tokens, ours[start:end]
    ):
        return True
    length = end - start
    heads = _phrase_heads(match)
    for size in range(1, length):
        moved_on = ours[start + size : end] + ours[start : start + size]
        moved_back = ours[end - size : end] + ours[start : end - size]
        if moved_on == theirs[start:end] and ours[start] in heads:
            return True
        if moved_back == theirs[start:end] and ours[end - size] in heads:
            return True
    return False


def _by_of(tokens: Sequence[Token], couple: Sequence[str]) -> bool:
    """Whether two words are joined by ``of``: the cost of the bridge is what the bridge costs."""
    places = [n for n, token in enumerate(tokens) if token.key in couple]
    return any(token.text.lower() in _OF for token in tokens[min(places) : max(places)]) if places else False


def _crossed(match: Match) -> str:
    """Find two words that have exchanged their prepositions: ``from R-2 to R-1``."""
    ours, theirs = _opened(match.clause, match.lexicon), _opened(match.segment.tokens, match.lexicon)
    for key, opened in ours.items():
        there = theirs.get(key)
        if there is None or there == opened:
            continue
        for other, opened_other in ours.items():
            if other != key and opened_other == there and theirs.get(other) == opened:
                return f"{opened} … {there}"
    return ""


def _opened(tokens: Sequence[Token], lexicon: Lexicon) -> dict[str, str]:
    """Give the preposition before each word that has one directly before it; a word that occurs twice has none."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    before = ""
    for token in tokens:
        if not token.content:
            before = token.text.lower() if token.text.lower() in lexicon.movable else before
            continue
        if token.key in found:
            twice.add(token.key)
        if before:
            found[token.key] = before
        before = ""
    return {key: word for key, word in found.items() if key not in twice}


def _chunks_moved(match: Match) -> bool:
    """Whether parts joined by ``and`` or a comma changed places, with their common subject moved to the first."""
    ours, theirs = _chunks(match.clause, match.lexicon), _chunks(match.segment.tokens, match.lexicon)
    if len(ours) != len(theirs) or len(ours) < len(("one", "other")):
        return False
    if len(ours) > _PARTS:
        return False
    return any(_only_a_subject_moved(ours, order) for order in permutations(theirs))


def _only_a_subject_moved(ours: Sequence[list[str]], theirs: Sequence[list[str]]) -> bool:
    """Whether parts are the same, in the same order within, but for words that all went from one part to another."""
    gained: set[str] = set()
    lost: set[str] = set()
    for one, other in zip(ours, theirs, strict=True):
        more, less = set(one) - set(other), set(other) - set(one)
        common = [key for key in one if key in other]
        if (more and less) or common != [key for key in other if key in one]:
            return False
        gained |= more
        lost |= less
    return gained == lost or not gained


def _chunks(tokens: Sequence[Token], lexicon: Lexicon) -> list[list[str]]:
    chunks: list[list[str]] = [[]]
    for token in tokens:
        if "," in token.gap or token.text.lower() in lexicon.boundaries:
            chunks.append([])
        if token.content:
            chunks[-1].append(token.key)
    return [chunk for chunk in chunks if chunk]


def _differing(ours: list[str], theirs: list[str]) -> tuple[int, int]:
    differs = [n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b]
    return differs[0], differs[-1] + 1


def _phrase_heads(match: Match) -> set[str]:
    """Give what opens a phrase that may move, in either text: behind a preposition or conjunction, or a date."""
    return _heads_of(match.clause, match.lexicon) | _heads_of(match.segment.tokens, match.lexicon)


def _heads_of(tokens: Sequence[Token], lexicon: Lexicon) -> set[str]:
    found: set[str] = set()
    opened = False
    for token in tokens:
        word = token.text.lower()
        if not token.content:
            opened = (opened or word in lexicon.movable) and word not in _OF
            continue
        if opened or (token.figure is not None and token.figure.kind in ("date", "time")):
            found.add(token.key)
        opened = False
    return found
