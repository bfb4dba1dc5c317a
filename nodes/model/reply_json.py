"""Reads a model's JSON strictly.

What fails is named by its place alone: a model's words may repeat a source or a key, and an error
message ends up in logs.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NoReturn, TypeAlias

Json: TypeAlias = Any
"""Any JSON value."""

_FENCE = re.compile(r"\A\s*```[A-Za-z]*[ \t]*\n(.*)\n[ \t]*```\s*\Z", re.DOTALL)
_MAX_DEPTH = 32
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL and lone surrogates: databases and encoders refuse them."""


class UnfitReplyError(ValueError):
    """A reply is not the JSON that was asked for.

    Args:
        kind: ``not-json`` or ``wrong-schema``.
        place: where, and which rule is broken (``$.claims[2]: required``).

    """

    def __init__(self, kind: Literal["not-json", "wrong-schema"], place: str) -> None:
        self.kind, self.place = kind, place
        super().__init__(f"{kind} at {place}")


def parse(text: str, schema: Mapping[str, Any]) -> Json:
    """Read a reply, within at most one Markdown fence, and check it against its schema.

    A property of the whole that has a default may be left out.

    Raises:
        UnfitReplyError: it is not JSON, has a duplicate key, a number JSON does not know, unstorable
            characters or more than 32 levels, or breaks the schema.

    """
    value = _filled(_loaded(_unfenced(text)), schema)
    fault = _first_fault(value, schema)
    if fault:
        raise UnfitReplyError("wrong-schema", fault)
    return value


def as_sent(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Give a schema without the defaults of its properties, which are ours: endpoints that are strict refuse them."""
    bare = {name: {key: part[key] for key in part if key != "default"} for name, part in _properties(schema).items()}
    return {**schema, "properties": bare} if bare else dict(schema)


def unstorable(text: str) -> bool:
    """Whether text holds characters that databases and encoders refuse."""
    return _UNSTORABLE.search(text) is not None


def _filled(value: Json, schema: Mapping[str, Any]) -> Json:
    defaults = {name: part["default"] for name, part in _properties(schema).items() if "default" in part}
    return {**defaults, **value} if defaults and isinstance(value, dict) else value


def _properties(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = schema.get("properties", {})
    return found


def _unfenced(text: str) -> str:
    fenced = _FENCE.match(text)
    return fenced[1] if fenced else text


def _loaded(text: str) -> Json:
    if _depth(text) > _MAX_DEPTH:
        raise UnfitReplyError("not-json", f"$: more than {_MAX_DEPTH} levels")
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant, parse_float=_finite)
    except json.JSONDecodeError as broken:
        raise UnfitReplyError("not-json", f"$: line {broken.lineno}, column {broken.colno}") from None
    except ValueError as refused:
        place = refused.place if isinstance(refused, UnfitReplyError) else "$: a number too long"
        raise UnfitReplyError("not-json", place) from None
    if any(unstorable(string) for string in _strings(value)):
        raise UnfitReplyError("not-json", "$: a character that cannot be stored")
    return value


def _depth(text: str) -> int:
    """Count levels outside of strings, before the parser recurses into them."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*+"', "", text, flags=re.DOTALL)
    level = deepest = 0
    for bracket in re.findall(r"[\[{}\]]", bare):
        level += 1 if bracket in "[{" else -1
        deepest = max(deepest, level)
    return deepest


def _unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise UnfitReplyError("not-json", "$: a duplicate key")
    return made


def _refuse_constant(_: str) -> NoReturn:
    raise UnfitReplyError("not-json", "$: NaN or Infinity")


def _finite(literal: str) -> float:
    number = float(literal)
    if not math.isfinite(number):
        raise UnfitReplyError("not-json", "$: a number out of range")
    return number


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _strings(item)


def _first_fault(value: object, schema: Mapping[str, Any]) -> str:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - a run without a model reads no reply

    faults = sorted(Draft202012Validator(schema).iter_errors(value), key=lambda fault: list(map(str, fault.path)))
    return f"{_place(faults[0].path, _names(schema))}: {faults[0].validator}" if faults else ""


def _place(path: Iterable[str | int], known: frozenset[str]) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step if step in known else '*'}" for step in path)
    return "$" + "".join(steps)


def _names(schema: object) -> frozenset[str]:
    """Collect the property names a schema knows; any other key would be the model's word."""
    if isinstance(schema, list):
        return frozenset().union(*map(_names, schema))
    if not isinstance(schema, Mapping):
        return frozenset()
    own = schema.get("properties", {})
    return frozenset(own if isinstance(own, Mapping) else ()).union(*map(_names, schema.values()))
