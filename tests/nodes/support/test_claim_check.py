"""A claim beside its evidence, as the agents ask about it: what code decides, and what it leaves to a reader."""

from typing import Any, cast

import pytest

from quire.nodes.evidence.content import Claim, Evidence
from quire.nodes.evidence.figures.conventions import ENGLISH
from quire.nodes.sources.read import read
from quire.nodes.support.claim_check import Checked, check_claim


def checked(text: str, quote: str, about: str = "", of: str = "", **more: Any) -> Checked:
    evidence = cast("Evidence", {"source": "notes.md", "address": "line 1", "quote": quote, "hash": "", **more})
    return check_claim(Claim(text=text, basis="source", evidence=[evidence]), [], ENGLISH, about=about, of=of)


@pytest.mark.parametrize(
    "named", [{"source": "sheets/rx-700_data.pdf"}, {"heading": "RX-700 > Use"}, {"about": "The RX-700 in use"}]
)
def test_a_code_that_names_the_evidence_is_not_brought_in(named: dict[str, str]) -> None:
    text, quote = "The RX-700 lifts 40 kg.", "It lifts 40 kg."

    assert checked(text, quote, **named).verdict == "open"
    assert checked(text, quote).reasons == ("“RX-700” stands in nothing that it names",)


def test_a_figure_in_the_name_of_a_source_carries_no_figure() -> None:
    assert checked("It lifts 700 kg.", "It lifts weights.", source="rx-700.pdf").verdict == "insufficient"


def test_what_turns_a_near_copy_is_out_whatever_a_judge_would_say() -> None:
    assert checked("The lift may exceed 40 kg.", "The lift shall not exceed 40 kg.").verdict == "contradicted"
    assert checked("Heavier loads than 40 kg are not for it.", "It lifts up to 40 kg.").verdict == "open"


def test_a_part_in_words_is_left_to_a_reader_where_the_figures_come_to_it() -> None:
    said = "Of 400 lamps 220 failed."

    assert checked("More than half of the lamps failed.", said).verdict == "open"
    assert checked("Half of the lamps failed.", said.replace("220", "300")).verdict == "insufficient"


@pytest.mark.parametrize("said", ["Began: 2026-06-15 05:00", "Last began: Jun 15, 2026, 05:00", "On 15 June it began."])
def test_the_month_of_a_date_is_brought_in_by_nobody(said: str) -> None:
    assert "open" == checked("The fault came back in June.", said).verdict
    assert ("“July” stands in no source",) == checked("The fault came back in July.", said).reasons


def test_a_median_is_what_half_of_them_keep_to() -> None:
    text, said = "Half of the faults were noticed within 27 minutes.", "to detection: 27 minutes"

    assert "open" == checked(text, f"Median time {said}").verdict
    assert "insufficient" == checked(text, f"Longest time {said}").verdict


def test_a_code_that_stands_in_the_block_of_the_evidence_is_not_brought_in() -> None:
    text = "# Lifts\n\n## Offer\n\nThe RX-700 is sold.\n\nIt lifts 40 kg.\n\n## Other\n\nThe RX-900 is not.\n"
    reading = read("sheet.md", text.encode())
    passage = next(p for p in reading["passages"] if "40 kg" in p["text"])
    evidence = Evidence(source="sheet.md", address=passage["address"], quote=passage["text"], hash="")

    def verdict(text: str) -> str:
        return check_claim(Claim(text=text, basis="source", evidence=[evidence]), [reading], ENGLISH).verdict

    assert ("open", "insufficient") == (verdict("The RX-700 lifts 40 kg."), verdict("The RX-900 lifts 40 kg."))


def test_a_bound_that_the_figures_keep_to_is_left_to_a_reader() -> None:
    said = "Revenue rose by 62 % in 2024 and by 67 % in 2025."

    assert checked("Revenue rose by more than 60 % in both years.", said).verdict == "open"
    assert checked("Revenue rose by less than 70 % in both years.", said).verdict == "open"
    for text in ("Revenue rose by more than 70 %.", "Revenue rose by less than 60 %.", "It rose by 60 %."):
        assert checked(text, said).verdict == "insufficient", text
    assert checked("More than 60 pumps were sold.", said).verdict == "insufficient"


