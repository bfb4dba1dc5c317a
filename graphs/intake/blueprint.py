"""Blueprints: reading them, checking them, and finding those that are installed."""

import functools
from collections.abc import Mapping
from typing import Any

from quire.graphs.intake.blueprint_checks import flaws
from quire.graphs.intake.blueprint_models import AgentSpec, Blueprint, FactSpec, Rule, SectionSpec
from quire.graphs.intake.installed_kinds import installed
from quire.graphs.intake.ordering import topological
from quire.nodes.decode.expressions import holds
from quire.nodes.decode.located import Located, require_plain, shown
from quire.nodes.decode.shaped import StandIns, salvaged
from quire.nodes.decode.strict_yaml import parse
from quire.nodes.evidence.content import canonical
from quire.nodes.faults import BadInput, in_order, refusal
from quire.nodes.plugins.broken import Broken, tell

MAX_BYTES = 256 * 1024
"""A blueprint, as canonical JSON."""

_LOST = "0" * 40
STAND_INS: StandIns = {name: lambda number: f"{_LOST}{number}" for name in ("id", "name", "title", "text")}
"""What stands in for what is missing, so that the rest of a blueprint can be looked at."""


def names() -> list[str]:
    """Names of the blueprints that are installed, in alphabetical order."""
    return sorted(name for name in installed() if _whole(name))


@functools.cache
def load_builtin(name: str) -> Blueprint:
    """Read a blueprint that is installed.

    Raises:
        BadInput: there is none of this name.

    """
    if name not in names():
        raise BadInput(f"there is no blueprint {name!r}", hint=f"choose one of {', '.join(names())}")
    return _read(name)


def _read(name: str) -> Blueprint:
    """Read an installed blueprint. What ships is sound, as tests see to: none of its functions is loaded to be told."""
    kind = installed()[name]
    located = parse(kind.text, kind.file)
    return decode(located) if kind.package else Blueprint.model_validate(located.value)


@functools.cache
def _whole(name: str) -> bool:
    """Whether an installed kind can be used; one whose blueprint has faults is named and left out."""
    kind = installed()[name]
    if not kind.package:
        return True  # tests see to it that what ships is whole
    try:
        blueprint = _read(name)
    except BadInput as fault:
        tell(Broken(name, str(fault), kind.what))
        return False
    if blueprint.name != name:
        tell(Broken(name, f"its blueprint is called {blueprint.name!r}, not {name!r}", kind.what))
    return blueprint.name == name


def resolve(blueprint: str | Mapping[str, Any]) -> Blueprint:
    """Give the blueprint that a decoded brief carries: a name, or the blueprint itself.

    Raises:
        BadInput: as ``load_builtin`` and ``decode``.

    """
    return load_builtin(blueprint) if isinstance(blueprint, str) else decode(Located(blueprint))


def decode(located: Located) -> Blueprint:
    """Check a blueprint and give it its types.

    Raises:
        BadInput: everything that is wrong with it, in the order of the file.

    """
    blueprint, faults = examine(located)
    if blueprint is None or faults:
        raise refusal(faults)
    return blueprint


def examine(located: Located) -> tuple[Blueprint | None, list[BadInput]]:
    """Find everything that is wrong with a blueprint; give as much of it as can be looked at.

    Raises:
        BadInput: it is no mapping, or too large, or no plain JSON, so that nothing else can be said.

    """
    require_plain(located)
    if not isinstance(located.value, dict):
        raise located.fault(
            (),
            f"a blueprint must be a mapping or a name, not {shown(located.value)}",
            f"names are {', '.join(names())}",
        )
    if len(canonical(located.value).encode()) > MAX_BYTES:
        raise located.fault((), f"the blueprint is larger than {MAX_BYTES // 1024} kB")
    blueprint, faults, spoilt = salvaged(Blueprint, located, STAND_INS)
    found = [flaw for flaw in flaws(blueprint) if not flaw.rests_on_any(spoilt)] if blueprint else []
    return blueprint, in_order([*faults, *(located.fault(flaw.place, flaw.problem, flaw.hint) for flaw in found)])


def is_lost(section: str) -> bool:
    """Whether an id stands in for one that is missing."""
    return section.startswith(_LOST)


def when_holds(spec: SectionSpec, facts: Mapping[str, Any]) -> bool:
    """Whether the section is written, given these facts. A fact that is not given equals nothing.

    Raises:
        BadInput: its condition cannot be decided over these facts.

    """
    return spec.when is None or holds(spec.when, facts)


__all__ = [
    "MAX_BYTES", "AgentSpec", "Blueprint", "FactSpec", "Rule", "SectionSpec", "decode", "examine", "is_lost",
    "load_builtin", "names", "resolve", "topological", "when_holds",
]  # fmt: skip
