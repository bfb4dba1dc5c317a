"""Addresses in sources, in the document's language: ``page 2, line 7`` is ``Seite 2, Zeile 7``."""

import re

from quire.nodes.language.catalogue import ENGLISH, Words

_KINDS = ("row", "line", "page", "paragraph", "table", "sheet", "slide", "cell", "note", "comment", "header", "footer")
_KIND = re.compile(rf"(?<![^\s,])({'|'.join(_KINDS)})(?= \d)")
BRIEF = "brief"
"""What evidence calls the brief; no source may have this name."""


def place_in(address: str, words: Words) -> str:
    """Say an address in a language. What stands in it of the source's own words stays."""
    if words.language == ENGLISH:
        return address
    return _KIND.sub(lambda found: words(f"place.{found[1]}"), address)


def source_in(name: str, words: Words) -> str:
    """Say a source's name: its own, but for the brief."""
    return words("place.brief") if name == BRIEF else name
