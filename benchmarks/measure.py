"""Quire beside LangGraph by itself: makespan against the critical path, CPU for each agent step, bytes on disk.

::

    python benchmarks/measure.py                                    everything, three times each
    python benchmarks/measure.py --peers waves,quire --scenarios tinydag500 --repeat 3

Every run is a process of its own. ``WORKLOAD_SEED=7`` draws other documents.
"""

import argparse
import asyncio
import importlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from scenarios import SCENARIOS, draw

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
        seconds = asyncio.run(_timed(module, work))
        spent = time.process_time() - cpu
        size = sum(f.stat().st_size for f in Path(folder).rglob("*") if f.is_file())
    return {"ratio": seconds / work.critical_path, "ms": 1000 * spent / work.steps, "mb": size / 1e6}


async def _timed(module: Any, work: Any) -> float:
    begun = time.perf_counter()
    texts = await module.generate(work)
    seconds = time.perf_counter() - begun
    work.check(texts)
    return seconds


def measured(peer: str, scenario: str, repeat: int) -> list[dict[str, float]]:
    """Measure several runs, each in a process of its own."""
    command = [sys.executable, __file__, "--one", peer, scenario]
    environment = {**os.environ, "LANGSMITH_TRACING": "false", "PYTHONPATH": str(HERE.parent)}
    results = []
    for _ in range(repeat):
        run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)  # noqa: S603 - our own interpreter and module, no shell
        results.append(json.loads(run.stdout))
    return results


def main() -> None:
    """Print a table: the median makespan, the least CPU."""
    parser = argparse.ArgumentParser(description="Quire beside LangGraph by itself.")
    parser.add_argument("--one", nargs=2, metavar=("PEER", "SCENARIO"))
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--scenarios", default=",".join(SCENARIOS))
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(one(*asked.one)))
        return
    print(f"{'scenario':12} {'peer':14} {'makespan / critical path':>24} {'CPU ms a step':>14} {'MB on disk':>11}")
    for scenario in asked.scenarios.split(","):
        for peer in asked.peers.split(","):
            runs = measured(peer, scenario, asked.repeat)
            ratio, ms = statistics.median(r["ratio"] for r in runs), min(r["ms"] for r in runs)
            print(f"{scenario:12} {peer:14} {ratio:24.3f} {ms:14.2f} {runs[0]['mb']:11.1f}", flush=True)


if __name__ == "__main__":
    main()
