"""An agent made with AutoGen judges the drafts of a document. It has never heard of Quire, nor Quire of it.

``pip install autogen-core`` to run it on AutoGen's own runtime (its protobuf does not go with ``langgraph dev``);
without it, a stand-in of the same shape takes its place.
"""

import asyncio
from dataclasses import dataclass

try:
    from autogen_core import AgentId, MessageContext, RoutedAgent, SingleThreadedAgentRuntime, message_handler
except ModuleNotFoundError:
    from stand_in import AgentId, MessageContext, RoutedAgent, SingleThreadedAgentRuntime, message_handler

from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.dispatch.functions import agent
from quire.graphs.document.document_graph import build
from quire.graphs.events import Verdict
from quire.graphs.kernel.contract import Agent

# --- AutoGen's side --------------------------------------------------------------------------------------------------


@dataclass
class Passage:
    text: str


@dataclass
class Opinion:
    objections: list[str]


class Lawyer(RoutedAgent):
    def __init__(self) -> None:
        super().__init__("A lawyer who reads passages.")

    @message_handler
    async def read(self, message: Passage, ctx: MessageContext) -> Opinion:  # noqa: ARG002 - AutoGen calls every handler with it
        return Opinion(["“shall” binds: say whom."] if "shall" in message.text else [])


# --- Quire's side ----------------------------------------------------------------------------------------------------


class LawyerSpoke(Verdict):
    """A lawyer has read the draft."""


def lawyer_of(runtime: SingleThreadedAgentRuntime) -> Agent:
    @agent(handles=SectionDrafted, emits=LawyerSpoke)
    async def lawyer(event: SectionDrafted) -> LawyerSpoke:
        opinion = await runtime.send_message(Passage(str(event.content)), AgentId("lawyer", "default"))
        found = [{"rule": "law", "severity": "warning", "message": o, "where": "height"} for o in opinion.objections]
        return LawyerSpoke(blocks=False, findings=found)

    return lawyer


BRIEF = {
    "title": "Height",
    "blueprint": {"name": "note", "title": "Note", "sections": [{"id": "height", "title": "Height"}]},
    "sources": [{"name": "code.md", "text": "# Code\n\nThe height of a building shall not exceed 40 feet.\n"}],
}


async def main() -> None:
    runtime = SingleThreadedAgentRuntime()
    await Lawyer.register(runtime, "lawyer", Lawyer)
    runtime.start()
    graph = build([lawyer_of(runtime)])
    async for _, event in graph.astream(BRIEF, stream_mode="custom", subgraphs=True):
        if event["section"]:
            findings = [f["message"] for f in event["data"].get("findings", [])]
            print(event["n"], event["agent"], event["type"], *findings)
    await runtime.stop()


if __name__ == "__main__":
    asyncio.run(main())
