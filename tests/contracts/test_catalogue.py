"""The maps in the pages and Studio's list are those that the code gives, wherever a page has moved a map to."""

from pathlib import Path

import pytest
from serving import ROOT

from quire.graphs.catalogue import __main__ as catalogue


def test_the_maps_and_the_list_fit_the_code(capsys: pytest.CaptureFixture[str]) -> None:
    stale = catalogue.main(["--check", str(ROOT / "README.md"), str(ROOT / "langgraph.json")])

    assert 0 == stale, capsys.readouterr().err


@pytest.mark.long
def test_a_map_in_another_page_is_written_and_checked_with_the_page_that_names_it(tmp_path: Path) -> None:
    page, other = tmp_path / "README.md", tmp_path / "events.md"
    page.write_text("<!-- event map: events.md -->\n<!-- rooms: begin -->\n<!-- rooms: end -->\n")
    other.write_text("<!-- event map: begin -->\n<!-- event map: end -->\n")

    stale, written, fresh = (catalogue.main([how, str(page)]) for how in ("--check", "--write", "--check"))

    assert (1, 0, 0) == (stale, written, fresh)
    assert "| `SectionDrafted` |" in other.read_text()
    assert "flowchart" not in page.read_text()
