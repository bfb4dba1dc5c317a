"""Many seeds, in processes beside each other."""

import gc
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from simulation.ensemble import document
from simulation.seeds import Verdict, judge


def play(first: int, seeds: int, processes: int) -> Iterator[tuple[int, Verdict]]:
    """Play seeds and give each with what came of it, in order."""
    with ProcessPoolExecutor(processes, get_context("spawn"), begin) as pool:
        yield from pool.map(_judged, range(first, first + seeds), chunksize=10)


def report(played: Iterable[tuple[int, Verdict]]) -> int:
    """Say which seeds do not hold and how each is played again, and what they were about; give the exit code."""
    began, count, bad, happened = time.monotonic(), 0, list[int](), Counter[str]()
    for count, (seed, verdict) in enumerate(played, 1):
        bad += [seed] if verdict.broken else []
        happened.update(verdict.happened)
        _say(*(f"seed {seed}: {problem[:600]}" for problem in verdict.broken))
        if count % 1000 == 0:
            _say(f"{count} seeds so far")
    _say(f"{count} seeds: {len(bad)} do not hold ({time.monotonic() - began:.0f} s)")
    _say("in so many of them: " + ", ".join(f"{what} {times}" for what, times in happened.most_common()))
    _say(*(f"again: PYTHONPATH=.:tests python -m simulation {seed}" for seed in bad))
    return int(bool(bad))


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


def begin() -> None:
    """Make a process ready to play: one graph for all seeds, and nothing to collect that stays."""
    warnings.filterwarnings("ignore", "coroutine .* was never awaited", RuntimeWarning)  # what a dead process had begun
    document()
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _judged(seed: int) -> tuple[int, Verdict]:
    return seed, judge(seed)
