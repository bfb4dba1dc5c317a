"""What the README shows works as it stands there, and no snippet of it or of the pages goes untested."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from cli import Quire
from serving import ROOT
from toys import section, toy_brief

from quire.graphs.intake.brief import load

README = (ROOT / "README.md").read_text()
RUN_BY = {
    "README.md": "tests/server/test_readme.py",
    "docs/agents.md": "tests/journeys/test_one_folder.py",
    "docs/briefs.md": "tests/server/test_briefs_page.py",
    "docs/events.md": "tests/test_docs.py",
    "docs/http.md": "tests/server/test_http_guide.py",
    "docs/langserve.md": "tests/server/test_langserve_guide.py",
    "docs/models.md": "tests/docs/test_models_page.py",
    "docs/operations.md": "tests/server/test_operations_page.py",
    "docs/python.md": "tests/docs/test_python_page.py",
    "docs/promises.md": "tests/test_promises.py",
    "docs/providers.md": "tests/test_docs.py",
    "docs/shell.md": "tests/server/test_shell_guide.py",
    "docs/studio.md": "tests/journeys/test_studio.py",
}
"""What runs the snippets of a page."""


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_every_page_with_snippets_has_a_test_that_runs_them() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    shown = {
        str(p.relative_to(ROOT)) for p in pages if re.search(r"^```(sh|python|yaml)$", p.read_text(), re.MULTILINE)
    }

    assert shown == set(RUN_BY)
    for page, test in RUN_BY.items():
        assert Path(page).name in (ROOT / test).read_text()


def test_the_smallest_program_is_the_one_in_the_examples() -> None:
    (shown,) = blocks("python")

    assert shown in (ROOT / "examples/header-zoning/main.py").read_text()


def test_the_brief_is_one(tmp_path: Path) -> None:
    (shown,) = blocks("yaml")
    shutil.copytree(ROOT / "examples/site-zoning-report", tmp_path / "example")
    (tmp_path / "example/brief.yaml").write_text(shown)

    brief = load(tmp_path / "example/brief.yaml")

    assert ("site-zoning-report", ["release"]) == (brief["blueprint"], brief["options"]["approve"])
    assert {"survey.csv", "zoning_letter.docx", "ordinance/1245-signs.md"} <= {s["name"] for s in brief["sources"]}


def test_the_commands_of_the_tour_work(tmp_path: Path, quire: Quire) -> None:
    (tour,) = [block for block in blocks("sh") if block.startswith("quire events RUN")]
    (tmp_path / "BRIEF").write_text(json.dumps(toy_brief(section("height"), options={"approve": ["release"]})))
    assert 4 == quire("write", "BRIEF", "--run-id", "RUN", "--out", "out").returncode

    ended = {(step := shlex.split(line, comments=True)[1:])[0]: quire(*step) for line in tour.splitlines()
             if not line.startswith("quire serve")}  # fmt: skip

    assert {"events": 0, "resume": 4, "answer": 0, "check": 0} == {
        step: done.returncode for step, done in ended.items()
    }


@pytest.mark.parametrize("page", sorted(RUN_BY))
def test_what_a_page_links_to_is_there(page: str) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / page).read_text()):
        assert ((ROOT / page).parent / target).exists(), target
