"""Gathers what one section is made from: the brief's facts, its sources, and what it waited for."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatch
from typing import Any, cast
from weakref import WeakKeyDictionary

from quire.graphs.agents.planner.events import SourcesSurveyed
from quire.graphs.agents.researcher.events import EvidenceGathered
from quire.graphs.kernel.agent_state import Scope
from quire.graphs.run.blackboard import Blackboard
from quire.graphs.run.changes import facts_with
from quire.graphs.run.dependencies import inputs_read
from quire.graphs.run.differing import differing
from quire.graphs.run.extraction import extracted_of, record_types_of
from quire.graphs.run.journal import Journal
from quire.graphs.run.run import Run
from quire.nodes.author.extracts import extract
from quire.nodes.computations.materials import Materials
from quire.nodes.differences.differing import Difference
from quire.nodes.differences.standing import counting_first, marked, noted, within
from quire.nodes.evidence.content import Evidence, SectionContent
from quire.nodes.evidence.from_passages import quoted
from quire.nodes.records.candidates import candidates_in
from quire.nodes.records.gathering import Known
from quire.nodes.render.dated import date_of
from quire.nodes.search.pack import Survey, chosen, fits, whole
from quire.nodes.sources.passage import Passage, Reading
from quire.nodes.survey.survey import Surveyed, by_source, survey

MOST_FOUND = 40
"""Passages that are searched for a section at most."""


async def gather(run: Run, scope: Scope) -> Materials:
    """Gather the materials of the section that the section run works on."""
    spec, asked = scope["section"], run.request
    return Materials(
        title=asked["title"],
        section=spec,
        facts=facts_of(run.blackboard, spec["id"], asked["facts"]),
        readings=await readings_of(run, scope),
        inputs=inputs_of(run.blackboard, spec["id"], scope["epoch"]),
        withheld=(await run.sources()).values,
        words=run.words,
        locale=asked["options"].get("locale", ""),
        surveyed=await survey_of(run),
        record_types=record_types_of(asked["blueprint"]),
        known_records=known_records_of(run),
        differences=tuple(await differing_of(run, scope)),
    )


_KNOWN: WeakKeyDictionary[Run, Known] = WeakKeyDictionary()
"""What is known in each run, for as long as nothing more is: the sections share what is made of it."""


def known_records_of(run: Run) -> Known:
    """Give the records that the brief gives, and those that were extracted."""
    types, extracted = extracted_of(run.blackboard)
    known = _KNOWN.get(run)
    if known is None or list(known.types) != types:
        known = _KNOWN[run] = Known(candidates_in(run.request.get("records", {})), types, extracted)
    return known


async def readings_of(run: Run, scope: Scope) -> tuple[Reading, ...]:
    """Give the sources that the section may use."""
    return filtered(await run.readings(), usable(scope["section"], _planned(run.blackboard)))


async def readings_searched(run: Run, scope: Scope) -> tuple[Reading, ...]:
    """Give the sources in which is searched for the section: of a planned one, those that it is to draw on."""
    return filtered(await run.readings(), scope["section"]["sources"])


async def whole_sources(run: Run, scope: Scope) -> list[Evidence] | None:
    """Give all that the section's sources say, if it fits a prompt.

    Sections that were planned see the same sources in the same order, and the others begin with them, so that the
    prompts of all of them begin alike.
    """
    readings = await readings_of(run, scope)
    if not fits(readings, (await run.configured()).evidence_tokens):
        return None
    patterns = drawn_on(_planned(run.blackboard))
    first = {reading["source"] for reading in readings if _allowed(reading["source"], patterns)}
    return noted(whole(readings, await survey_of(run), first), await differing_of(run, scope))


async def differing_of(run: Run, scope: Scope) -> list[Difference]:
    """Give where the sources differ that the section may use."""
    return within(differing(run.blackboard), (reading["source"] for reading in await readings_of(run, scope)))


async def survey_of(run: Run) -> Survey:
    """Give what each source is, of when, and whether it holds: as it was surveyed, else as code finds it."""
    told = run.blackboard.of_type(SourcesSurveyed)
    return by_source(
        cast("list[Surveyed]", told[-1]["data"]["sources"])
        if told
        else survey(await run.readings(), date_of(run.request["facts"]))
    )


async def quotations_of(run: Run, scope: Scope) -> SectionContent:
    """Quote what was found for the section: what it is where nobody writes it. What counts comes first."""
    spec, materials = scope["section"], await gather(run, scope)
    quoted = counting_first(evidence_of(run.blackboard, scope), await survey_of(run), materials.differences)
    return extract(spec["title"], quoted, spec["words"], run.words, materials.readings)


async def standing_marked(run: Run, scope: Scope, content: SectionContent) -> SectionContent:
    """Mark in a section what rests on nothing that counts."""
    return marked(content, await survey_of(run), await differing_of(run, scope), run.words)


async def search(
    run: Run,
    scope: Scope,
    queries: Sequence[str],
    most: int = MOST_FOUND,
    by_meaning: Sequence[Sequence[int]] = (),
) -> list[Passage]:
    """Find what of the section's sources says most about some queries, the best first.

    Args:
        run: the run.
        scope: the section's.
        queries: what is searched for.
        most: how many passages are given.
        by_meaning: further rankings of :func:`passages_searched`.

    """
    index = await run.library.index(await readings_searched(run, scope))
    return await asyncio.to_thread(index.search_all, queries, most, by_meaning)


async def passages_searched(run: Run, scope: Scope) -> Sequence[Passage]:
    """Give the passages among which is searched for the section, in the order of their places."""
    return (await run.library.index(await readings_searched(run, scope))).passages


async def pack_found(run: Run, scope: Scope, found: Sequence[Passage]) -> list[Evidence]:
    """Quote what was found, by source, in reading order, with its neighbours, within the budget of a prompt."""
    budget = (await run.configured()).evidence_tokens
    packed = chosen(found, await readings_of(run, scope), await survey_of(run), budget)
    return noted(packed, await differing_of(run, scope))


async def quoted_as_found(run: Run, found: Sequence[Passage]) -> list[Evidence]:
    """Quote passages in the order in which they were found, of a long one the beginning."""
    about = await survey_of(run)
    return [quoted(passage, about[passage["source"]])[0] for passage in found]


def evidence_of(journal: Journal, scope: Scope) -> list[Evidence]:
    """Give all that was gathered for the section, over its drafts and epochs, each place once.

    Later finds come behind earlier ones, so that E3 stays E3. What stands in a source that the section may no longer
    use is left out.
    """
    section, patterns = scope["section"]["id"], usable(scope["section"], _planned(journal))
    gathered = [
        e for epoch in range(1, scope["epoch"] + 1) for e in journal.events_of(section, epoch, EvidenceGathered)
    ]
    found: dict[tuple[str, str, str], Evidence] = {}
    for item in (item for event in gathered for item in event["data"]["evidence"]):
        if _allowed(item["source"], patterns):
            found.setdefault((item["source"], item["address"], item["quote"]), cast("Evidence", item))
    return list(found.values())


def filtered(readings: Sequence[Reading], patterns: Sequence[str]) -> tuple[Reading, ...]:
    """Keep the sources that hold something and whose names match one of the patterns; without patterns all of them."""
    return tuple(r for r in readings if r["passages"] and _allowed(r["source"], patterns))


def usable(spec: Mapping[str, Any], planned: Iterable[Mapping[str, Any]]) -> Sequence[str]:
    """Give the patterns of the names of the sources that a section may use; none: all sources.

    A blueprint's filter holds. A planner only guesses which section needs what, so a planned section may use whatever
    any of them draws on.

    Args:
        spec: the section's.
        planned: those of all sections.

    """
    own: Sequence[str] = spec["sources"]
    return drawn_on(planned) if own and spec.get("purpose") else own


def drawn_on(planned: Iterable[Mapping[str, Any]]) -> Sequence[str]:
    """Give the patterns of the names of the sources that planned sections draw on; none: all, or nothing is planned."""
    sources = [spec["sources"] for spec in planned if spec.get("purpose")]
    return list(dict.fromkeys(pattern for own in sources for pattern in own)) if all(sources) else []


def _planned(journal: Journal) -> list[dict[str, Any]]:
    return [planned["data"]["spec"] for planned in journal.plan()]


def _allowed(source: str, patterns: Sequence[str]) -> bool:
    return not patterns or any(fnmatch(source, pattern) for pattern in patterns)


def inputs_of(blackboard: Blackboard, section: str, epoch: int) -> dict[str, SectionContent]:
    """Give what the section may read of others, exactly as journalled."""
    return {
        name: cast("SectionContent", blackboard.events[seen["event"]]["data"]["content"])
        for name, seen in inputs_read(blackboard.events_of(section, epoch)).items()
        if "digest" in seen
    }


def missing_of(blackboard: Blackboard, section: str, epoch: int) -> dict[str, str]:
    """Name the sections that this one should have read and could not, with the reason."""
    read = inputs_read(blackboard.events_of(section, epoch))
    return {name: str(seen["missing"]) for name, seen in read.items() if "missing" in seen}


def facts_of(blackboard: Blackboard, section: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Give the brief's facts, with the changes that the section has taken up."""
    return facts_with(facts, [blackboard.events[c] for c in blackboard.taken.get(section, [])])
