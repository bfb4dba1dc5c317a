"""What a host's person is shown beside a question: the plan, or the text that is to be approved."""

import asyncio
from collections.abc import Mapping
from typing import Any, NotRequired

from typing_extensions import TypedDict

from quire.graphs.run.approvals import CONFLICT, OpenQuestion, is_proposal, shown
from quire.graphs.run.drafts import draft_of
from quire.graphs.run.run import Run
from quire.graphs.run.summary import plan_of
from quire.nodes.event_store.port import Envelope
from quire.nodes.render.markdown import render


class PlannedSection(TypedDict):
    """A section of a plan that is to be approved."""

    id: str
    title: str
    after: list[str]
    questions: list[str]


class AskedQuestion(OpenQuestion):
    """A question with what it is about."""

    plan: NotRequired[list[PlannedSection]]
    draft: NotRequired[str]
    """Markdown: the section, or the whole document."""


async def asked_of_host(run: Run, asked: Mapping[str, Envelope]) -> list[AskedQuestion]:
    """Put open questions, each with what it is about, unless an interface of ours shows that itself."""
    questions = [AskedQuestion(id=q["id"], text=q["text"], section=q["section"]) for q in shown(asked)]
    return questions if run.owned else [await _with_subject(run, question) for question in questions]


async def _with_subject(run: Run, question: AskedQuestion) -> AskedQuestion:
    if question["id"] == "plan":
        return {**question, "plan": [_planned(section) for section in plan_of(run.blackboard)]}
    if question["id"].startswith(CONFLICT) or is_proposal(question["id"]):
        return question  # its words say all
    text = await _text(run, question["section"])
    return {**question, "draft": text} if text else question


def _planned(section: Mapping[str, Any]) -> PlannedSection:
    return PlannedSection(
        id=section["id"],
        title=section["title"],
        after=list(section["after"]),
        questions=list(section.get("questions", ())),
    )


async def _text(run: Run, section: str | None) -> str:
    """Give what is written: of one section, or of all."""
    draft = draft_of(run.blackboard, await run.readings())
    if draft is None:
        return ""
    if section is not None:
        draft["sections"] = [one for one in draft["sections"] if one["id"] == section]
    return (await asyncio.to_thread(render, draft)).decode()
