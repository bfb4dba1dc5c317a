from textwrap import dedent

from quire.nodes.sources.passage import Passage, Reading
from quire.nodes.sources.read import read


def reading(text: str, name: str = "code.md") -> Reading:
    return read(name, dedent(text).encode())


def texts(text: str) -> list[str]:
    return [passage["text"] for passage in reading(text)["passages"]]


def at(found: Reading, address: str) -> Passage:
    return next(passage for passage in found["passages"] if passage["address"] == address)


CODE = """\
    ---
    title: "Chapter 12: Yards"
    chapter_no: 0012
    adopted: 8-13-19
    owner: {name: Town, code: 007}
    ---

    ## Sections

    * [12.01   Intent](#1201-intent)

    ## 12.01   Intent

    It is the
    intent.

    1. _(a)_ **Main uses.**

        1. _(1)_ **Retail sales.** Shops
        and
        stores.

            1. _(A)_ Bakeries.

        2. _(2)_ Offices.\\
        (Ord. 7. Passed 8-13-19.)

    2. _(b)_ Other uses.

    ## Notes

    Nothing here.
    """


def test_front_matter_gives_fields_as_they_are_written() -> None:
    fields = {p["address"]: p.get("fields") for p in reading(CODE)["passages"] if p["kind"] == "field"}
    assert fields["front matter, chapter_no"] == {"chapter_no": "0012"}
    assert fields["front matter, adopted"] == {"adopted": "8-13-19"}
    assert fields["front matter, owner.code"] == {"owner.code": "007"}
    assert reading(CODE)["title"] == "Chapter 12: Yards"


def test_the_line_is_that_of_the_file_front_matter_included() -> None:
    lines = dedent(CODE).split("\n")
    shown = {p["address"].rsplit("line ")[-1]: p["text"] for p in reading(CODE)["passages"] if "line" in p["address"]}
    for number, text in shown.items():
        assert text.split()[-1].rstrip(".)") in " ".join(lines[int(number) - 1 : int(number) + 2])


def test_nested_marks_are_subdivisions_of_the_section() -> None:
    sections = [p.get("section") for p in reading(CODE)["passages"] if p["kind"] == "text"]
    assert sections == [
        "12.01",
        "12.01(a)",
        "12.01(a)(1)",
        "12.01(a)(1)(A)",
        "12.01(a)(2)",
        "12.01(a)(2)",
        "12.01(b)",
        None,
    ]


def test_an_address_names_section_and_line() -> None:
    assert at(reading(CODE), "§ 12.01(a)(1)(A), line 23")["text"] == "Bakeries."


def test_titles_and_lead_ins_stand_above_a_passage_outermost_first() -> None:
    bakeries = at(reading(CODE), "§ 12.01(a)(1)(A), line 23")
    assert bakeries["headings"] == ["Chapter 12: Yards", "12.01 Intent", "Main uses", "Retail sales"]


def test_a_table_of_contents_is_not_read_twice() -> None:
    assert [p["text"] for p in reading(CODE)["passages"]].count("12.01 Intent") == 1


def test_a_hard_line_break_parts_passages() -> None:
    assert at(reading(CODE), "§ 12.01(a)(2), line 26")["text"] == "(Ord. 7. Passed 8-13-19.)"


def test_a_heading_without_number_ends_the_section() -> None:
    assert "section" not in at(reading(CODE), "line 32")


def test_headings_are_numbered_by_sign_word_or_dots_but_not_by_house_numbers() -> None:
    numbered = reading(
        "# § 4-201 Setbacks\n\na\n\n# Sec. 12.3. Uses\n\nb\n\n# 5. Results\n\nc\n\n# 41 Mill Lane\n\nd\n"
    )
    assert [p.get("section") for p in numbered["passages"] if p["kind"] == "text"] == ["4-201", "12.3", "5", None]


def test_marks_without_a_list_find_their_level_by_their_kind() -> None:
    text = "# 4.2 Yards\n\n(a) one\n\n(1) two\n\n(2) three\n\n(b) four\n\nA. five\n\n(i) six\n\n(ii) seven\n"
    sections = [p["section"] for p in reading(text)["passages"] if p["kind"] == "text"]
    assert sections == [
        "4.2(a)",
        "4.2(a)(1)",
        "4.2(a)(2)",
        "4.2(b)",
        "4.2(b)(A)",
        "4.2(b)(A)(i)",
        "4.2(b)(A)(ii)",
    ]


