"""What is wrong with a brief is told in the same words, field by field, by whichever interface it came in."""

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from cli import Quire
from mcp.client.client import Client
from serving import quire_server

import quire as quire_package
from quire.nodes.faults import BadInput

BRIEFS: dict[str, dict[str, Any]] = {
    "several": {"blueprint": "nope", "title": "A\nB", "options": {"max_rounds": 99}},
    "nothing": {},
    "types": {"blueprint": "general-report", "title": 3, "sources": "no", "facts": []},
    "unknown": {"blueprint": "general-report", "title": "A", "sauces": []},
    "source": {"blueprint": "general-report", "title": "A", "sources": [{"name": "a.md"}, {"text": "b"}]},
}
LANGSERVE = ("invoke", "stream", "stream_log", "stream_events")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("QUIRE_HOME", str(tmp_path_factory.mktemp("home")))
        with quire_server() as address:
            yield address


@pytest.mark.long
@pytest.mark.parametrize("name", BRIEFS)
async def test_every_interface_names_the_same_fields(served: str, tmp_path: Path, quire: Quire, name: str) -> None:
    brief = BRIEFS[name]
    told = await asyncio.to_thread(_told_over_http, served, brief)
    with pytest.raises(BadInput) as refused:
        await quire_package.awrite(brief)
    told["python"] = sorted((p.field, p.problem) for p in refused.value.problems)
    async with Client(f"{served}/mcp") as client:
        (said,) = (await client.call_tool("write_report", {"brief": brief})).content
    file = tmp_path / "brief.json"
    file.write_text(json.dumps(brief))
    lines = quire("check", str(file)).stderr

    expected = told["http"]
    assert expected
    assert told == dict.fromkeys(told, expected)
    assert said.type == "text"
    for field, problem in expected:
        assert f"{field}: {problem}" in said.text
        assert re.search(rf"{re.escape(field)}: {re.escape(problem)}", lines), lines


def _told_over_http(served: str, brief: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    ways = {"http": ("documents", brief)}
    ways |= {way: (f"langserve/document/{way}", {"input": brief}) for way in LANGSERVE}
    return {way: _fields(httpx.post(f"{served}/{path}", json=sent, timeout=30)) for way, (path, sent) in ways.items()}


def _fields(answer: httpx.Response) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.text
    return sorted((error["field"], error["problem"]) for error in answer.json()["errors"])
