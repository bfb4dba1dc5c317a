"""What the report answers about 41 Mill Lane, and what it answers where the site or the code is another."""

from zoning_report import Changed, Report, matrix, rows, said

from quire.graphs.kinds.site_zoning_report.assessing.review import Review
from quire.nodes.evidence.claims import led_in
from quire.nodes.evidence.content import Block, Claim

SURVEY = "survey.csv"
PARKING = "ordinance/1241-parking-and-loading.md"
MX = "ordinance/1231-mill-street-mixed-use.html"


def test_the_proposal_is_a_conditional_use_and_lacks_spaces(report: Report) -> None:
    answer = said(report["summary"])

    assert "Bakery with seating, 42 seats, is a conditional use (§ 1231.02)." in answer
    assert "it needs 20 parking spaces; 17 are there, 3 fewer." in answer


def test_with_thirty_seats_it_is_permitted_by_right_and_its_spaces_are_there(report: Report) -> None:
    variant = Review(report.bare).variant

    assert variant is not None
    assert (30, "permitted", 17) == (variant.seats, variant.permission.kind, variant.demand.spaces)
    assert "With 30 seats it is permitted by right (§ 1231.02) and needs 17 spaces" in said(report["summary"])


def test_existing_parking_conforms_and_is_no_nonconformity(report: Report) -> None:
    review = Review(report.bare)

    assert (16, 0) == (review.parking["existing"].demand.spaces, review.parking["existing"].short)
    assert "They need 16 parking spaces, and 17 are there: existing parking conforms." in said(report["summary"])
    assert "Parking" not in said(report["nonconformities"])


def test_the_floor_requirement_binds_new_or_substantially_improved_buildings_only(report: Report) -> None:
    assert ("at least 705 ft", "Not measured; no elevation certificate furnished", "Does not bind") == matrix(report)[
        "Lowest floor"
    ]
    assert "This binds a new or substantially improved building only; the building was built in 1931." in said(
        report["overlays"]
    )
    assert "703 ft + 2 ft = 705 ft" in str(report["overlays"])


def test_the_spaces_are_derived_for_what_is_what_is_proposed_and_the_variant(report: Report) -> None:
    derived = {row[0]: row[2:] for row in rows(report["parking"])}

    assert ["8.6", "", ""] == derived["Retail sales (vacant since March 2026)"]
    assert ["", "14", "10"] == derived["Bakery with seating"]
    assert ["19.47", "24.87", "20.87"] == derived["Sum"]
    assert ["15.57", "19.89", "16.69"] == derived["Reduced"]
    assert ["16", "20", "17"] == derived["Spaces required"]
    assert ["17", "17", "17"] == derived["Spaces there"]


def test_each_matter_is_told_once_in_the_words_of_the_code(report: Report) -> None:
    whole = [made["text"] for content in report.whole().values() for b in content["blocks"] for made in _claims(b)]
    sentences = [text for text in whole if len(text.split()) > 8]

    assert len(sentences) == len(set(sentences)), sorted({t for t in sentences if sentences.count(t) > 1})
    assert 1 == sum("enclosure of masonry or wood" in text for text in whole)


def test_what_a_letter_says_of_its_office_is_told_as_the_letter_s(report: Report) -> None:
    blocks = [block for content in report.whole().values() for block in content["blocks"]]
    told = [f"{lead} {made['text']}" for block in blocks for made, lead in led_in(block)]

    speaking = [text for text in told if "This office" in text]
    assert 2 == len(speaking)
    assert all("Zoning verification letter" in text for text in speaking), speaking
    assert "Side yard, west (§ 1231.03): “This office regards its west side yard as lawfully nonconforming" in " ".join(
        told
    )


def test_a_condition_that_asks_for_what_is_not_met_is_told_with_it_and_not_again(
    report: Report, changed: Changed
) -> None:
    tree = "Street tree: bring this into line with § 1243.03, or show that it is lawful; SP-98-03 asks for it as well."
    planted = changed(replaced={SURVEY: {"Street trees,1,": "Street trees,2,"}})

    assert tree in said(report["recommendation"])
    assert "The condition of SP-98-03" not in said(report["recommendation"])
    assert "The condition of SP-98-03 is open: Keep two street trees" in said(planted["recommendation"])


def test_what_is_left_to_build_is_no_matter_of_where_a_building_stands(report: Report) -> None:
    room = {row[0]: row[1:] for row in rows(report["capacity"])}

    assert ["Floor area ratio, maximum", "Building coverage, maximum", "Density, maximum", "Height", "Stories"] == list(
        room
    )
    assert ["4.73 units", "3 units", "1 unit"] == room["Density, maximum"]
    assert ["8,520 sq ft", "7,480 sq ft", "1,040 sq ft"] == room["Floor area ratio, maximum"]


def test_each_number_of_spaces_leads_to_what_it_rests_on(report: Report) -> None:
    claims = [made for block in report["parking"]["blocks"] for made in _claims(block)]

    assert [] == [made["text"] for made in claims if made["basis"] == "computed" and not made["evidence"]]


def test_only_steps_of_this_project_are_named(report: Report, changed: Changed) -> None:
    steps = {row[0]: row[1:3] for row in rows(report["findings"])}
    assert ["Yes", "No"] == steps["Conditional uses"] == steps["Site plan"] == steps["Variances"]
    assert ["Yes", "Yes"] == steps["Zoning permit"]

    smaller = changed(replaced={"uses.csv": {'"2,150",42,': '"2,150",28,'}})
    steps = {row[0]: row[1:-2] for row in rows(smaller["findings"])}
    assert "Conditional uses" not in steps
    assert "Variances" not in steps
    assert ["Yes"] == steps["Zoning permit"]
    assert "hearing" not in said(smaller["findings"])


def test_a_proposal_that_conforms_has_no_variant_and_no_condition(changed: Changed) -> None:
    smaller = changed(replaced={"uses.csv": {'"2,150",42,': '"2,150",28,'}})

    assert Review(smaller.bare).variant is None
    assert "28 seats, is permitted by right" in said(smaller["summary"])
    assert "Limit the proposal" not in said(smaller["recommendation"])


def test_where_no_number_of_seats_conforms_none_is_named(changed: Changed) -> None:
    crowded = changed(replaced={SURVEY: {"Parking spaces,17,": "Parking spaces,8,"}})

    assert Review(crowded.bare).variant is None
    assert "12 fewer" in said(crowded["summary"])


def _claims(block: Block) -> list[Claim]:
    return [*block.get("claims", ()), *(cell for row in block.get("rows", ()) for cell in row)]
