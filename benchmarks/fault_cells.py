"""Tries cells of fault, call site, place and mode, and prints those that end neither right nor by name.

::

    python benchmarks/fault_cells.py --cells 2000

Each cell is a document made over a model server on loopback, in which one request goes wrong.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests")]

import fault_cells  # noqa: E402 - it lies in a folder that only the line above puts on the path


def main() -> int:
    """Try them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cells", type=int, default=2000, help="how many; there are a good 3,000")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--providers", action="store_true", help="over the clients of Anthropic, Gemini and Ollama")
    chosen = parser.parse_args()
    every = fault_cells.provider_cells() if chosen.providers else fault_cells.all_cells()
    cells = fault_cells.some_cells(chosen.cells, chosen.seed, every)
    begun = time.monotonic()
    wrong = fault_cells.tried(cells)
    print(*wrong, sep="\n")
    print(f"{len(cells)} cells of {len(every)}, {len({c.fault for c in cells})} faults, "
          f"{len(wrong)} wrong, {time.monotonic() - begun:.0f} s")  # fmt: skip
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
