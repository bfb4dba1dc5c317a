"""`quire new` writes packages that install beside Quire's wheel, are offered, and whose tests pass as they are."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from serving import ROOT


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the packages that `docs/plugins.md` shows; install both and Quire into a folder that holds nothing else."""
    folder = tmp_path_factory.mktemp("new")
    for typed in re.findall(r"^quire (new .*?) +#", (ROOT / "docs" / "plugins.md").read_text(), re.MULTILINE):
        command = [sys.executable, "-m", "quire", *typed.split()]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    for project in (ROOT, folder / "quire-visit-report", folder / "quire-source-watch"):
        options = ["-q", "--no-deps", "--no-build-isolation", "--no-index", "--target", str(folder / "installed")]
        subprocess.run([sys.executable, "-m", "pip", "install", *options, str(project)], check=True)
    return folder


def run(there: Path, *command: str, within: str = ".") -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(there / "installed"), "QUIRE_HOME": str(there / "home")}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=there / within, env=env, capture_output=True, text=True, check=False
    )


@pytest.mark.long
@pytest.mark.parametrize("project", ["quire-visit-report", "quire-source-watch"])
def test_its_tests_pass(there: Path, project: str) -> None:
    done = run(there, "pytest", "-q", project)

    assert 0 == done.returncode, done.stdout + done.stderr
    assert "2 passed" in done.stdout


@pytest.mark.long
@pytest.mark.parametrize(("what", "name"), [("kind", "second-report"), ("agent", "second-watch")])
def test_the_command_that_is_told_installs_what_its_tests_need(there: Path, what: str, name: str) -> None:
    told = run(there, "quire", "new", what, name).stdout

    assert f"pip install -e 'quire-{name}[test]' && python -m pytest quire-{name}" in told
    declared = tomllib.loads((there / f"quire-{name}" / "pyproject.toml").read_text())
    assert ["pytest"] == declared["project"]["optional-dependencies"]["test"]


@pytest.mark.long
def test_it_is_offered(there: Path) -> None:
    assert "visit-report: Visit report." in run(there, "quire", "blueprints").stdout
    assert "source_watch (section): SectionDrafted" in run(there, "quire", "agents").stdout


@pytest.mark.long
def test_it_is_formatted_and_linted_as_it_is_written(there: Path) -> None:
    for project in ("quire-visit-report", "quire-source-watch"):
        for command in (("ruff", "format", "--check"), ("ruff", "check", "--select", "E,F,I,D100")):
            done = run(there, *command, "--isolated", "--line-length", "120", within=project)
            assert 0 == done.returncode, done.stdout
