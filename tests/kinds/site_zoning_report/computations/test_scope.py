from zoning_report import Changed, Report, said


def test_every_kind_of_document_is_listed_with_its_date(report: Report) -> None:
    table = next(block for block in report["scope"]["blocks"] if block["kind"] == "table")
    rows = {row[0]["text"]: (row[1]["text"], row[2]["text"]) for row in table["rows"]}

    assert rows["Zoning code"][0].startswith("12 documents, from “Chapter 1201")
    assert "Codified through Ordinance 2026-11, passed 12 May 2026" == rows["Zoning code"][1]
    assert ("survey.csv", "18 August 2026") == rows["Survey"]


def test_usual_documents_that_were_not_supplied_are_named(report: Report, changed: Changed) -> None:
    assert "an elevation certificate" in said(report["scope"])
    assert "a survey of the site" not in said(report["scope"])
    assert "a survey of the site" in said(changed(without=("survey.csv",))["scope"])


def test_reliance_is_limited_to_those_who_are_named(report: Report, changed: Changed) -> None:
    assert "This report may be relied upon by: Harbour Lending, its successors and assigns." in said(report["scope"])
    nobody = changed(facts={"reliance": None, "client": None})["scope"]
    assert ["Who may rely on this report?"] == nobody["open_questions"]


def test_no_row_of_a_record_is_quoted_whole_where_it_names_people(report: Report) -> None:
    assert "Oakley" not in str(report["scope"])
