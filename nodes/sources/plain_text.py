"""Reads plain text: paragraphs with their first line; underlined, numbered and upper-case lines are headings."""

import re
from pathlib import PurePosixPath

from quire.nodes.sources.gathering import Gathering
from quire.nodes.sources.printed import PrintedLine, add_printed

_UNDERLINE = re.compile(r"^(?:={3,}|-{3,})$")


def read_plain_text(source: str, text: str) -> Gathering:
    """Read plain text. Addresses are ``line 12``, with the section's number before them where lines bear one."""
    gathering = Gathering(source)
    lines = [line.strip() for line in text.replace("\f", "\n").split("\n")]
    block: list[PrintedLine] = []
    for number, line in enumerate(lines, 1):
        following = lines[number] if number < len(lines) else ""
        if line and _UNDERLINE.match(following):
            add_printed(gathering, block)
            block = []
            gathering.add_heading(f"line {number}", 1 if following.startswith("=") else 2, line)
        else:
            block.append(PrintedLine(f"line {number}", "" if _UNDERLINE.match(line) else line))
    add_printed(gathering, block)
    gathering.title = gathering.title or PurePosixPath(source).stem
    return gathering
