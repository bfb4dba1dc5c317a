"""Turning passages and facts into evidence."""

import hashlib
from typing import Any

from quire.nodes.evidence.content import Evidence, canonical
from quire.nodes.sources.passage import Passage

LONGEST_QUOTE = 900


def quoted(passage: Passage, source_hash: str) -> Evidence:
    """Quote a passage, up to its last whole sentence within the longest quote."""
    text = passage["text"]
    if len(text) > LONGEST_QUOTE:
        cut = text[:LONGEST_QUOTE]
        text = cut[: cut.rfind(". ") + 1] or cut[: cut.rfind(" ")]
    return Evidence(source=passage["source"], address=passage["address"], quote=text, hash=source_hash)


def from_brief(name: str, value: Any) -> Evidence:
    """Quote a fact of the brief."""
    shown = value if isinstance(value, str) else canonical([value])[1:-1]
    digest = hashlib.sha256(canonical([value]).encode()).hexdigest()
    return Evidence(source="brief", address=f"facts.{name}", quote=shown, hash=digest)
