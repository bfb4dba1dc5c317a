"""Markdown that was printed or typed into a word processor, signs and all, is read as what its signs say. Pure.

Many documents are made from Markdown by programs that do not know it: their pages show ``## Revenue`` and
``| 2025 | 2024 |``. Read as plain text such a file has no headings, no tables, and asterisks in its quotations.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from quire.nodes.sources.gathering import Gathering
from quire.nodes.sources.markdown import read_markdown
from quire.nodes.sources.passage import Passage

ENOUGH = 2
"""Printed headings from which on a file is taken for printed Markdown."""
_HEADING = re.compile(r"#{1,6}\s+\S")
_SIGNED = re.compile(r"(?:#{1,6}|[-*+\u2022]|\d{1,3}[.)])\s|\|")
"""A line that begins something of its own."""
_NUMBERED = re.compile(r"\d{1,3}[.)]\s")
_LABELLED = re.compile(r"\W{0,3}[^\W\d_][^.:()*$\u00a3\u20ac]{0,60}:(?:\W|$)")
"""A line that begins with a label."""
_ENDED = (".", ":", ";", "!", "?", ")", "|")
_PLACE = re.compile(r"\bline (\d+)\b")


def is_printed_markdown(gathering: Gathering) -> bool:
    """Whether a file shows Markdown's signs for headings, and has no headings of its own."""
    headings = [p for p in gathering.passages if p["kind"] == "heading"]
    shown = sum(bool(_HEADING.match(text)) for text, _, _ in _lines(gathering.passages))
    return shown >= ENOUGH and all(_HEADING.match(p["text"]) for p in headings)


def reread(source: str, gathering: Gathering, *, broken: bool) -> Gathering:
    """Read what was gathered once more, as Markdown; each passage keeps the place at which it is printed.

    Args:
        source: its name.
        gathering: what was gathered of it.
        broken: whether each of its lines is a paragraph, so that sentences are broken; else only numbered items are.

    """
    lines: list[str] = []
    places: dict[int, str] = {}
    opening = ""
    for text, address, is_further in _lines(gathering.passages):
        may_go_on = broken or _NUMBERED.match(opening)
        before = lines[-1] if lines else ""
        goes_on = _is_whole(before, text) if is_further else may_go_on and _continues(before, text)
        if lines and not (goes_on or _is_table(before, text)):
            lines.append("")
            opening = text
        lines.append(text)
        places[len(lines)] = address
    found = read_markdown(source, "\n".join(lines))
    beside = [p for p in gathering.passages if p["kind"] not in ("text", "heading")]
    passages = [_placed(passage, places) for passage in found.passages]
    return replace(gathering, passages=[*passages, *beside], title=found.title or gathering.title)


def _lines(passages: Sequence[Passage]) -> Iterator[tuple[str, str, bool]]:
    """Give the printed lines, each with its place, and whether its reader has found that it goes on."""
    for passage in passages:
        if passage["kind"] in ("text", "heading"):
            starts = [0, *(start for start, _ in passage.get("lines", ()))]
            addresses = [passage["address"], *(address for _, address in passage.get("lines", ()))]
            for start, end, address in zip(starts, [*starts[1:], None], addresses, strict=True):
                yield passage["text"][start:end].strip(), address, start > 0


def _is_table(before: str, text: str) -> bool:
    return before.startswith("|") and text.startswith("|")


def _is_whole(before: str, text: str) -> bool:
    """Whether lines that a reader has put together are one, for all that their signs say."""
    return not (_HEADING.match(before) or _SIGNED.match(text) or (text.startswith("**") and _LABELLED.match(text)))


def _continues(before: str, text: str) -> bool:
    """Whether a line goes on with the sentence of the line before, in a file whose lines are paragraphs each."""
    if _HEADING.match(before) or before.startswith("|") or _SIGNED.match(text):
        return False
    return text[:1].islower() or not (before.endswith((*_ENDED, "**")) or _LABELLED.match(text))


def _placed(passage: Passage, places: Mapping[int, str]) -> Passage:
    def at(address: str) -> str:
        return _PLACE.sub(lambda found: places.get(int(found[1]), found[0]), address)

    placed: Passage = {**passage, "address": at(passage["address"])}
    if "lines" in passage:
        placed["lines"] = [(start, at(address)) for start, address in passage["lines"]]
    if "cells" in passage:
        placed["cells"] = {title: at(address) for title, address in passage["cells"].items()}
    return placed
