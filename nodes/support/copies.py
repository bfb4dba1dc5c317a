"""Whether a claim is a copy of its evidence, in a language that is not read word for word."""

import re
from collections.abc import Sequence

from quire.nodes.support.segments import Segment

_SIGN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")


def judge_copy(text: str, segments: Sequence[Segment]) -> tuple[bool, str]:
    """Tell whether a text's words stand together, in order and unchanged, in one segment; and which."""
    ours = _words(text)
    for segment in segments:
        if ours in _words(segment.text) or ours in _words(f"{segment.titles} {segment.text}"):
            return True, segment.text
    return False, segments[0].text if segments else ""


def _words(text: str) -> str:
    return f" {' '.join(word.casefold() for word in _SIGN.findall(text))} "