def test_quarters_are_counted_where_the_evidence_is_told_by_quarters() -> None:
    text = "The target is left for three quarters."

    assert checked(text, "Q1 revenue: 21 million; target for the year: 96 million").verdict == "open"
    assert checked(text, "Revenue: 21 million; target for the year: 96 million").verdict == "insufficient"


def test_years_that_a_claim_names_by_their_passages_may_be_counted() -> None:
    each = [Evidence(source=f"report-{n}.md", address="line 1", quote="Sites: 21", hash="") for n in (1, 2, 3)]

    def verdict(text: str) -> str:
        return check_claim(Claim(text=text, basis="source", evidence=each), [], ENGLISH).verdict

    assert ("open", "insufficient") == (verdict("It is so in three years."), verdict("It is so in four years."))
    assert verdict("It lasts three hours.") == "insufficient"


def test_a_month_is_of_the_year_of_its_source() -> None:
    said = "Near misses in February: 3"

    assert checked("In February 2026 there were 3 near misses.", said, date="2026-03").verdict == "open"
    assert checked("In February 2025 there were 3 near misses.", said, date="2026-03").verdict == "insufficient"
    assert checked("In January 2026 there were 3 near misses.", said, date="2026-03").verdict == "insufficient"


def test_people_may_be_what_employees_are() -> None:
    assert checked("It employs 241 people.", "241 employees (up from 168 in May 2025)").verdict == "open"


def test_the_number_of_an_item_and_a_year_above_it_turn_nothing() -> None:
    text, quote = (
        "The north is to grow from 14 to 30 sites by the end of 2026.",
        "2. Grow the north from 14 to 30 sites.",
    )

    assert checked(text, quote, heading="2026 priorities").verdict == "open"


def test_a_cell_that_is_quoted_of_another_row_is_left_to_a_reader() -> None:
    said = "Team events: EUR 60 per person"

    assert checked("EUR 60", said, of="Team events").verdict == "supported"
    assert checked("EUR 60", said, of="Entertainment of customers").verdict == "open"


def test_of_four_passages_three_may_be_counted() -> None:
    evidence = [Evidence(source="a.md", address=f"line {n}", quote="A round.", hash="") for n in range(4)]
    made = Claim(text="The three rounds before it were small.", basis="source", evidence=evidence)

    assert check_claim(made, [], ENGLISH).verdict == "open"
    assert check_claim({**made, "evidence": evidence[:1]}, [], ENGLISH).verdict == "insufficient"


def test_a_name_that_stands_in_no_source_is_brought_in_whatever_a_judge_would_say() -> None:
    quote = "The quarry was sold to a bidder from the coast."

    assert checked("The quarry was sold to Zanzibar Holdings.", quote).verdict == "insufficient"
    assert checked("The quarry was sold to Zanzibar Holdings.", quote).reasons == (
        "“Zanzibar” stands in no source",
        "“Holdings” stands in no source",
    )
    assert checked("Somebody from the Coast bought the quarry.", quote).verdict == "open"
    assert checked("The quarry went to Zanzibar.", quote, about="The Zanzibar report").verdict == "open"


def test_an_abbreviation_of_words_of_the_source_is_no_name_of_its_own() -> None:
    quote = "The service level agreement was signed in spring."

    assert checked("In spring the SLA was signed.", quote).verdict == "open"


def test_numbers_of_a_passage_without_a_label_are_not_those_of_a_labelled_one() -> None:
    fleet = {"source": "q1.pdf", "address": "line 4", "quote": "3,120 robots across 47 customer sites", "hash": ""}
    fleet |= {"label": "Deployed fleet", "heading": "Fleet"}
    places = {"source": "q1.pdf", "address": "line 5", "quote": "(EU: 29 sites, North America: 14, Japan: 4)"}
    places |= {"hash": "", "heading": "Fleet"}
    text = "Of the 47 sites, 29 are in the EU, 14 in North America and 4 in Japan."

    made = Claim(text=text, basis="source", evidence=cast("list[Evidence]", [fleet, places]))

    assert check_claim(made, [], ENGLISH).verdict == "open"


