"""Front matter: the YAML mapping between ``---`` lines at the head of a Markdown file."""

from collections.abc import Iterator
from typing import NamedTuple

import yaml

_MAX_FIELDS = 500
_MAX_CHARACTERS = 64_000


class Field(NamedTuple):
    """One value: its dotted key, and its text as the file writes it."""

    key: str
    value: str


class Split(NamedTuple):
    """A file's front matter and the rest of it."""

    fields: list[Field]
    body: str
    lines: int
    """How many lines stand before the body."""
    warning: str


def split(text: str) -> Split:
    """Part front matter from the body. What is no YAML mapping stays in the body, with a warning if it looks meant."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return Split([], text, 0, "")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."}), 0)
    block = "\n".join(lines[1:end])
    if not end or not block.strip():
        return Split([], text, 0, "")
    fields, problem = _fields(block)
    if problem:
        return Split([], text, 0, f"front matter was read as text: {problem}")
    return Split(fields, "\n".join(lines[end + 1 :]), end + 1, "")


def _fields(block: str) -> tuple[list[Field], str]:
    """Read the block. Scalars stay as written (``8-13-19``, ``007``); no alias is followed, no tag obeyed."""
    if len(block) > _MAX_CHARACTERS:
        return [], f"it is longer than {_MAX_CHARACTERS} characters"
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(block, Loader=yaml.SafeLoader)):
            return [], "it uses YAML aliases"
        root = yaml.compose(block, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return [], "it is not valid YAML"
    if not isinstance(root, yaml.MappingNode):
        return [], "it is not a YAML mapping"
    fields = list(_walk(root, ""))
    return (fields, "") if len(fields) <= _MAX_FIELDS else ([], f"it has more than {_MAX_FIELDS} fields")


def _walk(node: yaml.Node, key: str) -> Iterator[Field]:
    if isinstance(node, yaml.ScalarNode):
        yield Field(key, node.value)
    elif isinstance(node, yaml.SequenceNode):
        for position, entry in enumerate(node.value, 1):
            yield from _walk(entry, f"{key}[{position}]")
    elif isinstance(node, yaml.MappingNode):
        for name, entry in node.value:
            named = name.value if isinstance(name, yaml.ScalarNode) else "?"
            yield from _walk(entry, f"{key}.{named}" if key else named)
