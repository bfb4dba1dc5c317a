"""Memory that reading a PDF takes at most: of each file of a folder, read in a process of its own, as a run reads it.

``python benchmarks/pdf_memory.py FOLDER [--worst 5]``, on Linux.
"""

import argparse
import os
import statistics
import subprocess
import sys
from pathlib import Path

from quire.nodes.sources import confined
from quire.nodes.sources.confined import Limits

READER = ("quire.nodes.sources.pdf.reading", "read_pdf")


def peak(path: Path) -> float:
    """Give the megabytes of memory that were resident at most, the interpreter's own included."""
    limits = [str(limit) for limit in Limits()]
    command = [sys.executable, "-m", confined.__name__, *READER, *limits, path.name]
    with path.open("rb") as source:
        child = subprocess.Popen(command, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own interpreter, our own module, no shell
    _, _, used = os.wait4(child.pid, 0)
    child.returncode = 0
    return used.ru_maxrss * 1024 / 1_000_000


def main() -> None:
    """Measure a folder and print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--worst", type=int, default=5)
    given = arguments.parse_args()
    peaks = {path.name: peak(path) for path in sorted(given.folder.glob("*.pdf"))}
    print(f"{len(peaks)} files: median {statistics.median(peaks.values()):.0f} MB, worst {max(peaks.values()):.0f} MB")
    for name in sorted(peaks, key=lambda one: -peaks[one])[: given.worst]:
        print(f"{peaks[name]:.0f} MB {name}")


if __name__ == "__main__":
    main()
