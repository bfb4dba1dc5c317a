"""Who there is, read from declarations without loading them: names for whoever checks a brief or a setting.

An agent brings its graph and so LangGraph; to know that it is called ``reviewer`` and works on sections takes neither.
"""

import ast
import importlib
import importlib.util
from contextlib import suppress
from importlib.abc import InspectLoader
from typing import NamedTuple

from quire.graphs.kernel.places import Place, places

TAKEN = frozenset(
    {
        "approval",
        "ask",
        "begin",
        "close",
        "document",
        "finish",
        "declared",
        "wait_for_dependencies",
        "outside",
        "person",
        "take_batch",
    }
)
"""Names that no agent may have: of the dispatchers' own steps, and of whoever else speaks in a journal."""


class Named(NamedTuple):
    """An agent by its name, and what it works on."""

    name: str
    scope: str
    """``document`` or ``section``."""


def roster() -> tuple[Named, ...]:
    """Give the names of the agents that are declared. One that turns out to be broken is among them."""
    declared = [_declared(place) for place in places() if isinstance(place, Place)]
    return tuple({agent.name: agent for agent in reversed(declared) if agent}.values())[::-1]


def load_events() -> None:
    """Load the events of all agents, so that their names are known. What cannot be loaded is named by the registry."""
    for place in places():
        if isinstance(place, Place):
            with suppress(Exception):
                importlib.import_module(place.events)


def _declared(place: Place) -> Named | None:
    """Read a declaration; load it if it is not written as ``AGENT = Agent(...)``; nothing if it cannot be read."""
    try:
        read = _read(_source(place.module), place)
        if read is not None:
            return read
        agent = getattr(importlib.import_module(place.module), place.attribute)
        return Named(agent.name, agent.scope)
    except Exception:  # noqa: BLE001 - somebody else's code; whoever loads the agents names what is wrong with it
        return None


def _source(module: str) -> str:
    spec = importlib.util.find_spec(module)
    loader = spec.loader if spec else None
    return (loader.get_source(module) or "") if isinstance(loader, InspectLoader) else ""


def _read(source: str, place: Place) -> Named | None:
    for node in ast.parse(source).body:
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
            continue
        named = [target.id for target in node.targets if isinstance(target, ast.Name)]
        if place.attribute in named and isinstance(node.value.func, ast.Name) and node.value.func.id == "Agent":
            return _of_call(node.value)
    return None


def _of_call(call: ast.Call) -> Named | None:
    """Take name and scope from the arguments, where they are written out."""
    fields = ("name", "handles", "emits", "graph", "scope")
    given = dict(zip(fields, call.args, strict=False)) | {word.arg: word.value for word in call.keywords if word.arg}
    name, scope = given.get("name"), given.get("scope", ast.Constant("section"))
    if isinstance(name, ast.Constant) and isinstance(scope, ast.Constant):
        return Named(str(name.value), str(scope.value))
    return None
