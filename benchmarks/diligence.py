"""Holds the due-diligence kind against a company's folder, with the facts that its report should state.

The expectations are those of the folder ``internal_docs`` of gpt-researcher's benchmark (Apache-2.0): 27 files of a
made-up company, of which nothing but facts and figures is kept here. Get the folder, then::

    python benchmarks/diligence.py FOLDER

Further arguments go to ``quire evaluate``: ``--json``, ``--against FILE``.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

EXPECTED = Path(__file__).parent / "diligence"


def main(folder: str, *further: str) -> int:
    """Put the brief and its expectations beside the folder, and evaluate."""
    with tempfile.TemporaryDirectory() as work:
        for file in EXPECTED.glob("*.yaml"):
            (Path(work) / file.name).write_bytes(file.read_bytes())
        (Path(work) / "folder").symlink_to(Path(folder).resolve(), target_is_directory=True)
        return subprocess.call([sys.executable, "-m", "quire", "evaluate", work, *further])  # noqa: S603 - our own program


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
