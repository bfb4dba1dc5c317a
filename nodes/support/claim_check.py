"""A claim beside its evidence, as far as code can tell. Pure.

This is the one place where the agents ask code about a claim.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Literal, NamedTuple

from quire.nodes.evidence.content import Claim, Evidence
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.sources.addressed import addresses_model, without_orders
from quire.nodes.sources.passage import Reading, convention_of
from quire.nodes.support.copied import is_copied
from quire.nodes.support.grounding import GivenWords, given_by
from quire.nodes.support.invented import WrittenFrom, invented
from quire.nodes.support.naming import names_of, strangers
from quire.nodes.support.segments import Segment, segments_of
from quire.nodes.support.tallies import tables_of
from quire.nodes.support.verdicts import Finding, judge


class Checked(NamedTuple):
    """What code says of a claim."""

    verdict: Literal["supported", "contradicted", "insufficient", "open"]
    """``open``: only a reader can tell."""
    reasons: tuple[str, ...] = ()
    words: str = ""
    """The words of the evidence that decide."""
    lenient: bool = True
    """Of an open one: whether it may stand where nobody can read."""
    to_look_at: tuple[str, ...] = ()
    """Of an open one: what comes to its figures that stand nowhere. A reader tells whether that is meant."""


def check_claim(
    made: Claim,
    readings: Sequence[Reading],
    convention: Convention,
    premises: Sequence[str] = (),
    about: str = "",
    of: str = "",
) -> Checked:
    """Hold a claim against what it names.

    Args:
        made: the claim.
        readings: the sources that its section may use.
        convention: how the claim writes numbers and dates.
        premises: of an inference, the words of the claims that it rests on.
        about: what its document and section are about: a code that is named there is not brought in by the claim.
        of: what names the claim where it stands: its row and column. Words that are quoted of something else are open.

    """
    if addresses_model(made["text"]):
        return Checked("insufficient", ("it tells a model what to do, and states nothing",))
    made = {**made, "evidence": [_stating(e) for e in made["evidence"]]}
    by_name = {r["source"]: r for r in readings}
    quoted_words = [given_by(e, by_name, convention) for e in made["evidence"]]
    above = [words for e in made["evidence"] for words in (_above(e), _dated(e))]
    known: list[GivenWords] = [*quoted_words, *(w for w in (*above, made.get("how", ""), *premises) if w)]
    if not known:
        return Checked("insufficient", ("it names nothing that it rests on",))
    given = WrittenFrom(
        known,
        _segments(made, by_name, convention, premises),
        convention,
        names_of(made["evidence"], by_name, about),
        len(premises),
        about,
        partial(tables_of, made["evidence"], by_name),
        "\n".join((about, *(passage["text"] for reading in readings for passage in reading["passages"]))),
    )
    unknown = strangers(made["text"], _all_that_is_known(made, readings, premises, about), convention)
    brought = invented(made, given)
    if told := [*_told_of_invented(brought.refused), *(f"“{name}” stands in no source" for name in unknown)]:
        return Checked("insufficient", tuple(told))
    if quoted := next((e["quote"] for e in made["evidence"] if is_copied(made["text"], e, of, convention)), ""):
        return Checked("supported", words=quoted)
    found = _read_by_code(made, by_name, convention, premises)
    if found.verdict == "contradicted" and made.get("kind", "fact") == "fact":
        return Checked("contradicted", tuple(found.reasons), found.words)
    lenient = found.leaning == "supported" and not brought.to_look_at
    return Checked("open", tuple(found.reasons), found.words, lenient, tuple(brought.to_look_at))


def _told_of_invented(figures: Sequence[str]) -> Iterator[str]:
    if figures:
        where = "stands" if len(figures) == 1 else "stand"
        yield f"{', '.join(f'“{figure}”' for figure in figures)} {where} in nothing that it names"


def _all_that_is_known(made: Claim, readings: Sequence[Reading], premises: Sequence[str], about: str) -> Iterator[str]:
    """Give the words of all that a claim's author may name: the sources, what it rests on, what it is about."""
    yield from (about, made.get("how", ""), *premises)
    for evidence in made["evidence"]:
        yield from (words_of(evidence), _dated(evidence), evidence["source"].replace("_", " "))
    for reading in readings:
        yield reading["source"].replace("_", " ")
        yield from (without_orders(passage["text"]) for passage in reading["passages"])


def _stating(evidence: Evidence) -> Evidence:
    """Give evidence without the sentences that address a model: they are an order, and none of what is so."""
    return {**evidence, "quote": without_orders(evidence["quote"])}


def words_of(evidence: Evidence) -> str:
    """Give the words of a passage with those that it stands under, which count as its own."""
    return ". ".join(part for part in (_above(evidence), evidence["quote"]) if part)


def _read_by_code(
    made: Claim, readings: Mapping[str, Reading], convention: Convention, premises: Sequence[str]
) -> Finding:
    """Judge a claim word by word: what contradicts a near copy is out, all else is a leaning."""
    given = _all_given(made, premises)
    return judge(
        made["text"],
        given,
        convention=convention,
        names=[_place_of(one) for one in given],
        conventions=_conventions(readings, convention),
    )


def _segments(
    made: Claim, readings: Mapping[str, Reading], convention: Convention, premises: Sequence[str]
) -> list[Segment]:
    given = _all_given(made, premises)
    return segments_of(given, _conventions(readings, convention), [""] * len(given))


def _conventions(readings: Mapping[str, Reading], ours: Convention) -> Callable[[str], Convention]:
    return lambda source: convention_of(readings[source]) if source in readings else ours


def _all_given(made: Claim, premises: Sequence[str]) -> list[Evidence]:
    """Give what a claim rests on: its evidence, how it was worked out, and the claims it is drawn from."""
    said = (_as_evidence(words) for words in (made.get("how", ""), *premises) if words)
    return [_under_its_name(one) for one in (*made["evidence"], *said)]


def _place_of(evidence: Evidence) -> str:
    """Name a passage as a writer and a reader know it."""
    place = ", ".join(part for part in (evidence["source"], evidence["address"]) if part)
    return place or "what it rests on"


def _as_evidence(said: str) -> Evidence:
    return Evidence(source="", address="", quote=said, hash="")


def _under_its_name(evidence: Evidence) -> Evidence:
    """Put what a brief's fact is called where the label of a cell stands."""
    return {**evidence, "label": _fact_of(evidence)} if _fact_of(evidence) else evidence


def _fact_of(evidence: Evidence) -> str:
    return evidence["address"].removeprefix("facts.").replace("_", " ") if evidence["source"] == "brief" else ""


def _above(evidence: Evidence) -> str:
    parts = (evidence.get("heading", ""), evidence.get("header", ""), evidence.get("label", ""), _fact_of(evidence))
    return ". ".join(part for part in parts if part)


def _dated(evidence: Evidence) -> str:
    """Say what its source is and of when, as whoever wrote the claim was told: a claim may say so."""
    return ". ".join(part for part in (evidence.get("what", ""), evidence.get("date", "")) if part)
