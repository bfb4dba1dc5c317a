"""What a writer says it worked out is worked out again."""

import pytest

from quire.nodes.author.arithmetic import NotWorkedOut, worked_out
from quire.nodes.evidence.figures.conventions import ENGLISH
from quire.nodes.support.grounding import Given

NAMED = {
    "E3": [Given("Time to recovery: 25 minutes")],
    "E5": [Given("Time to detection: 1,415 minutes")],
    "E6": [Given("It began on 3 May 2024.")],
    "E7": [Given("It ended on 7 May 2024.")],
    "E8": [Given("The roof costs 300 dollars and the walls cost 1,200 dollars.")],
    "E10": [Given("Began: 2026-02-02 22:05")],
    "E11": [Given("Recovered: 2026-02-03 01:20")],
    "E12": [Given("It was seen at 23:05.")],
    "E13": [Given("3.1 A tender is open for at least 35 days.")],
    "E14": [Given("Panel: 18 weeks from order")],
    "E9": [Given("Nothing is known.")],
    "E15": [
        Given("Line: North; Agreed, EUR thousand: 1,200; Ordered, EUR thousand: 1,150; Expected: 1,250; Delays: 2")
    ],
    "E16": [Given("Line: South; Agreed, EUR thousand: 800; Ordered: 0; Expected: 800; Delays: 3")],
    "E17": [Given("It is shut for three days.")],
    "E18": [Given("A result takes 48 hours.")],
    "E19": [Given("The loan is 450,000 euros.")],
    "E20": [Given("It is due on 18 January 2027 instead of 2 November 2026.")],
    **{
        f"E{n}": [Given(f"note 2025: Cause: {cause}; Minutes: {minutes}; Part: {part} %")]
        for n, cause, minutes, part in ((22, "Track", "21,300", 6), (23, "Rain", "4,200", 1), (24, "Crew", "22,500", 5))
    },
    "E21": [Given("Paper 26/41: EUR 1.95 million is approved.")],
    **{f"E{n}": [Given(f"Line: {n}; month: 2025-{n - 29:02}; trips: {n * 7}; late: {n - 30}")] for n in range(31, 39)},
}


