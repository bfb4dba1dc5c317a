"""Where the CPU goes while Quire writes a document: shares by package, and how much LangGraph is asked to do.

::

    python benchmarks/profiled.py quire tinydag500
"""

import asyncio
import cProfile
import importlib
import pstats
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from scenarios import draw

ROOT = str(Path(__file__).parents[1])
PACKAGES = ("langgraph", "langchain_core", "langsmith", "pydantic", "asyncio", "sqlite3", "json")


def package(file: str) -> str:
    """Say whose code a function is."""
    if file.startswith(ROOT):
        return "quire"
    return next((name for name in PACKAGES if f"/{name}/" in file), "builtins" if file == "~" else "other")


def main() -> None:
    """Print the shares, and supersteps and tasks for each agent step."""
    peer, scenario = sys.argv[1:3]
    module, work = importlib.import_module(f"peer_{peer}"), draw(scenario)
    profile = cProfile.Profile(time.process_time)
    with tempfile.TemporaryDirectory() as folder:
        work.tmp = folder
        work.built = None if peer.endswith("_sqlite") else module.build(work)
        profile.enable()
        asyncio.run(module.generate(work))
        profile.disable()
    shares: dict[str, float] = defaultdict(float)
    calls: dict[str, int] = defaultdict(int)
    for (file, _line, name), (_, count, own, *_rest) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined] # typeshed does not declare `stats`, which the documentation shows
        shares[package(file)] += own
        if package(file) == "langgraph":
            calls[name] += count
    for name, own in sorted(shares.items(), key=lambda item: -item[1]):
        print(f"{name:14} {own / sum(shares.values()):6.1%}")
    print(
        f"{calls['after_tick'] / work.steps:.2f} supersteps and {calls['commit'] / work.steps:.2f} tasks an agent step"
    )


if __name__ == "__main__":
    main()
