"""Rows that say themselves whether they are still what was written: JSON objects whose last field is their checksum."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from nodes.faults import RecordFault

_SEAL = ', "sum": "'


def seal(value: Mapping[str, Any]) -> str:
    """Put an object that is not empty into JSON that ends in its checksum."""
    text = json.dumps(value, ensure_ascii=False)[:-1]
    return f'{text}{_SEAL}{_sum(text)}"}}'


def unseal(sealed: str) -> Any:
    """Give the object as it was written.

    Raises:
        RecordFault: the row is torn, or anything in it has changed.

    """
    text, _, checksum = sealed.rpartition(_SEAL)
    if checksum != f'{_sum(text)}"}}':
        raise RecordFault("a row of the record is not as it was written: restore the record from a copy")
    return json.loads(f"{text}}}")


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]
