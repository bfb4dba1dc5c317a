"""Whether what a record says stands beside what it names, in running text. Pure.

Two records of one sentence (``The front yard shall be 50 feet and the side yard 25 feet``) each quote words that stand
there. What tells a wrong pair is what stands between its parts: another value.
"""

from collections.abc import Sequence
from typing import NamedTuple

from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.records.readable_values import Span, told_in
from quire.nodes.records.record import FieldValue
from quire.nodes.records.record_types import RecordType
from quire.nodes.sources.folding import fold_quotes
from quire.nodes.sources.passage import Passage


class Held(NamedTuple):
    """A field that holds by itself, and where."""

    name: str
    value: FieldValue
    passage: Passage
    span: Span | None = None
    """In its passage's folded text; None in a cell."""


def misjoined(
    held: Sequence[Held], kind: RecordType, keys_of_others: Sequence[Held], convention: Convention
) -> list[Held]:
    """Give the fields of a record that another value stands in front of.

    Args:
        held: its fields.
        kind: its type.
        keys_of_others: the keys of the other records of its type and source.
        convention: the source's.

    """
    others = [key for key in keys_of_others if key.span]
    return [one for one in held if one.span and _is_misjoined(one, held, kind, others, convention)]


def _is_misjoined(
    one: Held, held: Sequence[Held], kind: RecordType, keys_of_others: Sequence[Held], convention: Convention
) -> bool:
    if kind.fields[one.name].type not in ("number", "date"):
        return False
    beside = [other for other in held if other.passage is one.passage and other.span]
    rivals = _rivals(one, beside, kind, convention)
    telling = [other for other in beside if other.name not in kind.needed]
    hull = _around([other.span for other in telling if other.span] or [one.span or (0, 0)])
    if any(_within(rival, hull) for rival in rivals):
        return True
    is_told_apart = any(kind.fields[other.name].type not in ("number", "date") for other in telling)
    for key in beside:
        if key.name in kind.needed and key.span and any(_within(r, _gap(key.span, hull)) for r in rivals):
            nearer = [k for k in keys_of_others if k.passage is one.passage and k.value["value"] != key.value["value"]]
            if not is_told_apart or any(_within(k.span or hull, _gap(key.span, hull)) for k in nearer):
                return True
    return False


def _rivals(one: Held, beside: Sequence[Held], kind: RecordType, convention: Convention) -> list[Span]:
    """Give where the passage tells other values of the same sort that are none of the record's."""
    spec, text = kind.fields[one.name], fold_quotes(one.passage["text"])
    told = [t for t in told_in(text, spec, "", convention) if spec.type == "date" or t.unit == one.value["unit"]]
    own = [other.span for other in beside if other.span]
    return [t.span for t in told if not any(_touch(t.span, span) for span in own)]


def _around(spans: Sequence[Span]) -> Span:
    return (min(start for start, _ in spans), max(end for _, end in spans))


def _gap(key: Span, hull: Span) -> Span:
    return (key[1], hull[0]) if key[1] <= hull[0] else (hull[1], key[0])


def _within(span: Span, around: Span) -> bool:
    return around[0] <= span[0] and span[1] <= around[1]


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
