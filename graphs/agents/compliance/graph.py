"""The compliance checker: rules in code, grounding of every claim, then the rules that need reading."""

import asyncio
from collections.abc import Mapping
from typing import Any, NotRequired, cast

from quire.graphs.agents.compliance.events import SectionChecked
from quire.graphs.kernel.agent_state import AgentState, Update
from quire.graphs.kernel.contract import subgraph
from quire.graphs.kernel.emitting import say
from quire.graphs.run.model_calls import ask, models_for, prompt
from quire.graphs.run.run import Run, run_of
from quire.graphs.run.section_inputs import gather
from quire.nodes.author.reading import quoting, reading_schema, request_reading, text_of
from quire.nodes.checks.checking import check_section, rules_for
from quire.nodes.checks.grounded import ungrounded
from quire.nodes.computations.materials import Finding
from quire.nodes.evidence.content import SectionContent
from quire.nodes.model.request import Fenced

_SYSTEM = prompt("compliance", "read")


class State(AgentState):
    """The compliance checker's state."""

    findings: NotRequired[list[Finding]]
    rules: NotRequired[list[str]]


async def check_rules(state: State) -> Update:
    """Hold the draft against the rules that code can check."""
    run = await run_of(state["lane"]["run"])
    materials = await gather(run, state["lane"])
    found = await asyncio.to_thread(check_section, _rules(run, state), _draft(state), materials)
    return {"findings": found, "rules": [r["id"] for r in _rules(run, state) if not r["read"]]}


async def check_grounding(state: State) -> Update:
    """Look every quotation up at its address, and every figure in its evidence."""
    run = await run_of(state["lane"]["run"])
    section, readings = state["lane"]["section"]["id"], await run.readings()
    locale = run.request["options"].get("locale", "")
    found = await asyncio.to_thread(ungrounded, section, _draft(state), readings, run.words, locale)
    return {"findings": state["findings"] + found}


async def read_rules(state: State) -> Update:
    """Have a model apply the rules that only reading can apply."""
    run = await run_of(state["lane"]["run"])
    rules = {r["id"]: r for r in _rules(run, state) if r["read"]}
    models = await models_for(run, "compliance")
    if models is None or not rules:
        return {}
    text = text_of(_draft(state))
    listed = "\n".join(f"{i}: {r['text']}" for i, r in rules.items())
    request = request_reading(
        models, _SYSTEM, [f"The rules:\n{listed}", Fenced("draft", text)], reading_schema("rule", [*rules])
    )
    reply = (await ask(run, state, "compliance", "read", request)).parsed
    found = [_breach(o, rules, state["lane"]["section"]["id"]) for o in quoting(reply["objections"], text, listed)]
    return {"findings": state["findings"] + found, "rules": [*state["rules"], *rules]}


async def report(state: State) -> Update:
    """Give the verdict: an error blocks, a warning is kept for the reader."""
    findings = state["findings"]
    blocks = any(f["severity"] == "error" for f in findings)
    checked = SectionChecked(blocks=blocks, findings=[dict(f) for f in findings], rules=state["rules"])
    return {"said": [say(checked)]}


def _rules(run: Run, state: State) -> list[Mapping[str, Any]]:
    return rules_for(state["lane"]["section"], run.request["blueprint"]["rules"])


def _draft(state: State) -> SectionContent:
    return cast("SectionContent", state["event"]["data"]["content"])


def _breach(objection: Mapping[str, Any], rules: Mapping[str, Mapping[str, Any]], section: str) -> Finding:
    rule = rules[objection["rule"]]
    message = f"{rule['text']} “{objection['quote']}”: {objection['problem']}"
    return Finding(rule=rule["id"], severity=rule["severity"], message=message, where=section)


graph = subgraph("compliance", (SectionChecked,), check_rules, check_grounding, read_rules, report, state=State)
