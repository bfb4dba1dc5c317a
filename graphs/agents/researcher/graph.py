"""The researcher: word the queries, then give the sources whole, or what was found in them.

Sources that fit a prompt are given whole, and nothing is asked. Else a model words the queries, where one is
configured; without one they are the section's questions and its title.
"""

from typing import NotRequired

from quire.graphs.agents.researcher.events import EvidenceGathered
from quire.graphs.agents.section.events import ChangesTaken
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.events import is_a
from quire.graphs.kernel.agent_state import AgentState, Update
from quire.graphs.kernel.emitting import emit
from quire.graphs.run.changes import only_edits
from quire.graphs.run.embedding import asker_of
from quire.graphs.run.gathering import gathered
from quire.graphs.run.gathering import questions as asked_of
from quire.graphs.run.model_calls import ask, models_for, prompt
from quire.graphs.run.run import Run, run_of
from quire.graphs.run.section_inputs import (
    evidence_of,
    facts_of,
    readings_searched,
    survey_of,
    whole_sources,
)
from quire.nodes.author.wording_queries import request_queries
from quire.nodes.event_store.port import Envelope
from quire.nodes.faults import BudgetSpent, ModelFault
from quire.nodes.search.coverage import covered
from quire.nodes.search.queries import plain_queries, subject_of

_SYSTEM = prompt("researcher", "queries")


class State(AgentState):
    """The researcher's state."""

    queries: NotRequired[list[str]]
    """What to search for; missing where the sources are given whole."""
    reason: NotRequired[str]


async def word_queries(state: State) -> Update:
    """Say what to search for: what the writer asked, else what the section is to answer."""
    run, scope = await run_of(state["scope"]["run"]), state["scope"]
    if asked := asked_in(state["event"]):
        return {"queries": asked}
    questions = asked_of(run, scope)
    facts = facts_of(run.blackboard, scope["section"]["id"], run.request["facts"])
    plain = plain_queries(scope["section"], questions or subject_of(facts))
    if await models_for(run, "writer") is None:
        return {"queries": plain}
    if await whole_sources(run, scope) is not None:
        return {}
    readings, models = await readings_searched(run, scope), await models_for(run, "researcher")
    if models is None or not readings or not _will_be_worded(run, state):
        return {"queries": plain}
    known = {name: about for name, about in (await survey_of(run)).items() if name in {r["source"] for r in readings}}
    request = request_queries(run.request["title"], scope["section"], questions, known, models, _SYSTEM)
    try:
        reply = await ask(run, state, "researcher", "queries", request)
    except (ModelFault, BudgetSpent) as fault:
        return {"queries": plain, "reason": str(fault)}
    worded = [" ".join(query.split()) for query in reply.parsed["queries"]]
    return {"queries": list(dict.fromkeys([*worded, *questions]))}


async def quote(state: State) -> Update:
    """Quote the passages, each with its address and what it stands under, and say which questions they speak of."""
    run, scope, queries = await run_of(state["scope"]["run"]), state["scope"], state.get("queries")
    given = await gathered(run, scope, queries, asker_of(scope, state["event"]["round"]))
    evidence = given.evidence
    known = {(e["source"], e["address"], e["quote"]): e for e in [*evidence_of(run.blackboard, scope), *evidence]}
    asked = asked_in(state["event"])
    found = EvidenceGathered(
        evidence=[dict(e) for e in evidence],
        answers=" ".join(asked) or None,
        queries=queries or [],
        covered=covered(asked or asked_of(run, scope), list(known.values())),
        reason=state.get("reason", ""),
        meant_by=given.by_meaning.model,
        by_words_alone=given.by_meaning.reason,
    )
    return {"outgoing": [emit(found)]}


def asked_in(event: Envelope) -> list[str]:
    """Give the questions that a writer asks; none where a section begins."""
    question = event["data"].get("question")
    return [question, *event["data"].get("more", [])] if question else []


def _will_be_worded(run: Run, state: State) -> bool:
    """Whether a model writes the section, and not only a person's edits are taken up: else nobody is asked."""
    return state["scope"]["section"]["kind"] == "prose" and not _only_edited(run, state["event"])


def _only_edited(run: Run, event: Envelope) -> bool:
    changes = [run.blackboard.events[change] for change in event["data"].get("changes", [])]
    return bool(event["data"].get("edited")) or (is_a(event, ChangesTaken) and only_edits(changes))


graph = subgraph("researcher", (EvidenceGathered,), word_queries, quote, state=State)
