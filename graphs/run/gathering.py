"""What a section is given of its sources: all that they say, where that fits a prompt, or what is found in them."""

from collections.abc import Sequence

from quire.graphs.kernel.agent_state import Scope
from quire.graphs.run.model_calls import models_for
from quire.graphs.run.run import Run
from quire.graphs.run.section_inputs import facts_of, pack_found, quoted_as_found, search, whole_sources
from quire.nodes.author.extracts import readable
from quire.nodes.evidence.content import Evidence
from quire.nodes.search.queries import questions_of

MOST_QUOTED = 12
"""Passages of a section that no model writes: they are what is read."""


async def gathered(run: Run, scope: Scope, queries: Sequence[str] | None) -> list[Evidence]:
    """Give what the sources say on some queries; without any, all that they say, if it fits a prompt.

    Where no model writes, what is found is quoted as it is.
    """
    if await models_for(run, "writer") is None:
        return await quoted_as_found(run, readable(await search(run, scope, queries or [], MOST_QUOTED)))
    everything = await whole_sources(run, scope) if queries is None else None
    title = scope["section"]["title"]
    return everything or await pack_found(
        run, scope, await search(run, scope, queries or [title, *questions(run, scope)])
    )


async def gathered_again(run: Run, scope: Scope, queries: Sequence[str], *, asked: bool) -> list[Evidence]:
    """Give what a section would be given whose sources were searched for these queries.

    Args:
        run: the run.
        scope: the section's.
        queries: of then; none where all that the sources said was given.
        asked: the writer asked for it, so that it is searched for in any case.

    """
    whole = not asked and await models_for(run, "writer") is not None and await whole_sources(run, scope) is not None
    return await gathered(run, scope, None if whole or not queries else queries)


def questions(run: Run, scope: Scope) -> list[str]:
    """Give what a section is to answer."""
    spec = scope["section"]
    return questions_of(spec, facts_of(run.blackboard, spec["id"], run.request["facts"]))
