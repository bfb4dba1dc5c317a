"""When calls must queue: the longest path first, first come first served, and the least that any order could take.

::

    python benchmarks/queueing.py --seeds 3

Sections of the scenario ``dag60`` with four slots. The longest path is counted twice: in sections, as in a plan that
says nothing about lengths, and in words, where each section's ``words`` are in proportion to how long it will take.
"""

import argparse
import asyncio
import statistics
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import peer_quire
from scenarios import Section, Work, draw

from quire.graphs.run.run import run_of
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.model.slots import Slots

SCENARIO, SLOTS, RUN = "dag60", 4, "run"
WORDS_A_SECOND = 100


@dataclass(frozen=True)
class Sized(Section):
    """A section whose plan says how long it will be."""

    @property
    def words(self) -> int:
        """Say how many words it has."""
        return max(1, round(self.own_path * WORDS_A_SECOND))


class Queued(Work):
    """A work whose calls wait for a slot, in an order that is asked for each."""

    def __init__(self, sections: list[Section], order: Callable[[str], Awaitable[float]]) -> None:
        super().__init__(sections)
        self._slots = Slots(SLOTS)
        self._order = order

    async def call(self, section: int, step: str, *inputs: Any) -> Any:
        """Ask the model once there is room."""
        async with self._slots.held(await self._order(str(section))):
            return await super().call(section, step, *inputs)


async def longest_path(section: str) -> float:
    """Give the priority that the plan gave the section, as the gateway is told it."""
    return (await run_of(RUN)).blackboard.priority(section)


async def first_come(_section: str) -> float:
    """Put nobody before another."""
    return 0.0


def seconds(sections: list[Section], order: Callable[[str], Awaitable[float]]) -> float:
    """Write the document and give the makespan."""
    work = Queued(sections, order)
    graph = peer_quire.build(work)
    texts = asyncio.run(peer_quire.write(graph, MemoryRecord(), RUN))
    work.check(texts)
    return max(ended for *_, ended in work.asked) - min(begun for _, _, begun, _ in work.asked)


def main() -> None:
    """Print a line for each seed, and the means against the lower bound."""
    parser = argparse.ArgumentParser(description="The order in which queued calls are made.")
    parser.add_argument("--seeds", type=int, default=3)
    ratios: list[tuple[float, ...]] = []
    for seed in range(1, parser.parse_args().seeds + 1):
        work = draw(SCENARIO, seed)
        sized: list[Section] = [Sized(**vars(s)) for s in work.sections]
        least = max(work.critical_path, work.seconds / SLOTS)
        took = [
            seconds(work.sections, first_come),
            seconds(work.sections, longest_path),
            seconds(sized, longest_path),
        ]
        ratios.append(tuple(t / least for t in took))
        print(
            f"seed {seed}: at least {least:.2f} s; first come {took[0]:.2f} s, "
            f"longest path in sections {took[1]:.2f} s, in words {took[2]:.2f} s",
            flush=True,
        )
    first, by_sections, by_words = map(statistics.mean, zip(*ratios, strict=True))
    print(f"against the least: first come {first:.3f}, by sections {by_sections:.3f}, by words {by_words:.3f}")


if __name__ == "__main__":
    main()
