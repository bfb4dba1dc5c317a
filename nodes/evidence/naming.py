"""What names a piece of evidence: source, kind, date, heading, row and column titles, label. It counts as its words."""

from datetime import date
from pathlib import PurePosixPath

from quire.nodes.evidence.content import Evidence
from quire.nodes.survey.heads import as_words


def named_by(evidence: Evidence) -> str:
    """Give what names it, as words; a date also as it is spelt in prose."""
    dated = evidence.get("date", "")
    parts = [
        as_words(PurePosixPath(evidence["source"]).stem),
        evidence.get("what", ""),
        dated,
        _spelt(dated),
        evidence.get("heading", ""),
        evidence.get("header", ""),
        evidence.get("label", ""),
    ]
    return "; ".join(part for part in parts if part)


def words_of(evidence: Evidence) -> str:
    """Give all the words that a statement may rest on: what it says, under what names it."""
    return f"{named_by(evidence)}: {evidence['quote']}"


def _spelt(dated: str) -> str:
    """Spell a date: ``14 April 2026``, ``April 2026``; a year needs no other spelling."""
    parts = [int(part) for part in dated.split("-") if part.isdigit()]
    if len(parts) < 2:  # noqa: PLR2004 - year and month
        return ""
    month = f"{date(2000, parts[1], 1):%B} {parts[0]}"
    return f"{parts[2]} {month}" if len(parts) > 2 else month  # noqa: PLR2004 - and day
