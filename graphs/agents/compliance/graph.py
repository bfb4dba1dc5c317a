"""The compliance checker: rules in code, grounding of every claim, then the rules that need reading."""

from typing import cast

from typing_extensions import NotRequired

from graphs.agents.compliance.events import SectionChecked
from graphs.contract import AgentState, Update, say, subgraph
from graphs.materials import gather
from graphs.run import run_of
from nodes.computations.materials import Finding
from nodes.content import SectionContent
from nodes.rules.checking import check_section, rules_for
from nodes.rules.grounded import ungrounded


class State(AgentState):
    """The compliance checker's state."""

    findings: NotRequired[list[Finding]]
    rules: NotRequired[list[str]]


async def check_rules(state: State) -> Update:
    """Hold the draft against the rules that code can check."""
    run = await run_of(state["lane"]["run"])
    materials = await gather(run, state["lane"])
    rules = rules_for(state["lane"]["section"], run.request["blueprint"]["rules"])
    found = check_section(rules, _draft(state), materials)
    return {"findings": found, "rules": [r["id"] for r in rules if not r["read"]]}


async def check_grounding(state: State) -> Update:
    """Look every quotation up at its address, and every figure in its evidence."""
    run = await run_of(state["lane"]["run"])
    found = ungrounded(state["lane"]["section"]["id"], _draft(state), await run.readings())
    return {"findings": state["findings"] + found}


async def report(state: State) -> Update:
    """Give the verdict: an error blocks, a warning is kept for the reader."""
    findings = state["findings"]
    blocks = any(f["severity"] == "error" for f in findings)
    checked = SectionChecked(blocks=blocks, findings=[dict(f) for f in findings], rules=state["rules"])
    return {"said": [say(checked)]}


def _draft(state: State) -> SectionContent:
    return cast("SectionContent", state["event"]["data"]["content"])


graph = subgraph("compliance", (SectionChecked,), check_rules, check_grounding, report, state=State)
