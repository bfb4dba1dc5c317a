import string
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quire.nodes.evidence.content import Value
from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.evidence.figures.finding import figures_in
from quire.nodes.sources.read import read
from quire.nodes.support.grounding import Given, locate, supported, unsupported_figures

CODE = read(
    "code.md",
    b'# 1.1 Yards\n\n1. _(a)_ The "rear\n   yard" is 20 feet.\n\n| Yard | Other, lot |\n|--|--|\n| Rear | 5 |\n',
)


@pytest.mark.parametrize(
    ("quote", "address", "stands"),
    [
        ("rear yard", "§ 1.1(a), line 3", True),
        ("The “rear  yard” is 20 feet.", "§ 1.1(a), line 3", True),
        ("The rear yard is 20 feet.", "§ 1.1(a), line 3", False),
        ("rear yard", "§ 1.1(a), line 4", False),
        ("Rear yard", "§ 1.1(a), line 3", False),
        ("", "§ 1.1(a), line 3", False),
        ("5", "§ 1.1, line 8, Other, lot", True),
        ("5", "§ 1.1, line 8, Yard", False),
        ("5", "§ 1.1, line 8, Width", False),
        ("Yard: Rear; Other, lot: 5", "§ 1.1, line 8", True),
    ],
)
def test_a_quote_stands_at_its_address_or_it_does_not(quote: str, address: str, *, stands: bool) -> None:
    assert locate(quote, CODE, address) is stands


def spelled(text: str) -> list[str]:
    return [f"{figure.value} {figure.unit}".strip() for figure in figures_in(text)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Forty feet maximum", ["40 foot"]),
        ("thirty- five feet above", ["35 foot"]),
        ("two and one-half stories", ["2.5 story"]),
        ("one hundred and twenty units", ["120 unit"]),
        ("two hundred fifty", ["250"]),
        ("one-half acre, three quarters of a mile", ["0.5 acre", "0.75 mile"]),
        ("fifteen percent (15%) of 1,200 sq. ft.", ["15 percent", "1200 square foot"]),
        ("forty-eight (48) consecutive hours", ["48 hour"]),
        ("twenty-four (24) feet or less", ["24 foot"]),
        ("½ acre, 2½ acres, 2 1/2 feet", ["0.5 acre", "2.5 acre", "2.5 foot"]),
        ("0.35 FAR and .5", ["0.35", "0.5"]),
        ("EUR 84,300, USD 3 and 5 GBP", ["84300 euro", "3 dollar", "5 pound sterling"]),
        ("$1.5 million, US$ 3,000 and €20", ["1500000 dollar", "3000 dollar", "20 euro"]),
        ("20' x 40', 18\u2033 of freeboard, 5'-6\" high", ["20 foot", "40 foot", "18 inch", "5 foot", "6 inch"]),
        ('He said "30".', ["30"]),
        ("10 to 15 feet, 6,000/8,000 sq ft", ["10 foot", "15 foot", "6000 square foot", "8000 square foot"]),
        ("20, 25 and 30 feet", ["20 foot", "25 foot", "30 foot"]),
        ("Lot 12, 45 days", ["12", "45 day"]),
        ("one space per 300 sf", ["1 space", "300 square foot"]),
        ("12 accessible parking stalls", ["12 space"]),
        ("4:1 at 14:05", ["4:1 ratio", "14:05 time"]),
        ("parcel 932-12-004", ["932-12-004 identifier"]),
        ("22 November 2026, Nov. 22, 2026, 2026-11-22", ["2026-11-22 date"] * 3),
        ("8-13-19 and March 2020", ["2019-08-13 date", "2020-03 date"]),
        ("2026-11-22T14:05:33Z", ["2026-11-22 date", "14:05:33 time"]),
        ("100-year flood", ["100 year"]),
        ("more than (50) years old", ["50 year"]),
        ("1,200.5 m² (12,917 sq ft)", ["1200.5 square meter", "12917 square foot"]),
        ("30ft, 12sf, 5m", ["30 foot", "12 square foot", "5 meter"]),
        ("3 of 12 requests failed in 2024", ["3 request", "12 request", "2024"]),
    ],
)
def test_figures_are_found_with_their_units(text: str, figures: list[str]) -> None:
    assert spelled(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "§ 1137.03(a) and 1137.04",
        "Sections 1111.07, 1111.08 and 1111.09",
        "subsection (b) of Section 4.2",
        "Chapters 1141 and 1150",
        "Ordinance 2019-39, Ord. No. 7",
        "see P. & Z. 1143.04(h)",
        "(1) First; (2) second",
        "1. The first",
        "as shown [3] and [4, 5]",
        "Table 4, Figure 2, page 12, line 7",
        "41 Mill Lane and 7 North Main Street",
        "R1-100, RMF-10, Zone A99, panel 39035C0212F, 1F/2F",
        "the 2nd floor",
        "No one may, but one of them did",
        "https://example.org/a/12",
    ],
)
def test_numbers_that_name_things_are_no_figures(text: str) -> None:
    assert spelled(text) == []


