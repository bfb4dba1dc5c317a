"""From located JSON to a pydantic model, with every refusal at its file, line and field."""

import difflib
from collections.abc import Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from nodes.faults import BadInput, refusal
from nodes.located import Located, Place, shown

Shape = TypeVar("Shape", bound=BaseModel)


def shaped(model: type[Shape], located: Located) -> Shape:
    """Read a value as a model.

    Raises:
        BadInput: one for each part that does not fit.

    """
    try:
        return model.model_validate(located.value)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        faults = [_fault(detail, model, located) for detail in details]
        unique = list({str(fault): fault for fault in faults}.values())
        raise refusal(unique) from None


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
