"""People approve plans, sections and releases; whoever waits holds only what depends on it."""

import pytest
from crash_stories import agreeable, scribe
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command
from model_server import ModelServer
from toys import section, toy_brief

from quire.graphs.agents.planner.events import PlanProposed
from quire.graphs.document.document_graph import build
from quire.graphs.kernel.agent_state import AgentGraph, Outgoing, Scope
from quire.graphs.kernel.emitting import envelope
from quire.graphs.run import commands as outside
from quire.graphs.run.run import open_run, run_of
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.faults import BadInput

HOSTS = pytest.mark.parametrize("concurrency", [None, 1], ids=["free", "one at a time"])


def with_checkpoints() -> AgentGraph:
    graph = build()
    graph.checkpointer = InMemorySaver()
    return graph


def config(concurrency: int | None = None) -> dict:
    host = {} if concurrency is None else {"max_concurrency": concurrency}
    return {"configurable": {"thread_id": "t"}, **host}


def asked(out: dict) -> list[str]:
    return [q["id"] for i in out.get("__interrupt__", ()) for q in i.value["questions"]]


def statuses(out: dict) -> dict[str, str]:
    return {s["id"]: s["status"] for s in out["sections"]}


def brief(*approve: str, sections: tuple = ()) -> dict:
    chosen = sections or (section("height"), section("yards"), section("end", "height"), section("parking"))
    return toy_brief(*chosen, options={"approve": list(approve)})


@HOSTS
async def test_a_section_that_waits_for_a_person_holds_only_its_dependants(concurrency: int | None) -> None:
    graph, host = with_checkpoints(), config(concurrency)
    types = [
        (e["section"], e["type"])
        async for _, e in graph.astream(brief("section:height"), host, stream_mode="custom", subgraphs=True)
    ]

    assert ("yards", "SectionApproved") in types
    assert ("parking", "SectionApproved") in types
    assert ("height", "SectionApproved") not in types
    assert ("end", "SectionOpened") not in types

    out = await graph.ainvoke(Command(resume={"section:height": "approve"}), host)

    assert "done" == out["status"]


@HOSTS
async def test_several_may_wait_at_once_and_any_subset_is_answered(concurrency: int | None) -> None:
    graph, host = with_checkpoints(), config(concurrency)

    first = await graph.ainvoke(brief("section:height", "section:yards"), host)
    second = await graph.ainvoke(Command(resume={"section:yards": "approve"}), host)
    third = await graph.ainvoke(Command(resume={"section:height": "approve"}), host)

    assert ["section:height", "section:yards"] == sorted(asked(first))
    assert ["section:height"] == asked(second)
    assert "done" == third["status"]


async def test_every_section_can_be_asked_about() -> None:
    graph, host = with_checkpoints(), config()

    out = await graph.ainvoke(brief("sections"), host)

    assert ["section:height", "section:parking", "section:yards"] == sorted(asked(out))


async def test_a_section_that_is_sent_back_is_written_and_asked_about_again(online: ModelServer) -> None:
    online.reply = scribe
    graph, host = with_checkpoints(), config()
    await graph.ainvoke(brief("section:height"), host)

    again = await graph.ainvoke(Command(resume={"section:height": {"decision": "revise", "note": "shorter"}}), host)
    out = await graph.ainvoke(Command(resume={"section:height": "approve"}), host)

    assert ["section:height"] == asked(again)
    assert {"height": 2} == {s["id"]: s["rounds"] for s in out["sections"] if s["id"] == "height"}


async def test_a_rejected_section_fails_and_says_why() -> None:
    graph, host = with_checkpoints(), config()
    await graph.ainvoke(brief("section:height"), host)

    out = await graph.ainvoke(Command(resume={"section:height": {"decision": "reject", "note": "not ours"}}), host)

    assert {"height": "failed", "end": "failed", "yards": "approved", "parking": "approved"} == statuses(out)
    assert "a person rejected it: not ours" in out["markdown"]


async def test_a_plan_is_written_only_once_a_person_approves_it() -> None:
    graph, host = with_checkpoints(), config()

    first = await graph.ainvoke(brief("plan"), host)
    out = await graph.ainvoke(Command(resume={"plan": "approve"}), host)

    assert ["plan"] == asked(first)
    assert not first.get("sections")
    assert "done" == out["status"]


@pytest.mark.parametrize(
    "answer",
    [
        {"plan": {"drop": ["parking"]}},
        {"plan": {"decision": "approve", "drop": ["parking"], "note": "Keep yards and height."}},
        {"drop": ["parking"]},
    ],
    ids=["by its name", "with a note", "the one question"],
)
async def test_a_person_can_leave_sections_out_of_the_plan(answer: dict) -> None:
    graph, host = with_checkpoints(), config()
    await graph.ainvoke(brief("plan"), host)

    out = await graph.ainvoke(Command(resume=answer), host)

    assert {"parking": "skipped", "height": "approved", "yards": "approved", "end": "approved"} == statuses(out)


