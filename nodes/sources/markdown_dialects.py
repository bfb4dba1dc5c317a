"""What Markdown's dialects add to CommonMark, written as CommonMark, line for line.

Admonitions (MkDocs' ``!!! note``, Docusaurus' ``:::note``, GitHub's ``> [!NOTE]``) become the text they frame, their
titles lines of their own. Notes (``[^1]: …``), which CommonMark takes for link definitions, become lines of text, and
a term that is defined below it (``: …``) a label.
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
_REFERENCE = re.compile(r"(?<=\S)\[\^(?P<name>[^\]\s]{1,60})\]")
_NOTES = re.compile(r"^[ ]{0,3}\[\^(?P<name>[^\]\s]{1,60})\]:", re.MULTILINE)
_TERM = re.compile(r" {0,3}(?![#>|<:+*`~\[-]|\d+[.)]\s)(?P<term>\S[^\n|]{0,200}?)[ ]*:?[ ]*")
_DEFINITION = re.compile(r" {0,3}:[ \t]+(?P<said>\S.*)")
_END = "\0"
"""Where a line ends in print, if another follows; a text holds no such sign."""
_DEEPEST = 16
_STEP = 4
"""Columns that an indented admonition's text stands in from its mark."""


def as_commonmark(text: str) -> str:
    """Write a text in CommonMark, with as many lines."""
    lines = list(_defined(list(_lines(text.split("\n"), _numbers_of_notes(text)))))
    ends = [bool(following.strip(" \t>")) for following in [*lines[1:], ""]]
    return "\n".join(line.replace(_END, "\\" if goes_on else "") for line, goes_on in zip(lines, ends, strict=True))


def _numbers_of_notes(text: str) -> dict[str, str]:
    """Give the number that each note shows: its own, or, where some have names, its place among them."""
    names = dict.fromkeys(found["name"] for found in _NOTES.finditer(text))
    if all(name.isdecimal() for name in names):
        return {name: name for name in names}
    mentioned = dict.fromkeys(found["name"] for found in _REFERENCE.finditer(text) if found["name"] in names)
    return {name: str(number) for number, name in enumerate(mentioned | names, 1)}


def _defined(lines: list[str]) -> Iterator[str]:
    """Write a term before each of its definitions, which stand below it: ``**Fee:** $120``."""
    fence = term = ""
    for at, line in enumerate(lines):
        following = next((one for one in lines[at + 1 : at + 3] if one.strip()), "")
        opened = _FENCE.match(line)
        if fence or opened:
            fence, term = _fence_after(fence, line, opened), ""
            yield line
        elif term and (found := _DEFINITION.fullmatch(line)):
            yield f"**{term}:** {found['said']}" + (_END if _DEFINITION.fullmatch(following) else "")
        elif (named := _TERM.fullmatch(line)) and _DEFINITION.fullmatch(following):
            term = named["term"].strip("*_ ")
            yield ""
        else:
            term = term if not line.strip() or line.startswith(" ") else ""
            yield line


def _fence_after(fence: str, line: str, opened: re.Match[str] | None) -> str:
    """Give the fence of the code that a line stands in; empty behind its end."""
    if not fence:
        return opened[1] if opened else ""
    return "" if line.strip().startswith(fence) and not line.strip().strip(fence[0]) else fence


def _lines(lines: list[str], numbers: dict[str, str]) -> Iterator[str]:
    fence, frames = "", list[int]()
    for line in lines:
        plain = _dedented(line, frames)
        opened = _FENCE.match(plain)
        if fence or opened:
            fence = _fence_after(fence, plain, opened)
            yield plain
        elif (found := _INDENTED.fullmatch(plain)) and _opens(found, frames):
            frames.append(len(found["indent"].expandtabs(_STEP)))
            yield _titled(found["indent"], found["title"])
        elif (note := _NOTE.fullmatch(plain)) and len(frames) < _DEEPEST:
            frames.append(len(note["indent"]))
            yield _unframed(plain, numbers)
        else:
            yield _unframed(plain, numbers)


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


def _unframed(line: str, numbers: dict[str, str]) -> str:
    if _FENCED_END.fullmatch(line):
        return ""
    if found := _FENCED.fullmatch(line):
        return _titled(found["indent"], found["bracketed"] or found["title"])
    if found := _QUOTED.fullmatch(line):
        return _titled(found["quote"], found["title"])
    if found := _NOTE.fullmatch(line):
        name = found["name"]
        return f"{found['indent']}{raised(numbers.get(name, name))} {_marked(found['rest'], numbers)}{_END}"
    return _marked(line, numbers)


def _marked(line: str, numbers: dict[str, str]) -> str:
    """Raise the marks of notes, also of those that the text holds no note for."""

    def mark(found: re.Match[str]) -> str:
        number = numbers.get(found["name"], found["name"])
        return raised(number) if number.isdecimal() else found[0]

    return _REFERENCE.sub(mark, line)


def _titled(before: str, title: str | None) -> str:
    """Write a title as a line that ends: the text goes on in the next one."""
    return f"{before}**{title.strip()}**{_END}" if title and title.strip() else before.rstrip()
