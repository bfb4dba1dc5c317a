from zoning_report import Changed, Report


def test_the_particulars_are_the_briefs(report: Report) -> None:
    rows = {row[0]["text"]: row[1] for row in report["header"]["blocks"][0]["rows"]}

    assert "Harbour Lending" == rows["Client"]["text"]
    assert "facts.client" == rows["Client"]["evidence"][0]["address"]
    assert "2 October 2026" == rows["Effective date of research"]["text"]
    assert [] == report["header"]["open_questions"]


def test_what_is_not_stated_is_said_to_be_missing_and_asked_for(changed: Changed) -> None:
    header = changed(facts={"research_date": None})["header"]
    rows = {row[0]["text"]: row[1] for row in header["blocks"][0]["rows"]}

    assert ("Not determined", "open") == (
        rows["Effective date of research"]["text"],
        rows["Effective date of research"]["basis"],
    )
    assert any("Effective date of research" in question for question in header["open_questions"])
    assert "report.research_date" not in header["values"]


def test_the_record_of_the_site_answers_where_the_brief_is_silent(changed: Changed) -> None:
    rows = {row[0]["text"]: row[1] for row in changed(facts={"parcel_ids": None})["header"]["blocks"][0]["rows"]}

    assert ("14-022-07", "parcel.csv") == (rows["Parcel"]["text"], rows["Parcel"]["evidence"][0]["source"])


def test_a_brief_that_names_another_place_than_the_record_is_questioned(changed: Changed) -> None:
    header = changed(facts={"address": "14 Mill Lane, Alder Falls"})["header"]

    assert any("14 Mill Lane" in q and "41 Mill Lane" in q for q in header["open_questions"])


def test_a_fact_the_blueprint_does_not_know_is_reported_too(changed: Changed) -> None:
    header = changed(facts={"loan_number": "HL-77"})["header"]
    rows = {row[0]["text"]: row[1]["text"] for row in header["blocks"][0]["rows"]}

    assert "HL-77" == rows["Loan number"]
