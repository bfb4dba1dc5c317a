"""Having a model word a section, or a part of one: asked once, and once more for what cannot be taken as it stands."""

from typing import NamedTuple

from quire.graphs.agents.writer.assignment import (
    begun,
    changed_facts,
    changed_inputs,
    elsewhere,
    has_asked,
    is_first,
    last_draft,
    objections,
    standing,
)
from quire.graphs.agents.writer.editing import edits_of
from quire.graphs.kernel.agent_state import AgentState
from quire.graphs.run.model_calls import ask, prompt
from quire.graphs.run.run import Run
from quire.graphs.versions.told import told_of
from quire.nodes.author.binding import Bound, Desk, bind
from quire.nodes.author.changing import untouched
from quire.nodes.author.claim_checks import with_its_kind
from quire.nodes.author.drafting import Brief, asked_again, request_draft
from quire.nodes.author.grounds import grounds_of
from quire.nodes.author.mending import mended
from quire.nodes.author.placing import placeables
from quire.nodes.author.revising import accepted, shown_draft
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.claims import INFERENCES, named, with_ids
from quire.nodes.evidence.content import Evidence, SectionContent
from quire.nodes.evidence.persons import edited, persons_of
from quire.nodes.evidence.refreshing import found_again
from quire.nodes.faults import BudgetSpent, ModelFault
from quire.nodes.model.request import Request

_SYSTEM = prompt("writer", "draft")


class Worded(NamedTuple):
    """A reply as it counts."""

    text: str
    model: str


class Assignment(NamedTuple):
    """What is to be worded, and from what."""

    materials: Materials
    evidence: list[Evidence]
    desk: Desk
    brief: Brief

    @property
    def request(self) -> Request:
        """The question to the model."""
        return request_draft(self.materials, self.evidence, self.desk.grounds, self.brief)

    def bound(self, text: str) -> Bound:
        """Bind a reply to what its statements name."""
        asked = "\n".join([self.materials.title, *(f for f in self.materials.facts.values() if isinstance(f, str))])
        return bind(text, self.desk, lambda made, words: with_its_kind(made, words, self.desk.convention, asked))


def assignment(
    run: Run,
    state: AgentState,
    models: tuple[str, str | None],
    materials: Materials,
    evidence: list[Evidence],
    computed: SectionContent | None = None,
) -> Assignment:
    """Put together what the writer is shown this time."""
    blackboard, scope, event = run.blackboard, state["scope"], state["event"]
    grounds, tables = grounds_of(materials, evidence, computed), placeables(computed)
    findings, last = objections(blackboard, scope, event), last_draft(blackboard, scope)
    inputs = [*changed_inputs(blackboard, scope), *changed_facts(blackboard, scope, run.request["facts"])]
    if last and is_first(blackboard, scope):
        last = found_again(last, materials.readings)
        objectless = accepted(last, findings, anew=False)
        told = told_of(run.request, scope["section"])
        before = {name: c for name, c in standing(blackboard, scope, last, grounds, told).items() if name in objectless}
    else:
        before = accepted(last, findings, anew=not inputs) if last else {}
    stands = untouched(before, inputs)
    if last:
        last = with_ids(edited(last, edits_of(blackboard, scope)))
        stands |= {c["id"]: c for c in persons_of(last)}  # whatever is found of them, no writer changes them
    desk = Desk(
        grounds=grounds,
        title=materials.section["title"],
        asked=materials.section["instructions"],
        tables=tables,
        last={c["id"]: c for c in named(last)} if last else {},
        accepted=stands,
        convention=materials.convention,
        inferences=materials.section.get("inferences", INFERENCES),
    )
    brief = Brief(
        *models,
        system=_SYSTEM,
        findings=findings,
        last_draft=shown_draft(last, stands, grounds, tables) if last else "",
        begun=begun(blackboard, event),
        changed="\n".join(one.told() for one in inputs),
        tables=tables,
        elsewhere=elsewhere(blackboard, scope),
    )
    return Assignment(materials, evidence, desk, brief)


async def word(run: Run, state: AgentState, step: str, given: Assignment) -> Worded:
    """Ask for the text, and once more for what of it cannot be taken; the better of the two counts.

    A reply that asks for facts is not sent back: it will be gone on from.
    """
    request = given.request
    reply = await ask(run, state, "writer", step, request)
    first = given.bound(reply.text)
    if not first.problems or (first.missing and not has_asked(state["event"])):
        return Worded(reply.text, reply.model)
    try:
        again = await ask(run, state, "writer", f"{step}-again", asked_again(request, reply.text, first.problems))
    except (ModelFault, BudgetSpent):
        return Worded(reply.text, reply.model)  # what cannot be bound is unsupported, and says so
    text = mended(reply.text, again.text)
    second = given.bound(text)
    better = second.blocks and (not first.blocks or len(second.problems) <= len(first.problems))
    return Worded(text, again.model) if better else Worded(reply.text, reply.model)
