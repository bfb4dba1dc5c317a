from zoning_report import Bare, Changed, Report, TextOf


def test_open_matters_come_first_with_the_clause_they_are_under(report: Report) -> None:
    blocks = report["violations"]["blocks"]
    table = next(block for block in blocks if block["kind"] == "table")

    assert "Z-26-017" == table["rows"][0][1]["text"]
    assert any("Section 1243.06 requires:" in c["text"] for block in blocks for c in block.get("claims", []))


def test_open_matters_are_counted_and_named(report: Report) -> None:
    values = report["violations"]["values"]

    assert 1 == values["violations.open"]["value"]
    assert (
        "Zoning case Z-26-017: Refuse containers at the rear stand without an enclosure"
        == values["violations.open.1"]["text"]
    )


def test_a_new_violation_is_one_more_open_matter(changed: Changed, example_text: TextOf) -> None:
    added = example_text("violations.csv") + "1 October 2026,B-26-003,Building,Loose lintel over the rear door,,Open,\n"

    assert 2 == changed(replaced={"violations.csv": added})["violations"]["values"]["violations.open"]["value"]


def test_an_office_that_keeps_no_such_records_settles_nothing(report: Report) -> None:
    questions = report["violations"]["open_questions"]

    assert any("building violation" in question for question in questions)
    assert not any("zoning violation" in question for question in questions)


def test_without_a_record_nothing_is_counted(bare: Bare) -> None:
    violations = bare(client="A")["violations"]

    assert {} == violations["values"]
    assert 3 == len(violations["open_questions"])
