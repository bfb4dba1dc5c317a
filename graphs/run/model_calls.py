"""Asking a model on behalf of an agent: which model, at whose expense, under which identity."""

from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING

from langchain_core.language_models import BaseChatModel
from langgraph.config import get_config

from quire.graphs.kernel.agent_state import AgentState
from quire.graphs.run.connections import connections
from quire.graphs.run.model_choice import chosen_for, name_of, requested
from quire.graphs.run.run import Run
from quire.graphs.run.token_stream import Words, is_heard
from quire.nodes.author.drafting import DRAFT
from quire.nodes.event_store.port import CallKey
from quire.nodes.model.partial_reply import Prose
from quire.nodes.model.request import Request
from quire.nodes.model.routes import label_of_fallback, route_of

if TYPE_CHECKING:
    from quire.nodes.model.recorded import Reply  # it brings the clients of models, which offline nobody needs


async def models_for(run: Run, agent: str, preferred: str | None = None) -> tuple[str, str | None] | None:
    """Give the model an agent uses and its fallback; ``None`` where it works without one.

    Args:
        run: the run.
        agent: the agent's name.
        preferred: the model that the blueprint names for the section; a chat model that was handed in goes before it.

    """
    settings = await run.configured()
    if settings.offline_wanted:
        return None
    chosen = chosen_for(agent)
    if isinstance(chosen, BaseChatModel):
        return name_of(chosen), None
    name = preferred or chosen or requested(run.request["options"], agent) or settings.model_for(agent)
    return (name, label_of_fallback(settings, name)) if route_of(settings, agent, name) else None


async def ask(run: Run, state: AgentState, agent: str, step: str, request: Request) -> "Reply":
    """Ask, unless the record holds the reply. While somebody listens to the run, drafts are streamed.

    Raises:
        ModelFault: no usable reply.
        EndpointOut: the run is to be put aside for an outage.
        BudgetSpent: the run may not spend as much as the next attempt could cost.

    """
    section, epoch, round_ = _place(state)
    key = request.key(section=section, epoch=epoch, agent=agent, step=step, round_number=round_)
    chosen = chosen_for(agent)
    gateway = await connections().gateway(run.id, await run.configured(), run.record.leases)
    return await gateway.call(
        request,
        run=run.id,
        key=key,
        ledger=run.record,
        budget=await run.budget(),
        model=chosen if isinstance(chosen, BaseChatModel) else None,
        fenced_by=run.asked_digest,
        on_token=_telling(run, key) if run.listeners and request.schema_name == DRAFT else None,
        is_watched=is_heard(get_config()),
        priority=run.blackboard.priority(section),
        calls=run.calls,
        out_for=run.out_for,
    )


def _place(state: AgentState) -> tuple[str, int, int]:
    """Say what a call is for. Above the sections nothing counts rounds: what wakes an agent there may have any."""
    scope = state["scope"]
    return (
        (scope["section"]["id"], scope["epoch"], state["event"]["round"]) if "section" in scope else ("document", 1, 0)
    )


def _telling(run: Run, key: CallKey) -> Callable[[str], None]:
    """Tell the prose of a draft as it grows, and that it is void when its attempt failed."""
    prose, at = Prose(), 0

    def tell(text: str) -> None:
        nonlocal prose, at
        said = prose.take(text)
        if not text:
            prose, at = Prose(), 0
        if said or not text:
            run.listeners.tell(Words(key.section, key.epoch, key.round, key.agent, key.step, said, at))
        at += len(said)

    return tell


def prompt(agent: str, name: str) -> str:
    """Read a prompt from the agent's folder. Called at import: nothing reads files while a run goes on."""
    return (files("quire.graphs.agents") / agent / "prompts" / f"{name}.md").read_text(encoding="utf-8").strip()
