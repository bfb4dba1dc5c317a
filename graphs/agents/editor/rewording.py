"""What becomes of the editor's proposals by claim: held against the claim's evidence as a writer's words are.

One that keeps figures, dates, names and verdict reopens nothing: it is made when the document is put together. One that
would state something else is an objection to its section. For a section that a person approved, a person is asked.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from quire.graphs.agents.editor.told_again import whole_of
from quire.graphs.kernel.agent_state import AgentState, Scope
from quire.graphs.run.approvals import question_for
from quire.graphs.run.judged_draft import has_errors, rule_findings
from quire.graphs.run.model_calls import ask, models_for, prompt
from quire.graphs.run.run import Run
from quire.graphs.run.section_inputs import gather
from quire.nodes.author.retelling import fate_in
from quire.nodes.author.rewording import Rewording, proposals, reworded
from quire.nodes.author.verifying import (
    Asked,
    Pack,
    Passage,
    answers_yes_or_no,
    batches,
    heard,
    heard_yes_or_no,
    request_verdicts,
    request_yes_or_no,
)
from quire.nodes.computations.materials import Finding
from quire.nodes.evidence.claims import in_context, kind_of, premises_of
from quire.nodes.evidence.content import Claim, Judged, SectionContent
from quire.nodes.evidence.naming import named_by
from quire.nodes.faults import BudgetSpent, ModelFault
from quire.nodes.support.claim_check import check_claim

_VERIFIER = prompt("verifier", "read")


class Heard(NamedTuple):
    """What the editor's proposals come to."""

    rewordings: list[Rewording]
    findings: list[Finding]
    """Of those that would state something else."""


class _Open(NamedTuple):
    """A proposal that only a reader can decide on."""

    proposed: Rewording
    asked: Asked


async def heard_of(
    run: Run, state: AgentState, said: Sequence[Mapping[str, Any]], contents: Mapping[str, SectionContent]
) -> Heard:
    """Hold proposals against what their claims stand on.

    Args:
        run: the run.
        state: the editor's.
        said: what it proposes.
        contents: the sections that a model wrote.

    """
    whole = whole_of(run.blackboard, contents)
    kept: list[Rewording] = []
    findings: list[Finding] = []
    opened: list[_Open] = []
    for proposed, made in proposals(said, contents):
        materials = await gather(run, scope_of(run, proposed["section"]))
        before = [*kept, *(one.proposed for one in opened)]
        match fate_in(proposed, whole, before, materials.convention):
            case "changes":
                findings.append(_objection(proposed))
            case "reworded" if not proposed["text"]:
                kept.append(proposed)
            case "reworded":
                worded: Claim = {**made, "text": proposed["text"]}
                texts = in_context(contents[proposed["section"]])
                premises = premises_of(made, texts)
                about = " ".join([run.request["title"], *whole.titles])
                checked = await asyncio.to_thread(
                    check_claim, worded, materials.readings, materials.convention, premises, about
                )
                if checked.verdict == "supported":
                    judged = Judged(verdict="supported", by="code", sure=True, words=checked.words, reasons=[])
                    kept.append({**proposed, "judged": judged})
                elif checked.verdict == "open":
                    opened.append(_Open(proposed, _asked(worded, len(opened), premises)))
    kept += await _read(run, state, opened)
    return Heard(await _within_rules(run, kept, contents), findings)


def scope_of(run: Run, section: str) -> Scope:
    """Give the section run in which a section last closed."""
    blackboard = run.blackboard
    spec = next(e["data"]["spec"] for e in blackboard.plan() if e["section"] == section)
    return Scope(run=run.id, section=spec, epoch=blackboard.last[section]["epoch"])


def for_persons(run: Run, rewordings: Sequence[Rewording]) -> list[Rewording]:
    """Give those for sections that a person has approved."""
    approve = run.request["options"].get("approve", [])
    return [p for p in rewordings if question_for(p["section"], approve)]


def told(rewordings: Sequence[Rewording]) -> str:
    """Put proposals into words for whoever decides on them."""
    lines = [f"- {p['section']}: “{p['before']}”: {_instead(p)} ({p['why']})" for p in rewordings]
    return "May sections that you approved be worded so?\n" + "\n".join(lines)


def _instead(proposed: Rewording) -> str:
    return f"“{proposed['text']}”" if proposed["text"] else f"left out, since it stands in {proposed['twice']}"


def _objection(proposed: Rewording) -> Finding:
    message = f"“{proposed['before']}”: {proposed['why']} (proposed: “{proposed['text']}”)"
    where = f"{proposed['section']}, {proposed['claim']}"
    return Finding(rule="read-through", severity="error", message=message, where=where, read=True)


def _asked(worded: Claim, number: int, premises: tuple[str, ...]) -> Asked:
    how = [Passage("worked out by code", worded["how"])] if worded.get("how") else []
    passages = dict.fromkeys(Passage(named_by(e), e["quote"]) for e in worded["evidence"])
    return Asked(f"r{number + 1}", kind_of(worded), worded["text"], (*passages, *how), premises)


async def _read(run: Run, state: AgentState, opened: Sequence[_Open]) -> list[Rewording]:
    """Have the verifier's model read what code left open; where none may be asked, or it fails, the words stay."""
    asks = opened and (await run.configured()).verify == "model"
    models = await models_for(run, "verifier") if asks else None
    if models is None:
        return []
    asked = [one.asked for one in opened]
    found: dict[str, Judged] = {}
    try:
        if answers_yes_or_no(models[0]):
            for one in asked:
                reply = await ask(run, state, "verifier", one.id, request_yes_or_no(models, one))
                found[one.id] = heard_yes_or_no(reply.text)
        else:
            for n, batch in enumerate(batches(asked), 1):
                reply = await ask(
                    run, state, "verifier", f"reworded-{n}", request_verdicts(models, _VERIFIER, batch, Pack())
                )
                found |= heard(reply.parsed, batch, Pack())
    except (ModelFault, BudgetSpent):
        return []
    judged = {name: j for name, j in found.items() if j["verdict"] == "supported"}
    return [{**one.proposed, "judged": judged[one.asked.id]} for one in opened if one.asked.id in judged]


async def _within_rules(run: Run, kept: Sequence[Rewording], contents: Mapping[str, SectionContent]) -> list[Rewording]:
    """Leave out what a section would break a rule with."""
    broken = set()
    for section in dict.fromkeys(p["section"] for p in kept):
        changed = reworded(section, contents[section], kept)
        if has_errors(await rule_findings(run, scope_of(run, section), changed)):
            broken.add(section)
    return [p for p in kept if p["section"] not in broken]
