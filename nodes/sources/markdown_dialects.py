"""What Markdown's dialects add to CommonMark, written as CommonMark, line for line.

Admonitions (MkDocs' ``!!! note``, Docusaurus' ``:::note``, GitHub's ``> [!NOTE]``) become the text they frame, their
titles lines of their own. Notes (``[^1]: …``), which CommonMark takes for link definitions, become lines of text.
"""

import re
from collections.abc import Iterator

from quire.nodes.sources.folding import raised

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_INDENTED = re.compile(
    r"(?P<indent>[ \t]*)(?P<mark>!!!|\?\?\?\+?|===[+!]?)[ ]+(?:[\w-]+(?:[ ]+[\w-]+)*)?[ ]*"
    r'(?:"(?P<title>[^"\n]{0,200})")?[ ]*'
)
_FENCED = re.compile(
    r"(?P<indent>[ \t]*):{3,}[ ]*\{?\.?[A-Za-z][\w-]*\}?"
    r"(?:[ ]*\[(?P<bracketed>[^\]\n]{0,200})\]|[ ]+(?P<title>[^{\n]{1,200}?))?[ ]*(?:\{[^}\n]{0,200}\})?[ ]*"
)
_FENCED_END = re.compile(r"[ \t]*:{3,}[ ]*")
_QUOTED = re.compile(r"(?P<quote>[ ]{0,3}(?:>[ ]?)+)\[!\w{1,40}\][+-]?[ ]*(?P<title>[^\n]{0,200})")
_NOTE = re.compile(r"(?P<indent>[ ]{0,3})\[\^(?P<name>[^\]\s]{1,60})\]:[ \t]*(?P<rest>.*)")
_REFERENCE = re.compile(r"(?<=\S)\[\^(?P<number>\d{1,4})\]")
_END = "\0"
"""Where a line ends in print, if another follows; a text holds no such sign."""
_DEEPEST = 16
_STEP = 4
"""Columns that an indented admonition's text stands in from its mark."""


def as_commonmark(text: str) -> str:
    """Write a text in CommonMark, with as many lines."""
    lines = list(_lines(text.split("\n")))
    ends = [bool(following.strip(" \t>")) for following in [*lines[1:], ""]]
    return "\n".join(line.replace(_END, "\\" if goes_on else "") for line, goes_on in zip(lines, ends, strict=True))


def _lines(lines: list[str]) -> Iterator[str]:
    fence, frames = "", list[int]()
    for line in lines:
        plain = _dedented(line, frames)
        if fence:
            fence = "" if plain.strip().startswith(fence) and not plain.strip().strip(fence[0]) else fence
            yield plain
        elif opened := _FENCE.match(plain):
            fence = opened[1]
            yield plain
        elif (found := _INDENTED.fullmatch(plain)) and _opens(found, frames):
            frames.append(len(found["indent"].expandtabs(_STEP)))
            yield _titled(found["indent"], found["title"])
        else:
            yield _unframed(plain)


def _opens(found: re.Match[str], frames: list[int]) -> bool:
    """Tell an admonition's mark, and MkDocs' mark of a tab, from a line like it."""
    return len(frames) < _DEEPEST and (found["title"] is not None or found["mark"][0] != "=")


def _dedented(line: str, frames: list[int]) -> str:
    """Take an indented admonition's text out of its indents, and leave the admonitions that end before the line."""
    left = line
    for depth, indent in enumerate(frames):
        if not left.strip():
            return ""
        wide = left.expandtabs(_STEP)
        if len(wide) - len(wide.lstrip(" ")) < indent + _STEP:
            del frames[depth:]
            return left
        left = wide[:indent] + wide[indent + _STEP :]
    return left


def _unframed(line: str) -> str:
    if _FENCED_END.fullmatch(line):
        return ""
    if found := _FENCED.fullmatch(line):
        return _titled(found["indent"], found["bracketed"] or found["title"])
    if found := _QUOTED.fullmatch(line):
        return _titled(found["quote"], found["title"])
    line = _REFERENCE.sub(lambda mark: raised(mark["number"]), line)
    if found := _NOTE.fullmatch(line):
        name = found["name"]
        return f"{found['indent']}{raised(name) if name.isdecimal() else name} {found['rest']}{_END}"
    return line


def _titled(before: str, title: str | None) -> str:
    """Write a title as a line that ends: the text goes on in the next one."""
    return f"{before}**{title.strip()}**{_END}" if title and title.strip() else before.rstrip()
