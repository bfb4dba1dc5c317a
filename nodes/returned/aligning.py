"""What became of each claim in a file that came back: its lines are held against those that went out. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple, TypeAlias

from quire.nodes.faults import BadInput
from quire.nodes.render.naming import CLAIM
from quire.nodes.returned.moving import Change, with_moves
from quire.nodes.returned.owning import NOBODY, Owned, Token, owned, said, tokens_of
from quire.nodes.returned.reading import Line, Returned

_MORE = 4
"""Times as many lines as went out that may come back, beside :data:`_FEW`."""
_FEW = 2_000
_SECTION = "section_"


class Asked(NamedTuple):
    """What a person wrote in the margin."""

    section: int
    about: str
    """The words beside which it stands."""
    text: str
    by: str


class Aligned(NamedTuple):
    """What came back."""

    changes: list[Change]
    asked: list[Asked]
    left: list[str]
    """What was changed that nobody can take up."""


def aligned(sent: Returned, came: Returned) -> Aligned:
    """Say what became of what went out.

    Args:
        sent: the file as it went out, with the names of all claims.
        came: as it came back.

    Raises:
        BadInput: it is another document, or too much is changed to tell.

    """
    if len(came.lines) > _MORE * len(sent.lines) + _FEW:
        raise BadInput("is far longer than what went out", hint="return the file that was made of this document")
    names = [[n for n in line.names if n[0].startswith(CLAIM)] for line in sent.lines]
    sections = _sections(sent.lines)
    compared = _compared(sent.lines, came.lines)
    found = Aligned([], [], [])
    places = _unchanged(compared, sections)
    for base, block in _blocks(compared):
        above = base.start - 1
        before = tokens_of(sent.lines[base.start : base.stop], base.start, names[base.start : base.stop])
        after = tokens_of(came.lines[block.start : block.stop], block.start, [()] * len(block))
        whose = owned(before, after, *_neighbours(names, sections, above, base.stop))
        places |= {n: sections[max(above, 0)] for n in block}
        places |= {n: sections[m] for m, n in zip(base, block, strict=False)}
        found.changes.extend([*_changes(before, whose, came.lines), *_own(whose, came.lines, found.left)])
        found.left.extend(whose.other)
    for one in came.remarks:
        about = came.lines[one.line].text[one.start : one.end].strip() or came.lines[one.line].text
        if section := places.get(one.line, 0):
            found.asked.append(Asked(section, " ".join(about.split()), one.text, one.by))
        else:
            found.left.append(f"the comment “{one.text}”, which stands beside no section")
    return found._replace(changes=with_moves(found.changes, _words(sent.lines, names)))


_Compared: TypeAlias = Sequence[tuple[str, int, int, int, int]]
"""What became of runs of lines: equal, or put in, taken out, replaced."""


def _blocks(compared: _Compared) -> Iterator[tuple[range, range]]:
    """Give what differs, line by line where as many lines came as there were."""
    for tag, i1, i2, j1, j2 in compared:
        if tag == "equal":
            continue
        if i2 - i1 == j2 - j1:
            yield from ((range(i, i + 1), range(j, j + 1)) for i, j in zip(range(i1, i2), range(j1, j2), strict=True))
        else:
            yield range(i1, i2), range(j1, j2)


def _unchanged(compared: _Compared, sections: Sequence[int]) -> dict[int, int]:
    """Give the sections of lines that came back as they were."""
    equal = [(i1, j1, i2 - i1) for tag, i1, i2, j1, _ in compared if tag == "equal"]
    return {j + n: sections[i + n] for i, j, count in equal for n in range(count)}


def _compared(sent: Sequence[Line], came: Sequence[Line]) -> _Compared:
    old, new = ([" ".join(line.text.split()) for line in lines] for lines in (sent, came))
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _words(lines: Sequence[Line], names: Sequence[Sequence[tuple[str, int, int]]]) -> dict[str, str]:
    """Give what each claim says."""
    pieces = defaultdict[str, list[str]](list)
    for line, spans in zip(lines, names, strict=True):
        for name, start, end in spans:
            pieces[name].append(line.text[start:end])
    return {name: " ".join(" ".join(said).split()) for name, said in pieces.items()}


def _sections(lines: Sequence[Line]) -> list[int]:
    """Give by line the number of its section; 0 before and behind them."""
    found, now = [], 0
    for line in lines:
        for name, _, _ in line.names:
            head, _, number = name.partition(_SECTION)
            if not head and number.isdecimal():
                now = int(number)
            elif name in {"questions", "computations", "sources", "evidence"}:
                now = 0
        found.append(now)
    return found


def _neighbours(
    names: Sequence[Sequence[tuple[str, int, int]]], sections: Sequence[int], above: int, below: int
) -> tuple[str, str]:
    """Give the last claim up to a line and the first one from another on, in the first line's section."""
    up, down = range(above, -1, -1), range(below, len(names))
    before = [names[n][-1][0] for n in _within(sections, up, sections[above]) if names[n]]
    behind = [names[n][0][0] for n in _within(sections, down, sections[above]) if names[n]]
    return next(iter(before), NOBODY), next(iter(behind), NOBODY)


def _within(sections: Sequence[int], lines: Iterable[int], section: int) -> Iterator[int]:
    return takewhile(lambda n: sections[n] == section, lines)


def _changes(before: Sequence[Token], whose: Owned, came: Sequence[Line]) -> Iterator[Change]:
    old, new = defaultdict[str, list[Token]](list), defaultdict[str, list[Token]](list)
    for tokens, by_owner in ((before, old), (whose.tokens, new)):
        for token in tokens:
            by_owner[token.owner].append(token)
    by = next((came[t.line].by for t in whose.tokens if came[t.line].by), "")
    for name, tokens in old.items():
        if name != NOBODY and [t.text for t in tokens] != [t.text for t in new[name]]:
            yield Change(name, said(new[name], came), behind=False, by=by)


def _own(whose: Owned, came: Sequence[Line], left: list[str]) -> Iterator[Change]:
    for name, before, tokens in whose.own:
        if not (text := said(tokens, came)):
            continue
        if name == NOBODY:
            left.append(f"“{text}” put in where no statement stands beside it")
        else:
            yield Change(name, text, behind=not before, by=came[tokens[0].line].by, before=before)
