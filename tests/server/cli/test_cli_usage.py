"""What is typed wrong is one line on stderr and exit 2, whichever way the command is started."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cli import Quire
from serving import ROOT, free_port
from toys import section, toy_brief

SCRIPT = shutil.which("quire", path=str(Path(sys.executable).parent))
STARTED = [[sys.executable, "-m", "quire"], *([[SCRIPT]] if SCRIPT else [])]
"""As a module, and as the script wherever that is installed."""


@pytest.mark.parametrize("start", STARTED, ids=lambda start: Path(start[-1]).name)
def test_a_command_that_there_is_not_is_told(start: list[str], tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([*start, "wrte"], cwd=tmp_path, env=env, capture_output=True, text=True, check=False)

    assert (2, "") == (done.returncode, done.stdout)
    (told,) = done.stderr.splitlines()
    assert told.startswith("quire: No such command 'wrte'. Did you mean 'write'")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("write b.yaml --frmat md", "--frmat"),
        ("explain", "RUN"),
        ("serve --port abc", "'--port'"),
        ("write", "BRIEF"),
        ("answer r release", "approve|revise|reject"),
        ("runs surplus", "surplus"),
    ],
)
def test_what_is_typed_wrong_is_one_line(quire: Quire, typed: str, told: str) -> None:
    done = quire(*typed.split())

    assert (2, "", 1) == (done.returncode, done.stdout, len(done.stderr.splitlines()))
    assert told in done.stderr


def test_without_a_command_all_of_them_are_shown(quire: Quire) -> None:
    done = quire()

    assert (0, "") == (done.returncode, done.stderr)
    assert "timeline" in done.stdout


def test_the_version_is_told(quire: Quire) -> None:
    done = quire("--version")

    assert (0, "quire") == (done.returncode, done.stdout.split()[0])


@pytest.mark.parametrize("typed", ["runs", "serve --port 1"])
def test_a_home_that_cannot_be_is_bad_input(quire: Quire, typed: str) -> None:
    done = quire(*typed.split(), QUIRE_HOME="/proc/x")

    assert 2 == done.returncode
    assert ["QUIRE_HOME: /proc/x cannot be made a folder: No such file or directory"] == [
        line.partition(" (")[0] for line in done.stderr.splitlines()
    ]


@pytest.mark.parametrize("out", ["brief.json", "brief.json/below"])
def test_results_are_not_left_in_a_file(quire: Quire, brief: Path, out: str) -> None:
    done = quire("write", str(brief), "--out", out)

    assert (2, "") == (done.returncode, done.stdout)
    assert f"--out: {brief} is a file (name a folder)\n" == done.stderr


def test_a_picture_is_not_drawn_into_a_folder(quire: Quire, brief: Path, tmp_path: Path) -> None:
    quire("write", str(brief), "--run-id", "r", "--format", "md")

    done = quire("timeline", "r", "--svg", str(tmp_path))

    assert (2, f"--svg: cannot write {tmp_path}: Is a directory") == (done.returncode, done.stderr.partition(" (")[0])


def test_a_variable_that_is_no_setting_is_told(quire: Quire) -> None:
    done = quire("runs", QUIRE_MODLE="x", QUIRE_MODEL_WRITER="y")

    assert 0 == done.returncode
    assert "quire: QUIRE_MODLE is no setting, and nothing reads it (did you mean QUIRE_MODEL?)\n" == done.stderr


def test_runs_are_listed_by_title_and_a_home_without_any_says_so(quire: Quire, brief: Path, tmp_path: Path) -> None:
    none = quire("runs").stdout
    quire("write", str(brief), "--run-id", "r", "--format", "md")

    assert f"there are no runs in {tmp_path / 'home'} (QUIRE_HOME); quire write BRIEF begins one\n" == none
    assert quire("runs").stdout.endswith("  A toy report\n")


@pytest.mark.long
def test_an_endpoint_that_is_not_there_is_named_once(quire: Quire, tmp_path: Path) -> None:
    brief = tmp_path / "brief.json"
    brief.write_text(json.dumps(toy_brief(section("height"), section("yards"), section("parking"))))
    url = f"http://127.0.0.1:{free_port()}/v1"
    done = quire("write", str(brief), "--format", "md", OPENAI_BASE_URL=url, QUIRE_CALL_TIMEOUT="1")

    assert 1 == done.returncode
    assert 1 == done.stdout.partition("sections written")[2].count(f"{url.split('/')[2]} (OPENAI_BASE_URL names it)")
