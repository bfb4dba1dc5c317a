"""Sources that differ: what counts, what is named and asked, and that nothing outdated is shown as what holds."""

import re
from typing import Any

import pytest
from crash_stories import agreeable
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command
from model_server import Asked, ModelServer, is_verifying, marked_up, numbers_in, upheld
from toys import events_of, section, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.kernel.agent_state import AgentGraph

HOSTS = pytest.mark.parametrize("concurrency", [None, 1], ids=["free", "one at a time"])
SAID = "The capacity of the Elm depot is {} vehicles. The depot lies at the river."


def source(name: str, said: str, dated: str = "2024-02-05", note: str = "") -> dict[str, str]:
    return {"name": name, "text": f"# Notes\n\nDate: {dated}\n\n{note}\n\n{said}\n"}


ELM = (source("a.md", SAID.format(240)), source("b.md", SAID.format(310)))
RENT = (
    source("c.md", "Monthly rent of the hall: 900 euros"),
    source("d.md", "Monthly rent of the hall: 950 euros"),
)
OLD = (source("old.md", SAID.format(240), note="Status: superseded by the notes of 2024."), ELM[1])


def brief(*sources: dict[str, str], approve: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    sections = (section("depot", instructions="capacity of the Elm depot"), section("hall", instructions="rent"))
    options = {"approve": list(approve)} | more.pop("options", {})
    return toy_brief(*sections, sources=list(sources), options=options, **more)


def with_checkpoints() -> AgentGraph:
    graph = build()
    graph.checkpointer = InMemorySaver()
    return graph


def config(concurrency: int | None = None) -> dict[str, Any]:
    host = {} if concurrency is None else {"max_concurrency": concurrency}
    return {"configurable": {"thread_id": "t"}, **host}


def asked(out: dict[str, Any]) -> list[str]:
    return [q["id"] for i in out.get("__interrupt__", ()) for q in i.value["questions"]]


def lines_with(markdown: str, number: str) -> list[str]:
    """Give the lines of the text, short of its register of evidence, in which a number stands."""
    text = markdown.partition('<a id="evidence"></a>')[0]
    return [line for line in text.splitlines() if re.search(rf"(?<!\d){number}(?!\d)", line)]


async def test_a_conflict_is_an_event_a_line_before_the_text_and_a_mark_at_each_value() -> None:
    events = [e async for e in events_of(build(), brief(*ELM))]
    out = await build().ainvoke(brief(*ELM))

    (found,) = [e["data"] for e in events if e["type"] == "ConflictFound"]
    assert found["question"] is None
    assert [("a.md", "240 vehicles"), ("b.md", "310 vehicles")] == [(t["source"], t["text"]) for t in found["told"]]
    (warning,) = [w for w in out["document"]["warnings"] if "differ on" in w]
    assert all(said in warning for said in ("Elm depot", "240 vehicles", "310 vehicles", "a.md", "b.md", "2024-02-05"))
    assert all("**disputed: elsewhere" in line for line in lines_with(out["markdown"], "240") if line[:1] != ">")


async def test_where_nothing_differs_nothing_is_said_of_it() -> None:
    events = [e["type"] async for e in events_of(build(), brief(ELM[0], approve=()))]

    assert not {"SourcesCompared", "ConflictFound"} & set(events)


@pytest.mark.parametrize("tells", [False, True], ids=["the writer places it", "the writer tells of two"])
async def test_that_no_figures_differ_stands_only_where_nothing_else_does(*, tells: bool, online: ModelServer) -> None:
    def reply(to: Asked) -> str:
        if not to.drafts:
            return upheld(to) if is_verifying(to) else agreeable(to)
        (number,) = (line.split(":")[0] for line in to.prompt.splitlines() if re.match(r"E\d.*240", line))
        return f"{SAID.partition('.')[0].format(240)} [{number}]." if tells else "[[T1]]"

    online.reply = reply
    differing = section("differences", compute="general.differences")

    out = await build().ainvoke(toy_brief(differing, sources=[ELM[0]]))

    assert tells != ("has different values" in out["markdown"])
    assert tells == bool([line for line in lines_with(out["markdown"], "240") if line[:1] != ">"])


async def test_what_is_superseded_is_named_with_its_date_and_never_shown_as_what_holds() -> None:
    out = await build().ainvoke(brief(*OLD))

    (warning,) = [w for w in out["document"]["warnings"] if "240 vehicles" in w]
    assert "310 vehicles (b.md, dated 2024-02-05) counts" in warning
    assert "240 vehicles (old.md, dated 2024-02-05, superseded)" in warning
    assert [line for line in lines_with(out["markdown"], "240") if line[:1] != ">"] == []  # what replaced it is quoted


@pytest.mark.parametrize("older", ["superseded", "archived", "newer"])
async def test_a_model_that_states_the_outdated_value_is_marked(online: ModelServer, older: str) -> None:
    """The author takes the older value for what holds, and its judge agrees to everything."""
    kinds = {
        "superseded": OLD,
        "archived": (source("archive/old.md", SAID.format(240)), ELM[1]),
        "newer": (source("old.md", SAID.format(240), dated="2021-05-01"), ELM[1]),
    }

    def credulous(to: Asked) -> str:
        if not to.drafts:
            return upheld(to) if is_verifying(to) else agreeable(to)
        (number,) = (line.split()[0].rstrip(":") for line in to.prompt.splitlines() if re.match(r"E\d.*240", line))
        return marked_up([{"text": "The capacity of the Elm depot is 240 vehicles.", "evidence": [number]}], to)

    online.reply = credulous
    out = await build().ainvoke(brief(*kinds[older]))

    stated = [line for line in lines_with(out["markdown"], "240") if line[:1] != ">"]
    assert stated
    assert [line for line in stated if "now 310 vehicles**" not in line] == []
    prompts = [a.prompt for a in online.asked if a.drafts]
    assert all("now 310 vehicles): The capacity of the Elm depot is 240" in p for p in prompts)


@HOSTS
async def test_nothing_is_planned_before_persons_have_settled_every_conflict(concurrency: int | None) -> None:
    graph, host = with_checkpoints(), config(concurrency)
    wanted = brief(*ELM, *RENT, approve=("conflicts",))
    first = [e["type"] async for _, e in graph.astream(wanted, host, stream_mode="custom", subgraphs=True)]
    second = await graph.ainvoke(Command(resume={"conflict:2": {"holds": "d.md"}}), host)
    planned = []
    answer = Command(resume={"conflict:1": {"holds": "b.md"}})
    async for _, event in graph.astream(answer, host, stream_mode="custom", subgraphs=True):
        planned += [event["section"]] if event["type"] == "SectionPlanned" else []
    out = (await graph.aget_state(host)).values

    assert "SectionPlanned" not in first
    assert ["conflict:1"] == asked(second)
    assert ["depot", "hall"] == sorted(planned)
    assert "done" == out["status"]
    assert [w for w in out["document"]["warnings"] if "differ on" in w] == []
    (depot,) = [w for w in out["document"]["warnings"] if "Elm depot" in w]
    assert "310 vehicles (b.md, dated 2024-02-05) counts" in depot
    assert "240 vehicles (a.md, dated 2024-02-05, set aside by a person)" in depot


@HOSTS
async def test_all_conflicts_may_be_settled_at_once(concurrency: int | None) -> None:
    graph, host = with_checkpoints(), config(concurrency)
    await graph.ainvoke(brief(*ELM, *RENT, approve=("conflicts",)), host)

    planned = []
    answer = Command(resume={"conflict:1": {"holds": "b.md"}, "conflict:2": "reject"})
    async for _, event in graph.astream(answer, host, stream_mode="custom", subgraphs=True):
        planned += [event["section"]] if event["type"] == "SectionPlanned" else []
    out = (await graph.aget_state(host)).values

    assert ["depot", "hall"] == sorted(planned)
    (rent,) = [w for w in out["document"]["warnings"] if "rent" in w]
    assert "no source that is in force says" in rent
    assert rent.count("set aside by a person") == 2


async def test_what_a_person_leaves_open_stays_a_conflict() -> None:
    graph, host = with_checkpoints(), config()
    await graph.ainvoke(brief(*ELM, approve=("conflicts",)), host)

    out = await graph.ainvoke(Command(resume="approve"), host)

    assert "done" == out["status"]
    assert [w for w in out["document"]["warnings"] if "differ on" in w]


async def test_the_plan_is_asked_about_once_its_conflicts_are_settled() -> None:
    graph, host = with_checkpoints(), config()
    first = await graph.ainvoke(brief(*ELM, approve=("conflicts", "plan")), host)
    second = await graph.ainvoke(Command(resume={"conflict:1": {"holds": "a.md"}}), host)
    third = await graph.ainvoke(Command(resume="approve"), host)

    assert (["conflict:1"], ["plan"]) == (asked(first), asked(second))
    assert "done" == third["status"]


async def test_without_a_conflict_nobody_is_asked() -> None:
    graph = with_checkpoints()

    assert "done" == (await graph.ainvoke(brief(*OLD, approve=("conflicts",)), config()))["status"]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"holds": "c.md"}, "none of the sources that differ"),
        ({"holds": "bb.md"}, "did you mean b.md?"),
        ({"decision": "revise", "note": "look again"}, "nothing can be written again yet"),
        ({"decision": "reject", "holds": "a.md"}, "no source holds"),
        ({"holds": ["a.md"]}, "must be a name"),
        ({"drop": ["depot"]}, "only a plan's sections"),
    ],
)
async def test_an_answer_that_settles_nothing_is_asked_for_again(answer: dict[str, Any], told: str) -> None:
    graph, host = with_checkpoints(), config()
    await graph.ainvoke(brief(*ELM, approve=("conflicts",)), host)

    out = await graph.ainvoke(Command(resume={"conflict:1": answer}), host)

    (asked_again,) = out["__interrupt__"]
    assert told in asked_again.value["problems"][0]
    assert "done" == (await graph.ainvoke(Command(resume={"conflict:1": {"holds": "a.md"}}), host))["status"]


