"""What a reader of a page sees of it: its elements and words in order, hidden ones left out."""

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from quire.nodes.sources.folding import fold, lowered, raised
from quire.nodes.sources.html_table import is_tabular
from quire.nodes.sources.mathml import mathml_text

_NOT_SHOWN = frozenset(
    ["script", "style", "template", "noscript", "head", "iframe", "object", "svg", "select", "button", "nav"]
)
INLINE = frozenset(
    [
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time"),
        *("tt", "u", "var", "wbr"),
    ]
)
"""Elements that stand within a line."""
_STRUCK = frozenset({"del", "s", "strike"})
_STRIKING_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_BASE_LINES = {"sup": "super", "sub": "sub"}
_BASE_LINE = re.compile(r"vertical-align\s*:\s*(?P<where>super|sub)\b", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,200}\?>", re.IGNORECASE)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)

Step: TypeAlias = tuple[Literal["open", "text", "close"], Tag | NavigableString]


def parsed(text: str) -> BeautifulSoup:
    """Parse HTML; equations become words.

    XHTML is read as HTML too, so its declaration, which the parser would warn of, goes before.
    """
    soup = BeautifulSoup(_DECLARATION.sub("", text, count=1), "lxml")
    for equation in soup.find_all("math"):
        if equation.find_parent("math") is None:
            equation.replace_with(f" {mathml_text(equation)} ")
    return soup


def visible_text(root: Tag) -> str:
    """Words of an element as shown, on one line; of pictures alone, what they are described as."""
    return _text_of(root) or fold(" ".join(str(picture.get("alt") or "") for picture in root.find_all("img")))


def struck_words(root: Tag) -> list[str]:
    """Words that are shown struck through, piece by piece."""
    found = (tag for tag in root.find_all(_is_struck) if not any(_is_struck(above) for above in tag.parents))
    return [_text_of(tag) for tag in found if not any(_is_hidden(above) for above in (tag, *tag.parents))]


def _text_of(root: Tag) -> str:
    words: list[str] = []
    for kind, node in steps(root):
        if isinstance(node, NavigableString):
            words.append(shown_words(node))
        elif kind == "open" and node.name not in INLINE:
            words.append(" ")
    return fold("".join(words))


def _is_struck(tag: Tag) -> bool:
    return tag.name in _STRUCK or bool(_STRIKING_STYLE.search(str(tag.get("style") or "")))


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style") or "")
    return (
        tag.name in _NOT_SHOWN
        or tag.has_attr("hidden")
        or str(tag.get("aria-hidden") or "") == "true"
        or bool(_HIDING_STYLE.search(style))
    )


def shown_words(words: NavigableString) -> str:
    """Words of a text node; comments and the like say nothing, raised digits stay raised, lowered ones apart."""
    if isinstance(words, PreformattedString):
        return ""
    set_off = _set_off(words)
    if set_off is None:
        return str(words)
    tag, is_raised = set_off
    if not is_raised:
        return lowered(str(words), str(tag.previous_sibling or ""))
    return str(words) if "[" in tag.get_text() else raised(str(words))


def _set_off(words: NavigableString) -> tuple[Tag, bool] | None:
    """Give the element that raises or lowers words, also from around a link, and whether it raises them."""
    tag = words.parent
    while tag is not None and tag.name in INLINE:
        style = _BASE_LINE.search(str(tag.get("style") or ""))
        if style or tag.name in _BASE_LINES:
            return tag, (style["where"].lower() if style else _BASE_LINES[tag.name]) == "super"
        tag = tag.parent
    return None


def steps(root: Tag) -> Iterator[Step]:
    """Walk what is shown and holds, without recursion: pages nest deeper than Python's stack.

    Into tables of data and lists of terms nobody walks: they are taken whole.
    """
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
        elif isinstance(child, Tag) and not _is_hidden(child) and not _is_struck(child):
            yield "open", child
            if not is_tabular(child):
                stack.append((child, iter(child.contents)))
