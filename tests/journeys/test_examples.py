"""The programs that the README shows run and say what it says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(program: str) -> str:
    """Run one of our programs and give what it prints."""
    path, environment = ROOT / program, os.environ | {"PYTHONPATH": str(ROOT)}
    told = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True, cwd=ROOT, env=environment)
    return told.stdout


def test_the_smallest_program_is_small_and_tells_its_story() -> None:
    program = "examples/header-zoning/main.py"

    told = run(program)

    assert len((ROOT / program).read_text().splitlines()) < 40
    assert ["ReportRequested", "HeaderDone", "ZoningDone"] == [line.split()[1] for line in told.splitlines()]


@pytest.mark.long
def test_an_agent_made_with_another_framework_is_heard() -> None:
    told = run("examples/autogen-agent/main.py")

    assert "lawyer LawyerSpoke “shall” binds: say whom." in told
    assert told.index("LawyerSpoke") < told.index("arbiter SectionApproved “shall” binds: say whom.")
