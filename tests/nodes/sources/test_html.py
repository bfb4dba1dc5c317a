import quopri
from email.mime.nonmultipart import MIMENonMultipart

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


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("120 ft<sup>2</sup>", "120 ft²"),
        ('120<sup><a href="#n">3</a></sup> m', "120³ m"),
        ('120<a href="#n"><sup>3</sup></a> m', "120³ m"),
        ('120<span style="font-size:60%; vertical-align: super">3</span> m', "120³ m"),
        ('1201<span style="vertical-align:sub"><i>3</i></span>', "1201₃"),
        ('120<sup class="reference"><a href="#n"><span>[</span>3<span>]</span></a></sup> m', "120[3] m"),
    ],
)
def test_raised_digits_stay_raised(written: str, text: str) -> None:
    assert shown(reading(f"<p>{written}</p>"))[0][1] == text


def test_more_elements_than_any_document_has_are_refused() -> None:
    with pytest.raises(BadInput, match="elements"):
        reading("<p>" * 300_001)


def test_the_title_is_the_first_heading_or_the_head() -> None:
    assert reading("<h1>Code</h1><p>a</p>", "<title>Site</title>")["title"] == "Code"
    assert reading("<p>a</p>", "<title>Site</title>")["title"] == "Site"


def test_terms_and_values_are_one_table() -> None:
    found = read("a.html", b"<dl><dt>Fee<dd>$120<dt>Hours</dt><dt>Days</dt><dd>9 to 5</dd><dd>Monday</dl>")
    assert [(p["address"], p["fields"], p["kind"]) for p in found["passages"]] == [
        ("table 1, row 1", {"Fee": "$120"}, "row"),
        ("table 1, row 2", {"Hours; Days": "9 to 5; Monday"}, "row"),
    ]


def test_terms_that_are_left_open_stay_with_their_values() -> None:
    found = read("a.html", b"<dl><dt>Hours<dt>Days<dd>9 to 5<dd>Monday</dl>")
    assert [(p["text"], p["headings"]) for p in found["passages"]] == [
        ("9 to 5", ["Hours; Days"]),
        ("Monday", ["Hours; Days"]),
    ]


def test_terms_and_definitions_stay_together() -> None:
    meaning = "A wall or a hedge that stands along a line between two lots, and whoever built it keeps it."
    found = read("a.html", f"<dl><dt>Fence<dd>{meaning}<dt>Lone</dl><p>After.</p>".encode())
    assert [(p["text"], p.get("fields"), p["headings"]) for p in found["passages"]] == [
        (meaning, {"Fence": meaning}, ["Fence"]),
        ("Lone", None, []),
        ("After.", None, []),
    ]


def test_struck_words_are_left_out_and_named() -> None:
    found = read("a.html", b"<p>The fee is <s>$90</s> <span style='text-decoration: line-through'>$95</span> $100.</p>")
    assert [p["text"] for p in found["passages"]] == ["The fee is $100."]
    assert found["warnings"] == ["struck through, and left out: “$90”", "struck through, and left out: “$95”"]


def test_words_in_a_drawing_are_said_to_be_left_out() -> None:
    pages = ["<svg><text>Axis 12</text></svg>", "<svg><title>Logo</title><path d='M0 0'/></svg>"]
    warned = [reading(f"<p>A plan.</p>{page}")["warnings"] for page in pages]

    assert [["drawings in the page hold words that were not read"], []] == warned


def test_what_pictures_are_described_as_is_a_note() -> None:
    found = read(
        "a.html", b"<p>Words.<img src=a alt='Map of the park'></p><table><tr><td>Swings<td><img alt=Yes></table>"
    )
    assert [(p["address"], p["text"], p["kind"]) for p in found["passages"]] == [
        ("paragraph 1", "Words.", "text"),
        ("picture 1, alt text", "Map of the park", "note"),
        ("table 1, row 1", "Swings: Yes", "row"),
    ]


@pytest.mark.parametrize(
    "page",
    [
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Words.</p></body></html>',
        '<?xml version="1.0"?><doc><p>Words.</p></doc>',
        "<p>Words.</p>",
    ],
)
def test_no_library_s_warning_is_heard(page: str, recwarn: pytest.WarningsRecorder) -> None:
    assert read("a.html", page.encode())["passages"][0]["text"] == "Words."
    assert list(recwarn) == []


@pytest.mark.parametrize("ending", ["html", "mhtml", "mht"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_a_page_saved_with_its_parts_is_the_page(ending: str, encoding: str) -> None:
    page = MIMENonMultipart("text", "html", charset="utf-8")
    page.set_payload("<html><body><p>Lejen er €120.</p></body></html>", "utf-8")
    if encoding != "base64":
        del page["Content-Transfer-Encoding"]
        page["Content-Transfer-Encoding"] = encoding
        words = b"<html><body><p>Lejen er \xe2\x82\xac120.</p></body></html>"
        page.set_payload(quopri.encodestring(words).decode() if encoding[0] == "q" else words.decode("latin-1"))
    whole = f"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n{page}\r\n--b--\r\n"
    found = read(f"a.{ending}", whole.encode("latin-1"))
    assert [p["text"] for p in found["passages"]] == ["Lejen er €120."]


@pytest.mark.parametrize(
    ("equation", "text"),
    [
        ("<mi>M</mi><mo>=</mo><mfrac><mrow><mi>q</mi><msup><mi>L</mi><mn>2</mn></msup></mrow><mn>8</mn></mfrac>",
         "M = (qL²)/8"),
        ("<semantics><msqrt><mi>x</mi></msqrt><annotation>\\sqrt{x}</annotation></semantics>",
         "√x"),
        ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><msub><mi>a</mi><mi>i</mi></msub>", "∑_iⁿ a_i"),
        ("<mrow>" * 5_000 + "<mn>7</mn>" + "</mrow>" * 5_000, "…"),
    ],
)  # fmt: skip
def test_equations_of_a_page_are_text(equation: str, text: str) -> None:
    page = f"<p>Here stands <math>{equation}</math> as a rule.</p>"
    assert read("page.html", page.encode())["passages"][0]["text"] == f"Here stands {text} as a rule."


def test_digits_that_are_set_low_behind_a_digit_are_no_digits_of_it() -> None:
    page = "<p>The base of 1201<sub>3</sub>, and of CO<sub>2</sub>.</p>"
    assert read("page.html", page.encode())["passages"][0]["text"] == "The base of 1201₃, and of CO2."
    assert read("page.md", page[3:-4].encode())["passages"][0]["text"] == "The base of 1201₃, and of CO2."
