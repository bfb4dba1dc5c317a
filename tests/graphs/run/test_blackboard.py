import asyncio

import pytest

from quire.graphs.run.blackboard import Blackboard
from quire.graphs.run.dependencies import Need
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.faults import RecordFault


def event(section: str, type_: str, epoch: int = 1, **data: object) -> dict:
    return {
        "n": 0, "id": f"{section}/{epoch}/{type_}", "type": type_, "at": "", "section": section, "epoch": epoch,
        "round": 0, "agent": "a", "cause": None, "data": {"priority": 1, "spec": {}, **data},
    }  # fmt: skip


async def planned(*sections: str) -> Blackboard:
    blackboard = Blackboard("r", MemoryRecord())
    await blackboard.post([event(s, "SectionPlanned") for s in sections])
    return blackboard


def started(blackboard: Blackboard, *sections: str, epoch: int = 1) -> None:
    for section in sections:
        blackboard.waiting.start((section, epoch))


async def test_a_gate_opens_when_the_last_event_it_misses_is_posted() -> None:
    blackboard = await planned("a", "b", "c")
    started(blackboard, "a", "b", "c")
    gate = asyncio.ensure_future(blackboard.wait(("c", 1), [Need("a", 1), Need("b", 1)]))
    await blackboard.post([event("a", "SectionApproved")])
    await asyncio.sleep(0)
    assert not gate.done()

    await blackboard.post([event("b", "SectionApproved")])

    await gate


async def test_a_gate_does_not_take_an_older_epoch() -> None:
    blackboard = await planned("a", "b")
    await blackboard.post([event("a", "SectionApproved"), event("a", "SectionReopened", 2)])
    started(blackboard, "a", epoch=2)
    gate = asyncio.ensure_future(blackboard.wait(("b", 1), [Need("a", 2)]))
    await asyncio.sleep(0)
    assert not gate.done()

    await blackboard.post([event("a", "SectionApproved", 2)])

    await gate


async def test_gates_that_wait_for_each_other_fail_instead_of_waiting_for_ever() -> None:
    blackboard = await planned("a", "b")
    started(blackboard, "a", "b")

    both = await asyncio.gather(
        blackboard.wait(("a", 1), [Need("b", 1)]), blackboard.wait(("b", 1), [Need("a", 1)]), return_exceptions=True
    )

    assert ["every open section waits for another: a, b"] * 2 == [str(error) for error in both]


async def test_a_gate_waits_for_a_section_that_is_on_its_way() -> None:
    blackboard = await planned("a", "b")
    started(blackboard, "a")
    gate = asyncio.ensure_future(blackboard.wait(("b", 1), [Need("a", 1)]))
    await asyncio.sleep(0)

    assert not gate.done()
    gate.cancel()


async def test_a_gate_does_not_wait_for_a_section_that_parked_before_this_process_began() -> None:
    blackboard = await planned("a", "b", "c")
    started(blackboard, "c")
    gate = asyncio.ensure_future(blackboard.wait(("b", 1), [Need("a", 1)]))
    await asyncio.sleep(0)
    assert not gate.done(), "c is at work: a may be answered for meanwhile"

    await blackboard.post([event("c", "SectionApproved")])

    assert not await gate


async def test_a_gate_does_not_wait_for_a_section_whose_lane_has_ended_without_closing() -> None:
    blackboard = await planned("a", "b")
    started(blackboard, "a", "b")
    gate = asyncio.ensure_future(blackboard.wait(("b", 1), [Need("a", 1)]))
    await asyncio.sleep(0)

    blackboard.waiting.leave(("a", 1))

    assert not await gate


async def test_the_record_is_written_before_a_gate_wakes() -> None:
    record = MemoryRecord()
    blackboard = Blackboard("r", record)
    await blackboard.post([event("a", "SectionPlanned"), event("b", "SectionPlanned")])
    started(blackboard, "a")
    gate = asyncio.ensure_future(blackboard.wait(("b", 1), [Need("a", 1)]))

    await blackboard.post([event("a", "SectionApproved")])
    await gate

    assert ["SectionPlanned", "SectionPlanned", "SectionApproved"] == [e["type"] for e in await record.events("r")]


async def test_an_event_posted_twice_is_one_event() -> None:
    blackboard = await planned("a")
    first = await blackboard.post([event("a", "SectionApproved", digest="d")])

    assert first == await blackboard.post([event("a", "SectionApproved", digest="d")])
    assert 2 == len(await blackboard.record.events("r"))


async def test_the_same_id_with_other_content_is_a_fault() -> None:
    blackboard = await planned("a")
    await blackboard.post([event("a", "SectionApproved", digest="d")])

    with pytest.raises(RecordFault, match="other content"):
        await blackboard.post([event("a", "SectionApproved", digest="e")])


async def test_a_board_filled_from_the_record_knows_what_the_first_one_knew() -> None:
    first = await planned("a", "b")
    await first.post([event("a", "SectionApproved")])
    second = Blackboard("r", first.record)

    await second.fill()

    await second.wait(("b", 1), [Need("a", 1)])
    assert first.posted == second.posted


async def test_of_two_that_close_an_epoch_the_first_holds() -> None:
    blackboard = await planned("a")

    both = await asyncio.gather(
        blackboard.post([event("a", "SectionCancelled")]), blackboard.post([event("a", "SectionApproved", digest="d")])
    )

    assert ["SectionCancelled", "SectionCancelled"] == [e["type"] for (e,) in both]
    assert 2 == len(await blackboard.record.events("r"))


async def test_a_gate_that_is_reached_after_the_run_was_cancelled_does_not_wait() -> None:
    blackboard = await planned("a", "b")
    await blackboard.post([{**event("a", "RunCancelled"), "section": None}])

    assert not await blackboard.wait(("b", 1), [Need("a", 1)])
