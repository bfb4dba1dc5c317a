"""What people write of their sources: figures worked out in the head, parts in words, other ways of saying the same."""

import pytest

from quire.nodes.evidence.content import Evidence
from quire.nodes.evidence.figures.conventions import convention_of
from quire.nodes.support.verdicts import Finding, judge

COLUMNS = "Depot | Parcels | Returns"
DEPOTS = ["Oslo | 3,000 | 120", "Lund | 1,000 | 80", "Turku | 500 | 10"]


def judged(claim: str, *quotes: str, header: str = "", lang: str = "en") -> Finding:
    evidence = [Evidence(source="notes.md", address="line 1", quote=quote, hash="", header=header) for quote in quotes]
    return judge(claim, evidence, convention=convention_of(lang))


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("Of the 8 million dollars for the bridge, 5 million dollars remain to be found.",
         ["The bridge costs 8 million dollars, of which 3 million are pledged."]),
        ("The pledge covers about 38 % of the cost of the bridge.",
         ["The bridge costs 8 million dollars, of which 3 million are pledged."]),
        ("More than a third of the cost of the bridge is pledged.",
         ["The bridge costs 8 million dollars, of which 3 million are pledged."]),
        ("Three quarters of the lamps failed.", ["Of 400 lamps 300 failed."]),
        ("A broken switch caused 3 of the 11 failures.", ["Causes: broken switch, Failures: 3", "Failures: 11"]),
        ("Sales were £48.6m in 2025, 12.8 % more than in 2024.",
         ["Measure: Sales; 2025: £48.6m; 2024: £43.1m",
          "Sales: As of: 2025, Change: +12.8 % since 2024, Before: £43.1m (2024); £39.5m (2023); £36.2m (2022)"]),
        ("Nearly half of the lamps failed.", ["46 % of the lamps failed."]),
        ("The notice was up by 10:12 at the latest.",
         ["The alarm rang at 10:00.", "The notice was up within 12 minutes of the alarm."]),
        ("The seal is covered for two years.", ["The seal is covered for 24 months."]),
        ("The notice came no later than 12 minutes after the alarm.",
         ["The notice came within 12 minutes of the alarm."]),
        ("In all, 60 lamps failed.", ["60 lamps failed."]),
        ("After 10 % discount the lamp costs 90 euros.", ["The lamp costs 100 euros.", "The discount is 10 %."]),
        ("Tests are usually short.", ["Generally tests are short."]),
        ("The test took half an hour.", ["The test took 30 minutes."]),
        ("The test took an hour and a half.", ["The test took 90 minutes."]),
        ("The bridge cost half a million dollars.", ["The bridge cost 500,000 dollars."]),
        ("The fair sold a dozen lamps.", ["The fair sold 12 lamps."]),
    ],
)  # fmt: skip
def test_what_follows_from_two_figures_or_is_said_in_other_words_stands(claim: str, quotes: list[str]) -> None:
    assert judged(claim, *quotes).leaning == "supported"


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("Output changed by 6.5 %.", ["Output changed by \u22126.5 %."]),
        ("Nearly three quarters of the lamps failed.", ["Of 400 lamps 200 failed."]),
        ("A third of the lamps failed.", ["Half of the lamps failed."]),
        ("Two lines are planned.", ["Three lines are planned: Ash, Birch and Cedar."]),
        ("Five lines are planned.", ["Three lines are planned: Ash, Birch and Cedar.", "The two yards close."]),
        (
            "The town decided to build a new hall.",
            ["The town decided to mend the hall rather than to build a new one."],
        ),
        ("Output falls by 70 %.", ["Output falls to 70 %."]),
        ("The levy is 5 % of the rent.", ["The levy is 5 % of the assessed value."]),
        ("The gate is closed during a fire.", ["The gate is closed, except during a fire."]),
    ],
)
def test_what_only_looks_alike_does_not_stand(claim: str, quotes: list[str]) -> None:
    assert judged(claim, *quotes).leaning != "supported"


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("Whoever orders three lamps gets no discount.", ["The discount is 10 % from the fourth lamp on."]),
        ("Where the shop sent the wrong lamp, no fee is charged.",
         ["A fee is charged for each lamp, unless the shop sent the wrong lamp."]),
        ("By noon no further seats on the ferry could be had.",
         ["At noon the limit of 90 seats on the ferry was reached."]),
        ("At ten per cent off, the lamp is 90 euros.", ["The lamp costs 100 euros.", "The discount is 10 %."]),
        ("Training counts for 13 % of the score and price for 62 %.",
         ["Price counts for 62 % of the score and training for 13 %."]),
        ("The lease runs to 19 April 2025.", ["The lease runs from 26 April 2021 to 19 April 2025."]),
        ("Those who signed from elsewhere were 550.", ["3,260 people signed, of whom 2,710 live here."]),
    ],
)  # fmt: skip
def test_code_is_not_sure_of_a_no_where_a_reader_would_say_yes(claim: str, quotes: list[str]) -> None:
    assert judged(claim, *quotes).verdict in ("supported", "open")


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("Price counts for 13 % of the score and training for 62 %.",
         ["Price counts for 62 % of the score and training for 13 %."]),
        ("The lease runs from 19 April 2025 to 26 April 2021.",
         ["The lease runs from 26 April 2021 to 19 April 2025."]),
        ("The lamp did not fail.", ["The lamp failed."]),
        ("The lamp costs 140 euros.", ["The lamp costs 100 euros."]),
    ],
)  # fmt: skip
def test_code_stays_sure_where_a_near_copy_says_something_else(claim: str, quotes: list[str]) -> None:
    found = judged(claim, *quotes)

    assert found.sure
    assert found.leaning != "supported"


def test_a_sum_and_a_share_of_a_column_stand() -> None:
    assert judged("Two thirds of all parcels went through Oslo.", *DEPOTS, header=COLUMNS).leaning == "supported"
    assert judged("Together the depots sent 4,500 parcels.", *DEPOTS, header=COLUMNS).leaning == "supported"
    assert judged("Nine tenths of all parcels went through Oslo.", *DEPOTS, header=COLUMNS).leaning != "supported"


def test_german_parts_and_bounds() -> None:
    said = "Von 2.000 Hektar sind 1.050 Hektar Buche."

    assert judged("Gut die Hälfte ist Buche.", said, lang="de").leaning == "supported"
    assert judged("Ein Viertel ist Buche.", said, lang="de").leaning != "supported"
    assert judged(
        "Der Rat will eine Halle bauen.", "Der Rat mietet, statt eine Halle zu bauen.", lang="de"
    ).leaning != ("supported")


def test_a_figure_in_a_cell_that_is_a_sentence_is_not_taken_for_another_cells() -> None:
    asked = Evidence(
        source="list.xlsx",
        address="A5:C5",
        quote="ID: F-4; Requirement: Handwritten text in Latin shall be read from 1750 on.; Priority: must",
        hash="",
        header="ID | Requirement | Priority",
    )
    answered = Evidence(
        source="before.md",
        address="line 10",
        quote="Requirement: Handwritten text shall be read.; Answer: Handwriting is read after 1850.",
        hash="",
        header="Requirement | Answer",
    )

    found = judge("Handwriting is read after 1850, while 1750 is asked for.", [asked, answered])

    assert "cell" not in found.rules
