"""What reaches a terminal, which acts on some characters instead of showing them."""

import json
import re
from typing import Any

_ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls: cursors, colours, bells, titles, clipboards
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"  # turn text round, break its lines, are not seen
    "\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e007f]"  # cannot be encoded, or are not seen either
)


def safe(text: str) -> str:
    """Put text on one line, and a mark in the place of whatever a terminal would act on or hide."""
    return _ACTING.sub("�", text.replace("\n", " "))


def json_line(value: Any) -> str:
    """Put a value into a line of JSON in which what a terminal would act on is written by its number."""
    return _ACTING.sub(lambda found: json.dumps(found[0])[1:-1], json.dumps(value, ensure_ascii=False))