def test_rows_have_cells_by_title_and_their_own_line() -> None:
    table = "# 1.1 Table\n\n**Setback (feet)**\n\n"
    table += "| Yard | Street | Lot |\n|---|--:|--:|\n| Rear |  | 5 |\n| Side | 20 | -- |\n"
    found = reading(table)
    rear = at(found, "§ 1.1, line 7")
    assert rear["fields"] == {"Yard": "Rear", "Street": "", "Lot": "5"}
    assert rear["text"] == "Yard: Rear; Lot: 5"
    assert rear["headings"][-1] == "Setback (feet)"
    assert at(found, "§ 1.1, line 8")["kind"] == "row"


def test_empty_leading_cells_inherit_nothing() -> None:
    table = "| Wall | Faces | Feet |\n|---|---|---|\n| Main | main | 40 |\n|  | other | 30 |\n"
    assert reading(table)["passages"][1]["text"] == "Faces: other; Feet: 30"


def test_a_second_header_row_names_the_columns() -> None:
    table = (
        "| | Setback (feet) | | |\n|--|--|--|--|\n| Stories | To street | To R1 line | Other |\n| 1 | 35 | 45 | 15 |\n"
    )
    (row,) = reading(table)["passages"]
    assert row["fields"] == {"Stories": "1", "To street": "35", "To R1 line": "45", "Other": "15"}
    assert row["headings"] == ["Setback (feet)"]


def test_a_bold_row_with_one_cell_titles_the_rows_under_it() -> None:
    table = "| Use | Spaces |\n|--|--|\n| **Retail** | |\n| Shops | 8 |\n| **Offices** | |\n| Banks | 3 |\n"
    headings = {p["text"]: p["headings"] for p in reading(table)["passages"]}
    assert headings["Use: Shops; Spaces: 8"] == ["Retail"]
    assert headings["Use: Banks; Spaces: 3"] == ["Offices"]
    assert headings["Use: Offices"] == []


def test_a_table_of_names_and_values_has_a_field_a_row() -> None:
    (row,) = reading("|  |  |\n|--|--|\n| Lot area | 14,200 sq ft |\n")["passages"]
    assert row["fields"] == {"Lot area": "14,200 sq ft"}
    assert row["text"] == "Lot area: 14,200 sq ft"


def test_markup_is_gone_and_words_are_kept() -> None:
    text = "A *b* `c` [d](https://e.example) \\* f &amp; g, 12 ft<sup>2</sup> ![plan](p.png)<!-- not this -->\n"
    assert reading(text)["passages"][0]["text"] == "A b c d * f & g, 12 ft² plan"


def test_links_by_reference_are_their_words() -> None:
    text = "See [Ord. 7][o] and [that](#x).\n\n[o]: https://o.example\n"
    assert [p["text"] for p in reading(text)["passages"]] == ["See Ord. 7 and that."]


def test_two_spaces_at_a_line_s_end_break_the_line() -> None:
    assert [p["address"] for p in reading("One  \ntwo\nthree\n")["passages"]] == ["line 1", "line 2"]


def test_hidden_and_scripted_html_says_nothing() -> None:
    text = 'Shown <span hidden>secret</span> <b style="display: none">secret</b> <script>secret</script> too.\n\n'
    text += '<div><p style="display:none">secret</p>Block.</div>\n'
    assert [p["text"] for p in reading(text)["passages"]] == ["Shown too.", "Block."]


def test_a_label_stands_apart_from_its_value() -> None:
    passage = reading("**Applicant:** Harbour Lending\n")["passages"][0]
    assert passage["text"] == "Harbour Lending"
    assert passage["fields"] == {"Applicant": "Harbour Lending"}
    assert passage["headings"] == ["Applicant"]


def test_a_lead_in_that_ends_no_sentence_stands_apart() -> None:
    passage = reading("# 1.1 Uses\n\n1. _(a)_ **Schools, etc.** Trade and business schools.\n")["passages"][1]
    assert passage["text"] == "Trade and business schools."
    assert passage["section"] == "1.1(a)"


def test_emphasis_inside_a_sentence_stays_in_it() -> None:
    assert reading("**Applicants** must file.\n")["passages"][0]["text"] == "Applicants must file."


def test_a_thematic_break_is_no_front_matter() -> None:
    found = reading("---\n\nJust words.\n\n---\n\nMore.\n")
    assert [p["text"] for p in found["passages"]] == ["Just words.", "More."]


