"""What the README shows works as it stands there, and no snippet of it or of the pages goes untested."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from cli import Quire
from serving import ROOT
from toys import section, toy_brief

README = (ROOT / "README.md").read_text()
RUN_BY = {
    "README.md": "tests/server/pages/test_readme.py",
    "docs/agents.md": "tests/journeys/test_one_folder.py",
    "docs/briefs.md": "tests/server/pages/test_briefs_page.py",
    "docs/due-diligence.md": "tests/server/pages/test_due_diligence_page.py",
    "docs/embedding.md": "tests/docs/test_embedding.py",
    "docs/evaluate.md": "tests/server/pages/test_evaluate_page.py",
    "docs/events.md": "tests/test_docs.py",
    "docs/http.md": "tests/server/http/test_http_guide.py",
    "docs/incident-review.md": "tests/server/pages/test_incident_review_page.py",
    "docs/langserve.md": "tests/server/langserve/test_langserve_guide.py",
    "docs/mcp.md": "tests/server/mcp/test_mcp_guide.py",
    "docs/models.md": "tests/docs/test_models_page.py",
    "docs/operations.md": "tests/server/execution/test_operations_page.py",
    "docs/plugins.md": "tests/packaging/test_new.py",
    "docs/python.md": "tests/docs/test_python_page.py",
    "docs/promises.md": "tests/test_promises.py",
    "docs/providers.md": "tests/test_docs.py",
    "docs/records.md": "tests/docs/test_records_page.py",
    "docs/rfp-response.md": "tests/server/pages/test_rfp_response_page.py",
    "docs/versions.md": "tests/server/pages/test_versions_page.py",
    "docs/shell.md": "tests/server/cli/test_shell_guide.py",
    "docs/studio.md": "tests/journeys/test_studio.py",
}
"""What runs the snippets of a page."""


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_every_page_with_snippets_has_a_test_that_runs_them() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    shown = {
        str(p.relative_to(ROOT)) for p in pages if re.search(r"^```(sh|python|yaml)$", p.read_text(), re.MULTILINE)
    }

    assert shown == set(RUN_BY)
    for page, test in RUN_BY.items():
        assert Path(page).name in (ROOT / test).read_text()


def test_it_is_read_in_five_minutes() -> None:
    assert 250 >= len(README.splitlines())


async def test_the_agent_that_is_added_takes_part() -> None:
    names: dict[str, Any] = {}
    for shown in blocks("python"):
        exec(compile(shown, "README.md", "exec"), names)  # noqa: S102 - our own example
    brief = toy_brief(section("height"))

    said = [e async for _, e in names["document"].astream(brief, stream_mode="custom", subgraphs=True)]

    assert {"write", "search_draft", "review"} == set(names["chain"].nodes)
    types = [event["type"] for event in said if "type" in event]
    assert types.index("DraftSearched") < types.index("SectionApproved")


def test_the_three_steps_lead_to_a_document(tmp_path: Path, quire: Quire) -> None:
    (brief,) = blocks("yaml")
    (steps,) = [block for block in blocks("sh") if "quire check brief.yaml" in block]
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/lease.md").write_text("# Lease\n\nThe rent is EUR 4,200 a month from May 2026 on.\n")
    (tmp_path / "brief.yaml").write_text(brief)

    activate, *commands = (shlex.split(line, comments=True) for line in steps.splitlines())
    assert [".", ".venv/bin/activate"] == activate  # then `quire` is the one that was installed by the first command
    check, write = (quire(*command[1:]) for command in commands)

    assert (0, 3) == (check.returncode, write.returncode)  # without a model, sections are left out
    assert "EUR 4,200" in (tmp_path / "out/document.md").read_text()


@pytest.mark.long
def test_the_commands_of_the_tour_work(tmp_path: Path, quire: Quire) -> None:
    (tour,) = [block for block in blocks("sh") if block.startswith("quire events RUN")]
    (tmp_path / "BRIEF").write_text(json.dumps(toy_brief(section("height"), options={"approve": ["release"]})))
    (tmp_path / "claims.jsonl").write_text('{"claim": "It is 40 feet high.", "evidence": ["It is 40 feet high."]}\n')
    assert 4 == quire("write", "BRIEF", "--run-id", "RUN", "--out", "out").returncode

    ended = {(step := shlex.split(line, comments=True)[1:])[0]: quire(*step) for line in tour.splitlines()
             if not line.startswith("quire serve")}  # fmt: skip

    assert {"events": 0, "resume": 4, "answer": 0, "verify": 0} == {
        step: done.returncode for step, done in ended.items()
    }


@pytest.mark.parametrize("page", sorted(RUN_BY))
def test_what_a_page_links_to_is_there(page: str) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / page).read_text()):
        assert ((ROOT / page).parent / target).exists(), target
