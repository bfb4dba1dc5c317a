"""What judges are shown of a draft: all that it was written from, what the section is for, and what was found of it."""

from collections.abc import Mapping
from typing import Any

from quire.graphs.kernel.agent_state import Scope
from quire.graphs.run.judged_draft import JudgedDraft
from quire.graphs.run.run import Run
from quire.graphs.run.section_inputs import evidence_of, gather
from quire.nodes.author.drafting import beside, grounds_of
from quire.nodes.author.reading import Shown, text_of
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
    if spec.get("questions"):
        told += ["What it is for, and the questions that it must answer, as planned:"]
        told += [Fenced("purpose", spec.get("purpose", "")), Fenced("questions", "\n".join(spec["questions"]))]
    verified = [c for c in named(draft.content) if "verdict" in c]
    told += [f"Its claims were held against their evidence ({len(verified)} hold)."] if verified else []
    if draft.struck:
        told += ["These do not hold and were taken out:"]
        told += [Fenced(s["id"], f"{s['text']} ({s['reason']})") for s in draft.struck]
    told += ["The draft:", Fenced("draft", text_of(draft.content))]
    return Shown(shown.evidence, (*shown.beside, *told))


def _wanted(spec: Mapping[str, Any], title: str) -> str:
    parts = [f"The section “{spec['title']}” of “{title}”."]
    parts += [f"What it must do: {spec['instructions']}"] if spec["instructions"] else []
    parts += [f"About {spec['words']} words were asked for."] if spec["words"] else []
    return " ".join(parts)
