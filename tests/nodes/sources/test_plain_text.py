import pytest

from quire.nodes.sources.passage import Reading
from quire.nodes.sources.read import read


def reading(text: str) -> Reading:
    return read("notes.txt", text.encode())


def test_blank_lines_part_paragraphs_and_the_first_line_is_the_address() -> None:
    found = reading("One two\nthree.\n\n\nFour.\n")
    assert [(p["address"], p["text"]) for p in found["passages"]] == [("line 1", "One two three."), ("line 5", "Four.")]


def test_underlined_numbered_and_shouted_lines_are_headings() -> None:
    found = reading("Town Code\n=========\n\nCHAPTER 4 YARDS\n\n4.2 Setbacks\n\nTwenty feet.\n\nNOTICE\n\nBy order.\n")
    assert [p["text"] for p in found["passages"] if p["kind"] == "heading"] == [
        "Town Code",
        "CHAPTER 4 YARDS",
        "4.2 Setbacks",
        "NOTICE",
    ]
    assert found["passages"][3]["address"] == "§ 4.2, line 8"
    assert found["passages"][3]["headings"] == ["CHAPTER 4 YARDS", "4.2 Setbacks"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Pumps could not be controlled\n\nSeverity: SEV1\n", "Pumps could not be controlled"),
        ("Minutes of 4 May 2026\n\nThe board met.\n", "Minutes of 4 May 2026"),
        ("The board met.\n\nIt rose at noon.\n", "notes"),
        ("Dear all,\n\nThe board met.\n", "notes"),
        ("Severity: SEV1\n\nThe pumps failed.\n", "notes"),
        ("- Rotate the logs\n\n- Decide who is on call\n", "notes"),
        ("The board met at ten and\nrose at noon.\n\nNothing else.\n", "notes"),
        ("Pumps could not be controlled\n", "notes"),
    ],
)
def test_a_line_that_stands_alone_above_all_is_the_title(text: str, title: str) -> None:
    found = reading(text)

    assert title == found["title"]
    assert all([] == p["headings"] if title == "notes" else p["headings"] == [title] for p in found["passages"][1:])


def test_marks_and_bullets_begin_paragraphs() -> None:
    found = reading("4.2 Yards\n\n(a) Front yard, twenty\nfeet.\n(b) Rear yard, thirty-\nfive feet.\n- One\n- Two\n")
    assert [p["text"] for p in found["passages"]][1:] == [
        "Front yard, twenty feet.",
        "Rear yard, thirty-five feet.",
        "One",
        "Two",
    ]
    assert found["passages"][2]["section"] == "4.2(b)"


def test_a_section_may_begin_on_the_line_of_its_text() -> None:
    found = reading("SEC. 4.3. PARKING. One space per\n300 sq. ft. of floor area.\n\nAnother paragraph of it.\n")
    assert [p["section"] for p in found["passages"]] == ["4.3", "4.3"]
    assert found["passages"][0]["text"] == "SEC. 4.3. PARKING. One space per 300 sq. ft. of floor area."


def test_a_mark_or_number_that_a_sentence_runs_into_begins_nothing() -> None:
    text = (
        "4.2 Yards\n\n"
        "Uses are permitted as the regulations of Section\n"
        "(b) below say and by no other as the Section\n"
        "4.3 Signs says for this and for any other\n"
        "part of the lot that is not included here.\n"
    )
    assert [p["text"].split()[0] for p in reading(text)["passages"]] == ["4.2", "Uses"]


def test_a_measure_at_a_line_s_start_is_no_section() -> None:
    found = reading("2.5 feet is the minimum\nfor all.\n")
    assert "section" not in found["passages"][0]


def test_it_is_called_by_its_first_heading_or_its_name() -> None:
    assert reading("Town Code\n=====\n\nWords.\n")["title"] == "Town Code"
    assert reading("Words.\n")["title"] == "notes"
