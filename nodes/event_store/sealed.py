"""Rows that say themselves whether they are still what was written: JSON objects whose last field is their checksum.

It is taken over the object and over what stands beside it in its row, so that no value can change, and no row can pass
for another one. Records up to version 4 took it over the object alone; what they hold is read as they left it.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from quire.nodes.faults import RecordFault

_SEALED: Final = re.compile(r'(?P<text>.*), "(?P<mark>seal|sum)": "(?P<checksum>[0-9a-f]{16})"\}', re.DOTALL)
"""``sum`` marks a checksum over the object alone."""


def seal(value: Mapping[str, Any], run: str, *beside: str | int) -> str:
    """Put an object that is not empty into JSON that ends in the checksum of its row.

    Args:
        value: the object.
        run: whose row it is.
        beside: the other values of the row.

    """
    text = json.dumps(value, ensure_ascii=False)[:-1]
    return f'{text}, "seal": "{checksum(text, run, *beside)}"}}'


def unseal(sealed: str, run: str, *beside: str | int) -> Any:
    """Give the object as it was written.

    Args:
        sealed: what was kept.
        run: whose row it is.
        beside: the other values of the row, as they are now.

    Raises:
        RecordFault: the row is torn, or anything in it has changed.

    """
    found = _SEALED.fullmatch(sealed)
    if found is None or found["checksum"] != _expected(found["mark"], found["text"], (run, *beside)):
        raise damaged(run)
    return json.loads(f"{found['text']}}}")


def checksum(*values: str | int | None) -> str:
    """Give what tells these values from any others."""
    return _sum(json.dumps(values))


def damaged(run: str) -> RecordFault:
    """Say that a row of a run is not what was written."""
    return RecordFault(f"what the record holds of run {run!r} is not as it was written: restore the record from a copy")


def _expected(mark: str, text: str, beside: tuple[str | int, ...]) -> str:
    return checksum(text, *beside) if mark == "seal" else _sum(text)


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]
