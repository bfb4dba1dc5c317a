"""Every public name stands on ``docs/python.md``, and its examples run."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import quire

PAGE = (Path(__file__).parents[2] / "docs" / "python.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("name", quire.__all__)
def test_every_public_name_is_listed_and_shown(name: str) -> None:
    assert re.search(rf"^\|.*`(await )?{name}\b", PAGE, re.MULTILINE) or re.search(
        rf"^\|.*, `{name}\b", PAGE, re.MULTILINE
    )


@pytest.mark.long
@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_the_examples_run(number: int, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", EXAMPLES[number]], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert 0 == done.returncode, done.stderr


@pytest.mark.long
def test_what_the_example_writes_is_told(tmp_path: Path) -> None:
    told = subprocess.run([sys.executable, "-c", EXAMPLES[0]], cwd=tmp_path, capture_output=True, text=True, check=True)

    written, refused = told.stdout.splitlines()
    assert written.startswith("partial ")
    assert "no-such-brief.yaml" in refused
