"""Many seeds, in processes beside each other."""

import gc
import sys
import time
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
    """Play seeds and say which do not hold, and how long it took; give the exit code."""
    began, bad = time.monotonic(), 0
    for count, (seed, found) in enumerate(play(first, seeds, processes), 1):
        bad += bool(found)
        sys.stdout.writelines(f"seed {seed}: {problem[:600]}\n" for problem in found)
        sys.stdout.flush()
        if count % 1000 == 0 or count == seeds:
            sys.stdout.write(f"{count} seeds from {first}: {bad} do not hold ({time.monotonic() - began:.0f} s)\n")
            sys.stdout.flush()
    return int(bad > 0)


def begin() -> None:
    """Make a process ready to play: one graph for all seeds, and nothing to collect that stays."""
    document()
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _broken(seed: int) -> tuple[int, list[str]]:
    return seed, broken(seed)
