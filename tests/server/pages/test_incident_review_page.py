"""What ``docs/incident-review.md`` shows: its command writes the review, and its note is read as the page says."""

import re
import shlex
from pathlib import Path

import pytest
from cli import Quire
from serving import ROOT

PAGE = (ROOT / "docs" / "incident-review.md").read_text()


def _shown(kind: str) -> str:
    (block,) = re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    return str(block)


@pytest.mark.long
def test_the_command_writes_the_review(quire: Quire, tmp_path: Path) -> None:
    program, command, brief, option, _ = shlex.split(_shown("sh"))

    done = quire(command, str(ROOT / brief), option, str(tmp_path / "review"))

    assert "quire" == program
    assert 3 == done.returncode, done.stderr  # what takes a model is left out
    assert "Nobody could log in" in (tmp_path / "review" / "document.md").read_text()


@pytest.mark.long
def test_the_note_is_read(quire: Quire, tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text(_shown("markdown"))
    (tmp_path / "brief.yaml").write_text("blueprint: incident-review\nsources: [note.md]\n")

    quire("write", str(tmp_path / "brief.yaml"), "--out", str(tmp_path))

    written = (tmp_path / "document.md").read_text()
    assert "42 minutes" in written
    assert "3 hr 15 min" in written
    assert re.search(r"Alert on all certificates.*Platform.*open.*2026-02-20", written)
