import pytest

from quire.nodes.faults import BadInput
from quire.nodes.sources.passage import Reading
from quire.nodes.sources.read import read


def reading(body: str, head: str = "") -> Reading:
    return read("page.html", f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode())


def shown(found: Reading) -> list[tuple[str, str]]:
    return [(passage["address"], passage["text"]) for passage in found["passages"]]


def test_addresses_count_elements_under_the_section() -> None:
    page = "<p>Before.</p><h2>&sect; 4.2 Yards</h2><p>(a) Front: 20&nbsp;feet.</p><p>(b) Rear: <b>30</b> feet.</p>"
    assert shown(reading(page)) == [
        ("paragraph 1", "Before."),
        ("§ 4.2, heading 1", "§ 4.2 Yards"),
        ("§ 4.2(a), paragraph 2", "Front: 20 feet."),
        ("§ 4.2(b), paragraph 3", "Rear: 30 feet."),
    ]


def test_an_anchor_stands_in_for_a_section() -> None:
    assert shown(reading('<h2 id="yards">Yards</h2><p>Twenty.</p>'))[1] == ("#yards, paragraph 1", "Twenty.")


def test_what_is_not_shown_is_not_read() -> None:
    page = (
        "<style>p{}</style><script>secret()</script><p hidden>secret</p><p style='display:none'>secret</p>"
        "<div aria-hidden='true'>secret</div><template>secret</template><!-- secret --><p>Shown.</p>"
        "<p style='color:red'>Also.</p>"
    )
    assert [text for _, text in shown(reading(page, "<title>T</title>"))] == ["Shown.", "Also."]


def test_bare_text_and_line_breaks_are_paragraphs() -> None:
    assert [t for _, t in shown(reading("<div>One<br>two<div>three</div>four</div>"))] == [
        "One",
        "two",
        "three",
        "four",
    ]


def test_ordered_lists_number_subdivisions_as_the_page_shows_them() -> None:
    page = (
        "<h2>1.1 Uses</h2><ol type='a' start='2'><li>two<ol><li>inner</li></ol></li><li>(x) own</li></ol><p>After.</p>"
    )
    sections = [passage["section"] for passage in reading(page)["passages"]]
    assert sections == ["1.1", "1.1(b)", "1.1(b)(1)", "1.1(x)", "1.1"]


def test_links_into_the_page_are_not_read_twice() -> None:
    page = "<ul><li><a href='#a'>4.2 Yards</a></li><li><a href='/x'>Elsewhere</a></li></ul><h2 id='a'>4.2 Yards</h2>"
    assert [text for _, text in shown(reading(page))] == ["Elsewhere", "4.2 Yards"]


def test_rows_are_cells_under_their_titles_with_spans_laid_out() -> None:
    page = (
        "<h2>4.2 Yards</h2><table><caption>Limits</caption>"
        "<tr><th rowspan=2>Standard<th colspan=2>District</tr><tr><th>R1<th>R2</tr>"
        "<tr><td rowspan=2>Height<td>35<td>40</tr><tr><td>36<td>41</tr></table>"
    )
    rows = [passage for passage in reading(page)["passages"] if passage["kind"] == "row"]
    assert [row["address"] for row in rows] == ["§ 4.2, table 1, row 3", "§ 4.2, table 1, row 4"]
    assert rows[1]["fields"] == {"Standard": "Height", "R1": "36", "R2": "41"}
    assert rows[0]["headings"] == ["4.2 Yards", "Limits", "District"]


def test_a_table_without_titles_is_names_and_values() -> None:
    page = "<table><tr><td>Parcel<td>041-22</tr><tr><td>Owner<td>Ann Hale</tr></table>"
    assert [p["fields"] for p in reading(page)["passages"]] == [{"Parcel": "041-22"}, {"Owner": "Ann Hale"}]


def test_a_table_that_arranges_the_page_is_read_as_text() -> None:
    page = "<table><tr><td><h2>4.2 Yards</h2><p>Twenty feet.</p><table><tr><td>x<td>1</table></table>"
    assert shown(reading(page))[1] == ("§ 4.2, paragraph 1", "Twenty feet.")


def test_a_span_of_a_hundred_thousand_columns_costs_nothing() -> None:
    page = "<table><tr><td colspan=100000>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table>"
    assert [p["text"] for p in reading(page)["passages"]] == ["a: 1; 2"]


def test_nesting_deeper_than_the_stack_is_read() -> None:
    assert shown(reading("<div>" * 5_000 + "deep"))[-1][1] == "deep"


def test_headings_and_lists_inside_headings_are_one_heading() -> None:
    page = "<h2>4.2 <ol><li>Yards <h3>and</h3> more</li></ol></h2><p>Twenty.</p>"
    assert "Twenty." in [text for _, text in shown(reading(page))]


def test_raised_digits_stay_raised() -> None:
    assert shown(reading("<p>120 ft<sup>2</sup></p>"))[0][1] == "120 ft²"


def test_more_elements_than_any_document_has_are_refused() -> None:
    with pytest.raises(BadInput, match="elements"):
        reading("<p>" * 300_001)


def test_the_title_is_the_first_heading_or_the_head() -> None:
    assert reading("<h1>Code</h1><p>a</p>", "<title>Site</title>")["title"] == "Code"
    assert reading("<p>a</p>", "<title>Site</title>")["title"] == "Site"
