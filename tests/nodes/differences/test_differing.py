"""One quantity with another value in another source: what is named, what counts, and what only looks alike."""

import pytest

from quire.nodes.differences.differing import Difference, differences, is_conflict
from quire.nodes.sources.read import read


def found(**sources: str) -> list[Difference]:
    """Compare sources, each by its name (``a_md``) and text."""
    return differences(
        [
            read(name.replace("__", "/").replace("_md", ".md").replace("_csv", ".csv"), text.encode())
            for name, text in sources.items()
        ]
    )


def page(said: str, *, head: str = "Notes", dated: str = "2024-02-05", note: str = "") -> str:
    return f"# {head}\n\nDate: {dated}\n\n{note}\n\n{said}\n"


SAID = "The capacity of the Elm depot is {} vehicles."


def test_two_that_hold_and_are_of_one_day_conflict() -> None:
    (one,) = found(a_md=page(SAID.format(240)), b_md=page(SAID.format(310)))

    assert is_conflict(one)
    assert one["quantity"] == "The capacity of the Elm depot"
    assert [t["text"] for t in one["differs"]] == ["240 vehicles", "310 vehicles"]
    assert one["holds"] == one["outdated"] == []


def test_of_two_that_hold_the_newer_one_counts_and_the_older_is_named_with_its_date() -> None:
    (one,) = found(a_md=page(SAID.format(240), dated="2022-03-14"), b_md=page(SAID.format(310)))

    assert [(t["source"], t["text"]) for t in one["holds"]] == [("b.md", "310 vehicles")]
    assert [(t["source"], t["date"]) for t in one["outdated"]] == [("a.md", "2022-03-14")]


@pytest.mark.parametrize(
    ("note", "status"),
    [
        ("Status: draft, not approved.", "draft"),
        ("This document was withdrawn on 2024-01-01.", "withdrawn"),
        ("Replaced by the document of 2023.", "superseded"),
    ],
)
def test_what_does_not_hold_never_counts_however_new_it_is(note: str, status: str) -> None:
    old, new = page(SAID.format(240), dated="2022-03-14"), page(SAID.format(310), note=note)
    (one,) = found(a_md=old, b_md=new)

    assert [t["source"] for t in one["holds"]] == ["a.md"]
    assert [(t["source"], t["status"]) for t in one["outdated"]] == [("b.md", status)]


def test_where_nothing_holds_nothing_counts() -> None:
    note = "Status: draft, not approved."
    (one,) = found(a_md=page(SAID.format(240), note=note), b_md=page(SAID.format(310), note=note))

    assert one["holds"] == one["differs"] == []
    assert len(one["outdated"]) == 2


def test_a_row_has_a_date_and_a_status_of_its_own() -> None:
    table = "Subject,Measure,Value,Unit,Date,Note\nElm depot,Capacity,240,vehicles,2022-03-14,Status: superseded.\n"
    (one,) = found(a_csv=table, b_md=page(SAID.format(310)))

    assert [(t["date"], t["status"]) for t in one["outdated"]] == [("2022-03-14", "superseded")]
    assert [t["address"] for t in one["outdated"]] == ["row 2"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The capacity of the Elm depot is 240 vehicles.", "The capacity of the Ash depot is 310 vehicles."),
        (
            "The capacity of the Elm depot in 2022 was 240 vehicles.",
            "The capacity of the Elm depot in 2023 was 310 vehicles.",
        ),
        ("The revenue in Q1 2024 was $4.1M.", "The revenue in Q2 2024 was $4.6M."),
        ("The fee is 5 euros for children.", "The fee is 8 euros for adults."),
        ("The planned fee is 5 euros.", "The fee is 8 euros."),
        ("The margin is 41% of revenue.", "The margin is 33% of costs."),
        ("The rent is 900 euros per month.", "The rent is 10,800 euros per year."),
        ("The cost is about 3.4 million euros.", "The cost is 3,412,000 euros."),
        ("The flow is 12 m.", "The flow is 12.0 m."),
        ("Ward 7 has 28 beds.", "Ward 9 has 32 beds."),
        ("See page 12 of the file.", "See page 14 of the file."),
    ],
)
def test_what_only_looks_alike_is_not_named(first: str, second: str) -> None:
    assert found(a_md=page(first), b_md=page(second)) == []