async def test_a_section_says_nothing_of_sources_that_it_may_not_use(online: ModelServer) -> None:
    online.reply = lambda to: (
        marked_up([{"text": "The capacity of the Elm depot is 240 vehicles.", "evidence": numbers_in(to.prompt)}], to)
        if to.drafts
        else upheld(to)
        if is_verifying(to)
        else agreeable(to)
    )
    wanted = brief(*OLD[::-1])
    wanted["blueprint"]["sections"] = [section("depot", sources=["old.md"])]

    out = await build().ainvoke(wanted)

    assert not [a for a in online.asked if "310 vehicles" in a.prompt]
    assert "310" not in str(out["document"]["sections"])
    assert "**superseded (dated 2024-02-05)**" in out["markdown"]


ROLL = {
    "name": "leases",
    "title": "Leases",
    "records": {
        "lease": {
            "title": "Leases",
            "fields": {"suite": {"key": True}, "rent": {"type": "number", "unit": "EUR"}},
        }
    },
    "sections": [
        {
            "id": "rents",
            "title": "Rents",
            "kind": "table",
            "show": [
                {
                    "kind": "figures",
                    "of": "lease",
                    "figures": [{"name": "all", "label": "All rents", "take": "sum", "value": "rent"}],
                }
            ],
        }
    ],
}


@pytest.mark.parametrize(
    ("answer", "total"),
    [({"holds": "roll.csv"}, "€2,200"), ({"holds": "rents.csv"}, "€2,100"), ("approve", "€900")],
)
async def test_a_conflict_between_records_is_asked_about_and_what_holds_is_computed_with(
    answer: Any, total: str
) -> None:
    sources = [
        {"name": "rents.csv", "text": "Suite,Rent\n1A,1200\n2B,900\n"},
        {"name": "roll.csv", "text": "Suite,Rent\n1A,1300\n2B,900\n"},
    ]
    wanted = {"blueprint": ROLL, "title": "Rents", "sources": sources, "options": {"approve": ["conflicts"]}}
    graph, host = with_checkpoints(), config()

    first = await graph.ainvoke(wanted, host)
    out = await graph.ainvoke(Command(resume={"conflict:1": answer}), host)

    assert ["conflict:1"] == asked(first)
    (rents,) = out["document"]["sections"]
    assert total == rents["content"]["blocks"][0]["rows"][0][1]["text"]
