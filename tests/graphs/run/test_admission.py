import asyncio

import peer_quire
from scenarios import STEPS, Section, Work

from quire.graphs.run.admission import SectionAdmission
from quire.nodes.event_store.memory import MemoryRecord


async def let_in(priorities: dict[str, float]) -> list[str]:
    admission, order = SectionAdmission(), list[str]()

    async def enter(name: str) -> None:
        await admission.enter(priorities[name])
        order.append(name)

    await asyncio.gather(*map(enter, priorities))
    return order


async def test_the_longest_path_goes_first_and_of_equals_the_first_to_come() -> None:
    assert ["long", "middle", "also", "short"] == await let_in({"short": 1, "middle": 2, "also": 2, "long": 3})


async def test_whoever_gave_up_waiting_holds_nobody_up() -> None:
    admission = SectionAdmission()
    tasks = [asyncio.ensure_future(admission.enter(priority)) for priority in (3, 2, 1)]
    await asyncio.sleep(0)
    tasks[1].cancel()

    assert [None, None] == await asyncio.gather(tasks[0], tasks[2])
    assert tasks[1].cancelled()


async def test_whoever_steps_aside_goes_after_all_that_wait_and_at_once_when_none_does() -> None:
    admission, order = SectionAdmission(), list[str]()
    await admission.step_aside()

    async def enter() -> None:
        await admission.enter(0)
        order.append("waits")

    waiting = [asyncio.ensure_future(enter()) for _ in range(2)]
    await asyncio.sleep(0)
    await admission.step_aside()
    order.append("aside")

    assert ["waits", "waits", "aside"] == order
    await asyncio.gather(*waiting)


def test_a_loop_that_ended_with_many_waiting_leaves_the_next_one_free() -> None:
    admission = SectionAdmission()

    async def left_behind() -> None:
        for _ in range(3):
            admission.admit(asyncio.get_running_loop().create_future(), 0)

    asyncio.run(left_behind())

    asyncio.run(asyncio.wait_for(admission.enter(0), 5))


async def test_of_all_that_could_begin_the_section_asks_first_that_most_wait_for() -> None:
    after: dict[int, tuple[int, ...]] = {7: (6,), 8: (7,)}
    objects = {"review": False, "compliance": False}
    work = Work([Section(n, after.get(n, ()), dict.fromkeys(STEPS, 0.001), objects) for n in range(9)])

    work.check(await peer_quire.write(peer_quire.build(work), MemoryRecord(), "first"))

    assert (6, "draft") == min(work.asked, key=lambda call: call[2])[:2]
