"""What ``docs/mcp.md`` says holds: its program runs, and its table has the tools that there are."""

import re

import pytest
from serving import ROOT, quire_server

from quire.server.mcp.reports import Reports
from quire.server.mcp.tools import server_of

PAGE = (ROOT / "docs/mcp.md").read_text()


async def test_the_page_names_every_tool() -> None:
    server = server_of(_nobody, lambda _: "local", dict)

    named = re.findall(r"`(\w+)\(", "\n".join(line for line in PAGE.splitlines() if line[:1] == "|"))
    assert sorted(named) == sorted(tool.name for tool in await server.list_tools())


def _nobody() -> Reports:
    raise AssertionError("no tool is called")


@pytest.mark.long
def test_the_program_of_the_page_runs(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUIRE_HOME", str(tmp_path_factory.mktemp("home")))
    (program,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    with quire_server() as address:
        exec(program.replace("http://127.0.0.1:8000", address), {"__name__": "page"})  # noqa: S102 - our own page

    told = capsys.readouterr().out
    assert told.startswith("partial {")
    assert "# The roof" in told
