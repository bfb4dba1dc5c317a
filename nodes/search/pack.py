"""The evidence pack of a section: its sources whole where they fit, else what was found in them with its neighbours.

Grouped by source, in reading order. Sources that are superseded, drafts or archived come last and say so. Pure.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from quire.nodes.evidence.content import Evidence
from quire.nodes.evidence.from_passages import quoted
from quire.nodes.search.neighbours import with_neighbours
from quire.nodes.sources.folding import fold
from quire.nodes.sources.passage import Passage, Reading
from quire.nodes.survey.survey import Surveyed

_BYTES_PER_TOKEN = 4
_BESIDE = 6
"""Tokens that number and line break of a passage take."""
_NAMING = 40
"""Tokens that naming a source takes."""

Survey = Mapping[str, Surveyed]


def fits(readings: Sequence[Reading], budget: int) -> bool:
    """Whether all that the sources say fits a budget of tokens."""
    return sum(_NAMING + tokens_of(reading["passages"]) for reading in readings) <= budget


def tokens_of(passages: Iterable[Passage]) -> int:
    """Estimate the tokens of passages."""
    return sum(_BESIDE + len(p["text"].encode()) // _BYTES_PER_TOKEN for p in passages)


def whole(readings: Sequence[Reading], survey: Survey, first: Collection[str] = ()) -> list[Evidence]:
    """Give all passages of the sources; one that a source repeats word for word is given once.

    Headings come with what stands under them. One that nothing stands under is given by itself.

    Args:
        readings: the sources.
        survey: what each is.
        first: names of those that come first, whatever they are.

    """
    evidence = []
    for reading in sorted(
        readings, key=lambda r: (r["source"] not in first, survey[r["source"]]["status"] != "current")
    ):
        over = {title for p in reading["passages"] if p["kind"] != "heading" for title in p["headings"]}
        said = (p for p in reading["passages"] if p["kind"] != "heading" or p["text"] not in over)
        for passage in _without_repeats(said):
            evidence += quoted(passage, survey[reading["source"]])
    return evidence


def chosen(found: Sequence[Passage], readings: Sequence[Reading], survey: Survey, budget: int) -> list[Evidence]:
    """Give what was found, the best first as far as a budget of tokens goes, by source and in reading order."""
    by_source: dict[str, list[Passage]] = defaultdict(list)
    for passage in _within(found, budget):
        by_source[passage["source"]].append(passage)
    read = {reading["source"]: reading for reading in readings}
    best_first = sorted(by_source, key=lambda name: survey[name]["status"] != "current")
    return [e for name in best_first for p in _ordered(by_source[name], read[name]) for e in quoted(p, survey[name])]


def _without_repeats(passages: Iterable[Passage]) -> Iterable[Passage]:
    said: set[tuple[str, ...]] = set()
    for passage in passages:
        words = (passage["kind"], fold(passage["text"]).casefold(), *passage["headings"])
        if words not in said:
            said.add(words)
            yield passage


def _within(found: Sequence[Passage], budget: int) -> Iterable[Passage]:
    spent, named = 0, set[str]()
    for passage in found:
        spent += tokens_of([passage]) + (_NAMING if passage["source"] not in named else 0)
        if spent > budget:
            return
        named.add(passage["source"])
        yield passage


def _ordered(found: Sequence[Passage], reading: Reading) -> list[Passage]:
    places = {p["address"]: place for place, p in enumerate(reading["passages"])}
    kept = with_neighbours(found, reading["passages"], places)
    return sorted(kept, key=lambda p: places[p["address"]])
