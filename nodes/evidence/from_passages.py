"""Turning passages and facts into evidence: verbatim words, their address, and what they stand under."""

import hashlib
from collections.abc import Iterator
from typing import Any

from quire.nodes.evidence.content import Evidence, canonical
from quire.nodes.sources.passage import Passage
from quire.nodes.sources.sentences import sentences
from quire.nodes.survey.heads import heading_in
from quire.nodes.survey.survey import Surveyed

LONGEST_QUOTE = 900
"""Characters. A longer passage becomes several quotations, each of whole sentences."""
BETWEEN_HEADINGS = " > "


def quoted(passage: Passage, about: Surveyed) -> list[Evidence]:
    """Quote a passage, whole, under what its source is."""
    shared = _named(passage, about)
    return [Evidence({**shared, "quote": text}) for text in _cut(passage["text"])]


def _named(passage: Passage, about: Surveyed) -> Evidence:
    label, headings = _label_of(passage), list(passage["headings"])
    if label and headings and headings[-1] == label:
        headings.pop()
    if title := heading_in(passage):
        headings.append(title)
    named = Evidence(source=passage["source"], address=passage["address"], quote="", hash=about["hash"])
    named["what"] = ", ".join(part for part in (about["what"], about["period"]) if part)
    named["status"] = about["status"]
    if about["date"]:
        named["date"] = about["date"]
    if headings:
        named["heading"] = BETWEEN_HEADINGS.join(headings)
    if header := _header_of(passage):
        named["header"] = header
    if label:
        named["label"] = label
    return named


def _label_of(passage: Passage) -> str:
    """Give what a single named value is called; of what stands beside the text, that it does."""
    if passage["kind"] == "note":
        return "note"
    fields = passage.get("fields", {})
    return next(iter(fields)).replace("_", " ") if len(fields) == 1 and passage["kind"] != "row" else ""


def _header_of(passage: Passage) -> str:
    """Give the titles of a row and of its columns: ``Item: Roof | 2025 | 2026``."""
    if passage["kind"] != "row":
        return ""
    (first, value), *others = list(passage.get("fields", {"": ""}).items())
    return " | ".join([f"{first}: {value}", *(title for title, _ in others)])


def _cut(text: str) -> Iterator[str]:
    """Cut a text at ends of sentences into pieces of at most the longest quote; a sentence is never cut."""
    if len(text) <= LONGEST_QUOTE:
        yield text
        return
    piece = ""
    for sentence in sentences(text):
        if piece and len(piece) + len(sentence) >= LONGEST_QUOTE:
            yield piece
            piece = ""
        piece = f"{piece} {sentence}".strip()
    yield piece


def from_brief(name: str, value: Any) -> Evidence:
    """Quote a fact of the brief."""
    shown = value if isinstance(value, str) else canonical([value])[1:-1]
    digest = hashlib.sha256(canonical([value]).encode()).hexdigest()
    return Evidence(source="brief", address=f"facts.{name}", quote=shown, hash=digest)
