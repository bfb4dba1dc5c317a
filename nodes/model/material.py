"""How evidence is shown to a model: under each source what it is, under that its headings, then one numbered line each.

The same evidence gives the same text in every prompt of a section, whoever is asked, so that endpoints can keep it.
A passage is one line, so no source can begin a line of its own making.
"""

from collections.abc import Iterator, Sequence

from quire.nodes.evidence.content import Evidence
from quire.nodes.model.request import Fenced

_ROUND = str.maketrans("()", "[]")
_PIECE = 1500
"""Characters from which another piece begins. A prompt that is too long loses whole pieces, the last first."""


def material(evidence: Sequence[Evidence]) -> tuple[Fenced, ...]:
    """Show evidence as E1, E2 …, in its order."""
    return tuple(_pieces(evidence))


def _pieces(evidence: Sequence[Evidence]) -> Iterator[Fenced]:
    lines: list[str] = []
    first, source, heading = 1, "", ""
    for number, item in enumerate(evidence, 1):
        named = item["source"] != source
        if lines and (named or sum(map(len, lines)) > _PIECE):
            yield _piece(first, number - 1, lines)
            first, lines = number, []
        if not lines:  # a piece that a source goes on in names it again
            source, heading = item["source"], ""
            lines.append(source_line(item))
        under = _line(item.get("heading", ""))
        if under and under != heading and not _is_heading(item):
            lines.append(f"[{under}]")
        heading = under
        lines.append(_numbered(number, item))
    if lines:
        yield _piece(first, len(evidence), lines)


def source_line(evidence: Evidence) -> str:
    """Name the source of a piece of evidence, with what it is, its date, and whether it still holds."""
    dated = f"dated {evidence['date']}" if evidence.get("date") else "undated"
    status = evidence.get("status", "current")
    about = [evidence.get("what", ""), dated, status.upper() if status != "current" else status]
    return f"Source {_line(evidence['source'])} ({_line(', '.join(part for part in about if part))})"


def _numbered(number: int, item: Evidence) -> str:
    label = item.get("label", "") or ("heading" if _is_heading(item) else "")
    named = "; ".join(part for part in (label, item.get("standing", "").translate(_ROUND)) if part)
    return f"E{number} ({_line(named)}): {_line(item['quote'])}" if named else f"E{number}: {_line(item['quote'])}"


def _is_heading(item: Evidence) -> bool:
    """Whether it is a heading itself: then it is the last of the path that it stands under."""
    return bool(item.get("heading")) and item.get("heading", "").rpartition(" > ")[2] == item["quote"]


def _piece(first: int, last: int, lines: Sequence[str]) -> Fenced:
    return Fenced(f"E{first}" if first == last else f"E{first} to E{last}", "\n".join(lines))


def _line(text: str) -> str:
    return " ".join(text.split())