@pytest.mark.parametrize(
    ("expression", "text", "how"),
    [
        ("E5 - E3", "Detection took 1,390 minutes longer.", "1,415 minutes - 25 minutes = 1,390 minutes"),
        ("E5 \u2212 E3", "Detection took 1,390 minutes longer.", "= 1,390 minutes"),
        ("(E5 + E3) / 2", "On average it took 720 minutes.", "= 720 minutes"),
        ("E5 / E3", "It took 56.6 times as long.", "= 56.6 times"),
        ("E3 / E8", "It is 8.33 % of that.", "25 minutes / 300 dollars = 8.33 %"),
        ("E7 - E6", "It lasted 4 days.", "= 4 days"),
        ("E11 - E10", "It stood for 195 minutes.", "2026-02-03 01:20 - 2026-02-02 22:05 = 195 minutes"),
        ("E11 - E10", "It stood for 3 hours and 15 minutes.", "= 3 hours 15 minutes"),
        ("E11 - E10", "It stood for 3.25 hours.", "= 3.25 hours"),
        ("E11 - E10", "It stood for 3 hr 15 min and was mended in 8 hr 40 min.", "= 3 hr 15 min"),
        ("E11 - E10", "It was seen after 40 min and stood for 3 hr 15 min.", "= 3 hr 15 min"),
        ("E12 - E12", "It took 0 minutes.", "= 0 minutes"),
        ("E7 + E13", "It closes on 11 June 2024.", "7 May 2024 + 35 days = 11 June 2024"),
        ("E7 + E13 + E14", "It comes on 15 October 2024.", "7 May 2024 + 35 days + 18 weeks = 15 October 2024"),
        ("E7 + E14", "It comes in September 2024.", "7 May 2024 + 18 weeks = September 2024"),
        ("E7 - E14", "It is ordered by 2 January 2024.", "= 2 January 2024"),
        ("E8 - 1000", "That is 200 dollars more.", "1,200 dollars - 1000 = 200 dollars"),
        ("E15 + E16", "Agreed are EUR 2,000 thousand.", "1,200 thousand + 800 thousand = EUR 2,000 thousand"),
        ("E15 + E16", "Agreed are EUR 2 million.", "= EUR 2 million"),
        ("E15 + E16", "Five delays were counted.", "2 + 3 = Five"),
        ("E15 + E16 - E21", "It is EUR 2 million, EUR 50 thousand too much.", "1.95 million = EUR 50 thousand"),
        ("E15 - E15", "Expected less agreed: 50", "1,250 - 1,200 = 50"),
        ("E16 - E16", "Expected less agreed: 0", "800 - 800 = 0"),
        ("E23 / (E22 + E23 + E24)", "Rain stands for 9 %.", "4,200 / (21,300 + 4,200 + 22,500) = 9 %"),
        ("60 % * E19", "At least EUR 270,000 is drawn.", "60 % * 450,000 euros = EUR 270,000"),
        ("35 % * (E15 + E16)", "It is capped at EUR 700 thousand.", "= EUR 700 thousand"),
        ("E20 - E20", "That is eleven weeks later.", "18 January 2027 - 2 November 2026 = eleven weeks"),
        ("E20 - E20", "That is 2.5 months later.", "= 2.5 months"),
        ("E17 + E18", "It may be out of use for five days.", "three days + 48 hours = five days"),
        ("4 * E18", "Four of them take eight days.", "4 * 48 hours = eight days"),
        (" + ".join(f"E{n}" for n in range(31, 39)), "Of the 40 delays, 36 came on these lines.", "= 36"),
    ],
)
def test_a_result_that_is_right_is_shown_with_how(expression: str, text: str, how: str) -> None:
    assert how in worked_out(expression, text, NAMED, ENGLISH)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("E5 - E3", "Detection took 1,391 minutes longer."),
        ("E5 - E3", "Detection took longer."),
        ("E7 + E13", "It closes on 12 June 2024."),
        ("E7 + E14", "It comes in October 2024."),
        ("E7 + E13", "It comes in May 2024."),
        ("E11 - E10", "It stood for 196 minutes."),
        ("E11 - E10", "It stood for 3 hours and 16 minutes."),
        ("E11 - E3", "It stood for 3 hours and 15 minutes."),
        ("E12 - E10", "It was seen after 60 minutes."),
        ("E15 + E16", "Agreed are EUR 2,100 thousand."),
        ("60 % * E19", "At least EUR 280,000 is drawn."),
        ("E20 - E20", "That is twelve weeks later."),
        ("E17 + E18", "It may be out of use for six days."),
        ("4 * E18", "Four of them take nine days."),
        ("E5 / (E3 - 25)", "Detection took 1 minute."),
        ("E9 + 1", "It is 1."),
        ("E5 ** E3", "It is 1."),
        ("E5 - ", "It is 1,415."),
        ("open('x')", "It is 1."),
        ("'a' * 1000", "It is 1."),
        ("(" * 250, "It is 1."),
    ],
)
def test_what_is_wrong_or_cannot_be_read_is_refused(expression: str, text: str) -> None:
    with pytest.raises(NotWorkedOut):
        worked_out(expression, text, NAMED, ENGLISH)


def test_a_passage_that_holds_several_figures_may_be_named_once_for_each() -> None:
    named = {"E2": [Given("The repair costs 18,400 euros.")], "E6": [Given("16,900 euros, and 1,200 euros for joints")]}

    assert "16,900 euros + 1,200 euros = 18,100 euros" == worked_out(
        "E6 + E6", "Together that is 18,100 euros.", named, ENGLISH
    )
    assert worked_out("E2 - E6 - E6", "It is 300 euros less.", named, ENGLISH).endswith("= 300 euros")
    with pytest.raises(NotWorkedOut, match="does not give"):
        worked_out("E6 + E6", "Together that is 18,000 euros.", named, ENGLISH)


def test_what_is_told_already_is_not_taken_for_the_result() -> None:
    named = {"E1": [Given("Top 3 customers: 44% of ARR")], "E2": [Given("ARR of 2026: $46.9M")]}
    text = "They are 44%, down from 61%; 44% of $46.9M is $20.6M."
    told = [*named["E1"], *named["E2"], Given("Top 3 customers: 61% of ARR")]

    assert worked_out("E1 * E2 / 100", text, named, ENGLISH, told) == "44% * $46.9M / 100 = $20.6M"
    assert worked_out("E1 * E2 / 100", "That is 61%.", named, ENGLISH, told).endswith("= 61%")


