"""The editor: repetition, contradicting figures, the document's rules, then decide what is reopened."""

from collections.abc import Mapping
from typing import Any, NotRequired, cast

from graphs.agents.editor.events import DocumentApproved, DocumentFailed, SectionReopened
from graphs.agents.editor.reopening import reopened
from graphs.asking import ask, models_for, prompt
from graphs.board import Board
from graphs.contract import AgentState, Update, say, subgraph
from graphs.run import run_of
from nodes.computations.materials import Finding
from nodes.content import SectionContent
from nodes.editing import contradictions, repetitions
from nodes.gateway.request import Fenced
from nodes.reading import quoting, reading_schema, request_reading, text_of
from nodes.record.port import Event
from nodes.rules.checking import check_document

_SYSTEM = prompt("editor", "read_through")


class State(AgentState):
    """The editor's state."""

    findings: NotRequired[list[Finding]]


async def compare(state: State) -> Update:
    """Look for what is said twice, and for one figure given two ways."""
    sections = contents(await board_of(state))
    return {"findings": [*repetitions(sections), *contradictions(sections)]}


async def check_rules(state: State) -> Update:
    """Hold the whole against the rules of scope ``document``."""
    run = await run_of(state["lane"]["run"])
    rules = [r for r in run.request["blueprint"]["rules"] if r["scope"] == "document"]
    return {"findings": state["findings"] + check_document(rules, contents(run.board))}


async def read_through(state: State) -> Update:
    """Have a model read the whole, where a model wrote any of it."""
    run = await run_of(state["lane"]["run"])
    models = await models_for(run, "editor")
    standing = {s: c for s, c in contents(run.board).items() if run.board.last[s]["data"]["models"]}
    if models is None or not standing:
        return {}
    texts = {section: text_of(content) for section, content in standing.items()}
    asked: list[str | Fenced] = [
        "The sections, each under its id:",
        *(Fenced(section, text) for section, text in texts.items()),
    ]
    request = request_reading(models, _SYSTEM, asked, reading_schema("section", [*texts]))
    reply = (await ask(run, state, "editor", "read_through", request)).parsed
    found = [o for o in reply["objections"] if quoting([o], texts[o["section"]])]
    return {"findings": state["findings"] + [_objection(o) for o in found]}


async def decide(state: State) -> Update:
    """Reopen what must and still may be written again; otherwise let the document stand, or fail if nothing does."""
    run = await run_of(state["lane"]["run"])
    if not contents(run.board):
        return {"said": [say(DocumentFailed(reason="no section could be written"))]}
    again = reopened(plan_of(run.board), run.board.last, state["findings"], run.request["options"]["max_rounds"])
    if again:
        return {"said": [say(SectionReopened(**data), section=section, epoch=epoch) for section, epoch, data in again]}
    return {"said": [say(DocumentApproved(findings=[dict(f) for f in state["findings"]]))]}


def _objection(objection: Mapping[str, Any]) -> Finding:
    message = f"“{objection['quote']}”: {objection['problem']}"
    return Finding(rule="read-through", severity="error", message=message, where=objection["section"])


async def board_of(state: State) -> Board:
    """Find the run's board."""
    return (await run_of(state["lane"]["run"])).board


def plan_of(board: Board) -> list[Event]:
    """Give the planned sections, each behind those it waits for."""
    return [e for e in board.events.values() if e["type"] == "SectionPlanned"]


def contents(board: Board) -> dict[str, SectionContent]:
    """Give what stands of each section, in document order."""
    planned = sorted(plan_of(board), key=lambda e: e["data"]["position"])
    standing: dict[str, Any] = {str(e["section"]): board.last.get(str(e["section"])) for e in planned}
    return {
        section: cast("SectionContent", closed["data"]["content"])
        for section, closed in standing.items()
        if closed and closed["type"] == "SectionApproved"
    }


graph = subgraph(
    "editor",
    (SectionReopened, DocumentApproved, DocumentFailed),
    compare,
    check_rules,
    read_through,
    decide,
    state=State,
)
