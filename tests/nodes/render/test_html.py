import base64
import hashlib
import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from quire.nodes.evidence.content import claim
from quire.nodes.render.html import render
from tests.nodes.render import sample
from tests.nodes.render.hostile import HOSTILE, document_of
from tests.nodes.render.inert import in_html
from tests.nodes.render.reading import soup


@pytest.fixture
def page() -> BeautifulSoup:
    return soup(render(sample.document()))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_becomes_an_element_or_an_attribute(text: str) -> None:
    assert in_html(render(document_of(text))) == []


def test_a_text_that_looks_like_markup_is_shown_as_it_is() -> None:
    page = soup(render(document_of(HOSTILE["script"])))

    assert page.main is not None
    assert HOSTILE["script"] in page.main.get_text()


def test_the_policy_allows_the_pages_own_style_sheet_and_nothing_else(page: BeautifulSoup) -> None:
    policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})
    style = page.find("style")

    assert policy is not None
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style.get_text().encode()).digest()).decode()
    assert policy["content"].startswith("default-src 'none'")
    assert f"style-src 'sha256-{digest}'" in policy["content"]
    assert "url(" not in style.get_text()
    assert "@import" not in style.get_text()


def test_nothing_is_fetched_or_run(page: BeautifulSoup) -> None:
    assert page.find_all(["script", "link", "img", "iframe", "object", "form", "base"]) == []
    assert page.find_all(style=True) == []


def test_every_link_leads_to_something_in_the_page(page: BeautifulSoup) -> None:
    ids = [tag["id"] for tag in page.find_all(id=True)]
    links = [link["href"][1:] for link in page.find_all("a")]

    assert len(set(ids)) == len(ids)
    assert set(links) <= set(ids)
    assert {f"evidence-{n}" for n in range(1, 16)} <= set(links)


def test_a_citation_tells_its_source_and_words_before_it_is_followed(page: BeautifulSoup) -> None:
    link = page.find("a", {"href": "#evidence-3"})

    assert link is not None
    assert link["title"] == "ordinance/r3.md, § 1130.04(a), line 41 “Minimum lot area shall be 7,500 square feet.”"
    assert link["aria-label"] == "Evidence 3"


def test_a_figure_tells_how_it_was_computed(page: BeautifulSoup) -> None:
    link = page.find("a", {"href": "#computation-c"})

    assert link is not None
    assert link["title"] == sample.FAR_HOW


def test_landmarks_headings_and_tables_can_be_navigated_without_sight(page: BeautifulSoup) -> None:
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile("^h[1-6]$"))]
    labelled = {tag["aria-labelledby"] for tag in page.find_all(attrs={"aria-labelledby": True})}

    assert page.html is not None
    assert page.html["lang"] == "en"
    assert page.body is not None
    assert page.body.find(True)["class"] == ["skip"]
    assert all(page.find(name) for name in ("header", "nav", "main"))
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(page.find(id=name) for name in labelled)
    assert all(head.get("scope") in ("col", "row") for head in page.find_all("th"))
    assert all(table.caption or table.find_parent("section")["id"] == "sources" for table in page.find_all("table"))


def test_a_status_is_coloured_and_said(page: BeautifulSoup) -> None:
    badges = {badge.get_text(): badge["class"][1] for badge in page.find_all(class_="badge")}

    assert badges["Conforming"] == "good"
    assert badges["Legal nonconforming"] == "caution"
    assert badges["Nonconforming"] == "bad"
    assert badges["Indeterminate"] == "unknown"
    assert badges["Unsupported"] == "caution"


def test_a_long_word_in_a_cell_may_break_and_a_figure_may_not() -> None:
    document = sample.document()
    words = ("x" * 60, "14,200 sq ft", "words of ordinary length", "2026-01-08 09:12")
    row = [claim(text, "fixed") for text in words]
    document["sections"] = [sample.section("a", "A", sample.content({"kind": "table", "rows": [row]}))]
    main = soup(render(document)).main

    assert main is not None
    assert [cell["class"] for cell in main.tbody.tr.find_all(True, recursive=False)] == [
        ["left", "long"],
        ["right", "short"],
        ["left"],
        ["left", "short"],
    ]
