"""What judges are shown before a draft: what the section is for, what it may stand on, and what was found of it."""

from quire.graphs.kernel.agent_state import Lane
from quire.graphs.run.judged_draft import JudgedDraft
from quire.graphs.run.run import Run
from quire.graphs.run.section_inputs import evidence_of, gather
from quire.nodes.author.reading import text_of
from quire.nodes.evidence.claims import named
from quire.nodes.evidence.content import Evidence
from quire.nodes.model.request import Fenced
from quire.nodes.support.claim_check import words_of

_MOST_OF_A_NEIGHBOUR = 6000
"""Characters of a section that this one builds on."""


async def shown_to_judges(run: Run, lane: Lane, draft: JudgedDraft) -> list[str | Fenced]:
    """Give what a judge is shown: the evidence first, then what was asked, neighbours, and what does not hold."""
    spec, materials = lane["section"], await gather(run, lane)
    shown: list[str | Fenced] = ["What the section may stand on, all that was found for it:"]
    shown += [Fenced(f"E{n}", _told(e)) for n, e in enumerate(evidence_of(run.board, lane), 1)]
    shown += ["Where the document comes from, and what it is for:"]
    shown += [Fenced("facts", "\n".join(f"{k.replace('_', ' ')}: {v}" for k, v in materials.facts.items()))]
    shown += [f"The section “{spec['title']}” of “{materials.title}”. {_wanted(spec)}"]
    for name, content in materials.inputs.items():
        shown += [f"It builds on the section {name}:", Fenced(name, text_of(content)[:_MOST_OF_A_NEIGHBOUR])]
    verified = [f"{c['id']}: {c['verdict']['verdict']}" for c in named(draft.content) if "verdict" in c]
    shown += [f"Its claims were held against their evidence ({len(verified)} hold)." if verified else ""]
    if draft.struck:
        shown += ["These do not hold and were taken out:"]
        shown += [Fenced(s["id"], f"{s['text']} ({s['reason']})") for s in draft.struck]
    return [part for part in shown if part]


def _told(evidence: Evidence) -> str:
    return f"{evidence['source']}, {evidence['address']}: {words_of(evidence)}"


def _wanted(spec: dict[str, object]) -> str:
    parts = [f"Its purpose: {spec['purpose']}" if spec.get("purpose") else ""]
    parts += [f"What it must do: {spec['instructions']}" if spec["instructions"] else ""]
    questions = spec.get("questions")
    parts += [f"What it must answer: {' / '.join(map(str, questions))}"] if isinstance(questions, list) else []
    parts += [f"About {spec['words']} words were asked for."] if spec["words"] else []
    return " ".join(part for part in parts if part)