def test_what_is_of_a_place_is_named_by_the_place() -> None:
    said = "Grow North America from 14 to 30 sites, and Japan by 3."

    assert checked("The North American sites are to grow from 14 to 30.", said).verdict == "open"
    assert checked("By 3 grow the Japanese ones.", said).verdict == "open"
    assert checked("The South Korean sites are to grow from 14 to 30.", said).reasons == (
        "“South” stands in no source",
        "“Korean” stands in no source",
    )


REPORT = "The pool had 240 visitors on 3 May 2025, of whom 158 came by bus and 79 on foot."


@pytest.mark.parametrize(
    ("said", "text"),
    [
        pytest.param("The pump failed eleven times.", "The pump gave up eleven times.", id="how often"),
        pytest.param(
            "It failed eleven times, seven at night.", "Seven of the eleven faults were at night.", id="counted"
        ),
        pytest.param("Rain and frost did harm.", "Three things did harm: rain, frost and wind.", id="its own list"),
        pytest.param("It ran from 4 May to 19 December 2025.", "It ran within eight months.", id="months"),
        pytest.param("The roof costs 4 million euros.", "The 4 million for the roof are due.", id="millions of money"),
        pytest.param(
            "It cost 3.7 million euros, 0.6 million less.", "It fell by 0.6 million euros.", id="millions of it"
        ),
        pytest.param(REPORT, "Almost two thirds came by bus.", id="a part"),
        pytest.param(REPORT, "One early visitor in three went on foot.", id="one in so many"),
        pytest.param(REPORT, "About twice as many came by bus as on foot.", id="about twice"),
        pytest.param(REPORT, "That left 82 people who went neither by bus.", id="a difference"),
        pytest.param("It was 71 %, after 74 %.", "It was three points lower.", id="points"),
        pytest.param(
            "Work began on 3 May 2024 and takes 20 months.",
            "It would be done in January 2026.",
            id="a date after so long",
        ),
        pytest.param(
            "The fee was raised on 1 January 2024. The report is of 17 February 2026.",
            "The fee has stood for more than two years.",
            id="time between dates",
        ),
    ],
)
def test_what_follows_from_the_figures_is_left_to_a_reader(said: str, text: str) -> None:
    assert checked(text, said).verdict in ("open", "supported")


@pytest.mark.parametrize(
    ("said", "text"),
    [
        pytest.param("The pump failed eleven times.", "The pump gave up twelve times.", id="how often"),
        pytest.param(
            "The roof costs 4 million euros.", "The 4.5 million for the roof are due.", id="millions of money"
        ),
        pytest.param(
            "3.7 million came, 0.6 million fewer.", "It fell by 0.6 million euros.", id="millions of something"
        ),
        pytest.param("The loss was -6.8 %.", "The loss was +6.8 %.", id="a plus"),
        pytest.param("The roof costs 4 euros.", "The 4 for the roof are due.", id="a bare number of money"),
        pytest.param(REPORT, "Almost three quarters came by bus.", id="a part"),
        pytest.param(REPORT, "One early visitor in eight went on foot.", id="one in so many"),
        pytest.param(REPORT, "Five times as many came by bus as on foot.", id="five times"),
        pytest.param("It was 71 %, after 74 %.", "It was four points lower.", id="points"),
        pytest.param("There were 7 boats and 4 cars.", "Three lorries came too.", id="a small number"),
        pytest.param(
            "Work began on 3 May 2024 and takes 20 months.",
            "It would be done in March 2026.",
            id="a date after so long",
        ),
        pytest.param(
            "The fee was raised on 1 January 2024. The report is of 17 February 2026.",
            "The fee has stood for more than three years.",
            id="time between dates",
        ),
    ],
)
def test_what_follows_from_no_figures_is_carried_by_no_reader(said: str, text: str) -> None:
    assert checked(text, said).verdict == "insufficient"


