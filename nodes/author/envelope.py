"""What stands around the text of a reply: a fence, names of claims, lines that ask for facts. Pure."""

import json
import re

MOST_MISSING = 3
"""Facts that a writer may ask for at once."""
_MISSING = re.compile(r"^[ \t>*_-]*MISSING[*_]*:[*_ \t]*(?P<question>\S.*)$", re.MULTILINE)
_NAME_SHOWN = re.compile(r"[ \t]*\{c\d+[^{}\n]*\}")
_OUTER_FENCE = re.compile(r"\A\s*```[a-z]*[ \t]*\n(?P<text>.*)\n```\s*\Z", re.DOTALL)
_LONGEST_QUESTION = 300


def parted(text: str) -> tuple[str, tuple[str, ...]]:
    """Part the text from what it asks for; lines keep their numbers."""
    plain = unfenced(text)
    asked = [" ".join(found["question"].split())[:_LONGEST_QUESTION] for found in _MISSING.finditer(plain)]
    return _NAME_SHOWN.sub("", _MISSING.sub("", plain)), tuple(dict.fromkeys(asked))[:MOST_MISSING]


def unfenced(text: str) -> str:
    """Take away a fence around all of a text; lines keep their numbers."""
    fenced = _OUTER_FENCE.match(text)
    return f"\n{fenced['text']}" if fenced else text


def is_json(text: str) -> bool:
    """Whether a reply is data where a text is asked for; a line of marks alone is none."""
    if not text.strip().startswith(("{", "[{", '["')):
        return False
    try:
        return isinstance(json.loads(text), dict | list)
    except ValueError:
        return False