async def test_a_note_to_a_plan_is_a_note() -> None:
    graph, host = with_checkpoints(), config()
    await graph.ainvoke(brief("plan"), host)

    said = {"decision": "approve", "note": "Without parking, yards and height it would be nothing."}
    out = await graph.ainvoke(Command(resume={"plan": said}), host)

    assert {"approved"} == set(statuses(out).values())


async def test_what_waits_for_a_section_that_was_left_out_is_written_without_it() -> None:
    graph, host = with_checkpoints(), config()
    await graph.ainvoke(brief("plan"), host)

    out = await graph.ainvoke(Command(resume={"plan": {"drop": ["height"]}}), host)

    assert {"height": "skipped", "end": "approved"}.items() <= statuses(out).items()


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"decision": "revise", "note": " "}, "sent back"),
        ({"decision": "revise", "note": "shorter", "drop": ["parking"]}, "sent back"),
        ({"drop": ["parkng"]}, "drop[0]: the plan has no section 'parkng' (did you mean parking?)"),
        ({"drop": ["height", "yards", "end", "parking"]}, "that leaves nothing to write"),
        ({"drop": "parking"}, "must be a list of sections' ids"),
        ({"decision": "reject", "drop": ["parking"]}, "a plan that is rejected has no sections to leave out"),
        ({"decision": "approve", "note": 3}, "the note must be a text"),
    ],
    ids=["sent back for nothing", "sent back without", "an unknown id", "everything", "no list", "rejected", "no note"],
)
@pytest.mark.parametrize("with_a_model", [False, True], ids=["offline", "with a model"])
async def test_an_answer_to_a_plan_that_could_not_do_what_it_says_is_asked_for_again(
    online: ModelServer, monkeypatch: pytest.MonkeyPatch, answer: dict, told: str, *, with_a_model: bool
) -> None:
    online.reply = scribe
    if not with_a_model:
        monkeypatch.setenv("QUIRE_OFFLINE", "1")
    graph, host = with_checkpoints(), config()
    await graph.ainvoke(brief("plan"), host)

    out = await graph.ainvoke(Command(resume={"plan": answer}), host)

    (asked_again,) = out["__interrupt__"]
    assert told in asked_again.value["problems"][0]
    assert "done" == (await graph.ainvoke(Command(resume="approve"), host))["status"]


@pytest.mark.parametrize("question", ["section:height", "release"])
async def test_nothing_is_sent_back_where_nobody_could_write_it_again(question: str) -> None:
    graph, host = with_checkpoints(), config()
    await graph.ainvoke(brief(question), host)

    out = await graph.ainvoke(Command(resume={question: {"decision": "revise", "note": "shorter"}}), host)

    (asked_again,) = out["__interrupt__"]
    assert "takes a model, and this run has none" in asked_again.value["problems"][0]
    assert "done" == (await graph.ainvoke(Command(resume="approve"), host))["status"]


@pytest.mark.parametrize("answer", ["approve", {"decision": "approve"}, {"decision": "approve", "note": "Good."}])
async def test_an_answer_without_a_name_is_to_the_one_question_that_is_open(answer: object) -> None:
    graph, host = with_checkpoints(), config()
    await graph.ainvoke(brief("section:height"), host)

    assert "done" == (await graph.ainvoke(Command(resume=answer), host))["status"]


async def test_with_several_questions_an_answer_without_a_name_is_asked_for_again_with_their_names() -> None:
    graph, host = with_checkpoints(), config()
    await graph.ainvoke(brief("section:height", "section:yards"), host)

    out = await graph.ainvoke(Command(resume="approve"), host)

    (asked_again,) = out["__interrupt__"]
    (problem,) = asked_again.value["problems"]
    assert "several questions are open" in problem
    assert {"section:height", "section:yards"} == set(asked(out)) == set(problem.partition("open: ")[2].split(", "))
    left = await graph.ainvoke(Command(resume={"section:height": "approve"}), host)
    assert ["section:yards"] == asked(left), "what was said before is no answer to what is left"
    assert "done" == (await graph.ainvoke(Command(resume="approve"), host))["status"]


async def test_a_run_whose_plan_an_older_release_let_be_revised_goes_on_as_it_was() -> None:
    graph, host = with_checkpoints(), config()
    run = open_run("older", MemoryRecord())
    await graph.ainvoke({**brief("plan"), "id": "older"}, host, context=run)
    (proposed,) = run.blackboard.of_type(PlanProposed)
    said = Outgoing(type="AnswerGiven", data={"question": "plan", "decision": "revise", "note": "without parking"})
    await run.blackboard.post([envelope({**said, "to": "planner"}, "person", proposed, 0, scope=Scope(run="older"))])

    out = await graph.ainvoke(None, host, context=run)

    assert {"parking": "skipped", "height": "approved", "yards": "approved", "end": "approved"} == statuses(out)


