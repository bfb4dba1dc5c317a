"""Structure of text that has lines but no markup: headings, marked subdivisions, paragraphs."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from quire.nodes.sources.folding import fold
from quire.nodes.sources.gathering import FurtherLine, Gathering
from quire.nodes.sources.outline import section_number, split_mark
from quire.nodes.sources.sentences import sentences

_LONGEST_HEADING = 100
_SHORT_LINE = 0.7
"""A line shorter than this part of the usual width, with a full stop, ends a paragraph."""

_WIDEST = 200
"""Lines usually longer than this are not set to a width: each is a paragraph."""
_LONGEST = 60
"""Lines after which a paragraph ends with its sentence: text without gaps is not one paragraph."""

_BULLET = re.compile(r"^[•‣▪●◦*\u2013\u2014-]\s+(?=\S)")
_ENDS = re.compile(r"[.:;!?][\"'\u201d\u2019)\]]*$")
_PART_NAME = re.compile(
    r"^(?:CHAPTER|Chapter|ARTICLE|Article|TITLE|Title|PART|Part|DIVISION|Division|APPENDIX|Appendix|EXHIBIT|Exhibit)\s+"
    r"(?:\d[\w.]*|[IVXLC]+|[A-Z])(?=[\s.:\u2013\u2014-]|$)"
)
_GOES_ON_TO_MARK = re.compile(r"[.,:;!?][\"'\u201d\u2019)\]]*$|\b(?:and|or)$")


class PrintedLine(NamedTuple):
    """A line as printed, with its address; an empty text stands for a gap."""

    place: str
    text: str
    level: int = 0
    """Level of the heading that its type shows it to be, from 1; 0 if it shows nothing."""


def add_printed(gathering: Gathering, lines: Iterable[PrintedLine]) -> None:
    """Put lines together to paragraphs and headings, each under the address of its first line."""
    for paragraph in _paragraphs(list(lines)):
        place, text, shown = _joined(paragraph)
        further = [(line.place, line.text) for line in paragraph[1:]]
        add_block(gathering, PrintedLine(place, text, shown or heading_level(text)), further)


def add_block(gathering: Gathering, block: PrintedLine, further: Sequence[FurtherLine] = ()) -> None:
    """Add a whole heading or paragraph; one that a section's number and title begin moves the outline on.

    Args:
        gathering: takes it.
        block: the whole, at the address of its first line.
        further: the lines behind the first, where a sentence of theirs is to be found.

    """
    place, text, level = block
    if level:
        gathering.add_heading(place, level, text)
        return
    if (number := section_number(text)) and (title := _run_in_title(text, number)):
        gathering.outline.heading(_depth(number), title)
    gathering.add_paragraph(place, _BULLET.sub("", text), further)


def heading_level(text: str) -> int:
    """Level of a line that reads like a heading, from 1; 0 if it does not."""
    words = fold(text)
    if not words or len(words) > _LONGEST_HEADING or re.search(r"[.;,:]$", words):
        return 0
    if _PART_NAME.match(words):
        return 1
    number = section_number(words)
    if number:
        title = words.split(number, 1)[1].lstrip(" .:)")
        return _depth(number) if title and not _mostly_figures(words) and len(sentences(title)) == 1 else 0
    letters = [letter for letter in words if letter.isalpha()]
    shouting = len(letters) > len("ABC") and all(letter.isupper() for letter in letters)
    return 1 if shouting and not split_mark(words)[0] else 0


def _depth(number: str) -> int:
    """Level of a numbered heading: ``4`` is 2, ``4.2`` and ``4-201`` are 3, ``4.2.1`` is 4; titles are 1."""
    return 2 + len(re.findall(r"[.-]", number))


def _mostly_figures(words: str) -> bool:
    """Tell a table's line (``4.2 12 15 20``) or a measure (``2.5 feet``) from a heading: no capital follows."""
    return not re.match(r"^\W*(?:[A-Za-z]+\.?\s+)?[\d.\-:()A-Za-z]*\d[\d.\-:()A-Za-z]*[\s.:\u2014\u2013-]+[A-Z]", words)


def _run_in_title(text: str, number: str) -> str:
    """Title of a section whose text begins on the heading's line (``4.2 Setbacks. No building …``), or empty."""
    if _mostly_figures(text):
        return ""
    first = " ".join(sentences(text)[:1]).rstrip(".")
    if first.endswith(number):
        first = " ".join(sentences(text)[:2]).rstrip(".")
    return first if first != number and len(first) <= _LONGEST_HEADING else ""


def _paragraphs(lines: list[PrintedLine]) -> Iterator[list[PrintedLine]]:
    """Part lines into paragraphs: a gap, a mark, a bullet, a heading or a short last line parts them."""
    widths = sorted(len(line.text) for line in lines if line.text)
    usual = widths[len(widths) * 3 // 4] if widths else 0
    gathered: list[PrintedLine] = []
    for line in lines:
        if gathered and (usual > _WIDEST or _part(gathered, line, usual)):
            yield gathered
            gathered = []
        if line.text:
            gathered.append(line)
    if gathered:
        yield gathered


def _part(gathered: list[PrintedLine], line: PrintedLine, usual: int) -> bool:
    """Tell whether a line begins a new paragraph."""
    last = gathered[-1]
    if not line.text or line.level != last.level:
        return True
    if line.level:
        return False
    short = len(last.text) < usual * _SHORT_LINE
    if _ENDS.search(last.text) and (short or len(gathered) >= _LONGEST):
        return True
    titled = len(gathered) == 1 and bool(heading_level(last.text))
    return titled or _begins(line.text, free=short or bool(_GOES_ON_TO_MARK.search(last.text)))


def _begins(text: str, *, free: bool) -> bool:
    """Tell whether a line's own words begin a paragraph.

    A number or mark counts only where the line above leaves off (``free``): ``Section`` / ``(b) below``
    is a sentence that happened to break there.
    """
    numbered = bool(section_number(text))
    marked = bool(split_mark(text)[0]) or (numbered and not _mostly_figures(text))
    return bool(_BULLET.match(text)) or (free and marked) or (not numbered and heading_level(text) > 0)


def _joined(lines: list[PrintedLine]) -> PrintedLine:
    """Make one paragraph of lines. A hyphen at a break stays: ``thirty-`` and ``five`` are ``thirty-five``."""
    pieces = [lines[0].text]
    for line in lines[1:]:
        last = pieces[-1]
        broken = last.endswith("-") and not last.endswith(" -") and line.text[:1].islower()
        pieces.append(line.text if broken else f" {line.text}")
    return lines[0]._replace(text="".join(pieces))
