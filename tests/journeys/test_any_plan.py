"""Any plan without a ring is written, each section behind what it waits for, however many may work at once."""

import functools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from toys import events_of, section, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.intake.brief import decode
from quire.graphs.run.dependencies import CLOSING
from quire.nodes.faults import BadInput

GRAPH = build()
LIMITS = st.sampled_from([None, 1, 2, 4])
bounded = functools.partial(settings, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def plans(draw: st.DrawFn) -> list[dict]:
    """Draw wide, deep, diamond, single and other plans, in any order of the document."""
    count = draw(st.integers(1, 6))
    ids = [f"s{n}" for n in range(count)]
    waits = {
        s: draw(st.lists(st.sampled_from(ids[:n]), unique=True, max_size=3)) if n else [] for n, s in enumerate(ids)
    }
    drafted = draw(st.sets(st.sampled_from(ids)))
    after = {s: [f"{w}.drafted" if w in drafted else w for w in waits[s]] for s in ids}
    return [section(s, *after[s]) for s in draw(st.permutations(ids))]


async def holds(plan: list[dict], limit: int | None) -> None:
    host = {} if limit is None else {"max_concurrency": limit}
    events = [e async for e in events_of(GRAPH, toy_brief(*plan), host)]

    closed = {e["section"]: e["n"] for e in events if e["type"] in CLOSING}
    drafted = {e["section"]: e["n"] for e in reversed(events) if e["type"] == "SectionDrafted"}
    opened = {e["section"]: e["n"] for e in events if e["type"] == "SectionOpened"}
    assert {s["id"] for s in plan} == set(closed)
    assert "done" == events[-1]["data"]["status"]
    for planned in plan:
        for item in planned["after"]:
            needed, _, draft = item.partition(".")
            assert (drafted if draft else closed)[needed] < opened[planned["id"]]


@bounded(max_examples=8)
@given(plan=plans(), limit=LIMITS)
async def test_any_plan_is_written(plan: list[dict], limit: int | None) -> None:
    await holds(plan, limit)


@pytest.mark.long
@pytest.mark.timeout(600)
@bounded(max_examples=150)
@given(plan=plans(), limit=LIMITS)
async def test_any_of_many_plans_is_written(plan: list[dict], limit: int | None) -> None:
    await holds(plan, limit)


@bounded(max_examples=50)
@given(waits=st.lists(st.lists(st.integers(0, 5), unique=True, max_size=3), min_size=1, max_size=6))
def test_a_plan_is_refused_exactly_if_sections_wait_for_each_other(waits: list[list[int]]) -> None:
    after = {f"s{n}": [f"s{w}" for w in named if w < len(waits)] for n, named in enumerate(waits)}
    left = dict(after)
    while free := [s for s, named in left.items() if not set(named) & left.keys()]:
        left = {s: named for s, named in left.items() if s not in free}
    brief = toy_brief(*(section(s, *named) for s, named in after.items()))

    if left:
        with pytest.raises(BadInput, match="wait for each other"):
            decode(brief)
    else:
        assert decode(brief)
