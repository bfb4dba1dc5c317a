from zoning_report import Bare, Changed, Report, TextOf, told


def test_the_area_is_given_in_square_feet_and_acres_with_the_conversion(report: Report) -> None:
    claims = [row[1] for block in report["property"]["blocks"] for row in block.get("rows", [])]
    area = next(made for made in claims if "sq ft (" in made["text"])

    assert "14,200 sq ft (0.326 acre)" == area["text"]
    assert "14,200 sq ft / 43,560 sq ft per acre = 0.326 acre" == area["how"]


def test_the_owner_is_not_named(report: Report) -> None:
    text = str(report["property"])

    assert "Oakley" not in text
    assert "P.O. Box" not in text


def test_the_surroundings_are_described_on_each_side(report: Report) -> None:
    rows = told(report["property"])

    assert {"North", "East", "South", "West"} <= rows.keys()
    assert "Detached houses on Weir Street (VR)" == rows["South"]


def test_records_that_contradict_each_other_leave_a_question(changed: Changed, example_text: TextOf) -> None:
    parcel = example_text("parcel.csv").replace('"7,480 sq ft"', '"8,900 sq ft"').replace("0.33 acre", "0.51 acre")
    questions = changed(replaced={"parcel.csv": parcel})["property"]["open_questions"]

    assert any(q.startswith("The gross floor area") and "8,900" in q and "7,480" in q for q in questions)
    assert any(q.startswith("Lot area") and "0.51 acre" in q for q in questions)


def test_without_a_record_nothing_is_described(bare: Bare) -> None:
    property_section = bare(client="A")["property"]

    assert "not determined" in property_section["blocks"][0]["claims"][0]["text"]
    assert any("Lot area" in question for question in property_section["open_questions"])
