"""Every promise is held by tests that exist, and the commands that the page gives work."""

import ast
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from postgres import MISSING, programs

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "promises.md").read_text()
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
COMMANDS = re.findall(r"^PYTHONPATH=\. python (.*)$", PAGE, re.MULTILINE)


def test_every_promise_names_what_holds_it() -> None:
    promised, _, rest = PAGE.partition("## What is not promised")
    promises = re.split(r"^\*\*", promised, flags=re.MULTILINE)[1:]

    assert all(re.search(r"^- `tests/", promise, re.MULTILINE) for promise in promises)
    assert not re.search(r"`tests/", rest)


@pytest.mark.parametrize(("file", "test"), NAMED, ids=[test for _, test in NAMED])
def test_the_test_that_holds_a_promise_exists(file: str, test: str) -> None:
    tree = ast.parse((ROOT / file).read_text())

    assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.long
@pytest.mark.skipif(programs() is None, reason=MISSING)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_the_page_gives_works(command: str) -> None:
    small = re.sub(r"\d+", "2", command)

    done = subprocess.run(
        [sys.executable, *shlex.split(small)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r", 0 problems$|^every step committed once$|\{'done': 6\}", done.stdout, re.MULTILINE), done.stdout
