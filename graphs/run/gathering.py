"""What a section is given of its sources: all that they say, where that fits a prompt, or what is found in them."""

from collections.abc import Sequence
from typing import NamedTuple

from quire.graphs.kernel.agent_state import Scope
from quire.graphs.run.embedding import Asker, Meant, meant
from quire.graphs.run.model_calls import models_for
from quire.graphs.run.run import Run
from quire.graphs.run.section_inputs import (
    facts_of,
    pack_found,
    passages_searched,
    quoted_as_found,
    search,
    whole_sources,
)
from quire.nodes.author.extracts import readable
from quire.nodes.evidence.content import Evidence
from quire.nodes.search.queries import questions_of

MOST_QUOTED = 12
"""Passages of a section that no model writes: they are what is read."""


class Gathered(NamedTuple):
    """What a section is given, and how it was found."""

    evidence: list[Evidence]
    by_meaning: Meant = Meant()
    """Whether it was searched for by meaning too."""


async def gathered(run: Run, scope: Scope, queries: Sequence[str] | None, asker: Asker | None) -> Gathered:
    """Give what the sources say on some queries; without any, all that they say, if it fits a prompt.

    Where no model writes, what is found is quoted as it is.

    Args:
        run: the run.
        scope: the section's.
        queries: what to search for.
        asker: for whom a model may be asked what texts mean; None: only what is known of that counts.

    """
    if await models_for(run, "writer") is None:
        found = await search(run, scope, queries or [], MOST_QUOTED)
        return Gathered(await quoted_as_found(run, readable(found)))
    if queries is None and (everything := await whole_sources(run, scope)):
        return Gathered(everything)
    asked = queries or [scope["section"]["title"], *questions(run, scope)]
    by_meaning = await meant(run, await passages_searched(run, scope), asked, asker)
    found = await search(run, scope, asked, by_meaning=by_meaning.rankings)
    return Gathered(await pack_found(run, scope, found), by_meaning)


async def gathered_again(
    run: Run, scope: Scope, queries: Sequence[str], *, asked: bool, asker: Asker | None
) -> list[Evidence]:
    """Give what a section would be given whose sources were searched for these queries.

    Args:
        run: the run.
        scope: the section's.
        queries: of then; none where all that the sources said was given.
        asked: the writer asked for it, so that it is searched for in any case.
        asker: for whom a model may be asked what texts mean.

    """
    whole = not asked and await models_for(run, "writer") is not None and await whole_sources(run, scope) is not None
    return (await gathered(run, scope, None if whole or not queries else queries, asker)).evidence


def questions(run: Run, scope: Scope) -> list[str]:
    """Give what a section is to answer."""
    spec = scope["section"]
    return questions_of(spec, facts_of(run.blackboard, spec["id"], run.request["facts"]))
