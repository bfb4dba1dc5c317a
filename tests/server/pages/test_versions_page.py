"""What ``docs/versions.md`` shows: a document, its next version, and one with a person's words."""

import json
import re
import shlex
from pathlib import Path

import docx
import pytest
from cli import Done, Quire
from docx.oxml.ns import qn
from serving import ROOT

PAGE = (ROOT / "docs" / "versions.md").read_text()
BRIEF = {
    "blueprint": "general-report",
    "title": "The roof",
    "sources": [{"name": "notes.md", "text": "# Notes\n\nThe roof was replaced in 2021.\n"}],
}


@pytest.mark.long
@pytest.mark.timeout(180)
def test_its_commands_do_what_it_says(quire: Quire, tmp_path: Path) -> None:
    (tmp_path / "brief.yaml").write_text(json.dumps(BRIEF))
    told: list[tuple[list[str], Done]] = []
    for block in re.findall(r"^```sh\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE):
        for line in block.splitlines():
            _, *typed = shlex.split(line, comments=True)
            if "--file" in typed:
                worked_on(tmp_path / "three.docx")
            pairs = zip(["", *typed], typed, strict=False)
            told.append((typed, quire(*(str(tmp_path / word) if before in PATHS else word for before, word in pairs))))

    assert len(told) >= 5
    assert [(typed, done.stderr) for typed, done in told if done.returncode not in (0, 3)] == []
    first, second, edited = ((tmp_path / name / "document.md").read_text() for name in ("one", "two", "three"))
    assert first == second
    assert "The roof is to be replaced." in edited
    assert "2021" not in first or "2021" in edited
    assert "The roof must be replaced." in (tmp_path / "four/document.md").read_text()


def worked_on(path: Path) -> None:
    """Change a statement in a Word file, as a person would."""
    word = docx.Document(str(path))
    words = next(t for t in word.element.body.iter(qn("w:t")) if t.text == "The roof is to be replaced.")
    words.text = "The roof must be replaced."
    word.save(str(path))


PATHS = ("write", "plan", "--out", "--file")
"""Behind these words a file or folder is named."""
