"""Every command of ``docs/http.md`` does what the page says."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from serving import ROOT, quire_server

GUIDE = (ROOT / "docs" / "http.md").read_text()


@pytest.mark.long
def test_every_command_of_the_guide_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIRE_HOME", str(tmp_path / "home"))
    blocks = re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
    assert "quire serve\n" == blocks[0]
    with quire_server() as address:
        script = (
            "\n".join(blocks[1:])
            .replace("http://127.0.0.1:8000", address)
            .replace("curl -", "curl --fail --show-error -")
        )
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
        )

    assert 0 == done.returncode, f"{done.stdout[-2000:]}{done.stderr[-2000:]} {shlex.quote(script)[:300]}"
    assert "RunEnded" in done.stdout
    assert "quire_runs_ended_total" in done.stdout
    assert [path.suffix for path in tmp_path.glob("*.docx")] == [".docx"]
