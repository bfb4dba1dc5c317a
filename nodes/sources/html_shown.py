"""What a reader of a page sees of it: its elements and words in order, hidden ones left out."""

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from quire.nodes.sources.folding import fold, raised
from quire.nodes.sources.html_table import is_data_table

_NOT_SHOWN = frozenset(
    ["script", "style", "template", "noscript", "head", "iframe", "object", "svg", "math", "select", "button", "nav"]
)
INLINE = frozenset(
    [
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time"),
        *("tt", "u", "var", "wbr"),
    ]
)
"""Elements that stand within a line."""
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)

Step: TypeAlias = tuple[Literal["open", "text", "close"], Tag | NavigableString]


def text_of_fragment(fragment: str) -> str:
    """Words of a piece of HTML inside another document, hidden ones left out."""
    return visible_text(BeautifulSoup(fragment, "lxml"))


def visible_text(root: Tag) -> str:
    """Words of an element as shown, on one line."""
    words: list[str] = []
    for kind, node in steps(root):
        if isinstance(node, NavigableString):
            words.append(shown_words(node))
        elif kind == "open" and node.name not in INLINE:
            words.append(" ")
    return fold("".join(words))


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style") or "")
    return (
        tag.name in _NOT_SHOWN
        or tag.has_attr("hidden")
        or str(tag.get("aria-hidden") or "") == "true"
        or bool(_HIDING_STYLE.search(style))
    )


def shown_words(words: NavigableString) -> str:
    """Words of a text node; comments, declarations and the like say nothing, digits raised by ``sup`` stay raised."""
    if isinstance(words, PreformattedString):
        return ""
    parent = words.parent
    return raised(str(words)) if parent is not None and parent.name == "sup" else str(words)


def steps(root: Tag) -> Iterator[Step]:
    """Walk what is shown, without recursion: pages nest deeper than Python's stack."""
    stack: list[tuple[Tag, Iterator[object]]] = [(root, iter(root.contents))]
    while stack:
        tag, rest = stack[-1]
        child = next(rest, None)
        if child is None:
            stack.pop()
            if stack:
                yield "close", tag
        elif isinstance(child, NavigableString):
            yield "text", child
        elif isinstance(child, Tag) and not _is_hidden(child):
            yield "open", child
            if not (child.name == "table" and is_data_table(child)):
                stack.append((child, iter(child.contents)))
