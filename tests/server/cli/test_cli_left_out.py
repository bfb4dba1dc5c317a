"""What a glob matches and nobody can read is named on the command line and in the report."""

import json
from pathlib import Path

import pytest
from cli import Quire

BRIEF = 'blueprint: general-report\ntitle: "Roof"\nfacts: {subject: roof}\nsources: ["*"]\n'


@pytest.mark.long
def test_check_and_write_say_what_was_left_out(quire: Quire, tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    brief = folder / "brief.yaml"
    brief.write_text(BRIEF)
    (folder / "roof.md").write_text("The roof is new.")
    (folder / "photo.png").write_bytes(bytes(100))
    assert "warning: photo.png was left out: no reader for this type" in quire("check", str(brief)).stdout
    out = tmp_path / "out"
    told = quire("write", str(brief), "--out", str(out))
    assert "photo.png” was left out" in told.stdout
    report = json.loads((out / "run.json").read_text())
    assert any("photo.png" in warning for warning in report["warnings"])
