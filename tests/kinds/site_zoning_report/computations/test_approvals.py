from zoning_report import Bare, Changed, Report, TextOf, rows


def test_the_history_is_told_oldest_first(changed: Changed, example_text: TextOf) -> None:
    header, *records = example_text("approvals.csv").splitlines()
    shuffled = changed(replaced={"approvals.csv": "\n".join([header, *reversed(records)])})
    dates = [row[0] for row in rows(shuffled["approvals"], "oldest first")]

    assert ["11 May 1931", "16 May 2018"] == [dates[0], dates[-1]]


def test_applicants_and_their_numbers_are_left_out(report: Report) -> None:
    text = str(report["approvals"])

    assert "Oakley" not in text
    assert "555-0142" not in text


def test_a_condition_that_is_open_is_named_for_the_findings(report: Report) -> None:
    values = report["approvals"]["values"]

    assert 1 == values["approvals.open_conditions"]["value"]
    assert (
        "Condition of SP-98-03 is open: Keep two street trees along Mill Lane"
        == values["approvals.open_condition.1"]["text"]
    )


def test_the_letter_says_what_is_on_record(report: Report) -> None:
    said = [c["text"] for b in report["approvals"]["blocks"] for c in b.get("claims", [])]

    assert any(text.startswith("No variance is on record for the parcel.") for text in said)
    assert any("conditional use in the MX District. This office has received no application" in text for text in said)


def test_no_permit_for_the_proposed_use_is_said_to_be_missing(
    report: Report, changed: Changed, example_text: TextOf
) -> None:
    with_one = example_text("approvals.csv") + "1 June 2026,ZP-26-9,Zoning permit,Bakery with seating,Issued,,,,\n"
    said = "None of them is an approval, permit or certificate for the proposed use."

    assert said in str(report["approvals"])
    assert said not in str(changed(replaced={"approvals.csv": with_one})["approvals"])


def test_without_a_record_the_history_is_not_determined(bare: Bare) -> None:
    approvals = bare(client="A")["approvals"]

    assert "note" == approvals["blocks"][0]["kind"]
    assert 1 == len(approvals["open_questions"])
    assert {} == approvals["values"]
