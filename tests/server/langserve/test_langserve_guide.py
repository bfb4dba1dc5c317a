"""What ``docs/langserve.md`` shows works as it stands there."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import ROOT, quire_server

GUIDE = (ROOT / "docs" / "langserve.md").read_text()
pytestmark = [  # of LangServe's client, about itself: it never closes its connections
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("QUIRE_HOME", str(tmp_path / "home"))
    with quire_server() as served:
        yield served


@pytest.mark.long
async def test_the_python_of_the_guide_writes_and_follows(address: str) -> None:
    names: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL):
        exec(block.replace("http://127.0.0.1:8000", address), names)  # noqa: S102 - our own examples

    followed = await names["follow"]()

    assert ("done", "done") == (names["written"]["status"], followed["status"])
    (fields,) = re.findall(r"The result is `{(.*?)}`", GUIDE)
    assert sorted(fields.split(", ")) == sorted(followed)


@pytest.mark.long
def test_the_commands_of_the_guide_work(address: str) -> None:
    (block,) = re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
    script = block.replace("http://127.0.0.1:8000", address).replace("curl -", "curl --fail --show-error -")
    done = subprocess.run(["bash", "-euc", script], capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stderr
    assert "RunEnded" in done.stdout
