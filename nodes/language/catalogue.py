"""Every fixed sentence and label of a document, by key, in each language: data in ``<language>.yaml``.

Code names a key and gives the values; what stands in the catalogue is the only text that is filled in, so a value
that holds braces is shown as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from quire.nodes.decode.strict_yaml import parse

ENGLISH = "en"
LANGUAGES = (ENGLISH, "de")
"""Those that have a catalogue, as BCP 47 has them."""


@dataclass(frozen=True)
class Words:
    """The fixed words of one language."""

    language: str
    entries: Mapping[str, str]
    """By key: ``document.contents``, ``document.sections.one``."""

    def __call__(self, key: str, /, **values: object) -> str:
        """Say what stands under a key, with its values filled in."""
        return self.entries[key].format(**values)

    def count(self, key: str, n: int, /, **values: object) -> str:
        """Say what stands under a key for a number, which it may name as ``{n}``."""
        return self(f"{key}.{'one' if n == 1 else 'many'}", n=n, **values)

    def listed(self, items: Sequence[str]) -> str:
        """Join with commas and an "and": ``a, b and c``."""
        *before, last = items or [""]
        return f"{', '.join(before)} {self('and')} {last}" if before else last


@cache
def words_in(language: str) -> Words:
    """Read the catalogue of a language, one of ``LANGUAGES``."""
    file = f"{language}.yaml"
    return Words(language, _flat(parse((files("quire.nodes.language") / file).read_text(encoding="utf-8"), file).value))


def _flat(tree: Mapping[str, Any], above: str = "") -> dict[str, str]:
    """Name each text by its keys, from the outermost in: ``document.contents``."""
    flat: dict[str, str] = {}
    for key, value in tree.items():
        flat |= _flat(value, f"{above}{key}.") if isinstance(value, dict) else {f"{above}{key}": value}
    return flat
