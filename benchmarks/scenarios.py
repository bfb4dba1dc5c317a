"""Seeded documents to measure with: how sections depend on each other, how long calls take, who objects to what.

The only model is ``await work.call(section, step, …)``: it sleeps as long as the scenario says, notes that it was
asked and answers with a text of the section's own. ``work.check(texts)`` then says whether everything was done, once
and in order.
"""

import asyncio
import math
import os
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

STEPS = ("draft", "review", "compliance", "revise")
CHARACTERS = 1500
"""Of a section's text."""
LONGEST = 3.0
"""Seconds of a call."""
SEED = int(os.environ.get("WORKLOAD_SEED", "1"))


@dataclass(frozen=True)
class Section:
    """A section to be written."""

    id: int
    after: tuple[int, ...]
    seconds: Mapping[str, float]
    """By step."""
    objects: Mapping[str, bool]
    """Whether the review and the compliance check find fault with it."""

    @property
    def steps(self) -> tuple[str, ...]:
        """Say which calls it takes."""
        return STEPS if any(self.objects.values()) else STEPS[:3]

    @property
    def own_path(self) -> float:
        """Sum the seconds that cannot be spent side by side."""
        revise = self.seconds["revise"] if "revise" in self.steps else 0.0
        return self.seconds["draft"] + max(self.seconds["review"], self.seconds["compliance"]) + revise


@dataclass
class Work:
    """A document's sections, and the calls that were made for them."""

    sections: list[Section]
    tmp: str = ""
    """A folder for what is kept."""
    built: Any = None
    asked: list[tuple[int, str, float, float]] = field(default_factory=list)
    """Section, step, begun, ended."""

    async def call(self, section: int, step: str, *_inputs: Any) -> Any:
        """Ask the model: a text, or a list of findings."""
        begun = time.perf_counter()
        await asyncio.sleep(self.sections[section].seconds[step])
        self.asked.append((section, step, begun, time.perf_counter()))
        return self.answer(section, step)

    def answer(self, section: int, step: str) -> Any:
        """Say what the model answers."""
        if step in {"review", "compliance"}:
            return ["unclear"] if self.sections[section].objects[step] else []
        return f"{step} of section {section}: ".ljust(CHARACTERS, "x")

    @cached_property
    def steps(self) -> int:
        """Count the calls that the document takes."""
        return sum(len(s.steps) for s in self.sections)

    @cached_property
    def critical_path(self) -> float:
        """Give the seconds below which no order of calls can get."""
        ends: dict[int, float] = {}
        for s in self.sections:
            ends[s.id] = max((ends[a] for a in s.after), default=0.0) + s.own_path
        return max(ends.values())

    @cached_property
    def seconds(self) -> float:
        """Sum the seconds of all calls."""
        return sum(s.seconds[step] for s in self.sections for step in s.steps)

    def expected(self, section: Section) -> str:
        """Say which text the section must end with."""
        return str(self.answer(section.id, "revise" if "revise" in section.steps else "draft"))

    def check(self, texts: Mapping[int, str]) -> None:
        """Say whether every call was made once, nothing before what it builds on, and every text is its section's.

        Raises:
            AssertionError: it was not so.

        """
        spans = {(section, step): (begun, ended) for section, step, begun, ended in self.asked}
        if sorted((s, step) for s, step, *_ in self.asked) != sorted((s.id, x) for s in self.sections for x in s.steps):
            raise AssertionError("not every call was made once")
        for s in self.sections:
            before = [spans[a, step][1] for a in s.after for step in self.sections[a].steps]
            if any(spans[s.id, "draft"][0] < ended for ended in before):
                raise AssertionError(f"section {s.id} began before what it builds on was done")
            if texts[s.id] != self.expected(s):
                raise AssertionError(f"section {s.id} holds another text than its own")


def _none(_rng: random.Random, _n: int) -> set[int]:
    return set()


def _chain_and_branches(rng: random.Random, n: int) -> set[int]:
    """Give a section its place in the row; of the others half build on one of it."""
    if n < CHAIN:
        return {n - 1} if n else set()
    return {rng.randrange(CHAIN)} if n % 2 else set()


def _any_earlier(rng: random.Random, n: int) -> set[int]:
    """One and a half dependencies each, on any earlier section."""
    return set(rng.sample(range(n), min(n, rng.choice((0, 1, 1, 2, 2, 3)))))


def _heavy_tailed(rng: random.Random) -> float:
    """Median 80 ms; now and then, seconds: as model calls are."""
    return min(LONGEST, rng.lognormvariate(math.log(0.08), 1.0))


def _tiny(_rng: random.Random) -> float:
    return 0.001


SCENARIOS: dict[str, tuple[int, Callable[[random.Random, int], set[int]], Callable[[random.Random], float]]] = {
    "flat50": (50, _none, _heavy_tailed),
    "chainwide60": (60, _chain_and_branches, _heavy_tailed),
    "dag60": (60, _any_earlier, _heavy_tailed),
    "tinydag500": (500, _any_earlier, _tiny),
    "tinydag2000": (2000, _any_earlier, _tiny),
}


def draw(name: str, seed: int = SEED) -> Work:
    """Draw a scenario: the same for the same name and seed."""
    count, after, seconds = SCENARIOS[name]
    rng = random.Random(f"{name} {seed}")
    return Work([_section(rng, n, after, seconds) for n in range(count)])


def _section(
    rng: random.Random,
    n: int,
    after: Callable[[random.Random, int], set[int]],
    seconds: Callable[[random.Random], float],
) -> Section:
    return Section(
        id=n,
        after=tuple(sorted(after(rng, n))),
        seconds={step: seconds(rng) for step in STEPS},
        objects={judge: rng.random() < share for judge, share in OBJECTING.items()},
    )


CHAIN = 12
"""Sections in a row, of a chain with branches."""
OBJECTING = {"review": 0.25, "compliance": 0.15}
"""Share of the drafts that a judge sends back."""
