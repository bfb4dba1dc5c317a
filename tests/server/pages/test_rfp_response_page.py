"""What ``docs/rfp-response.md`` shows: its command writes the answer of the example."""

import re
import runpy
import shlex
from pathlib import Path

import pytest
from cli import Quire
from serving import ROOT

PAGE = (ROOT / "docs" / "rfp-response.md").read_text()
EXAMPLE = ROOT / "examples" / "rfp-response"


@pytest.mark.long
@pytest.mark.timeout(180)
def test_the_command_writes_the_answer(quire: Quire, tmp_path: Path) -> None:
    (block,) = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    program, command, brief, option, _ = shlex.split(block)

    done = quire(command, str(ROOT / brief), option, str(tmp_path / "proposal"), "--format", "md")

    assert "quire" == program
    assert 3 == done.returncode, done.stderr  # the summary takes a model
    assert "Does not comply" in (tmp_path / "proposal" / "document.md").read_text()


def test_the_request_is_what_its_script_makes(tmp_path: Path) -> None:
    (tmp_path / "request").mkdir()

    runpy.run_path(str(EXAMPLE / "make_binaries.py"))["write_all"](tmp_path)

    made = {p.name: p.read_bytes() for p in (tmp_path / "request").iterdir()}
    assert made == {p.name: p.read_bytes() for p in (EXAMPLE / "request").iterdir()}
    assert 3 == len(made)
