"""Reads plain text: paragraphs with their first line; underlined, numbered and upper-case lines are headings."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from quire.nodes.sources.gathering import Gathering
from quire.nodes.sources.printed import PrintedLine, add_printed, heading_level

_UNDERLINE = re.compile(r"^(?:={3,}|-{3,})$")
_TITLE = re.compile(r"(?=\w)[^:]{0,99}[\w)\"'\u201d\u2019]")


def read_plain_text(source: str, text: str) -> Gathering:
    """Read plain text. Addresses are ``line 12``, with the section's number before them where lines bear one."""
    gathering = Gathering(source)
    lines = [line.strip() for line in text.replace("\f", "\n").split("\n")]
    block: list[PrintedLine] = []
    title = _title_line(lines)
    for number, line in enumerate(lines, 1):
        following = lines[number] if number < len(lines) else ""
        if line and _UNDERLINE.match(following):
            add_printed(gathering, block)
            block = []
            gathering.add_heading(f"line {number}", 1 if following.startswith("=") else 2, line)
        else:
            text = "" if _UNDERLINE.match(line) else line
            block.append(PrintedLine(f"line {number}", text, level=1 if number == title else 0))
    add_printed(gathering, block)
    gathering.title = gathering.title or PurePosixPath(source).stem
    return gathering


def _title_line(lines: Sequence[str]) -> int:
    """Give the number of the line that stands alone above all others and ends no sentence; 0 if there is none."""
    told = [number for number, line in enumerate(lines, 1) if line]
    alone = len(told) > 1 and told[1] > told[0] + 1
    line = lines[told[0] - 1] if alone else ""
    return told[0] if _TITLE.fullmatch(line) and not heading_level(line) else 0
