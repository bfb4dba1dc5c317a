"""Functions that blueprints name: ``family.name`` of the computations, ``module.function`` of the checks.

The first entry of a group is Quire's: its families stand below the package that it names. Every other entry, of the
kinds that ship as of other packages, gives one family a home: its name is the family, what it names the package or
module in which the rest is looked for. Nobody takes a family that is there.
"""

import importlib
import importlib.util
import inspect
from collections.abc import Callable, Iterator

from quire.nodes.plugins.broken import Broken, reason_of, tell
from quire.nodes.plugins.entry_points import Entry, Group, entries


def function_of(group: Group, name: str, *inside: str) -> Callable[..., object] | None:
    """Find a function by the name that blueprints use; ``None`` if there is none. Imports nothing else.

    Args:
        group: the group of its entry.
        name: two words with a dot between.
        inside: what the function is called in the module that the whole name stands for. Without it, the name's second
            word is the function.

    """
    for entry, module, function in _places(group, [*name.split("."), *inside]):
        found = _function(entry, module, function, group)
        if found is not None:
            return found
    return None


def _places(group: Group, names: list[str]) -> Iterator[tuple[Entry, str, str]]:
    own, *others = entries(group)
    yield own, ".".join((own.module, *names[:-1])), names[-1]
    for entry in others:
        if entry.name == names[0]:
            yield entry, ".".join((entry.module, *names[1:-1])), names[-1]


def _function(entry: Entry, module: str, name: str, group: Group) -> Callable[..., object] | None:
    try:
        if importlib.util.find_spec(module) is None:
            return None
    except ModuleNotFoundError as fault:  # a part of the way there is missing, or is no package
        if entry.package and not _is_there(entry):
            tell(Broken(str(entry), str(fault), f"entry of {group.removeprefix('quire.')}"))
        return None
    try:
        function = getattr(importlib.import_module(module), name, None)
    except Exception as fault:
        if module.startswith("quire."):
            raise
        tell(Broken(module, reason_of(fault, module.split(".")[-2:][0], module), f"module of {group}"))
        return None
    return function if inspect.isfunction(function) and function.__module__ == module else None


def _is_there(entry: Entry) -> bool:
    """Whether what an entry names can be found."""
    try:
        return importlib.util.find_spec(entry.module) is not None
    except ModuleNotFoundError:
        return False
