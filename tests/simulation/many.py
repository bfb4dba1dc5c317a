"""Many seeds, in processes beside each other."""

import gc
import sys
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from simulation.ensemble import document
from simulation.seeds import broken


def play(first: int, seeds: int, processes: int) -> Iterator[tuple[int, list[str]]]:
    """Play seeds and give each with what does not hold, in order."""
    with ProcessPoolExecutor(processes, get_context("spawn"), begin) as pool:
        yield from pool.map(_broken, range(first, first + seeds), chunksize=10)


def report(first: int, seeds: int, processes: int) -> int:
    """Play seeds; say which do not hold and how each is played again, and how long it took; give the exit code."""
    began, bad = time.monotonic(), list[int]()
    for count, (seed, found) in enumerate(play(first, seeds, processes), 1):
        bad += [seed] if found else []
        _say(*(f"seed {seed}: {problem[:600]}" for problem in found))
        if count % 1000 == 0 or count == seeds:
            _say(f"{count} seeds from {first}: {len(bad)} do not hold ({time.monotonic() - began:.0f} s)")
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


def _broken(seed: int) -> tuple[int, list[str]]:
    return seed, broken(seed)
