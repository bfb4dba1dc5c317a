import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from quire.nodes.evidence.content import Block, claim
from quire.nodes.render.markdown import escape, render
from quire.nodes.render.text import shown
from tests.nodes.render import sample
from tests.nodes.render.hostile import HOSTILE, document_of
from tests.nodes.render.inert import in_markdown
from tests.nodes.render.reading import html_of_markdown


def of_blocks(*blocks: Block) -> BeautifulSoup:
    document = sample.document()
    document["sections"] = [sample.section("one", "One", sample.content(*blocks))]
    return html_of_markdown(render(document))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_becomes_markup(text: str) -> None:
    assert in_markdown(render(document_of(text))) == []


@given(
    st.text(
        st.characters(exclude_categories=["Cs"]) | st.sampled_from(list("\\`*_{}[]()<>#+-.!|~&:@$=^ \n1")), max_size=40
    )
)
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    said = shown(text)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(escape(said))
    inline = [token for token in tokens if token.type == "inline"]

    assert [token.type for token in tokens if token.type != "inline"] == ["paragraph_open", "paragraph_close"] * bool(
        said
    )
    assert "".join(c.content for token in inline for c in token.children or [] if c.type != "html_inline") == said


def test_addresses_are_not_made_links_where_bare_ones_would_be() -> None:
    said = "http://evil.example and www.evil.example and a@evil.example"

    assert re.sub(r"<!-- -->|\\(.)", r"\1", escape(said)) == said
    assert r"http\://" in escape(said)
    assert r"www\.evil" in escape(said)
    assert r"a<!-- -->\@evil" in escape(said)


@pytest.mark.parametrize(
    "text", ["14.5 ft", "96.5 ft on Mill Lane", "§ 1130.04(a)", "snake_case_name", "12:30:45", "a & b"]
)
def test_ordinary_text_is_not_littered_with_escapes(text: str) -> None:
    assert escape(text) == text


def test_every_citation_leads_to_its_evidence() -> None:
    page = html_of_markdown(render(sample.document()))
    anchors = {tag["id"] for tag in page.find_all("a", id=True)}
    links = {link["href"][1:] for link in page.find_all("a", href=True)}

    assert links <= anchors
    assert {f"evidence-{n}" for n in range(1, 16)} <= links


def test_a_table_keeps_its_columns_and_their_sides() -> None:
    table = html_of_markdown(render(sample.document())).find("table")

    assert table is not None
    assert [head.get_text() for head in table.find_all("th")] == ["Standard", "Required", "Actual", "Status"]
    assert [head["style"] for head in table.find_all("th")][1] == "text-align:right"
    assert all(len(row.find_all("td")) == 4 for row in table.tbody.find_all("tr"))


def test_a_bar_in_a_cell_is_no_new_cell() -> None:
    row = [claim("a | b \\| c", "fixed"), claim("d", "fixed")]
    table = of_blocks({"kind": "table", "rows": [row]}).table

    assert table is not None
    assert [cell.get_text() for cell in table.tbody.find_all("td")] == ["a | b \\| c", "d"]


def test_two_lists_that_follow_each_other_stay_two() -> None:
    item: Block = {"kind": "list", "claims": [claim("an item", "fixed")]}
    page = of_blocks(item, item)

    assert len([ul for ul in page.find_all("ul") if ul.get_text(strip=True) == "an item"]) == 2


def test_an_ordered_list_counts() -> None:
    page = of_blocks({"kind": "list", "ordered": True, "claims": [claim("one", "fixed"), claim("two", "fixed")]})

    assert [li.get_text() for li in page.ol.find_all("li")] == ["one", "two"]