async def test_a_rejected_plan_ends_the_run() -> None:
    graph, host = with_checkpoints(), config()
    await graph.ainvoke(brief("plan"), host)

    assert "failed" == (await graph.ainvoke(Command(resume={"plan": "reject"}), host))["status"]


async def test_a_release_can_be_approved_or_sent_back(online: ModelServer) -> None:
    online.reply = agreeable
    graph, host = with_checkpoints(), config()
    sections = (section("height"), section("yards"), section("parking"))
    first = await graph.ainvoke(brief("release", sections=sections), host)

    second = await graph.ainvoke(Command(resume={"release": {"decision": "revise", "note": "height again"}}), host)
    out = await graph.ainvoke(Command(resume={"release": "approve"}), host)

    assert ["release"] == asked(first) == asked(second)
    assert {"height": 2, "yards": 1, "parking": 1} == {s["id"]: s["rounds"] for s in out["sections"]}
    assert "done" == out["status"]


async def test_an_answer_that_cannot_be_used_is_asked_again_with_what_is_wrong() -> None:
    graph, host = with_checkpoints(), config()
    await graph.ainvoke(brief("section:height"), host)

    out = await graph.ainvoke(Command(resume={"section:height": "perhaps"}), host)

    (asked_again,) = out["__interrupt__"]
    assert ['section:height: "perhaps" is no answer (answer approve, revise or reject, or {decision, note})'] == (
        asked_again.value["problems"]
    )


async def test_approval_without_a_checkpointer_is_an_error_before_anything_is_done() -> None:
    with pytest.raises(BadInput, match="approval needs a checkpointer"):
        await build().ainvoke(brief("release"))


def with_facts(*sections: dict) -> dict:
    return toy_brief(*sections, facts={"client": "Harbour"}, options={"approve": ["section:height"]})


async def test_a_change_that_does_not_reach_a_section_leaves_it_waiting_for_its_person() -> None:
    graph, host = with_checkpoints(), config()
    given = {**with_facts(section("height"), section("yards")), "id": "undisturbed"}
    async for _, event in graph.astream(given, host, stream_mode="custom", subgraphs=True):
        if event["type"] == "SectionSubmitted" and event["data"]["question"]:
            await outside.change_fact(await run_of("undisturbed"), "client", "Quay Bank")

    out = await graph.ainvoke(Command(resume={"section:height": "approve"}), host)

    assert {"height": "approved", "yards": "approved"} == statuses(out)


async def test_what_a_change_reaches_is_written_again_only_when_nobody_is_waited_for_any_more() -> None:
    graph, host = with_checkpoints(), config()
    template = {"kind": "template", "instructions": "For {{ facts.client }}."}
    given = {**with_facts(section("header", **template), section("height", "header")), "id": "suspended"}
    await graph.ainvoke(given, host)
    await outside.change_fact(await run_of("suspended"), "client", "Quay Bank")

    asked_again = await graph.ainvoke(Command(resume={"section:height": "approve"}), host)
    out = await graph.ainvoke(Command(resume={"section:height": "approve"}), host)

    assert ["section:height"] == asked(asked_again)
    assert "done" == out["status"]
    assert "For Quay Bank." in out["markdown"]


async def test_a_run_that_is_over_takes_no_answer() -> None:
    graph, host = with_checkpoints(), config()
    await graph.ainvoke({**brief("section:height"), "id": "over"}, host)
    run = await run_of("over")
    await outside.cancel_run(run)
    await graph.ainvoke(None, host)

    with pytest.raises(BadInput, match="is over"):
        await outside.answer(run, "section:height", "approve")


async def test_what_failed_unopened_is_tried_again_with_what_it_waits_for() -> None:
    graph, host = with_checkpoints(), config()
    header = section("header", kind="template", instructions="For {{ facts.client }}.")
    given = {**with_facts(header, section("height", "header"), section("end", "height")), "id": "unopened"}
    await graph.ainvoke(given, host)
    await outside.change_section(await run_of("unopened"), "header", {"instructions": "Of {{ facts.client }}."})

    again = await graph.ainvoke(Command(resume={"section:height": "reject"}), host)
    out = await graph.ainvoke(Command(resume={"section:height": "approve"}), host)

    assert ["section:height"] == asked(again)
    assert {"header": "approved", "height": "approved", "end": "approved"} == statuses(out)


async def test_a_person_is_shown_the_text_that_would_stand() -> None:
    written = "The height of a building shall not exceed 40 feet [E1]. Towers of 900 feet are allowed [E1]."
    graph = build(models={"writer": FakeListChatModel(responses=[written])})
    graph.checkpointer = InMemorySaver()
    brief = toy_brief(section("height"), options={"approve": ["section:height"]})

    out = await graph.ainvoke(brief, {"configurable": {"thread_id": "shown"}})

    (question,) = out["__interrupt__"][0].value["questions"]
    assert "40 feet" in question["draft"]
    assert "900" not in question["draft"]
