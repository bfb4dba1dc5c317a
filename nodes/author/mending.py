"""Mending a reply line by line, so that what could be taken of it is not asked for again. Pure."""

import re

from quire.nodes.author.envelope import unfenced

_LINE = re.compile(r"^[ \t]*(?P<number>\d{1,4})\|[ \t]?(?P<text>.*)$")


def numbered(reply: str) -> str:
    """Show a reply with the number of each line before a bar: ``3| Rents rose [E4].``."""
    return "\n".join(f"{n}| {line}".rstrip() for n, line in enumerate(reply.split("\n"), 1))


def mended(reply: str, answer: str) -> str:
    """Put the lines of an answer in the place of those of a reply; an answer without numbers is the whole anew.

    A line without a number goes on the one before it. A number with nothing behind its bar takes its line out, and
    one that the reply does not have comes behind all others; an empty line stays.
    """
    lines = unfenced(answer).strip("\n").split("\n")
    if not _LINE.match(lines[0]):
        return answer
    kept = dict(enumerate(([line] for line in reply.split("\n")), 1))
    changed: dict[int, list[str]] = {}
    number = 0
    for line in lines:
        if found := _LINE.match(line):
            number = int(found["number"])
            goes = not found["text"].strip() and any(map(str.strip, kept.get(number, [])))
            changed[number] = [] if goes else [found["text"]]
        else:
            changed[number].append(line)
    return "\n".join(line for _, said in sorted((kept | changed).items()) for line in said)
