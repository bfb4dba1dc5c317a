"""Lines to paragraphs: by the space between them, indents, type, marks, and lines that end early."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from quire.nodes.sources.outline import section_number, split_mark
from quire.nodes.sources.pdf.page import Line, Part

_GAP = 1.28
_SAME_SIZE = 0.08
_INDENT = 1.0
_SPARE = 0.35
"""Room, in type sizes, that is left when the next line's first word would still have fit: the line ended on purpose."""
_CENTRED = 0.1
_ENDS = re.compile(r"[.:;!?\u3002\uff01\uff1f][\"'\u201d\u2019)\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
_STOPS = re.compile(r"[.!?\u3002\uff01\uff1f:][\"'\u201d\u2019)\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
BULLET = re.compile(r"^[•‣▪●◦○■□➢✓\uf0b7\u2013\u2014*-]\s+(?=\S)")


def blocks(items: Sequence[Line | Part]) -> Iterator[list[Line] | Part]:
    """Join the lines of a document to paragraphs; tables stay where they stand between them."""
    leading = _leading([item for item in items if isinstance(item, Line)])
    gathered: list[Line] = []
    for item in items:
        if isinstance(item, Part) or (gathered and _parted(gathered, item, leading)):
            if gathered:
                yield gathered
            gathered = []
        if isinstance(item, Part):
            yield item
        else:
            gathered.append(item)
    if gathered:
        yield gathered


def _leading(lines: Sequence[Line]) -> dict[int, float]:
    """Give the usual distance of lines for each type size."""
    steps: dict[int, list[float]] = {}
    for above, below in pairwise(lines):
        step = below.y - above.y
        alike = abs(above.size - below.size) <= _SAME_SIZE * below.size
        if above.page == below.page and above.strip == below.strip and alike and 0 < step < 2.5 * below.size:
            steps.setdefault(round(below.size), []).append(step)
    return {size: median(sorted(own)[: max(1, len(own) * 3 // 4)]) for size, own in steps.items()}


def _parted(above: Sequence[Line], line: Line, leading: dict[int, float]) -> bool:
    """Tell whether a paragraph ends before the line."""
    last = above[-1]
    if abs(line.size - last.size) > _SAME_SIZE * max(line.size, last.size) or _is_marked(line.text, last.text):
        return True
    if line.bold != last.bold and all(one.bold == last.bold for one in above):
        return True
    if (line.page, line.strip) != (last.page, last.strip):
        return not (line.text[:1].islower() and not _STOPS.search(last.text))
    step = line.y - last.y
    if step > _GAP * leading.get(round(line.size), 1.2 * line.size) or step <= 0:
        return True
    return _starts_anew(above, line)


def _is_marked(text: str, above: str) -> bool:
    if BULLET.match(text):
        return True
    free = bool(_ENDS.search(above) or re.search(r",$|\b(?:and|or)$", above))
    return free and bool(split_mark(text)[0] or section_number(text))


def _starts_anew(above: Sequence[Line], line: Line) -> bool:
    last = above[-1]
    indented = line.x0 - last.x0 > _INDENT * line.size and last.x0 - line.left < _INDENT * line.size
    if indented and (len(above) > 1 or _ENDS.search(last.text)) and not BULLET.match(above[0].text):
        return not line.text[:1].islower()
    room = last.right - last.x1
    centred = (
        abs((last.x0 - last.left) - room) < _CENTRED * (last.right - last.left) and last.x0 - last.left > line.size / 2
    )
    fits = room > line.first_word + _SPARE * line.size
    if not fits or centred:
        return False
    return bool(_ENDS.search(last.text)) or not line.text[:1].islower()
