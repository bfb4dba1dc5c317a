"""What ``docs/evaluate.md`` shows: a file of expectations that is read, and commands that tell what became better."""

import re
from pathlib import Path

import pytest
import yaml
from cli import Quire
from serving import ROOT

PAGE = (ROOT / "docs" / "evaluate.md").read_text()
EXAMPLE = str(ROOT / "examples" / "incident-review")


@pytest.mark.timeout(180)
def test_its_commands_compare_two_evaluations(quire: Quire, tmp_path: Path) -> None:
    (block,) = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert ["--json" in line or "--against" in line for line in block.splitlines()] == [False, True, True]

    before = quire("evaluate", EXAMPLE, "--json")
    (tmp_path / "before.jsonl").write_text(before.stdout)
    after = quire("evaluate", EXAMPLE, "--against", str(tmp_path / "before.jsonl"))

    assert (0, 0) == (before.returncode, after.returncode), after.stderr


def test_what_it_shows_of_a_file_is_taken(quire: Quire, tmp_path: Path) -> None:
    (shown,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    (tmp_path / "evaluation.yaml").write_text(shown)
    (tmp_path / "brief.yaml").write_text("blueprint: general-report\ntitle: A\nsources: [a.md]\n")
    (tmp_path / "a.md").write_text("# A\n\nIt is so.\n")

    done = quire("evaluate", str(tmp_path))

    assert yaml.safe_load(shown)["at_least"] == 1
    assert "field" not in done.stderr
    assert done.returncode != 2, done.stderr
