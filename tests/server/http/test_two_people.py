"""Two people answer one question: one of them is heard, and the other is told so."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from serving import quire_server
from toys import section, toy_brief

from quire.graphs.run import commands as outside
from quire.graphs.run.run import Run
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.faults import AlreadyAnswered

BRIEF = toy_brief(section("height"), section("yards"), options={"approve": ["section:height", "section:yards"]})
"""While one section waits for its person, the other may be answered twice."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("QUIRE_HOME", str(tmp_path_factory.mktemp("home")))
        with quire_server() as found:
            yield found


def asking(address: str) -> str:
    """Begin a document, and wait until it asks."""
    document = str(httpx.post(f"{address}/documents", json=BRIEF, timeout=30).headers["location"])
    while len(httpx.get(f"{address}{document}", timeout=30).json()["questions"]) < 2:
        time.sleep(0.05)
    return document


def answered(address: str, document: str, decision: str, note: str = "") -> httpx.Response:
    told = {"type": "answer", "question": "section:height", "decision": decision, "note": note}
    return httpx.post(f"{address}{document}/events", json=told, timeout=30)


@pytest.mark.long
def test_of_two_answers_at_once_one_is_taken_and_the_other_is_told_which(address: str) -> None:
    for _ in range(5):
        document = asking(address)
        with ThreadPoolExecutor(2) as people:
            said = ("approve", "no note"), ("reject", "Not like this.")
            first, second = people.map(lambda each, to=document: answered(address, to, *each), said)

        taken, refused = sorted((first, second), key=lambda response: response.status_code)
        assert (202, 409) == (taken.status_code, refused.status_code)
        given = taken.json()["event"]["data"]
        assert ("application/problem+json", given) == (refused.headers["content-type"], refused.json()["answer"])


@pytest.mark.long
def test_the_same_answer_from_two_people_is_one_answer(address: str) -> None:
    document = asking(address)
    with ThreadPoolExecutor(2) as people:
        first, second = people.map(lambda _: answered(address, document, "approve"), range(2))

    assert (202, 202) == (first.status_code, second.status_code)
    assert first.json()["event"] == second.json()["event"]


async def test_an_answer_that_another_process_wrote_in_the_same_moment_is_found() -> None:
    record = MemoryRecord()
    (asked,) = await record.append("r", [ASKED])
    one, other = Run("r", record), Run("r", record)
    await one.filled()
    await other.filled()
    given = await outside.answer(one, "plan", "approve")

    assert asked["id"] == given["cause"]
    with pytest.raises(AlreadyAnswered) as refused:
        await outside.answer(other, "plan", {"decision": "revise", "note": "More."})
    assert {"question": "plan", "decision": "approve", "note": ""} == refused.value.answer


ASKED = {
    "n": 0,
    "id": "proposed",
    "type": "PlanProposed",
    "at": "",
    "section": None,
    "epoch": 1,
    "round": 0,
    "agent": "planner",
    "cause": None,
    "data": {"question": "plan", "text": "Is it right?"},
}
