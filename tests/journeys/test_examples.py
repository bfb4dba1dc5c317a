"""The programs that the README shows run and say what it says."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_smallest_program_is_small_and_tells_its_story() -> None:
    program = ROOT / "examples/header-zoning/main.py"

    told = subprocess.run(
        [sys.executable, program],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )

    assert len(program.read_text().splitlines()) < 40
    assert ["ReportRequested", "HeaderDone", "ZoningDone"] == [line.split()[1] for line in told.stdout.splitlines()]
