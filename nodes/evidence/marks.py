"""The marks behind a statement: what it rests on, in brackets. Pure.

``[E12]``, ``[E3, E7]``, ``[E6-E8]`` name evidence, ``[V2]`` a computed value, ``[F1]`` a fact of the brief, ``[P4]`` a
claim of another section; ``[⇒ E3, c4]`` says that it is concluded from them, ``[= E5 - E3]`` that code is to work it
out (``[= sum(E12-E59)]`` adds a range up), ``[∅ looked: minutes]`` that it is in no source. Each sign has a spelling in
ASCII: ``=>``, ``--``.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

MarkKind: TypeAlias = Literal["evidence", "inference", "computed", "gap"]
MOST_NAMED = 40
"""Names in one mark: more is no reference but a list of everything."""
MOST_ADDED = 400
"""Names in one sum: what its statement rests on is all of them."""


class Mark(NamedTuple):
    """A mark, taken apart."""

    kind: MarkKind
    names: tuple[str, ...] = ()
    """``E3``, ``V1``, ``c4`` …, ranges spelt out."""
    expression: str = ""
    """Of ``computed``: what is to be worked out, as it was written; a sum over ranges is spelt out."""
    looked: str = ""
    """Of ``gap``: where was looked."""


class NotAMark(ValueError):
    """Brackets that begin like a mark and cannot be read as one. The message says why."""


MARK = re.compile(r"\[\s*(?P<inside>(?:⇒|=>|=|∅|--)[^\[\]]*|[EVFPTc]\d[^\[\]]*)\]")
"""What is taken for a mark in running text; other brackets are text."""
_NAME = re.compile(r"(?P<letter>[EVFPTc])(?P<number>\d{1,4})")
_RANGE = re.compile(rf"{_NAME.pattern}\s*[-\u2013\u2014]\s*(?P<last_letter>[EVFPTc]?)(?P<last>\d{{1,4}})")
_SUM = re.compile(r"\bsum\s*\(([^()]*)\)", re.IGNORECASE)
_SIGNED = re.compile(r"[,;]\s*(?=⇒|=|∅|--)|(?<=\d)\s+(?=⇒|=|∅)")
_SIGNS: tuple[tuple[str, MarkKind], ...] = (("⇒", "inference"), ("=>", "inference"), ("∅", "gap"), ("--", "gap"))


def read_marks(inside: str) -> list[Mark]:
    """Take apart what stands between the brackets: several marks where a sign stands behind a comma.

    ``[E44, = 60 % * E42]`` is what is said in E44 and what is worked out from E42.

    Raises:
        NotAMark: it cannot be read.

    """
    return [read_mark(part.strip()) for part in _SIGNED.split(inside)]


def read_mark(inside: str) -> Mark:
    """Take one mark apart.

    Raises:
        NotAMark: it cannot be read.

    """
    for sign, kind in _SIGNS:
        if inside.startswith(sign):
            rest = inside.removeprefix(sign).strip()
            return Mark("gap", looked=_where(rest)) if kind == "gap" else Mark("inference", _names(rest))
    if inside.startswith("="):
        expression = _SUM.sub(lambda found: _added(found[1]), inside.removeprefix("=").strip())
        return Mark("computed", tuple(_named_in(expression)), expression)
    return Mark("evidence", _names(inside))


def _where(rest: str) -> str:
    where = re.sub(r"^looked\s*(?:for|in)?\s*:?\s*", "", rest, flags=re.IGNORECASE).strip()
    if not where:
        raise NotAMark("a gap says where was looked: [∅ looked: …]")
    return where


def _added(listed: str) -> str:
    """Spell a sum out: ``sum(E12-E14, E20)`` is ``(E12 + E13 + E14 + E20)``."""
    names = _all_named(listed, MOST_ADDED)
    if len(names) > MOST_ADDED:
        raise NotAMark(f"it adds {len(names)} things; at most {MOST_ADDED} may be added in one sum")
    return f"({' + '.join(names)})"


def _names(listed: str) -> tuple[str, ...]:
    names = _all_named(listed, MOST_NAMED)
    if len(names) > MOST_NAMED:
        raise NotAMark(f"it names {len(names)} things; name what carries the statement")
    return names


def _all_named(listed: str, most: int) -> tuple[str, ...]:
    """Give what a list names, each once; a range in it names so many at most."""
    names = [name for part in re.split(r"[,;]", listed) for name in _spelt_out(part.strip(), most)]
    if not names:
        raise NotAMark("it names nothing")
    return tuple(dict.fromkeys(names))


def _spelt_out(part: str, most: int) -> Iterator[str]:
    if found := _RANGE.fullmatch(part):
        first, last, letter = int(found["number"]), int(found["last"]), found["letter"]
        if found["last_letter"] not in {"", letter} or not first <= last < first + most:
            raise NotAMark(f"{part!r} is no range")
        yield from (f"{letter}{number}" for number in range(first, last + 1))
    elif found := _NAME.fullmatch(part):
        yield f"{found['letter']}{int(found['number'])}"
    elif part:
        raise NotAMark(f"{part!r} is no number of what was given (E1, V1, F1, P1, c1)")


def _named_in(expression: str) -> Iterator[str]:
    names = dict.fromkeys(f"{m['letter']}{int(m['number'])}" for m in _NAME.finditer(expression))
    if not names:
        raise NotAMark("what is computed names what it is computed from: [= E5 - E3]")
    yield from names