def test_what_stands_under_other_titles_is_not_one_quantity() -> None:
    one, other = (
        page("The capacity is 240 vehicles.", head="Elm depot"),
        page("The capacity is 310 vehicles.", head="Ash depot"),
    )

    assert found(a_md=one, b_md=other) == []


def test_what_one_source_states_in_two_ways_is_compared_with_nothing() -> None:
    twice = page("Width: 60 feet.\n\nWidth: 80 feet.")

    assert found(a_md=twice, b_md=page("Width: 70 feet.")) == []


def test_a_report_on_a_later_time_is_the_newer_one_also_without_a_date() -> None:
    said = "Deployed fleet: {} robots at {} sites"
    (one,) = found(
        q1_2025_report_md=f"# Q1 2025 report\n\n{said.format('1,960', 33)}\n",
        q1_2026_report_md=f"# Q1 2026 report\n\n{said.format('3,120', 47)}\n",
    )

    assert [t["text"] for t in one["holds"]] == ["3,120 robots"]
    assert [t["text"] for t in one["outdated"]] == ["1,960 robots"]


def test_german_sources_are_compared_alike() -> None:
    said = "Die Kapazität des Depots Elm beträgt {} Fahrzeuge. Das ist im Bericht der Stadt so festgehalten und gilt."
    (one,) = found(
        a_md=page(said.format("1.240"), dated="14. März 2022"), b_md=page(said.format("1.310"), dated="5. Februar 2024")
    )

    assert [t["text"] for t in one["holds"]] == ["1.310 Fahrzeuge"]


def test_a_number_that_counts_nothing_and_that_nothing_leads_to_is_no_value() -> None:
    assert found(a_md=page("Nothing of it, 1."), b_md=page("Nothing of it, 2.")) == []
    assert len(found(a_md=page("The score is 1."), b_md=page("The score is 2."))) == 1


FRONTAGE = "| Item | Length |\n|---|---|\n| Frontage of the Elm lot | {} |"


@pytest.mark.parametrize("required", ["60 ft min.", "60 ft minimum", "60 ft or more", "90 ft max.", "90 ft or less"])
def test_a_value_differs_from_a_bound_only_if_it_breaks_it(required: str) -> None:
    code = page(FRONTAGE.format(required))

    assert [] == found(a_md=code, b_md=page(FRONTAGE.format("70 ft")))
    (broken,) = found(a_md=code, b_md=page(FRONTAGE.format("50 ft" if "60" in required else "95 ft")))
    assert is_conflict(broken)


def test_two_values_that_keep_to_a_bound_differ_from_each_other() -> None:
    (two,) = found(
        **{
            f"{n}_md": page(FRONTAGE.format(said))
            for n, said in zip("abc", ("60 ft min.", "70 ft", "80 ft"), strict=True)
        }
    )

    assert ["70 ft", "80 ft"] == [t["text"] for t in two["differs"]]


def test_what_records_show_to_be_of_another_role_is_no_other_value() -> None:
    code = page("- Frontage: 60 ft", head="Elm lot")
    readings = [read("code.md", code.encode()), read("survey.md", page("- Frontage: 50 ft", head="Elm lot").encode())]
    (told,) = differences(readings)
    places = [(one["source"], one["address"]) for one in told["differs"]]

    assert [] == differences(readings, {places[0]: {"standard"}, places[1]: {"survey"}})
    assert [told] == differences(readings, {places[0]: {"standard"}, places[1]: {"standard", "survey"}})
    assert [told] == differences(readings, {places[0]: {"standard"}})
