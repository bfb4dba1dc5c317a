"""The commands that `docs/promises.md` gives for the simulator."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.many import report
from simulation.seeds import Verdict

ROOT = Path(__file__).parents[2]


def simulation(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([".", "tests"])}
    command = [sys.executable, "-m", "simulation", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)


def given() -> list[list[str]]:
    return [
        line.split() for line in re.findall(r"python -m simulation (.*)", (ROOT / "docs" / "promises.md").read_text())
    ]


@pytest.mark.long
def test_one_seed_is_played_again_with_its_journals() -> None:
    (one, _) = given()

    first, again = simulation(*one).stdout, simulation(*one).stdout

    assert first == again
    assert first.count("RunEnded") == 2
    assert first.endswith("everything holds\n")


@pytest.mark.long
def test_many_seeds_are_played_beside_each_other() -> None:
    (_, many) = given()

    told, held = simulation(*(["4" if a == "20000" else a for a in many])).stdout.splitlines()

    assert told.startswith("4 seeds: 0 do not hold")
    assert "a process dies " in held


def test_how_a_seed_that_does_not_hold_is_played_again_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    about = frozenset({"a process dies"})

    assert 1 == report([(16, Verdict([], about)), (17, Verdict(["it ends 2 times"], about))])

    first, *_, last = capsys.readouterr().out.splitlines()
    assert "seed 17: it ends 2 times" == first
    assert f"again: PYTHONPATH=.:tests python -m simulation {' '.join(given()[0])}" == last


def test_the_simulators_own_page_gives_the_same_commands() -> None:
    page = (ROOT / "tests" / "simulation" / "__init__.py").read_text()

    assert given() == [line.split() for line in re.findall(r"python -m simulation (.*)", page)]
