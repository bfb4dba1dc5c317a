"""What judges are shown of a draft: all that it was written from, what the section is for, and what was found of it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from quire.graphs.kernel.agent_state import Scope
from quire.graphs.run.judged_draft import JudgedDraft
from quire.graphs.run.run import Run
from quire.graphs.run.section_inputs import evidence_of, gather
from quire.nodes.author.drafting import as_planned, beside
from quire.nodes.author.grounds import grounds_of
from quire.nodes.author.reading import Shown, text_of
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.claims import named
from quire.nodes.evidence.content import SectionContent
from quire.nodes.model.request import Fenced


async def written_from(run: Run, scope: Scope, content: SectionContent) -> Shown:
    """Give what a draft was written from, as its writer was shown it."""
    materials, evidence = await gather(run, scope), evidence_of(run.blackboard, scope)
    return Shown(evidence, beside(materials, grounds_of(materials, evidence, content)))


async def shown_to_judges(run: Run, scope: Scope, draft: JudgedDraft) -> Shown:
    """Give what all judges of a draft are shown, up to the draft itself; what each is asked comes behind it."""
    spec, shown = scope["section"], await written_from(run, scope, draft.content)
    told: list[str | Fenced] = [_wanted(spec, run.request["title"])]
    told += _planned(spec)
    verified = [c for c in named(draft.content) if "verdict" in c]
    told += [f"Its claims were held against their evidence ({len(verified)} hold)."] if verified else []
    if draft.struck:
        told += ["These do not hold and were taken out:"]
        told += [Fenced(s["id"], f"{s['text']} ({s['reason']})") for s in draft.struck]
    told += ["The draft:", Fenced("draft", text_of(draft.content))]
    return Shown(shown.evidence, (*shown.beside, *told))


def wanted_of(run: Run, sections: Sequence[str]) -> list[str | Fenced]:
    """Give what the editor judges the whole against: what each section is for, and how much was taken out of it.

    The words that did not hold are not repeated: the editor must not put them back.
    """
    specs = {str(e["section"]): e["data"]["spec"] for e in run.blackboard.plan()}
    facts = json.dumps(run.request["facts"], ensure_ascii=False) if run.request["facts"] else ""
    told: list[str | Fenced] = ["What was asked for:", Fenced("facts", facts)] if facts else []
    for name in sections:
        told += [f"{name}: {_wanted(specs[name], run.request['title'])}", *_planned(specs[name])]
        struck = run.blackboard.last[name]["data"].get("struck", ())
        told += [f"{len(struck)} of its claims did not hold and were taken out."] if struck else []
    return told


def asked_for(materials: Materials) -> list[str]:
    """Give the words in which a section was asked for: titles, instructions, purpose, questions, facts of the brief."""
    spec = materials.section
    facts = [f"{name} {value}" for name, value in materials.facts.items()]
    told = [spec["title"], spec["instructions"], spec.get("purpose", ""), *spec.get("questions", ())]
    return [materials.title, *told, *facts]


def _planned(spec: Mapping[str, Any]) -> list[str | Fenced]:
    planned = as_planned(spec)
    return ["What it is for, and the questions that it must answer, as planned:", *planned] if planned else []


def _wanted(spec: Mapping[str, Any], title: str) -> str:
    parts = [f"The section “{spec['title']}” of “{title}”."]
    parts += [f"What it must do: {spec['instructions']}"] if spec["instructions"] else []
    parts += [f"About {spec['words']} words were asked for."] if spec["words"] else []
    return " ".join(parts)
