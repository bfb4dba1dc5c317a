"""In which language sources are written. Pure: the same sources have the same language."""

from collections import Counter
from collections.abc import Iterable

from quire.nodes.evidence.figures.detecting import language_of
from quire.nodes.sources.passage import Reading


def language_of_most(readings: Iterable[Reading]) -> str:
    """Give the language that most sources are written in, or nothing where none is; of as many, the first source's."""
    told = Counter(
        language for reading in readings if (language := language_of(p["text"] for p in reading["passages"]))
    )
    return told.most_common(1)[0][0] if told else ""
