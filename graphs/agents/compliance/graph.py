"""The compliance checker: rules and quotations in code, then the rules that need reading."""

from collections.abc import Mapping
from typing import Any, NotRequired

from quire.graphs.agents.compliance.events import SectionChecked
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.kernel.agent_state import AgentState, Update
from quire.graphs.kernel.emitting import emit
from quire.graphs.run.judged_draft import JudgedDraft, has_errors, judged_draft, rule_findings
from quire.graphs.run.model_calls import ask, models_for, prompt
from quire.graphs.run.run import Run, run_of
from quire.graphs.run.shown_to_judges import shown_to_judges
from quire.nodes.author.reading import quoting, reading_schema, request_reading, text_of
from quire.nodes.checks.checking import rules_for
from quire.nodes.computations.materials import Finding

_SYSTEM = prompt("compliance", "read")


class State(AgentState):
    """The compliance checker's state."""

    findings: NotRequired[list[Finding]]
    rules: NotRequired[list[str]]


async def check_rules(state: State) -> Update:
    """Hold what would be published against the rules that code can check, and its quotations against the sources."""
    run = await run_of(state["scope"]["run"])
    draft = await _draft(run, state)
    found = await rule_findings(run, state["scope"], draft.content)
    return {"findings": found, "rules": [r["id"] for r in _rules(run, state) if not r["read"]]}


async def read_rules(state: State) -> Update:
    """Have a model apply the rules that only reading can apply, unless the draft goes back anyway."""
    run = await run_of(state["scope"]["run"])
    rules = {r["id"]: r for r in _rules(run, state) if r["read"]}
    models, draft = await models_for(run, "compliance"), await _draft(run, state)
    if models is None or not rules or not draft.worth_reading or has_errors(state["findings"]):
        return {}
    text = text_of(draft.content)
    listed = "\n".join(f"{i}: {r['text']}" for i, r in rules.items())
    shown = await shown_to_judges(run, state["scope"], draft)
    request = request_reading(models, _SYSTEM, reading_schema("rule", [*rules]), [f"The rules:\n{listed}"], shown)
    reply = (await ask(run, state, "compliance", "read", request)).parsed
    found = [_breach(o, rules, state["scope"]["section"]["id"]) for o in quoting(reply["objections"], text)]
    return {"findings": state["findings"] + found, "rules": [*state["rules"], *rules]}


async def report(state: State) -> Update:
    """Give the verdict: an error blocks, a warning is kept for the reader."""
    findings = state["findings"]
    checked = SectionChecked(blocks=has_errors(findings), findings=[dict(f) for f in findings], rules=state["rules"])
    return {"outgoing": [emit(checked)]}


def _rules(run: Run, state: State) -> list[Mapping[str, Any]]:
    return rules_for(state["scope"]["section"], run.request["blueprint"]["rules"])


async def _draft(run: Run, state: State) -> JudgedDraft:
    draft = await judged_draft(run, state["scope"])
    if draft is None:
        raise RuntimeError("what is verified was drafted")
    return draft


def _breach(objection: Mapping[str, Any], rules: Mapping[str, Mapping[str, Any]], section: str) -> Finding:
    rule = rules[objection["rule"]]
    message = f"{rule['text']} “{objection['quote']}”: {objection['problem']}"
    return Finding(rule=rule["id"], severity=rule["severity"], message=message, where=section, read=True)


graph = subgraph("compliance", (SectionChecked,), check_rules, read_rules, report, state=State)
