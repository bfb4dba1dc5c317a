"""Files of a new package, made from the templates of this folder. Writes nothing.

A template is a file as it will be, with ``$folder`` and the like in its text. In its path, ``package`` and ``folder``
stand for the names of the Python package and of the kind's or agent's own folder.
"""

import importlib.resources
import re
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from string import Template
from typing import Literal, NamedTuple, TypeAlias

from quire.graphs.intake.blueprint import names
from quire.graphs.kernel.roster import TAKEN, roster
from quire.nodes.faults import BadInput

What: TypeAlias = Literal["kind", "agent"]

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST = 40


class Package(NamedTuple):
    """A package that is to be written."""

    project: str
    """What it is installed as, and its folder: ``quire-visit-report``."""
    files: Mapping[str, str]
    """Text by path within that folder."""


def package(what: What, name: str) -> Package:
    """Make the files of a package that adds a kind of document or an agent.

    Raises:
        BadInput: the name cannot be one, or is taken.

    """
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        hint = f"use up to {_LONGEST} lower-case letters and digits, words joined by hyphens: visit-report"
        raise BadInput(f"{name!r} cannot be the name of {_an(what)}", hint=hint)
    words = {
        "name": name,
        "project": f"quire-{name}",
        "package": f"quire_{_identifier(name)}",
        "folder": _identifier(name),
        "title": name.replace("-", " ").capitalize(),
        "event": "DraftReadBy" + "".join(word.capitalize() for word in name.split("-")),
    }
    if _is_taken(what, words):
        raise BadInput(f"there is {_an(what)} called {name!r} already", hint="choose another name")
    templates = importlib.resources.files(__package__) / "templates" / what
    return Package(words["project"], dict(_filled(templates, "", words)))


def _is_taken(what: What, words: Mapping[str, str]) -> bool:
    if what == "kind":
        return words["name"] in names()
    return words["folder"] in TAKEN | {agent.name for agent in roster()}


def _filled(folder: Traversable, path: str, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _filled(item, f"{path}{words.get(item.name, item.name)}/", words)
        elif item.name.endswith(".template"):
            name = Template(item.name.removesuffix(".template")).substitute(words)
            yield f"{path}{name}", Template(item.read_text("utf-8")).substitute(words)


def _an(what: What) -> str:
    return "a kind" if what == "kind" else "an agent"


def _identifier(name: str) -> str:
    return name.replace("-", "_")
