"""A package installed beside Quire's wheel adds a kind of document, an agent, a computation, a check, a reader."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "quire-example-kind"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install Quire's wheel and the example into a folder that holds nothing else."""
    target = tmp_path_factory.mktemp("installed")
    for project in (ROOT, EXAMPLE):
        options = ["-q", "--no-deps", "--no-build-isolation", "--no-index", "--target", str(target)]
        subprocess.run([sys.executable, "-m", "pip", "install", *options, str(project)], check=True)
    return target


def quire(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(installed), "QUIRE_HOME": str(folder / "home")}
    command = [sys.executable, "-m", "quire", *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.long
def test_what_a_package_adds_is_offered_and_used(installed: Path, tmp_path: Path) -> None:
    for name in ("brief.yaml", "mill.visits"):
        shutil.copy(EXAMPLE / name, tmp_path)

    listed, agents = quire(installed, tmp_path, "blueprints"), quire(installed, tmp_path, "agents")
    checked = quire(installed, tmp_path, "check", "brief.yaml")
    written = quire(installed, tmp_path, "write", "brief.yaml", "--run-id", "r", "--format", "md")
    events = quire(installed, tmp_path, "events", "r")

    assert [0, 0, 0, 0] == [done.returncode for done in (listed, agents, checked, written)], written.stderr
    assert "visit-report: Report of visits" in listed.stdout
    assert "dates (section): SectionDrafted" in agents.stdout
    assert "good, 1 source" in checked.stdout
    assert "DatesRead" in events.stdout
    assert "water stood in the cellar" in (tmp_path / "document.md").read_text()


@pytest.mark.long
def test_what_a_package_adds_is_offered_over_http(installed: Path, tmp_path: Path) -> None:
    program = (
        "from fastapi.testclient import TestClient\n"
        "import quire\n"
        "from quire.nodes.config.settings import Settings\n"
        "with TestClient(quire.create_app(Settings.read()), 'http://127.0.0.1', client=('127.0.0.1', 9)) as client:\n"
        "    print([b['name'] for b in client.get('/blueprints').json()['blueprints']])\n"
        "    print(client.get('/langserve/agents/dates/input_schema').status_code)\n"
        "    brief = {'blueprint': 'visit-report', 'title': 'The mill'}\n"
        "    brief['sources'] = [{'name': 'a.visits', 'text': 'It was dry.'}]\n"
        "    made = client.post('/langserve/document/invoke', json={'input': brief}).json()\n"
        "    print(made['output']['status'])\n"
    )
    env = {**os.environ, "PYTHONPATH": str(installed), "QUIRE_HOME": str(tmp_path / "home")}

    told = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    ).stdout.splitlines()

    assert "'visit-report'" in told[0]
    assert ["200", "done"] == told[1:]


BROKEN = {
    "agents": ("does_not_exist.agents", ("agents",)),
    "kinds": ("does_not_exist.kinds", ("blueprints",)),
    "readers": ("does_not_exist.readers:READERS", ("check", "brief.yaml")),
}


def with_broken(installed: Path, folder: Path, group: str, value: str) -> Path:
    """Copy what is installed, and install a package beside it whose entry names nothing that is there."""
    shutil.copytree(installed, folder / "there", ignore=shutil.ignore_patterns("__pycache__"))
    info = folder / "there" / "quire_broken-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: quire-broken\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[quire.{group}]\nbroken = {value}\n")
    return folder / "there"


@pytest.mark.long
@pytest.mark.parametrize(
    ("group", "used"),
    [
        ("computations", {"sections": [{"id": "a", "title": "A", "kind": "table", "compute": "broken.visits"}]}),
        (
            "checks",
            {
                "sections": [{"id": "a", "title": "A"}],
                "rules": [{"id": "r", "text": "It is so.", "check": "broken.visits"}],
            },
        ),
    ],
)
def test_a_broken_family_is_named_where_a_blueprint_asks_for_it(
    installed: Path, tmp_path: Path, group: str, used: dict[str, object]
) -> None:
    there = with_broken(installed, tmp_path, group, f"does_not_exist.{group}")
    blueprint = {"name": "note", "title": "Note", **used}
    (tmp_path / "asking.json").write_text(
        json.dumps({"title": "Note", "blueprint": blueprint, "sources": ["*.visits"]})
    )
    for name in ("brief.yaml", "mill.visits"):
        shutil.copy(EXAMPLE / name, tmp_path)

    refused, other = quire(there, tmp_path, "check", "asking.json"), quire(there, tmp_path, "check", "brief.yaml")

    assert (2, 0) == (refused.returncode, other.returncode), refused.stderr + other.stderr
    assert f"broken = does_not_exist.{group} of the package quire-broken" in refused.stderr
    assert "is left out: No module named 'does_not_exist'" in refused.stderr
    assert "" == other.stderr


@pytest.mark.long
@pytest.mark.parametrize("group", BROKEN)
def test_a_broken_package_is_named_and_left_out(installed: Path, tmp_path: Path, group: str) -> None:
    value, typed = BROKEN[group]
    there = with_broken(installed, tmp_path, group, value)
    for name in ("brief.yaml", "mill.visits"):
        shutil.copy(EXAMPLE / name, tmp_path)

    done = quire(there, tmp_path, *typed)

    assert 0 == done.returncode, done.stderr
    assert 1 == done.stderr.count("is left out")
    assert f"broken = {value} of the package quire-broken" in done.stderr
    assert "No module named 'does_not_exist'" in done.stderr