def test_what_is_told_in_another_unit_or_without_one_is_told() -> None:
    named = {"E9": [Given("1 Second ferry: it costs 11.4 million euros, if the county gives 4 million euros.")]}

    how = worked_out(
        "E9 - E9", "With the county's 4 million there are 7.4 million to find.", named, ENGLISH, named["E9"]
    )

    assert "11.4 million euros - 4 million euros = 7.4 million" == how


def test_a_share_may_be_taken_of_an_amount() -> None:
    named = {"E1": [Given("Top 3 customers: 44% of ARR")], "E2": [Given("ARR reached $46.9M")]}

    for expression in ("E1 * E2", "E1 * E2 / 100"):
        assert worked_out(expression, "That is $20.6M.", named, ENGLISH).endswith("= $20.6M")
    for text in ("That is $206M.", "That is $22M."):
        with pytest.raises(NotWorkedOut):
            worked_out("E1 * E2", text, named, ENGLISH)


def test_a_date_is_no_factor() -> None:
    named = {"V1": [Given("Sum of doses_lost: 0")], "E1": [Given("By 8 October 2026 a dose cost EUR 18.")]}

    assert worked_out("V1 * E1", "They cost EUR 0.", named, ENGLISH) == "0 * EUR 18 = EUR 0"


def test_a_result_is_rounded_to_the_digits_that_its_statement_shows() -> None:
    named = {
        "E1": [Given("2026 revenue target: $96M (2025 actual: $61M)")],
        "E2": [Given("Q1 2026 revenue: $21.4M (Q1 2025: $12.8M, +67% YoY)")],
    }

    for text in ("The other quarters average $24.9M.", "They average $24.87 million.", "They average $25M."):
        assert worked_out("(E1 - E2) / 3", text, named, ENGLISH).startswith("($96M - $21.4M) / 3 = $2")
    for text in ("They average $24.8M.", "They average $24,900,000.", "They average $30M."):
        with pytest.raises(NotWorkedOut):
            worked_out("(E1 - E2) / 3", text, named, ENGLISH)


FERRIES = "Vessel {}; built: {}; passengers: {}; crossings: {}"
ROWS = {
    "E23": [Given(FERRIES.format("Tern", 2024, 300, 11320))],
    "E24": [Given(FERRIES.format("Heron", 2009, 260, 5480))],
}


def test_the_result_is_a_figure_and_no_count_in_words() -> None:
    said = "The Tern made 11,320 crossings and the Heron 5,480; on these two alone its share was 67 %."

    how = worked_out("E23 / (E23 + E24) * 100", said, ROWS, ENGLISH, [*ROWS["E23"], *ROWS["E24"]])

    assert "11320 / (11320 + 5480) * 100 = 67 %" == how


def test_figures_that_the_statement_names_are_those_it_was_worked_out_from() -> None:
    rows = {"E1": [Given("40 of 90 seats, 20 of them at tables")], "E2": [Given("30 of 70 seats, 10 at tables")]}

    assert "20 - 10 = 10" == worked_out(
        "E1 - E2", "There are 20 seats at tables here and 10 there: 10 more.", rows, ENGLISH
    )


def test_two_reckonings_of_one_sentence_that_are_written_alike_have_a_result_each() -> None:
    named = {"E1": [Given("Up to 2,000 euros.")], "E2": [Given("Claimed: 400. Expected: 900, or 600 if late.")]}
    text = "The gap would be 1,100 euros in the first case and 1,400 euros in the second, of which 400 is for the roof."

    first = worked_out("E1 - E2", text, named, ENGLISH, [*named["E1"], *named["E2"]])
    second = worked_out("E1 - E2", text, named, ENGLISH, [*named["E1"], *named["E2"]], [first])

    assert {"1,100 euros", "1,400 euros"} == {first.rpartition(" = ")[2], second.rpartition(" = ")[2]}
    named["E2"] = [Given("Claimed: 1,100. Expected: 900, or 600 if late.")]
    first = worked_out("E1 - E2", text, named, ENGLISH, named["E2"])
    second = worked_out("E1 - E2", text, named, ENGLISH, named["E2"], [first])
    assert "2,000 euros - 900 = 1,100 euros" == second
