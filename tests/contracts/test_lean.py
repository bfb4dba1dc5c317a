"""What a command does not need it does not import: LangGraph, web frameworks, clients of models, readers, renderers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "langgraph",
    "langchain_core",
    "fastapi",
    "uvicorn",
    "langserve",
    "dbos",
    "openai",
    "docx",
    "reportlab",
    "pypdfium2",
    "bs4",
    "jsonschema",
)
PROGRAM = f"""
import sys
sys.argv = ["quire", *sys.argv[1:]]
from quire.server.cli import main
try:
    main()
finally:
    print("loaded:", *[name for name in {HEAVY!r} if name in sys.modules])
"""
BRIEF = "blueprint: general-report\ntitle: The roof\nsources: [roof.md]\n"


def loaded(folder: Path, *arguments: str) -> set[str]:
    """Say which of the heavy packages a command has imported by its end."""
    (folder / "brief.yaml").write_text(BRIEF)
    (folder / "roof.md").write_text("# Roof\n\nThe roof was replaced in 2021 for EUR 6,400.\n")
    env = {**os.environ, "QUIRE_HOME": str(folder / "home")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    return set(done.stdout.splitlines()[-1].removeprefix("loaded:").split())


@pytest.mark.long
@pytest.mark.parametrize(
    "typed", ["--help", "--version", "runs", "blueprints", "blueprints site-zoning-report", "check brief.yaml"]
)
def test_who_only_looks_loads_no_graph_and_no_reader_that_is_not_needed(tmp_path: Path, typed: str) -> None:
    assert set() == loaded(tmp_path, *typed.split())


def test_writing_without_a_model_loads_the_graph_and_nothing_that_serves_or_asks(tmp_path: Path) -> None:
    told = loaded(tmp_path, "write", "brief.yaml", "--format", "md")

    assert {"langgraph", "langchain_core"} == told
