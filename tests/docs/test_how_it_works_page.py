"""How one section waits for another fits into few files, and the page names each of them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from toys import section, toy_brief

import quire
from quire.graphs.document.document_graph import build

ROOT = Path(quire.__path__[0])
PAGE = Path(__file__).parents[2] / "docs" / "how-it-works.md"
MOST_FILES = 14


@contextmanager
def entered(event: str) -> Iterator[set[str]]:
    """Note which files of ours are entered from the posting of an event of ``height`` until ``yards`` is opened."""
    files, noting = set[str](), False

    def note(frame: FrameType, happened: str, _argument: Any) -> None:
        nonlocal noting
        name = frame.f_code.co_filename
        if happened != "call" or not name.startswith(str(ROOT)):
            return
        if frame.f_code.co_name == "post" and name.endswith("blackboard.py"):
            posted = {(e["section"], e["type"]) for e in frame.f_locals["events"]}
            noting = (noting or ("height", event) in posted) and ("yards", "SectionOpened") not in posted
        if noting:
            files.add(str(Path(name).relative_to(ROOT)))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield files
    finally:
        sys.setprofile(before)


@pytest.mark.parametrize(
    ("event", "after"), [("SectionDrafted", "height.drafted"), ("SectionApproved", "height")], ids=["draft", "approval"]
)
async def test_from_what_a_section_waits_for_to_its_opening_few_files_are_entered_and_all_are_on_the_page(
    event: str, after: str
) -> None:
    brief = toy_brief(section("height"), section("yards", after))
    await build().ainvoke(brief)  # what is imported late is imported now
    with entered(event) as files:
        out = await build().ainvoke(brief)

    assert "done" == out["status"]
    assert "graphs/run/waiting.py" in files
    assert len(files) <= MOST_FILES
    assert [] == [file for file in sorted(files) if file not in PAGE.read_text("utf-8")]
