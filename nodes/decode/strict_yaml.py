"""YAML without surprises: no aliases, anchors, tags or duplicate keys, and scalars as YAML 1.2 reads them.

``2026-03-01``, ``12:30:45``, ``yes`` and ``007`` stay text. Numbers are what JSON calls numbers
(YAML 1.2.2, section 10.2), ``true``, ``false`` and ``null`` are spelt as in section 10.3. Nothing is built
before it is known to be within the limits, so an alias bomb or a thousand brackets cost nothing.
"""

import math
import re
from collections.abc import Iterator

import yaml

from quire.nodes.decode.located import Located, require_plain
from quire.nodes.decode.strict_tree import Step, build, integer
from quire.nodes.faults import BadInput

_READER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML was built with it: a brief may carry megabytes of inline sources."""

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""All but ``c-printable`` of the specification, section 5.1."""
_SYNTAX = "indent with spaces, and put text that holds special signs in quotes"
_NO_ALIASES = "aliases are not read; write the value out, or put text that begins with * or & in quotes"


def parse(text: str, file: str = "") -> Located:
    """Read one YAML document; JSON that YAML can read is YAML.

    Args:
        text: the document.
        file: its name, as messages should give it.

    Raises:
        BadInput: with file, line and field.

    """
    if found := _UNREADABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise BadInput(f"holds the character U+{ord(found[0]):04X}", file=file, line=line, hint="remove it")
    located = build(_steps(text, file), file)
    require_plain(located, raw=lambda _: True)
    return located


def _steps(text: str, file: str) -> Iterator[Step]:
    """Turn the parser's events into steps; what makes YAML more than JSON with comments becomes a flaw."""
    documents = 0
    for event in _events(text, file):
        line = event.start_mark.line + 1 if event.start_mark else 0
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise BadInput("holds a second document", file=file, line=line, hint="keep one document in a file")
        step = _step(event, line)
        if step:
            yield step


def _step(event: yaml.Event, line: int) -> Step | None:
    flaw = _flaw(event)
    if flaw:
        return Step("flaw", flaw, line)
    match event:
        case yaml.MappingStartEvent():
            return Step("mapping", None, line)
        case yaml.SequenceStartEvent():
            return Step("list", None, line)
        case yaml.CollectionEndEvent():
            return Step("end", None, line)
        case yaml.ScalarEvent(value=text, implicit=(is_plain, _)):
            return Step("scalar", _plain(text) if is_plain else text, line, text)
    return None


def _flaw(event: yaml.Event) -> tuple[str, str] | None:
    match event:
        case yaml.AliasEvent(anchor=name):
            return f"uses the alias *{name}", _NO_ALIASES
        case yaml.NodeEvent(anchor=str(name)):
            return f"uses the anchor &{name}", _NO_ALIASES
        case yaml.ScalarEvent(tag=str(tag)) | yaml.CollectionStartEvent(tag=str(tag)):
            return f"uses the tag {tag}", "tags are not read; leave it out"
    return None


def _events(text: str, file: str) -> Iterator[yaml.Event]:
    events = yaml.parse(text, Loader=_READER)
    while True:
        try:
            event = next(events)
        except StopIteration:
            return
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
            problem = getattr(error, "problem", None) or getattr(error, "context", None) or "it cannot be read"
            line = mark.line + 1 if mark else 0
            raise BadInput(f"is not YAML: {problem}", file=file, line=line, hint=_SYNTAX) from error
        except (ValueError, OverflowError) as error:  # an escape such as "\UFFFFFFFF", in PyYAML's own scanner
            raise BadInput("is not YAML: an escape stands for no character", file=file, hint=_SYNTAX) from error
        yield event


def _plain(text: str) -> str | int | float | bool | None:
    """Read a scalar without quotes."""
    if text in _WORDS:
        return _WORDS[text]
    if _NOT_FINITE.fullmatch(text):
        return math.inf
    number = _NUMBER.fullmatch(text)
    if not number:
        return text
    return float(text) if number[1] or number[2] else integer(text)
