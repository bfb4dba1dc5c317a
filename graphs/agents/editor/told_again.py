"""What more than one section of a document tells, as an editor is shown it, and what may be taken away of it."""

import asyncio
from collections.abc import Mapping
from typing import Any

from quire.graphs.intake.blueprint import SectionSpec
from quire.graphs.intake.ordering import builds_on
from quire.graphs.run.blackboard import Blackboard
from quire.graphs.run.run import Run
from quire.nodes.author.retelling import Whole, retold, shown_to_editor
from quire.nodes.evidence.content import SectionContent
from quire.nodes.evidence.figures.detecting import convention_of_document
from quire.nodes.sources.passage import convention_of


def whole_of(blackboard: Blackboard, contents: Mapping[str, SectionContent]) -> Whole:
    """Give the document as proposals are held against it.

    Args:
        blackboard: the run's.
        contents: the sections that a model wrote.

    """
    specs = [e["data"]["spec"] for e in blackboard.plan()]
    return Whole(
        contents=contents,
        titles=[str(spec["title"]) for spec in specs],
        reads=builds_on([SectionSpec.model_validate(spec) for spec in specs]),
        questions={str(spec["id"]): len(spec.get("questions", ())) for spec in specs},
    )


async def told_again(run: Run, contents: Mapping[str, SectionContent]) -> list[str]:
    """Tell an editor what more than one section tells; nothing where none does.

    Args:
        run: the run.
        contents: the sections that a model wrote, in the order of the document.

    """
    blackboard, locale = run.blackboard, str(run.request["options"].get("locale", ""))
    convention = convention_of_document(run.words.language, map(convention_of, await run.readings()), locale)
    specs = {str(e["section"]): e["data"]["spec"] for e in blackboard.plan()}
    purposes = {name: _purpose(spec) for name, spec in specs.items() if not _may_tell_again(blackboard, spec)}
    found = await asyncio.to_thread(retold, whole_of(blackboard, contents), purposes, convention)
    return [shown_to_editor(found)] if found else []


def _may_tell_again(blackboard: Blackboard, spec: Mapping[str, Any]) -> bool:
    """Whether a section is there to tell again what others say: a summary is, a planned conclusion is not."""
    return bool(spec.get("frame")) or (not spec.get("purpose") and blackboard.growing.gathers(str(spec["id"])))


def _purpose(spec: Mapping[str, Any]) -> str:
    return " ".join([spec["title"], spec.get("purpose", ""), *spec.get("questions", ())])