def test_the_date_in_a_source_s_name_bounds_nothing() -> None:
    evidence = Evidence(
        source="minutes_2026-02.md", address="line 1", quote="A ticket has cost 3 euros since 2024.", hash=""
    )
    made = Claim(text="A ticket has cost 3 euros for more than two years.", basis="source", evidence=[evidence])

    assert check_claim(made, [], ENGLISH).verdict != "contradicted"


@pytest.mark.parametrize(
    ("row", "above"),
    [("vessel: Tern; crossings: 11320; days: 31", {}), ("Tern | 11320 | 31", {"header": "vessel | crossings | days"})],
)
def test_a_cell_whose_figure_its_row_gives_in_that_column_needs_no_judge(row: str, above: dict[str, str]) -> None:
    def verdict(text: str, of: str) -> str:
        return checked(text, row, of=of, **above).verdict

    assert verdict("11,320", "Tern, Crossings") == "supported"
    assert verdict("11,320", "Tern, Days") == "open"
    assert verdict("11,320", "Heron, Crossings") == "open"
    assert verdict("31", "Tern, Crossings") != "contradicted"


def test_the_number_of_what_the_document_is_about_is_part_of_a_name_and_no_other_figure_is() -> None:
    area, about = "Lot area: 14,200 sq ft", "Site report, 41 Mill Lane"

    assert "open" == checked("41 Mill Lane is a lot of 14,200 sq ft.", area, about=about).verdict
    assert ("“43” stands in nothing that it names",) == checked(
        "43 Mill Lane is a lot of 14,200 sq ft.", area, about=about
    ).reasons
    assert "insufficient" == checked("It has 41 spaces on 14,200 sq ft.", area, about=about).verdict
    assert "insufficient" == checked("41 Mill Lane is a lot of 14,200 sq ft.", area, about="Site report").verdict


GATES = ["Gate: North; Complaints: 12; Minutes lost: 20", "Gate: South; Complaints: 18; Minutes lost: 25"]
HALL = ["Item: Hall; Cap, EUR thousand: 2,000"]
BIKES = ["900 were sold (bikes-2024.csv)"]
RAIN = ["Rain: 20 in May, 90 in July"]
GATES_3 = [*GATES, "Gate: West; Complaints: 6; Minutes lost: 5"]


def checked_of(text: str, quotes: list[str], **more: Any) -> Checked:
    evidence = [
        cast("Evidence", {"source": "notes.md", "address": f"line {n}", "quote": q, "hash": ""})
        for n, q in enumerate(quotes)
    ]
    return check_claim(cast("Claim", {"text": text, "basis": "source", "evidence": evidence, **more}), [], ENGLISH)


@pytest.mark.parametrize(
    ("told", "wrong", "quotes"),
    [
        ("It opens at eight in the morning.", "It opens at seven in the morning.", ["It opens at 08:00."]),
        ("Deliveries end at three o'clock.", "Deliveries end at four o'clock.", ["Deliveries end at 15:00."]),
        ("The paint dries in two days.", "The paint dries in three days.", ["The paint dries in 48 hours."]),
        ("The pump failed 14 times.", "The pump failed 15 times.", ["Pump: North; Failures: 14; Hours: 30"]),
        (
            "Visitors complained thirty times and waited 45 minutes.",
            "Visitors complained forty times and waited 45 minutes.",
            GATES,
        ),
        ("The north gate stands for 40 % of the time lost.", "The north gate stands for 57 % of it.", GATES_3),
        (
            "It comes ten weeks before the fair.",
            "It comes twelve weeks before the fair.",
            ["It comes on 18 January 2027.", "The fair is on 31 March 2027."],
        ),
        (
            "The hall may cost EUR 2 million.",
            "The hall may cost EUR 3 million.",
            ["Item: Hall; Cap, EUR thousand: 2,000"],
        ),
        ("All three buildings are old.", "All four buildings are old.", [f"{n} is old." for n in "ABC"]),
        ("It opens at half past eight in the morning.", "It opens at half past nine in the morning.", ["At 08:30."]),
        (
            "They run until half past ten at night.",
            "They run until half past nine at night.",
            ["They run until 22:30."],
        ),
        ("North has 79 % on time.", "North has 78 % on time.", ["Gate: North; Number: 4; on_time_percent: 79"]),
        ("One week of the North's rain.", "One week of Perth's rain.", ["North: one week of rain."]),
        ("Of all three, none is new.", "Of all four, none is new.", [f"{n} is not new." for n in "ABC"]),
        (
            "The museum is open from Monday to Friday.",
            "The museum is open on Saturday.",
            ["The museum is open on weekdays."],
        ),
        (
            "Of all bikes of 2024, 900 were sold.",
            "Of all bikes of 2023, 900 were sold.",
            ["900 were sold (bikes-2024.csv)"],
        ),
        (
            "More rain fell in the second half of the year.",
            "Half of the rain fell late.",
            ["Rain: 20 in May, 90 in July"],
        ),
    ],
)
def test_what_is_said_in_another_way_is_left_to_a_reader_and_what_is_said_wrong_is_not(
    told: str, wrong: str, quotes: list[str]
) -> None:
    assert "insufficient" == checked_of(wrong, quotes).verdict
    assert "open" == checked_of(told, quotes).verdict


