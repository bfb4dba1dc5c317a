"""Print how many planted differences between sources are named, and how many lookalikes with them.

`python benchmarks/differences.py` writes the folders of `benchmarks/conflicts` anew and reads each as a brief's sources
would be. A planted pair counts as named only if both values are there and the one that counts is the one that should.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from quire.nodes.differences.differing import Difference, differences
from quire.nodes.sources.read import read

MAKE = Path(__file__).with_name("conflicts") / "make.py"


class Case(NamedTuple):
    """A folder of two files, and what was found in it."""

    expected: dict[str, Any]
    found: list[Difference]

    @property
    def name(self) -> str:
        """The folder."""
        return str(self.expected["case"])

    @property
    def kind(self) -> str:
        """In what the two files differ, or seem to."""
        return str(self.expected["kind"])

    @property
    def planted(self) -> bool:
        """Whether they state one quantity with two values."""
        return bool(self.expected["named"])

    @property
    def is_right(self) -> bool:
        """Whether exactly what should be named is, with what counts."""
        if not self.planted or len(self.found) != 1:
            return not self.planted and not self.found
        (one,) = self.found
        told = [*one["holds"], *one["differs"], *one["outdated"]]
        stated = {(t["source"], t["text"].split()[0]) for t in told}
        current = self.expected["current"]
        return {(s["file"], s["value"]) for s in self.expected["stated"]} == {
            (source, text.rstrip("%")) for source, text in stated
        } and [t["source"] for t in one["holds"]] == ([current] if current else [])


def cases() -> list[Case]:
    """Write the folders and read each."""
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        subprocess.run([sys.executable, str(MAKE), str(folder)], check=True)  # noqa: S603 - our own interpreter and script, no shell
        lines = (folder / "expected.jsonl").read_text("utf-8").splitlines()
        return [Case(expected, found_in(folder / expected["case"])) for expected in map(json.loads, lines)]


def found_in(folder: Path) -> list[Difference]:
    """Read a folder and compare its files."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return differences([read(path.relative_to(folder).as_posix(), path.read_bytes()) for path in files])


def main() -> None:
    """Print a line for each kind, and each case that is not as it should be."""
    every = cases()
    for kind, count in Counter(case.kind for case in every).items():
        print(f"{kind:<11} {sum(case.is_right for case in every if case.kind == kind):>3} of {count}")
    planted, alike = [c for c in every if c.planted], [c for c in every if not c.planted]
    print(f"planted and named: {sum(c.is_right for c in planted)} of {len(planted)}")
    print(f"alike and named:   {sum(bool(c.found) for c in alike)} of {len(alike)}")
    for case in every:
        if not case.is_right:
            print(f"not as it should be: {case.name}: {case.found}")


if __name__ == "__main__":
    main()
