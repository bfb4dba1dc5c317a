import runpy
from pathlib import Path

import pytest
from zoning_report import EXAMPLE

SCRIPT = runpy.run_path(str(EXAMPLE / "make_binaries.py"))


@pytest.mark.parametrize(
    ("name", "make"), [("zoning_letter.docx", "write_letter"), ("flood_overlay.pdf", "write_flood_determination")]
)
def test_the_binary_sources_are_what_their_script_makes(tmp_path: Path, name: str, make: str) -> None:
    SCRIPT[make](tmp_path / name)

    assert (EXAMPLE / name).read_bytes() == (tmp_path / name).read_bytes()
