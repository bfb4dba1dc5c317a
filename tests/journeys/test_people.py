"""People approve plans, sections and releases; whoever waits holds only what depends on it."""

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command
from toys import section, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.kernel.agent_state import AgentGraph
from quire.graphs.run import commands as outside
from quire.graphs.run.run import run_of
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


async def test_a_section_that_is_sent_back_is_written_and_asked_about_again() -> None:
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


async def test_a_person_can_leave_sections_out_of_the_plan() -> None:
    graph, host = with_checkpoints(), config()
    await graph.ainvoke(brief("plan"), host)

    out = await graph.ainvoke(Command(resume={"plan": {"decision": "revise", "note": "without parking"}}), host)

    assert {"parking": "skipped", "height": "approved", "yards": "approved", "end": "approved"} == statuses(out)


async def test_a_rejected_plan_ends_the_run() -> None:
    graph, host = with_checkpoints(), config()
    await graph.ainvoke(brief("plan"), host)

    assert "failed" == (await graph.ainvoke(Command(resume={"plan": "reject"}), host))["status"]


async def test_a_release_can_be_approved_or_sent_back() -> None:
    graph, host = with_checkpoints(), config()
    first = await graph.ainvoke(brief("release"), host)

    second = await graph.ainvoke(Command(resume={"release": {"decision": "revise", "note": "height again"}}), host)
    out = await graph.ainvoke(Command(resume={"release": "approve"}), host)

    assert ["release"] == asked(first) == asked(second)
    assert {"height": 2, "yards": 1, "end": 1, "parking": 1} == {s["id"]: s["rounds"] for s in out["sections"]}
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
    given = {**with_facts(section("header", **template), section("height", "header")), "id": "parked"}
    await graph.ainvoke(given, host)
    await outside.change_fact(await run_of("parked"), "client", "Quay Bank")

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
