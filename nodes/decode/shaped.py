"""From located JSON to a pydantic model, with every refusal at its file, line and field."""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from quire.nodes.decode.located import Located, Place, shown
from quire.nodes.faults import BadInput, refusal

Shape = TypeVar("Shape", bound=BaseModel)


def shaped(model: type[Shape], located: Located) -> Shape:
    """Read a value as a model.

    Raises:
        BadInput: one for each part that does not fit.

    """
    partly = salvaged(model, located)
    if partly.value is None or partly.faults:
        raise refusal(partly.faults)
    return partly.value


class Partly(NamedTuple, Generic[Shape]):
    """What could be read of a value."""

    value: Shape | None
    """Without the parts that do not fit; ``None`` if there is nothing without them."""
    faults: list[BadInput]
    places: list[Place]
    """Of what does not fit, and of what is missing."""


StandIns: TypeAlias = Mapping[str, Callable[[int], Any]]
"""By a field's name: makes what stands in for it where it is missing, from a number that no other one has."""
_MOST_REPAIRS = 8
"""Times that what is left of a value is tried."""


def salvaged(model: type[Shape], located: Located, stand_ins: StandIns = MappingProxyType({})) -> Partly[Shape]:
    """Read a value as a model as far as it goes, so that the rest can be looked at as well."""
    try:
        return Partly(model.model_validate(located.value), [], [])
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
    faults = {str(fault): fault for fault in (_fault(detail, model, located) for detail in details)}
    places = [_existing(detail["loc"], located) for detail in details if detail["type"] != "missing"]
    rest = _rest(model, _without(places, located.value), stand_ins)
    lost = [detail["loc"] for detail in details if detail["type"] == "missing"]
    return Partly(rest, list(faults.values()), [*places, *lost])


def _rest(model: type[Shape], left: Any, stand_ins: StandIns) -> Shape | None:
    """Read what is left of a value: what is missing is stood in for, what still does not fit is left out."""
    for attempt in range(_MOST_REPAIRS):
        try:
            return model.model_validate(left)
        except ValidationError as error:
            details = error.errors(include_url=False)
        for number, detail in enumerate(details):
            if not _repaired(left, detail, stand_ins, attempt * len(details) + number):
                return None
    return None


def _repaired(left: Any, detail: ErrorDetails, stand_ins: StandIns, number: int) -> bool:
    """Change the place that an error names so that it is one no more; ``False`` if there is nothing without it."""
    if not detail["loc"]:
        return False
    *way, last = detail["loc"]
    parent = _at(left, way)
    if detail["type"] == "missing":
        if last not in stand_ins or not isinstance(parent, dict):
            return False
        parent[last] = stand_ins[str(last)](number)
        return True
    if detail["type"] in {"model_type", "dict_type"} and isinstance(last, int) and isinstance(parent, list):
        parent[last] = {}
        return True
    keys = [n for n, step in enumerate(detail["loc"]) if isinstance(step, str)]
    for n in reversed(keys):  # the innermost key on the way; what pydantic names beside keys is none
        parent = _at(left, detail["loc"][:n])
        if isinstance(parent, dict) and detail["loc"][n] in parent:
            del parent[detail["loc"][n]]
            return True
    return False


def _at(value: Any, way: Iterable[int | str]) -> Any:
    """Give what stands at a place, or ``None``."""
    for step in way:
        if isinstance(value, dict):
            value = value.get(step)
        else:
            value = value[step] if isinstance(value, list) and isinstance(step, int) else None
    return value


def _without(places: Iterable[Place], value: Any, at: Place = ()) -> Any:
    """Give a value without what stands at some places; entries of lists stay, since others are counted by them."""
    if isinstance(value, dict):
        left = {key: part for key, part in value.items() if (*at, key) not in places}
        return {key: _without(places, part, (*at, key)) for key, part in left.items()}
    if isinstance(value, list):
        return [_without(places, part, (*at, number)) for number, part in enumerate(value)]
    return value


def _fault(detail: ErrorDetails, model: type[BaseModel], located: Located) -> BadInput:
    place = _existing(detail["loc"], located)
    match detail["type"]:
        case "extra_forbidden":
            return located.fault(place, f"unknown key {shown(place[-1])}", _nearest(str(place[-1]), model))
        case "missing":
            place = (*place, detail["loc"][-1])
            return located.fault(place, "is missing")
        case "model_type" | "dict_type":
            return located.fault(place, f"must be a mapping, not {shown(detail['input'])}")
        case "value_error":
            return located.fault(place, str(detail["ctx"]["error"]))
    expected = detail["msg"].replace("Input should", "must", 1)
    return located.fault(place, f"{expected[:1].lower()}{expected[1:]}, not {shown(detail['input'])}")


def _existing(loc: tuple[int | str, ...], located: Located) -> Place:
    """Keep of pydantic's location what is a place in the value; the rest names members of unions and keys."""
    place: list[int | str] = []
    node: Any = located.value
    for step in loc:
        parts = dict(enumerate(node)) if isinstance(node, list) else node
        if isinstance(parts, dict) and step in parts:
            node = parts[step]
            place.append(step)
    return tuple(place)


def _nearest(key: str, model: type[BaseModel]) -> str:
    known = sorted({name for part in _parts(model) for name in part.model_fields} - {key})
    near = difflib.get_close_matches(key, known, 1)
    return f"did you mean {near[0]}?" if near else "leave it out"


def _parts(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield a model and every model within it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for info in annotation.model_fields.values():
            yield from _parts(info.annotation)
    for inner in get_args(annotation):
        yield from _parts(inner)
