"""Promises that every agent and every event keeps; a new one is held to them without an edit here."""

import json
from collections.abc import Iterator

import pytest
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.graph.state import CompiledStateGraph
from serving import ROOT

from quire.graphs.catalogue import __main__ as catalogue
from quire.graphs.document.document_graph import build
from quire.graphs.events import Event, SectionProposed, name_of, types_below
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.registry import discover

AGENTS = discover()
EVENTS = sorted({t for a in AGENTS for e in (*a.handles, *a.emits) for t in types_below(e).values()}, key=name_of)
SECTION_AGENTS = [a for a in AGENTS if a.scope == "section"]
each_agent = pytest.mark.parametrize("agent", AGENTS, ids=lambda a: a.name)
each_event = pytest.mark.parametrize("event", EVENTS, ids=name_of)


def graph_of(agent: Agent) -> CompiledStateGraph:
    return agent.composed(SECTION_AGENTS).compiled


def inner_steps(agent: Agent) -> Iterator[str]:
    return (name for name in graph_of(agent).nodes if not name.startswith("__"))


@each_agent
def test_an_agent_is_a_compiled_subgraph_with_inner_steps_of_its_own(agent: Agent) -> None:
    assert 2 <= len(list(inner_steps(agent)))


@each_agent
def test_an_agent_and_its_trace_have_one_name(agent: Agent) -> None:
    assert agent.name == graph_of(agent).name


@each_agent
def test_an_agent_is_drawn_inside_the_document(agent: Agent) -> None:
    drawn = build().get_graph(xray=True).nodes
    path = f"section:{agent.name}:" if agent.scope == "section" else f"{agent.name}:"

    assert any(path in node for node in drawn)


@each_agent
def test_what_an_agent_gives_back_shares_no_key_with_what_it_is_sent(agent: Agent) -> None:
    graph = graph_of(agent)

    assert set(graph.get_input_jsonschema()["properties"]).isdisjoint(graph.get_output_jsonschema()["properties"])


@each_agent
def test_an_agent_declares_what_it_says_in_its_own_events(agent: Agent) -> None:
    own = {f"quire.graphs.agents.{agent.name}.events", SectionProposed.__module__}  # what any agent may say is shared

    assert all(e.__module__ in own or agent.name == "section" for e in agent.emits)


@each_event
def test_an_event_says_what_happened(event: type[Event]) -> None:
    assert event.__doc__
    assert event.__doc__.strip().endswith(".")
    assert event.model_config["frozen"]


@each_event
def test_an_event_refuses_what_it_does_not_know(event: type[Event]) -> None:
    assert "forbid" == event.model_config["extra"]


def test_studio_is_told_of_every_agent(capsys: pytest.CaptureFixture[str]) -> None:
    stale = catalogue.main(["--check", str(ROOT / "langgraph.json")])

    assert 0 == stale, capsys.readouterr().err


def test_event_names_on_the_wire_are_unique() -> None:
    assert len(EVENTS) == len({name_of(e) for e in EVENTS})


@each_event
def test_an_event_at_rest_is_plain_json(event: type[Event]) -> None:
    schema = event.model_json_schema()
    made = event.model_construct(**{name: _example(field) for name, field in schema.get("properties", {}).items()})
    at_rest = made.model_dump(mode="json", warnings=False)
    serde = JsonPlusSerializer()

    assert at_rest == json.loads(json.dumps(at_rest))
    assert at_rest == serde.loads_typed(serde.dumps_typed(at_rest))


def _example(field: dict) -> object:
    by_type = {"string": "x", "integer": 1, "boolean": True, "array": [], "object": {}, "number": 1.5}
    return by_type.get(field.get("type", ""))
