"""What the pages under ``docs`` show is run, in order, and prints what they say it prints."""

import contextlib
import io
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", ["events.md", "providers.md"])
def test_the_examples_of_a_page_print_what_it_shows(page: str) -> None:
    names: dict[str, object] = {}
    told = ""
    for kind, block in BLOCK.findall((DOCS / page).read_text()):
        if kind == "text":
            assert block.splitlines() == told.splitlines()
            continue
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(block, f"{page}: {block.splitlines()[0]}", "exec"), names)  # noqa: S102 - our own examples
        told = out.getvalue()


def test_the_files_that_a_page_names_are_there() -> None:
    named = re.findall(r"`((?:graphs|nodes|server)/[a-z_/]+(?:\.py)?)`", (DOCS / "how-it-works.md").read_text())

    assert 30 < len(named)
    assert [] == [name for name in named if not (DOCS.parent / name).exists()]