@pytest.mark.parametrize("told", ["Cover of the boat ends in March 2028.", "In March 2028 cover of the boat lapses."])
def test_what_ends_is_denied_in_another_word(told: str) -> None:
    said = ["The insurer will not go on with cover of the boat after March 2028."]

    assert "open" == checked_of(told, said).verdict
    assert "contradicted" == checked_of("The insurer will go on with cover of the boat after March 2028.", said).verdict


BELOW = "It requires a minimum of 120 shipments a year; below that it charges EUR 20 more for each."
TRIAL = "A carrier begins with a trial of 30 shipments, during which no shipment may be an excursion."
ROW = "Cost per shipment. Nord: EUR 266.55; Kust: EUR 149.03; Skyline: EUR 94.13"


@pytest.mark.parametrize(
    ("said", "text"),
    [
        pytest.param(BELOW, "It charges EUR 20 more for each if there are fewer than 120 a year.", id="below a bound"),
        pytest.param(TRIAL, "A carrier begins with 30 shipments without an excursion.", id="without for no"),
        pytest.param(
            ROW,
            "A shipment costs EUR 94.13 with Skyline, EUR 149.03 with Kust and EUR 266.55 with Nord.",
            id="names last",
        ),
        pytest.param("Sum of invoice_eur: 9382.56", "EUR 9,382.56 were invoiced.", id="a unit joined to a title"),
        pytest.param("Packs of -25C were used.", "Packs were used at \u221225 °C.", id="degrees without their sign"),
    ],
)
def test_what_is_true_in_other_words_is_decided_by_no_rule(said: str, text: str) -> None:
    assert checked(text, said).verdict in ("open", "supported")


@pytest.mark.parametrize(
    ("said", "text"),
    [
        pytest.param(TRIAL, "A carrier begins with 30 shipments with an excursion.", id="a denial left out"),
        pytest.param("Sum of invoice_eur: 9382.56", "USD 9,382.56 were invoiced.", id="another currency"),
        pytest.param("The box PX-25C was used.", "The box was used at -25 °C.", id="a part number is no temperature"),
        pytest.param("It requires 120 a year at least.", "It requires fewer than 120 a year.", id="a bound"),
    ],
)
def test_and_what_is_not_true_is_out(said: str, text: str) -> None:
    assert checked(text, said).verdict in ("contradicted", "insufficient")


def test_what_is_counted_is_read_whatever_sign_stands_behind_it() -> None:
    evidence = [Evidence(source="a.md", address=f"line {n}", quote=f"Boat {n} is red.", hash="") for n in (1, 2, 3)]
    made = Claim(text="Red is the colour of the three.", basis="source", evidence=evidence)

    assert check_claim(made, [], ENGLISH).verdict == "open"
