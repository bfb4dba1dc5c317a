"""What writing the sections of a plan would take: calls of models, and tokens. Pure.

An estimate for a document whose drafts stand at once. It counts what each call is shown and says, in tokens of four
characters, as endpoints' tokenizers come to for English.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from quire.graphs.intake.blueprint import SectionSpec
from quire.graphs.run.section_inputs import MOST_FOUND, filtered, usable
from quire.nodes.author.outlining import LONGEST
from quire.nodes.author.verifying import MOST_AT_ONCE
from quire.nodes.checks.checking import rules_for
from quire.nodes.search.meaning import batches, meant_by
from quire.nodes.search.pack import fits, tokens_of
from quire.nodes.sources.passage import Reading

WRITER = 1000
"""Tokens of what a writer is told beside its material."""
READER = 500
"""Tokens of what a verifier or a reader of drafts is told, with the form of its reply."""
PER_WORD = 1.5
"""Tokens of a word of prose, with the space and the sign behind it."""
BOUND = 1.2
"""Times the tokens of the words alone that a text takes whose statements name their evidence."""
PER_CLAIM = 20
"""Words of a statement."""
LEFT = 0.5
"""Share of statements that code leaves to a verifier."""
VERDICT = 50
"""Tokens of a verdict on a claim, or of a reader's reply that objects to little."""
QUERIES = 1200
"""Tokens of asking what to search for: what the sources are, above all."""
WITH_NEIGHBOURS = 1.3
"""Times the tokens of what is found that it takes with what it cannot be understood without."""
USUAL_WORDS = 250
_BYTES_PER_TOKEN = 4


class Forecast(NamedTuple):
    """What would be asked of models."""

    calls: int
    prompt_tokens: int
    completion_tokens: int
    embedded_tokens: int = 0
    """Of the prompts': of texts whose vectors are asked for, at the price of an embedding model."""


class Asks(NamedTuple):
    """Who is asked beside writers."""

    judges: Mapping[str, int]
    """By section: how many models read a draft of it (:func:`judges_of`)."""
    evidence_tokens: int
    """The most that a prompt shows of sources."""
    verifies: bool = True
    """A model judges the claims that code leaves open."""
    embeds: bool = False
    """An embedding model says what passages mean, as if it had been asked of none of them before."""


class _Call(NamedTuple):
    prompt: float
    completion: float
    embedded: float = 0.0


def forecast(sections: Sequence[SectionSpec], readings: Sequence[Reading], asks: Asks) -> Forecast:
    """Estimate what the sections take.

    Args:
        sections: those that would be written.
        readings: the sources.
        asks: who is asked.

    """
    words = {s.id: float(s.words or USUAL_WORDS) for s in sections}
    specs = [s.model_dump(mode="json") for s in sections]
    calls: list[_Call] = []
    searched: dict[str, Reading] = {}
    for section, spec in zip(sections, specs, strict=True):
        if section.kind == "prose":
            found = filtered(readings, usable(spec, specs))
            material = _evidence(found, asks.evidence_tokens)
            material += sum(BOUND * PER_WORD * words.get(needed, 0) for needed in section.needs)
            calls += _calls(words[section.id], material, asks.judges[section.id], verifies=asks.verifies)
            if not fits(found, asks.evidence_tokens):
                calls.append(_Call(QUERIES, VERDICT))
                searched |= {reading["source"]: reading for reading in filtered(readings, spec["sources"])}
                calls += [_Call(0, 0, VERDICT)] if asks.embeds else []
    if calls:  # the editor reads the whole once
        calls.append(_Call(READER + PER_WORD * sum(words.values()), VERDICT))
    calls += _embedded(searched.values()) if asks.embeds else []
    prompt, completion, embedded = (sum(t) for t in zip(*calls, strict=True)) if calls else (0.0, 0.0, 0.0)
    return Forecast(len(calls), round(prompt + embedded), round(completion), round(embedded))


def judges_of(section: SectionSpec, blueprint: Mapping[str, Any]) -> int:
    """Count the models that read a draft: the reviewer, compliance if rules are to be read, declared agents."""
    held = rules_for(section.model_dump(mode="json"), cast("Any", blueprint["rules"]))
    judges = ["reviewer", *(agent["name"] for agent in blueprint["agents"])]
    judges += ["compliance"] if any(rule["read"] for rule in held) else []
    return sum(section.agents is None or name in section.agents for name in judges)


def _calls(words: float, material: float, judges: int, *, verifies: bool) -> Iterator[_Call]:
    """Give the calls for a section whose draft stands at once: to lay it out, to write, to verify and to read it."""
    drafts, own = math.ceil(words / LONGEST), PER_WORD * words
    if drafts > 1:
        yield _Call(WRITER + material, VERDICT * drafts)
    for _ in range(drafts):
        yield _Call(WRITER + material, own * BOUND / drafts)
    claims = math.ceil(words / PER_CLAIM * LEFT)
    batches = math.ceil(claims / MOST_AT_ONCE) if verifies else 0
    for _ in range(batches):
        yield _Call(READER + material + own * BOUND / batches, VERDICT * claims / batches)
    for _ in range(judges):
        yield _Call(READER + material + own, VERDICT)


def _embedded(readings: Iterable[Reading]) -> Iterator[_Call]:
    texts = [meant_by(p) for reading in readings for p in reading["passages"] if p["kind"] != "heading"]
    for batch in batches(dict.fromkeys(texts)):
        yield _Call(0, 0, sum(len(text.encode()) for text in batch) / _BYTES_PER_TOKEN)


def _evidence(readings: Sequence[Reading], budget: int) -> float:
    """Give the tokens of the passages that a prompt shows: all, or those that are found."""
    if fits(readings, budget):
        return sum(tokens_of(reading["passages"]) for reading in readings)
    passages = [p for r in readings for p in r["passages"] if p["kind"] != "heading"]
    mean = tokens_of(passages) / max(len(passages), 1)
    return min(budget, WITH_NEIGHBOURS * mean * MOST_FOUND)
