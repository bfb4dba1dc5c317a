"""Addresses in sources, in the document's language: ``page 2, line 7`` is ``Seite 2, Zeile 7``."""

import re

from quire.nodes.language.catalogue import ENGLISH, Words

_KINDS = (
    *("page header", "page footer", "text box", "row", "line", "page", "paragraph", "table", "sheet", "slide", "cell"),
    *("shape", "chart", "picture", "heading", "note", "footnote", "endnote", "comment", "part", "header", "footer"),
)
_KIND = re.compile(rf"(?<![^\s,])({'|'.join(_KINDS)})(?= \d)")
_UNNUMBERED = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<before>^body\b.*, )(?P<kind>quoted)$",
        r"(?P<before>^)(?P<kind>body)(?=,)",
        r"(?P<before>^slide \d+, )(?P<kind>notes)(?=,)",
        r"(?P<before>^(?:.*, )?(?:picture|shape) \d+, )(?P<kind>alt text)$",
        r"(?P<before>![A-Z]+\d+, )(?P<kind>comment)$",
    )
)
"""Places of which there is one: told by what stands before them, since a column may be called so too."""
BRIEF = "brief"
"""What evidence calls the brief; no source may have this name."""


def place_in(address: str, words: Words) -> str:
    """Say an address in a language. What stands in it of the source's own words stays."""
    if words.language == ENGLISH:
        return address
    for place in _UNNUMBERED:
        address = place.sub(lambda found: found["before"] + words(_key(found["kind"])), address)
    return _KIND.sub(lambda found: words(_key(found[1])), address)


def _key(kind: str) -> str:
    return f"place.{kind.replace(' ', '-')}"


def source_in(name: str, words: Words) -> str:
    """Say a source's name: its own, but for the brief."""
    return words("place.brief") if name == BRIEF else name
