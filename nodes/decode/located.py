"""Plain JSON that knows where each part of it was written, so that a refusal names file, line and field."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from quire.nodes.faults import BadInput, refuse

Place: TypeAlias = tuple[str | int, ...]
"""The way to a part: ``("sections", 3, "after")``. The empty one is the whole."""

MAX_DEPTH = 16
"""Mappings and lists within each other, the outermost counted."""
MAX_NODES = 10_000
"""Mappings, lists and scalars in one document."""
MAX_INTEGER = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly (RFC 8259, section 6)."""
MAX_KEY = 256
"""Characters of a key."""

_UNENCODABLE = re.compile("[\x00\ud800-\udfff]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
"""What XML cannot carry, and what turns the reading direction of the text around it."""


@dataclass(frozen=True)
class Located:
    """A value and the lines its parts stand on."""

    value: Any
    """Plain JSON: ``dict`` with text keys, ``list``, ``str``, ``int``, ``float``, ``bool`` or ``None``."""
    file: str = ""
    """The file's name as the user gave it; empty for what came without one."""
    lines: Mapping[Place, int] = field(default_factory=dict)
    """Line, from 1, by place in the file. A mapping's entry stands where its key does."""
    root: Place = ()
    """Where ``value`` stands in the file, if it is a part of what the file holds."""

    def line(self, place: Place = ()) -> int:
        """Line of the place, or of the nearest thing around it that has one; 0 if nothing has."""
        at = self.root + place
        while at and at not in self.lines:
            at = at[:-1]
        return self.lines.get(at, 0)

    def part(self, *place: str | int) -> "Located":
        """Give the part at a place that exists."""
        value = self.value
        for step in place:
            value = value[step]
        return Located(value, self.file, self.lines, self.root + place)

    def fault(self, place: Place, problem: str, hint: str = "") -> BadInput:
        """Make the refusal of what stands at a place."""
        return BadInput(problem, file=self.file, line=self.line(place), field=field_name(self.root + place), hint=hint)


def field_name(place: Place) -> str:
    """Spell a place the way people read it: ``sections[3].after``, ``facts["lot area"]``."""
    name = ""
    for step in place:
        if isinstance(step, int):
            name += f"[{step}]"
        elif re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]*", step):
            name += f".{step}" if name else step
        else:
            name += f"[{shown(step)}]"
    return name


def shown(value: object, limit: int = 60) -> str:
    """Spell a value for a message: short, on one line, and of what is long or a collection only what it is."""
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    if isinstance(value, str):
        if len(value) > limit:
            return f"a text of {len(value)} characters"
        return '"' + "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in value) + '"'
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return f"{value}" if abs(value) < 10**limit else "a huge number"
    return f"a {type(value).__name__}"


def require_plain(located: Located, *, raw: Callable[[Place], bool] = lambda _: False) -> None:
    """Refuse what is not plain JSON within the limits.

    Args:
        located: what to look through.
        raw: says of a place that its text is a source's own, which may hold control characters.

    Raises:
        BadInput: naming each place that is too deep, too large, not finite, not JSON or not printable.

    """
    faults: list[BadInput] = []
    for count, (place, node) in enumerate(_walk(located, located.value, ())):
        if count >= MAX_NODES:
            raise located.fault((), f"holds more than {MAX_NODES} values")
        problem = _problem(node, is_raw=raw(place))
        if problem:
            faults.append(located.fault(place, *problem))
    refuse(faults)


def _walk(located: Located, node: object, place: Place) -> Iterator[tuple[Place, object]]:
    """Yield every value with its place, outermost first."""
    yield place, node
    if isinstance(node, dict | list):
        if len(place) >= MAX_DEPTH:
            raise located.fault(place[:3], f"is nested deeper than {MAX_DEPTH} levels")
        entries = node.items() if isinstance(node, dict) else enumerate(node)
        for step, child in entries:
            yield from _walk(located, child, (*place, step if isinstance(step, int) else str(step)))


def _problem(node: object, *, is_raw: bool) -> tuple[str, str] | None:
    """Say what is wrong with one value, and what to do about it."""
    if isinstance(node, str):
        return _problem_of_text(node, is_raw=is_raw)
    if node is None or isinstance(node, bool | list):
        return None
    if isinstance(node, int):
        return None if abs(node) <= MAX_INTEGER else ("is too large a number", "write it in quotes")
    if isinstance(node, float):
        return None if math.isfinite(node) else ("is not a finite number", "write a number or leave it out")
    if isinstance(node, dict):
        return _problem_of_keys(node)
    return f"is {shown(node)}, which is no JSON value", "use text, numbers, true, false, null, lists and mappings"


def _problem_of_text(text: str, *, is_raw: bool) -> tuple[str, str] | None:
    found = (_UNENCODABLE if is_raw else _UNPRINTABLE).search(text)
    return (f"holds the character U+{ord(found[0]):04X}", "remove it") if found else None


def _problem_of_keys(mapping: Mapping[Any, object]) -> tuple[str, str] | None:
    for key in mapping:
        if not isinstance(key, str):
            return f"has the key {shown(key)}, which is not text", "write keys as text"
        if not key or len(key) > MAX_KEY:
            return f"has a key of {len(key)} characters", f"keys have 1 to {MAX_KEY} characters"
        problem = _problem_of_text(key, is_raw=False)
        if problem:
            return f"has a key that {problem[0]}", problem[1]
    return None