def test_a_number_beside_a_section_number_is_still_a_figure() -> None:
    assert spelled("§ 1137.03(a) and 20 feet, Section 4.2 and 30 spaces") == ["20 foot", "30 space"]


def test_a_figure_knows_where_it_stands() -> None:
    text = "It is fifteen percent (15%) now."
    (figure,) = figures_in(text)
    assert figure == Figure(Decimal(15), "percent", "fifteen percent (15%)", (6, 27), "percent")
    assert text[slice(*figure.span)] == figure.text


@pytest.mark.parametrize(
    ("claim", "evidence", "holds"),
    [
        ("40 feet", "Forty feet maximum", True),
        ("40 ft", "40", True),
        ("40 feet", "40 acres", False),
        ("40 feet", "Lot size (sq. ft.): 40", False),
        ("40 feet", "Height (ft): 40", True),
        ("40", "40 feet", True),
        ("15%", "fifteen percent", True),
        ("15", "15%", False),
        ("15%", "15", False),
        ("15%", "Coverage (%): 15", True),
        ("$500", "500", False),
        ("1,200 sq ft", "1200 square feet", True),
        ("2.50 acres", "2½ acres", True),
        ("0.35", "0.350", True),
        ("12 stalls", "12 parking spaces", True),
        ("22 November 2026", "2026-11-22", True),
        ("November 2026", "2026-11-22", True),
        ("22 November 2026", "November 2026", False),
        ("14:05", "14:05:33", True),
        ("4:1", "4:10", False),
        ("932-12-004", "932-12-005", False),
        ("41 feet", "41 Mill Lane", False),
    ],
)
def test_a_figure_is_supported_by_the_same_value_in_a_compatible_unit(
    claim: str, evidence: str, *, holds: bool
) -> None:
    (figure,) = figures_in(claim)
    assert supported(figure, claim, [Given("nothing"), Given(evidence)]) is holds


def value(number: float | str | bool | None, unit: str, text: str) -> Value:  # noqa: FBT001 - a value may be one
    return Value(value=number, unit=unit, text=text, evidence=[])


def test_figures_without_support_are_named_in_reading_order() -> None:
    claim = "The limit is 40 feet, the building has 38 feet and 12 spaces (Section 4.2)."
    faults = unsupported_figures(claim, ["Forty feet maximum"], [value(12, "spaces", "a dozen")])
    assert [figure.text for figure in faults] == ["38 feet"]


def test_a_computed_value_supports_by_number_and_by_text() -> None:
    area = value(4970.0, "sq ft", "4,970 sq ft (0.114 acre)")
    assert unsupported_figures("4,970 square feet or 0.114 acres", [], [area]) == []
    assert [figure.text for figure in unsupported_figures("4,970 feet", [], [area])] == ["4,970 feet"]


def test_findings_in_words_support_no_number() -> None:
    assert len(unsupported_figures("1 space", [], [value(number=True, unit="", text="yes"), value(None, "", "")])) == 1


@given(st.text(alphabet=string.printable + "½§“”″²", max_size=120))
def test_any_text_supports_its_own_figures(text: str) -> None:
    assert unsupported_figures(text, [text], []) == []


@example("10 $(20)")  # a sign between two numbers belongs to one of them
@given(st.text(alphabet="0123456789 .,/-:%$()feetsqonwhundra", max_size=60))
def test_figures_never_overlap(text: str) -> None:
    figures = figures_in(text)
    assert all(one.span[1] <= next_one.span[0] for one, next_one in pairwise(figures))
    assert all(text[slice(*figure.span)] == figure.text for figure in figures)
