"""Builds a value from what a parser meets, with the line of each part; shared by the YAML and the JSON reader."""

from collections import deque
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from quire.nodes.decode.located import MAX_DEPTH, MAX_INTEGER, MAX_NODES, Located, Place, field_name, shown
from quire.nodes.faults import BadInput


class Step(NamedTuple):
    """What a parser meets next."""

    kind: Literal["mapping", "list", "end", "scalar", "flaw"]
    value: Any
    """A scalar's value; of a flaw, the problem and the hint."""
    line: int
    text: str = ""
    """A scalar as it is written: what it is called as a key."""


class _Tree:
    """A value in the making."""

    def __init__(self, steps: Iterator[Step], file: str) -> None:
        self.steps = steps
        self.file = file
        self.lines: dict[Place, int] = {}

    def fault(self, step: Step, place: Place, problem: str, hint: str = "") -> BadInput:
        return BadInput(problem, file=self.file, line=step.line, field=field_name(place), hint=hint)

    def value(self, step: Step, place: Place) -> object:
        """Build what begins with this step."""
        self.lines.setdefault(place, step.line)
        if len(self.lines) > MAX_NODES:
            raise self.fault(step, (), f"holds more than {MAX_NODES} values")
        if step.kind == "scalar":
            return step.value
        if step.kind == "flaw":
            raise self.fault(step, place, *step.value)
        if len(place) >= MAX_DEPTH:
            raise self.fault(step, place[:3], f"is nested deeper than {MAX_DEPTH} levels")
        return self.mapping(place) if step.kind == "mapping" else self.list(place)

    def list(self, place: Place) -> object:
        made: list[object] = []
        while (step := next(self.steps)).kind != "end":
            made.append(self.value(step, (*place, len(made))))
        return made

    def mapping(self, place: Place) -> object:
        made: dict[str, object] = {}
        while (key := next(self.steps)).kind != "end":
            at = (*place, key.text)
            if key.kind == "flaw":
                raise self.fault(key, place, *key.value)
            if key.kind != "scalar":
                raise self.fault(key, place, "has a mapping or list for a key", "write keys as text")
            if key.text in made:
                again = f"the key {shown(key.text)} is already on line {self.lines[at]}"
                raise self.fault(key, at, again, "keep one of them")
            self.lines[at] = key.line
            made[key.text] = self.value(next(self.steps), at)
        return made


def build(steps: Iterator[Step], file: str) -> Located:
    """Build the value. Nothing at all builds ``None``.

    Raises:
        BadInput: a key twice, a key that is no scalar, too deep, too many values.

    """
    tree = _Tree(steps, file)
    first = next(steps, None)
    value = None if first is None else tree.value(first, ())
    deque(steps, maxlen=0)  # the parser may still object to what follows
    return Located(value, file, tree.lines)


def integer(digits: str) -> int:
    """Convert a whole number. One of too many digits, which would cost quadratic time, stays too large."""
    return int(digits) if len(digits) <= len(str(MAX_INTEGER)) + 1 else MAX_INTEGER + 1
