import pytest

from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.events import Event
from quire.graphs.kernel.agent_state import AgentState, Update
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.registry import WiringError, check, discover


class Asked(Event, external=True):
    """Someone asks."""


class Answered(Event):
    """Someone answers."""


class Lost(Event):
    """Nobody hears this."""


class Hoped(Event):
    """Nobody says this."""


def agent(name: str, handles: tuple, emits: tuple) -> Agent:
    async def step(state: AgentState) -> Update:
        return {"outgoing": state["outgoing"]}

    return Agent(name, handles=handles, emits=emits, graph=subgraph(name, emits, step))


def test_the_shipped_agents_are_found_by_their_folders() -> None:
    assert [
        "arbiter", "compliance", "editor", "extractor", "planner", "publisher", "researcher", "reviewer", "section",
        "verifier", "writer",
    ] == [a.name for a in discover()]  # fmt: skip


def test_the_shipped_agents_fit_together() -> None:
    check(discover())


def test_every_fault_of_the_wiring_is_reported_at_once() -> None:
    agents = [
        agent("one", (Asked,), (Answered, Lost)),
        agent("two", (Answered,), ()),
        agent("two", (Answered,), ()),
        agent("three", (Hoped,), ()),
        agent("finish", (Answered,), ()),
    ]

    with pytest.raises(WiringError) as wrong:
        check(agents)

    assert (
        "2 agents are called 'two'",
        "an agent is called 'finish', which is a name of Quire's own: choose another",
        "'one' emits Lost, which no agent handles",
        "'three' handles Hoped, which no agent emits",
        "'three' is never reached: nothing from outside leads to what it handles",
    ) == wrong.value.problems
