"""Text that cannot act: what every exporter shows has gone through here first.

Sources and models may hand us anything. Control characters, text direction overrides (which make
a reader see other words than are there), invisible tag characters and halves of surrogate pairs
(which no encoder accepts) become ``U+FFFD``, so that something is seen where something was.
"""

import re
from collections.abc import Mapping
from typing import TypeAlias

JSON: TypeAlias = "str | int | float | bool | Mapping[str, JSON] | list[JSON] | None"

REPLACEMENT = "\ufffd"

_ACTIVE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls that are no white space
    "\ud800-\udfff"  # lone surrogates
    "\u202a-\u202e\u2066-\u2069"  # direction embeddings, overrides and isolates
    "\ufff9-\ufffb\ufffe\uffff"  # annotation marks and what XML forbids
    "\U000e0000-\U000e007f]"  # tags: text that no reader sees
)
_INKLESS = re.compile("[\u200b\u2060\ufeff]")  # zero width, without a meaning of their own
_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANK = re.compile("[ \t\n]+")  # a no-break space stays


def clean(text: str) -> str:
    """Replace what could act or deceive; keep line breaks, as line feeds."""
    return _ACTIVE.sub(REPLACEMENT, _INKLESS.sub("", _BREAK.sub("\n", text)))


def shown(text: str) -> str:
    """Clean text on one line: what a document shows, since structure comes from blocks alone."""
    return _BLANK.sub(" ", clean(text)).strip()


def label(text: str, longest: int = 300) -> str:
    """Show a title, a name or an address: no statement, so one without end is cut, visibly."""
    whole = shown(text)
    return whole if len(whole) <= longest else whole[: longest - 1].rstrip() + "…"


def cleaned(value: JSON) -> JSON:
    """Clean every string of a JSON value, keys too."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(key): cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    return value
