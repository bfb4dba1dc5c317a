"""The commands that the README gives for the simulator."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def simulation(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([".", "tests"])}
    command = [sys.executable, "-m", "simulation", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)


def given() -> list[list[str]]:
    return [line.split() for line in re.findall(r"python -m simulation (.*)", (ROOT / "README.md").read_text())]


def test_one_seed_is_played_again_with_its_journals() -> None:
    (one, _) = given()

    first, again = simulation(*one).stdout, simulation(*one).stdout

    assert first == again
    assert first.count("RunEnded") == 2
    assert first.endswith("everything holds\n")


def test_many_seeds_are_played_beside_each_other() -> None:
    (_, many) = given()

    played = simulation(*(["12" if a == "20000" else a for a in many]))

    assert played.stdout.startswith("12 seeds from 0: 0 do not hold")
