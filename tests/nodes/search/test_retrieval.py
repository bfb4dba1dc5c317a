from quire.nodes.search.retrieval import Index, rank, stems
from quire.nodes.sources.passage import Passage


def passage(text: str, *headings: str, kind: str = "text", section: str = "", source: str = "code.md") -> Passage:
    made = Passage(source=source, address=text[:20], text=text, kind="text", headings=list(headings))
    if kind == "heading":
        made["kind"] = "heading"
    if section:
        made["section"] = section
    return made


HEIGHT = passage("Forty feet maximum for main buildings.", "1137.03 Height regulations", section="1137.03(a)")
YARD = passage("Twenty feet from the street.", "1137.04 Yards and setbacks", section="1137.04(a)")
SIGN = passage("Signs shall be set flat against the wall.", "1143.06 Signs")
CODE = [YARD, HEIGHT, SIGN]


def test_the_passage_that_speaks_of_it_is_first() -> None:
    assert rank(CODE, "maximum height of the main building", 3)[0] is HEIGHT


def test_words_of_the_titles_count() -> None:
    assert rank(CODE, "setback", 3) == [YARD]


def test_words_in_the_passage_count_more_than_in_its_titles() -> None:
    own, titled = passage("Loading spaces are required."), passage("One is required.", "Loading spaces")
    assert rank([titled, own], "loading spaces", 2) == [own, titled]


def test_word_forms_are_one_word() -> None:
    assert stems("buildings regulated 14,200") == [*stems("building regulation"), "14200"]


def test_a_section_is_found_by_its_number() -> None:
    assert rank(CODE, "1137.03", 1) == [HEIGHT]


def test_equals_stand_in_the_sources_order() -> None:
    twins = [passage(f"Parking near entrance {word}.") for word in ("alpha", "beta", "gamma", "delta")]
    assert rank(twins, "parking", 4) == twins
    assert rank(twins[::-1], "parking", 4) == twins[::-1]


def test_near_repeats_are_left_out() -> None:
    again = passage("Forty feet maximum for the main buildings!", "Appendix")
    assert len(rank([HEIGHT, again, SIGN], "maximum for main buildings", 3)) == 1


def test_a_heading_comes_after_what_stands_under_it() -> None:
    title = passage("Height regulations", kind="heading")
    below = passage("Forty feet.", "Height regulations")
    assert rank([title, below, SIGN, YARD], "height regulations", 2)[0] is below


def test_what_shares_no_word_is_not_found() -> None:
    assert rank(CODE, "zebra and the of", 3) == []
    assert rank([], "height", 3) == []


def test_an_index_answers_again_and_again() -> None:
    index = Index(CODE)
    assert index.search("signs", 5) == index.search("signs", 5) == [SIGN]
    assert index.search("feet", 1) == [YARD]


def test_a_field_is_found_by_its_name() -> None:
    field = Passage(
        source="a.md", address="front matter, report_date", text="2026-11-22", kind="field", headings=[],
        fields={"report_date": "2026-11-22"},
    )  # fmt: skip
    assert rank([*CODE, field], "report date", 1) == [field]


def test_what_differs_in_a_number_or_a_negation_is_no_repeat() -> None:
    said = "Special flood hazard areas inundated by the flood; base flood elevations are{} determined in zone {}."
    three = [passage(said.format("", 1)), passage(said.format(" not", 1)), passage(said.format("", 2))]
    assert rank(three, "flood elevations", 3) == three


def test_words_are_stemmed_as_their_source_is_written() -> None:
    german = [passage("Die Häuser sind hoch.", source="a.md"), passage("Der Zaun ist niedrig.", source="a.md")]

    assert Index(german, {"a.md": "de"}).search("Haus", 2) == german[:1]


def test_a_script_without_spaces_is_searched() -> None:
    japanese = [passage("契約は締結されました。", source="j.md"), passage("面積は広いです。", source="j.md")]

    assert Index(japanese, {"j.md": "ja"}).search("建物の面積", 2) == japanese[1:]


def test_a_passage_with_a_common_word_alone_is_no_result() -> None:
    common = [passage(f"The roof, part {n}.") for n in range(40)]
    answer = passage("The roof costs EUR 500 for the slate.")

    assert [answer] == rank([*common, answer], "What does the slate of the roof cost?", 12)
