"""Quire beside LangGraph by itself: makespan against the critical path, CPU for each agent step, bytes on disk.

::

    python benchmarks/measure.py                                    everything, three times each
    python benchmarks/measure.py --peers waves,quire --scenarios tinydag500 --repeat 3
    python benchmarks/measure.py --seeds 1,2,3                      also other documents, each drawn from its seed

Every run is a process of its own.
"""

import argparse
import asyncio
import importlib
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from scenarios import SCENARIOS, SEED, draw

PEERS = ("waves", "gated", "quire", "waves_sqlite", "quire_sqlite")
HERE = Path(__file__).parent


def one(peer: str, scenario: str) -> dict[str, float]:
    """Measure one run in this process."""
    module = importlib.import_module(f"peer_{peer}")
    work = draw(scenario)
    with tempfile.TemporaryDirectory() as folder:
        work.tmp = folder
        cpu = time.process_time()
        work.built = module.build(work) if hasattr(module, "build") else None
        seconds, first = asyncio.run(_timed(module, work))
        spent = time.process_time() - cpu
        size = sum(f.stat().st_size for f in Path(folder).rglob("*") if f.is_file())
    return {
        "ratio": seconds / work.critical_path,
        "first": 1000 * first,
        "ms": 1000 * spent / work.steps,
        "mb": size / 1e6,
    }


async def _timed(module: Any, work: Any) -> tuple[float, float]:
    """Give the seconds of the whole, and until the first call."""
    begun = time.perf_counter()
    texts = await module.generate(work)
    seconds = time.perf_counter() - begun
    work.check(texts)
    return seconds, min(call_begun for _, _, call_begun, _ in work.asked) - begun


def measured(peer: str, scenario: str, seed: str, repeat: int) -> list[dict[str, float]]:
    """Measure several runs, each in a process of its own."""
    command = [sys.executable, __file__, "--one", peer, scenario]
    settings = {"LANGSMITH_TRACING": "false", "PYTHONPATH": str(HERE.parent), "WORKLOAD_SEED": seed}
    environment = {**os.environ, **settings}
    results = []
    for _ in range(repeat):
        run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)  # noqa: S603 - our own interpreter and module, no shell
        results.append(json.loads(run.stdout))
    return results


def main() -> None:
    """Print a table: the median makespan and time until the first call, the least CPU, what is on disk."""
    parser = argparse.ArgumentParser(description="Quire beside LangGraph by itself.")
    parser.add_argument("--one", nargs=2, metavar=("PEER", "SCENARIO"))
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--scenarios", default=",".join(SCENARIOS))
    parser.add_argument("--seeds", default=str(SEED))
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(one(*asked.one)))
        return
    print(
        f"{'scenario':12} {'seed':>8} {'peer':14} {'/ critical path':>15} {'first call, ms':>15}"
        f" {'CPU ms a step':>14} {'MB':>6}"
    )
    for scenario, seed in itertools.product(asked.scenarios.split(","), asked.seeds.split(",")):
        for peer in asked.peers.split(","):
            runs = measured(peer, scenario, seed, asked.repeat)
            ratio, first = (statistics.median(r[what] for r in runs) for what in ("ratio", "first"))
            ms = min(r["ms"] for r in runs)
            named = f"{scenario:12} {seed:>8} {peer:14}"
            print(f"{named} {ratio:15.3f} {first:15.0f} {ms:14.2f} {runs[0]['mb']:6.1f}", flush=True)


if __name__ == "__main__":
    main()