def test_front_matter_that_is_broken_is_read_as_text_and_said() -> None:
    found = reading("---\ntitle: [unclosed\n---\n\nWords.\n")
    assert found["warnings"] == ["front matter was read as text: it is not valid YAML"]
    assert any("unclosed" in p["text"] for p in found["passages"])


def test_yaml_aliases_are_not_followed() -> None:
    bomb = "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n\nWords.\n"
    assert "aliases" in reading(bomb)["warnings"][0]


def test_a_file_without_title_is_called_by_its_name() -> None:
    assert reading("Words.\n", "plans/excerpt.md")["title"] == "excerpt"


def test_code_and_quotations_are_read() -> None:
    found = reading("> quoted words\n\n```\nlimit = 3\n```\n")
    assert [(p["address"], p["text"]) for p in found["passages"]] == [
        ("line 1", "quoted words"),
        ("line 4", "limit = 3"),
    ]


def test_admonitions_are_text() -> None:
    text = (
        '# Rent\n\n!!! note\n    Sent by 1 May.\n\n    Or later.\n\n??? tip "Ways"\n    By post.\n\n'
        ":::warning[Closed]\nIn July.\n:::\n\n::: {.aside}\nAlways.\n:::\n\n> [!TIP] Keys\n> At the desk.\n\nAfter.\n"
    )
    found = read("a.md", text.encode())
    assert [(p["address"], p["text"]) for p in found["passages"][1:]] == [
        ("line 4", "Sent by 1 May."),
        ("line 6", "Or later."),
        ("line 8", "Ways"),
        ("line 9", "By post."),
        ("line 11", "Closed"),
        ("line 12", "In July."),
        ("line 16", "Always."),
        ("line 19", "Keys"),
        ("line 20", "At the desk."),
        ("line 22", "After."),
    ]


def test_code_that_looks_like_an_admonition_is_code() -> None:
    found = read("a.md", b"```\n!!! note\n    Words [^1]\n:::\n```\n")
    assert [(p["text"], p["kind"]) for p in found["passages"]] == [("!!! note Words [^1] :::", "code")]


def test_notes_are_lines_of_their_own_and_none_is_lost() -> None:
    found = read("a.md", b"It is 120 m[^1] long.[^2]\n\n[^1]: Deed\n[^2]: Of the old wall.\n")
    assert [(p["address"], p["text"]) for p in found["passages"]] == [
        ("line 1", "It is 120 m¹ long.²"),
        ("line 3", "Deed"),
        ("line 4", "Of the old wall."),
    ]


def test_tables_of_html_have_their_rows() -> None:
    rows = "<tr><th>Zone</th><th>Height</th></tr>\n\n<tr><td>A</td><td>35 feet</td></tr>"
    found = read("a.md", f"Before.\n\n<table>\n{rows}\n</table>\n\nAfter.\n".encode())
    assert [(p["address"], p["text"]) for p in found["passages"]] == [
        ("line 1", "Before."),
        ("line 3, row 2", "Zone: A; Height: 35 feet"),
        ("line 9", "After."),
    ]


def test_struck_words_are_left_out_and_named() -> None:
    found = read("a.md", b"The fee is ~~$90~~ <del>$95</del> $100.\n\n| a | b |\n|---|---|\n| ~~1~~ | 2 |\n")
    assert [p["text"] for p in found["passages"]] == ["The fee is $100.", "b: 2"]
    assert [w.rpartition(" ")[2] for w in found["warnings"]] == ["“$90”", "“$95”", "“1”"]


def test_equations_stand_as_they_are_written_and_prices_are_none() -> None:
    assert texts(r"The load $q = 4.5\,kN/m$ and $a_1 * b_2 * c$ hold.") == [
        r"The load $q = 4.5\,kN/m$ and $a_1 * b_2 * c$ hold."
    ]
    assert texts("$$\nM = q\\,l^2/8\n$$") == [r"$$ M = q\,l^2/8 $$"]
    assert texts("It cost $5 (*now* $7), or $5/$7.") == ["It cost $5 (now $7), or $5/$7."]


def test_cells_and_blocks_in_a_line_are_apart() -> None:
    assert texts("> as <table><tr><th>Q</th><th>V</th></tr><tr><td>4</td><td>7 feet</td></tr></table> says") == [
        *("as", "Q V", "4 7 feet", "says")
    ]
    assert texts("one<p>two</p>three") == ["one", "two", "three"]
