"""What ``docs/due-diligence.md`` shows: its command writes the report of the example."""

import re
import runpy
import shlex
from pathlib import Path

import pytest
from cli import Quire
from serving import ROOT

PAGE = (ROOT / "docs" / "due-diligence.md").read_text()
EXAMPLE = ROOT / "examples" / "due-diligence"


@pytest.mark.long
@pytest.mark.timeout(180)
def test_the_command_writes_the_report(quire: Quire, tmp_path: Path) -> None:
    (block,) = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    program, command, brief, option, _ = shlex.split(block)

    done = quire(command, str(ROOT / brief), option, str(tmp_path / "report"), "--format", "md")

    assert "quire" == program
    assert 3 == done.returncode, done.stderr  # what takes a model is left out
    assert "EBITDA margin" in (tmp_path / "report" / "document.md").read_text()


def test_the_binary_sources_are_what_their_script_makes(tmp_path: Path) -> None:
    kept = {p.relative_to(EXAMPLE / "folder"): p.read_bytes() for p in (EXAMPLE / "folder").rglob("*") if p.is_file()}
    made = runpy.run_path(str(EXAMPLE / "make_binaries.py"))["write_all"]
    for file in kept:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)

    made(tmp_path)

    written = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert len(written) == 10
    assert written == {name: kept[name] for name in written}
    assert 30 == len(kept)
