from zoning_report import Bare, Changed, Report, TextOf


def test_the_drive_is_held_to_the_rule_for_this_many_spaces(report: Report) -> None:
    values = report["access"]["values"]

    assert (16.0, 17.8) == (
        values["standard.drive_width.required"]["value"],
        values["standard.drive_width.actual"]["value"],
    )
    assert "Conforming" == values["standard.drive_width.status"]["text"]


def test_more_spaces_ask_for_a_wider_drive(changed: Changed, example_text: TextOf) -> None:
    survey = example_text("survey.csv").replace("Parking spaces,17", "Parking spaces,30")
    values = changed(replaced={"survey.csv": survey})["access"]["values"]

    assert (20.0, "Nonconforming") == (
        values["standard.drive_width.required"]["value"],
        values["standard.drive_width.status"]["text"],
    )


def test_a_short_frontage_allows_one_driveway(report: Report) -> None:
    values = report["access"]["values"]

    assert (1.0, "Conforming") == (
        values["standard.driveways.required"]["value"],
        values["standard.driveways.status"]["text"],
    )


def test_a_utility_without_a_stated_capacity_leaves_a_question(report: Report) -> None:
    questions = report["access"]["open_questions"]

    assert any(question.startswith("Electric power") for question in questions)
    assert not any(question.startswith("Water") for question in questions)


def test_what_a_utility_asks_for_is_named_for_the_findings(report: Report) -> None:
    asked = [v["text"] for name, v in report["access"]["values"].items() if name.startswith("access.requirement")]

    assert "Sanitary sewer: Grease interceptor required before food is prepared" in asked


def test_without_records_street_and_utilities_are_not_determined(bare: Bare) -> None:
    access = bare(client="A")["access"]

    assert 2 == sum(block["kind"] == "note" for block in access["blocks"])
    assert 2 == len(access["open_questions"])
