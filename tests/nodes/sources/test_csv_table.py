import pytest

from quire.nodes.faults import BadInput
from quire.nodes.sources.passage import Reading
from quire.nodes.sources.read import read
from quire.nodes.support.grounding import locate


def reading(text: str) -> Reading:
    return read("survey.csv", text.encode())


def fields(text: str) -> list[dict[str, str]]:
    return [passage["fields"] for passage in reading(text)["passages"]]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    found = reading('name,height\nA,12\n\n"B\nb",14\n')
    assert [p["address"] for p in found["passages"]] == ["row 2", "row 4"]
    assert found["passages"][1]["text"] == "name: B b; height: 14"


def test_a_cell_is_addressed_by_row_and_title() -> None:
    found = reading("name,height\nA,12 ft\n")
    assert locate("12 ft", found, "row 2, height")
    assert not locate("12 ft", found, "row 2, name")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in (["use", "R1", "R2"], ["Dwelling, one family", "P", "C"]))
    text = text.replace("Dwelling, one family", '"Dwelling, one family"') + "\n"
    assert fields(text) == [{"use": "Dwelling, one family", "R1": "P", "R2": "C"}]


def test_a_single_column_is_read() -> None:
    assert fields("violation\nNone reported by the county\n") == [{"violation": "None reported by the county"}]


def test_doubled_quotes_are_one() -> None:
    assert fields('a,b\n"He said ""no""",2\n') == [{"a": 'He said "no"', "b": "2"}]


def test_untitled_and_repeated_columns_get_names_of_their_own() -> None:
    assert fields("a,,a\n1,2,3\n") == [{"a": "1", "column 2": "2", "a (2)": "3"}]


def test_ragged_rows_are_read_and_said() -> None:
    found = reading("a,b\n1\n1,2,3\n")
    assert [p["fields"] for p in found["passages"]] == [{"a": "1", "b": ""}, {"a": "1", "b": "2", "column 3": "3"}]
    assert found["warnings"] == ["row 2 has 1 cells, the header has 2", "row 3 has 3 cells, the header has 2"]


def test_many_ragged_rows_are_counted() -> None:
    assert reading("a,b\n" + "1\n" * 20)["warnings"][-1] == "15 further rows do not have the header's 2 cells"


def test_a_header_of_numbers_is_doubted() -> None:
    assert "only numbers" in reading("1,2\n3,4\n")["warnings"][0]


def test_words_in_the_first_row_are_no_second_header() -> None:
    assert fields("use,\nShop,permitted\n") == [{"use": "Shop", "column 2": "permitted"}]


def test_a_quote_never_closed_names_the_line() -> None:
    with pytest.raises(BadInput, match=r"survey.csv:3: row 2 is not valid CSV"):
        reading('a,b\n"x,1\n2,3\n')


def test_too_long_a_cell_is_refused() -> None:
    with pytest.raises(BadInput, match="row 2 has a cell of more than"):
        reading("a,b\n" + "x" * 64_001 + ",1\n")


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(BadInput, match="more than 100000 rows"):
        reading("a\n" + "1\n" * 100_000)


def test_lines_before_the_header_are_paragraphs() -> None:
    found = reading("Budget of the parks\nMade on 4 May 2026,,\n\nItem,2025,2026\nMowing,12,13\nLamps,,1\n")
    assert [(p["address"], p["text"], p["kind"]) for p in found["passages"]] == [
        ("row 1", "Budget of the parks", "text"),
        ("row 2", "Made on 4 May 2026", "text"),
        ("row 5", "Item: Mowing; 2025: 12; 2026: 13", "row"),
        ("row 6", "Item: Lamps; 2026: 1", "row"),
    ]
    assert found["warnings"] == []


def test_an_empty_corner_belongs_to_the_header() -> None:
    assert fields(",2025,2026\nMowing,12,13\nLamps,5,1\n")[1] == {"column 1": "Lamps", "2025": "5", "2026": "1"}


def test_a_remark_with_commas_does_not_hide_the_delimiter() -> None:
    found = reading("Rents, as of 4 May, in all halls\nHall;Rent\nEast;1,50\nWest;2,50\n")
    assert [p["fields"] for p in found["passages"][1:]] == [
        {"Hall": "East", "Rent": "1,50"},
        {"Hall": "West", "Rent": "2,50"},
    ]


@pytest.mark.parametrize("delimiter", [";", "|", "\t", ","])
def test_a_delimiter_that_the_first_line_names_is_obeyed(delimiter: str) -> None:
    found = reading(f"sep={delimiter}\nHall{delimiter}Rent\nEast{delimiter}5\n")
    assert [(p["address"], p["fields"]) for p in found["passages"]] == [("row 2", {"Hall": "East", "Rent": "5"})]


def test_a_fault_after_a_named_delimiter_has_its_line() -> None:
    with pytest.raises(BadInput, match=r"survey.csv:4: row 2 is not valid CSV"):
        reading('sep=,\na,b\n"x,1\n2,3\n')


def test_tabs_part_cells_and_a_lone_quote_mark_is_a_sign() -> None:
    found = read("pipes.tsv", b'Pipe\tPrice, net\n"2 inch\t45\n3 inch\t60\n')
    assert [p["fields"] for p in found["passages"]] == [
        {"Pipe": '"2 inch', "Price, net": "45"},
        {"Pipe": "3 inch", "Price, net": "60"},
    ]
    assert found["media"] == "text/tab-separated-values"


def test_names_and_values_are_pairs_and_years_over_figures_are_titles() -> None:
    pairs = read("mill.csv", b"Founded,1975\nSeats,120\nOwner,Ada Hale\n")
    assert [{"Founded": "1975"}, {"Seats": "120"}, {"Owner": "Ada Hale"}] == [p["fields"] for p in pairs["passages"]]

    years = read("people.csv", b"country,2020\nIceland,366\nMalta,515\n")
    assert [{"country": "Iceland", "2020": "366"}, {"country": "Malta", "2020": "515"}] == [
        p["fields"] for p in years["passages"]
    ]
