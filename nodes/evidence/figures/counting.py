"""What a bare number counts: the word behind it, where that word names a thing."""

import re
from typing import Final

from quire.nodes.evidence.figures.detecting import FUNCTION_WORDS

_THING = re.compile(r"[ \u00a0-](?P<word>[^\W\d_]{3,})")
_LIMITING: Final = (
    "maximum minimum max min more less least most than each total required allowed permitted proposed existing actual"
    " mindestens höchstens maximal minimal insgesamt je mehr weniger oder und bis"
)
_NO_THING: Final = frozenset(_LIMITING.split()).union(*FUNCTION_WORDS.values())
_STEM: Final = 5
"""Letters that tell a word, whatever its ending."""


def counts_another(text: str, end: int, claim: str) -> bool:
    """Whether a bare number counts what a claim does not speak of: ``30 parcels`` is nothing of ``30 hectares``.

    Args:
        text: in which the number stands.
        end: where its digits end.
        claim: what is claimed.

    """
    found = _THING.match(text, end)
    word = found["word"].lower() if found else ""
    return bool(word) and word not in _NO_THING and word[:_STEM] not in claim.lower()
