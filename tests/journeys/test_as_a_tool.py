"""The document graph as a tool: it ends with words, whatever it is given."""

from toys import section, toy_brief

from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.dispatch.functions import agent
from quire.graphs.document.document_graph import build, graph
from quire.graphs.document.report import report_graph
from quire.graphs.events import Verdict
from quire.nodes.faults import SourceFault

BRIEF = toy_brief(section("height"))


class Inspected(Verdict):
    """An inspector looked at the draft."""


async def test_it_gives_the_same_text_as_the_document_graph() -> None:
    out = await report_graph(graph).ainvoke(BRIEF)

    assert {"status": "done", "markdown": (await graph.ainvoke(BRIEF))["markdown"], "problems": []} == out


async def test_every_problem_of_a_brief_is_told_at_its_field() -> None:
    out = await report_graph(graph).ainvoke({**BRIEF, "blueprint": "nope", "sources": ["code.md"]})

    assert ("refused", "") == (out["status"], out["markdown"])
    assert ["blueprint", "sources[0]"] == [problem.partition(":")[0] for problem in out["problems"]]


def test_it_is_invoked_synchronously_too() -> None:
    assert "done" == report_graph(graph).invoke(BRIEF)["status"]


async def test_it_says_why_sections_failed() -> None:
    @agent(handles=SectionDrafted, emits=Inspected)
    async def inspector(_drafted: SectionDrafted) -> Inspected:
        raise SourceFault("the register cannot be read")

    out = await report_graph(build([inspector])).ainvoke(BRIEF)

    assert "failed" == out["status"]
    assert ["height: inspector: the register cannot be read"] == out["problems"]
