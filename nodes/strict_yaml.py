"""YAML without surprises: no aliases, anchors, tags or duplicate keys, and scalars as YAML 1.2 reads them.

``2026-03-01``, ``12:30:45``, ``yes`` and ``007`` stay text. Numbers are what JSON calls numbers
(YAML 1.2.2, section 10.2), ``true``, ``false`` and ``null`` are spelt as in section 10.3. Nothing is built
before it is known to be within the limits, so an alias bomb or a thousand brackets cost nothing.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from nodes.faults import BadInput
from nodes.located import Located, require_plain
from nodes.strict_tree import Step, build

_READER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML was built with it: a brief may carry megabytes of inline sources."""

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_LONGEST_NUMBER = 40
"""Characters. Longer ones would only lose digits, and converting them costs quadratic time."""


def parse(text: str, file: str = "") -> Located:
    """Read one YAML document; JSON that YAML can read is YAML.

    Args:
        text: the document.
        file: its name, as messages should give it.

    Raises:
        BadInput: with file, line and field.

    """
    if found := re.search("[\x00\ud800-\udfff]", text):
        line = text.count("\n", 0, found.start()) + 1
        raise BadInput(f"holds the character U+{ord(found[0]):04X}", file=file, line=line, hint="remove it")
    located = build(_steps(text, file), file)
    require_plain(located, raw=lambda _: True)
    return located


def _steps(text: str, file: str) -> Iterator[Step]:
    """Turn the parser's events into steps, refusing what makes YAML more than JSON with comments."""
    documents = 0
    for event in _events(text, file):
        line = event.start_mark.line + 1
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise BadInput("holds a second document", file=file, line=line, hint="keep one document in a file")
        if getattr(event, "anchor", None) is not None:
            raise _refused(event, file, line)
        if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None) is not None:
            raise BadInput(f"uses the tag {event.tag}", file=file, line=line, hint="tags are not read; leave it out")
        step = _step(event, file, line)
        if step:
            yield step


def _refused(event: Any, file: str, line: int) -> BadInput:
    sign, kind = ("*", "alias") if isinstance(event, yaml.AliasEvent) else ("&", "anchor")
    return BadInput(
        f"uses the {kind} {sign}{event.anchor}",
        file=file,
        line=line,
        hint="aliases are not read; write the value out, or put text that starts with * or & in quotes",
    )


def _step(event: Any, file: str, line: int) -> Step | None:
    match event:
        case yaml.MappingStartEvent():
            return Step("mapping", None, line)
        case yaml.SequenceStartEvent():
            return Step("list", None, line)
        case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
            return Step("end", None, line)
        case yaml.ScalarEvent():
            is_plain = event.implicit[0]
            return Step("scalar", _scalar(event.value, file, line) if is_plain else event.value, line, event.value)
    return None


def _events(text: str, file: str) -> Iterator[Any]:
    events = yaml.parse(text, Loader=_READER)
    while True:
        try:
            event = next(events)
        except StopIteration:
            return
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 0
            raise BadInput(f"is not YAML: {error.problem or error.context}", file=file, line=line) from error
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            raise BadInput(f"is not YAML: {error.reason}", file=file, line=line) from error
        except (ValueError, OverflowError) as error:  # an escape such as "\UFFFFFFFF", in PyYAML's own scanner
            raise BadInput("is not YAML: an escape that stands for no character", file=file) from error
        yield event


def _scalar(text: str, file: str, line: int) -> str | int | float | bool | None:
    """Read a scalar without quotes."""
    if text in _WORDS:
        return _WORDS[text]
    if _NOT_FINITE.fullmatch(text):
        raise BadInput(
            f"{text} is not a finite number", file=file, line=line, hint="write a number, or put it in quotes"
        )
    number = _NUMBER.fullmatch(text)
    if not number:
        return text
    if len(text) > _LONGEST_NUMBER:
        raise BadInput("a number is too long", file=file, line=line, hint="put it in quotes")
    return float(text) if number[1] or number[2] else int(text)
