"""Paragraphs of the PDF that run the way their words are written, from right to left too, and break as they do."""

import re
from collections.abc import Sequence
from copy import copy
from itertools import groupby
from typing import Any, Literal, cast

from bidi import algorithm
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph as OneWayParagraph

from quire.nodes.language.direction import has_right_to_left, runs_right_to_left
from quire.nodes.render.pdf_east_asian import is_east_asian

_TAG = re.compile(r"<[^>]*>")
_RIGHT: Literal[2] = 2
_GAP = "\u00a0"
_SPACED = 16
"""Signs, marks too, up to which words in East Asian scripts are parted by spaces only; longer ones break anywhere."""
_THING = "\ufffc"
"""Stands for what is no text, such as the target of a link."""


class Paragraph(OneWayParagraph):
    """A paragraph of any script.

    Lines are broken in reading order, and what is written from right to left is turned when a line is drawn, as the
    Unicode Bidirectional Algorithm has it (UAX #9, rule L2): so a page's end may part a paragraph before.
    """

    blPara: Any  # noqa: N815 - ReportLab calls its broken lines by this name

    def __init__(self, text: str | None, style: ParagraphStyle, bulletText: str | None = None, **other: Any) -> None:  # noqa: N803 - ReportLab calls it by this name
        """Set words. A piece that the library makes of a paragraph has no ``text`` and is set already."""
        plain = _TAG.sub("", text) if text else ""
        bullet = bulletText
        if runs_right_to_left(plain):
            style = _mirrored(style)
            text, bullet = (f"{bullet}{_GAP}{text}", None) if bullet else (text, None)
        elif any(len(word) > _SPACED and any(map(is_east_asian, word)) for word in plain.split()):
            style = ParagraphStyle(style.name, style, wordWrap="CJK")
        super().__init__(cast("str", text), style, bullet, **other)  # the stubs know no piece without a text

    def drawPara(self, debug: int = 0) -> None:  # noqa: N802 - ReportLab calls it by this name
        """Draw the lines with their words in the order in which they are seen."""
        read = self.blPara
        self.blPara = _as_seen(read, base=getattr(self.style, "base", "L"))
        super().drawPara(debug)
        self.blPara = read


def _mirrored(style: ParagraphStyle) -> ParagraphStyle:
    return ParagraphStyle(
        style.name,
        style,
        alignment=_RIGHT,
        leftIndent=style.rightIndent,
        rightIndent=style.leftIndent,
        base="R",
    )


def _as_seen(paragraph: Any, base: str) -> Any:  # what the library makes of a broken paragraph has no type
    seen = copy(paragraph)
    if paragraph.kind == 0:
        seen.lines = [(room, _turned_words(words, base)) for room, words in paragraph.lines]
    else:
        seen.lines = [line.clone(words=_turned_pieces(line.words, base)) for line in paragraph.lines]
    return seen


def _turned_words(words: Sequence[str], base: str) -> Sequence[str]:
    text = " ".join(words)
    if not has_right_to_left(text):
        return words
    return "".join(character for _, character in in_sight_order(text, base)).split(" ")


def _turned_pieces(pieces: Sequence[Any], base: str) -> list[Any]:
    """Turn a line of differently set pieces; each character stays in its piece's font, colour and link."""
    texts = [_THING if hasattr(piece, "cbDefn") else piece.text for piece in pieces]
    if not has_right_to_left("".join(texts)):
        return list(pieces)
    owners = [n for n, text in enumerate(texts) for _ in text]
    seen = in_sight_order("".join(texts), base)
    runs = groupby(seen, key=lambda placed: owners[placed[0]])
    return [_said_by(pieces[n], "".join(character for _, character in run)) for n, run in runs]


def _said_by(piece: Any, text: str) -> Any:
    return piece if hasattr(piece, "cbDefn") else piece.clone(text=text)


def in_sight_order(text: str, base: str) -> list[tuple[int, str]]:
    """Put a line's characters in the order in which they are seen, from the left, each with its place in the text.

    Args:
        text: in reading order.
        base: ``L`` or ``R``: which way the paragraph runs.

    """
    line = algorithm.get_empty_storage()
    line["base_level"], line["base_dir"] = int(base == "R"), base
    algorithm.get_embedding_levels(text, line)
    for place, character in enumerate(line["chars"]):
        character["place"] = place
    algorithm.explicit_embed_and_overrides(line)
    algorithm.resolve_weak_types(line)
    algorithm.resolve_neutral_types(line, debug=False)
    algorithm.resolve_implicit_levels(line, debug=False)
    algorithm.reorder_resolved_levels(line, debug=False)
    algorithm.apply_mirroring(line, debug=False)
    return [(character["place"], character["ch"]) for character in line["chars"]]
