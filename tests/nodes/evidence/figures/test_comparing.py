"""Whether a claim's figure is carried by its evidence, each read in its own convention."""

import pytest

from quire.nodes.evidence.content import Evidence
from quire.nodes.evidence.figures.conventions import convention_of
from quire.nodes.support.grounding import Given, unsupported_figures
from quire.nodes.support.verdicts import check_claim


def held(claim: str, evidence: str, claims: str = "en", source: str = "en") -> bool:
    given = Given(evidence, convention_of(source))
    return not unsupported_figures(claim, [given], [], convention_of(claims))


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("The dose is 5 mg/kg.", "5 mg per kg"),
        ("The line carries 230 kV.", "230,000 V"),
        ("The pressure fell by 12 mmHg.", "12 millimetres of mercury"),
        ("The ferry makes 20 km/h.", "20 kilometres per hour"),
        ("The fee is £12.", "12 pounds"),
        ("The crate weighs 1,200 kg.", "1.2 t"),
        ("It costs $40 per robot per month.", "$40 a month"),
        ("Annual value: $40", "$40 a year"),
        ("On 22nd June 2021 it began.", "On 22 June"),
        ("On 22nd June 2021 it began.", "in 2021"),
        ("On 22nd June 2021 it began.", "in June 2021"),
        ("It was at 09:10: the alarm.", "at 9:10"),
        ("The 15 and 19 February 2026 are closed.", "19 February 2026"),
        ("It fell by 2.1 %.", "a change of \u22122.1 %"),
        ("Profit: \u22122.1 %", "Profit fell by 2.1%"),
        ("It is 20x faster.", "20 times"),
        ("Rents are 10 to 15 feet apart.", "10 feet"),
        ("The pump moves 30 gpm.", "30 gpm"),
        ("Height: 40 maximum", "40 feet"),
        ("Of the staff 12 stayed.", "12 employees stayed"),
        ("Pumps: 3; Peak inflow, l/s: 84; Built: 1979", "a peak inflow of 84 l/s"),
        ("Pumps: 3; Peak inflow [l/s]: 84", "a peak inflow of 84 litres per second"),
        ("Pumps: 3; Peak inflow, l/s: 84", "3 pumps"),
        ("It spilled seven times in 2024 and five times a year before.", "seven in 2024, five in others"),
        ("Spills in 2024: 7", "It spilled seven times in 2024."),
    ],
)
def test_a_figure_is_carried_by_what_says_the_same(evidence: str, claim: str) -> None:
    assert held(claim, evidence)


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("The dose is 5 mg/kg.", "5 g/kg"),
        ("The dose is 5 mg/kg.", "5 µg"),
        ("The dose is 5 mg/kg.", "5 mg"),
        ("The ferry makes 20 km/h.", "20 km per minute"),
        ("The fee is £12.", "12 lb"),
        ("The line carries 230 kV.", "230 V"),
        ("The plant gives 12 MW.", "12 kW"),
        ("The plant gives 12 MW.", "12 mW"),
        ("The tank holds 15 L.", "15 mL"),
        ("The tank holds 15 L.", "15 gallons"),
        ("The crate weighs 1,200 kg.", "1,200 g"),
        ("The crate weighs 1,200 kg.", "1,200 t"),
        ("The pump moves 30 gpm.", "30 cfm"),
        ("The change is \u22122.1 %.", "2.1 %"),
        ("The change is 2.1 %.", "\u22122.1 %"),
        ("The result is $(3.4) million.", "$3.4 million"),
        ("It rose by 2 percentage points.", "2 %"),
        ("It rose by 25 bps.", "25 %"),
        ("It costs $40 per robot per month.", "$40 per year"),
        ("Daily fee: $40", "$40 a year"),
        ("It costs €3 million.", "$3 million"),
        ("It costs €3 million.", "€3 billion"),
        ("On 22 June 2021 it began.", "On 23 June"),
        ("On 22 June it began.", "On 22 June 2021"),
        ("On 22 June 2021 it began.", "in 2022"),
        ("Rents rose by 15% in 2014.", "Rents rose by 2014%"),
        ("It was built in 1998 and 12 acres.", "1998 acres"),
        ("Section 4.2 holds.", "4.2 feet"),
        ("The site has 30 parcels.", "The site has 30 hectares."),
        ("The dose is 30 drops.", "The dose is 30 mL."),
        ("The plan shows 12-storey towers.", "12 seats"),
        ("Rated flow, l/s: 95; Pressure, bar: 84", "84 l/s"),
        ("Peak inflow, l/s: 84", "84 l per hour"),
        ("It is seven times as long.", "7 of them"),
        ("It trades at 7 times earnings.", "7 of them"),
        ("It grew by 7.", "It is seven times as long."),
    ],
)
def test_a_figure_is_not_carried_by_what_says_another_thing(evidence: str, claim: str) -> None:
    assert not held(claim, evidence)


@pytest.mark.parametrize(
    ("evidence", "claim", "holds"),
    [
        ("Es sind 12.500 Einwohner.", "There are 12,500 people.", True),
        ("Es sind 12.500 Einwohner.", "There are 12.5 people.", False),
        ("Die Frist endet am 3.4.2026.", "It ends on 3 April 2026.", True),
        ("Die Frist endet am 3/4/2026.", "It ends on March 4, 2026.", False),
        ("Das Budget beträgt 3,2 Mio. Euro.", "The budget is €3.2 million.", True),
        ("Das Budget beträgt 3,2 Mrd. Euro.", "The budget is €3.2 million.", False),
    ],
)
def test_evidence_and_claim_are_each_read_in_their_own_convention(evidence: str, claim: str, *, holds: bool) -> None:
    assert held(claim, evidence, "en", "de") is holds


def test_a_sentence_in_another_language_is_held_to_its_words_and_figures() -> None:
    said = Evidence(source="m", address="", quote="Die Miete der Häuser beträgt 1.234,56 € im Monat.", hash="")

    german = convention_of("de")
    claims = ["Die Miete der Häuser beträgt 1.234,56 €.", "Die Miete der Häuser beträgt 1.234,65 €."]
    judged = [check_claim(claim, [said], convention=german)["verdict"] for claim in claims]
    assert judged == ["supported", "insufficient"]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Budget of the parks; 1. Scope; 2. Costs", ["Budget of the parks", "1. Scope", "2. Costs"]),
        ("5; 12%", ["Shares of 5-12% are usual."]),
        ("15th; 19th of March", ["The 15th and the 19th of March."]),
    ],
)
def test_what_a_claim_repeats_is_not_read_again(claim: str, evidence: list[str]) -> None:
    assert unsupported_figures(claim, [Given(text) for text in evidence], []) == []


@pytest.mark.parametrize("claim", ["5; a dose", "5 µg; 230 kV", "2.1 %"])
def test_what_cuts_a_figure_is_no_repetition(claim: str) -> None:
    evidence = [Given("5 mg/kg is the dose; 230 kV"), Given("\u22122.1 %")]

    assert unsupported_figures(claim, evidence, []) or claim.startswith("5;")


def test_figures_are_read_in_the_passage_that_a_quotation_is_from() -> None:
    passage = "Shares of 5 to 12 percent are usual."

    assert not unsupported_figures("5 percent", [Given("Shares of 5", passage=passage)], [])
    assert unsupported_figures("5 percent", [Given("Shares of 5")], [])
