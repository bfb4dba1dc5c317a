"""An open violation settles a standard that nobody measured."""

from zoning_report import Changed, Report, TextOf

from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment, assessments_in

VIOLATIONS = "violations.csv"


def _standard(report: Report, section: str, label: str) -> Assessment:
    return next(made for made in assessments_in(report[section]["values"]) if made.label == label)


def test_an_open_violation_of_its_section_says_that_a_standard_is_not_met(report: Report) -> None:
    enclosure = _standard(report, "landscape", "Refuse enclosure")

    assert "Nonconforming" == enclosure.status
    assert "Refuse containers at the rear stand without an enclosure" == enclosure.actual["text"]
    assert {VIOLATIONS} == {evidence["source"] for evidence in enclosure.actual["evidence"]}


def test_what_a_violation_settles_is_asked_nowhere(report: Report) -> None:
    asked = [question for content in report.whole().values() for question in content["open_questions"]]
    undetermined = str(report["limitations"]["blocks"])

    assert not any("refuse" in question.lower() for question in asked)
    assert "Refuse enclosure" not in undetermined


def test_a_violation_that_was_closed_settles_nothing(changed: Changed, example_text: TextOf) -> None:
    closed = changed(replaced={VIOLATIONS: example_text(VIOLATIONS).replace("1243.06,Open", "1243.06,Closed")})

    assert "Indeterminate" == _standard(closed, "landscape", "Refuse enclosure").status


def test_a_violation_of_another_section_settles_nothing(changed: Changed, example_text: TextOf) -> None:
    other = changed(replaced={VIOLATIONS: example_text(VIOLATIONS).replace("1243.06,Open", "1243.0,Open")})

    assert "Indeterminate" == _standard(other, "landscape", "Refuse enclosure").status


def test_what_was_measured_stands_beside_a_violation_of_its_section(changed: Changed, example_text: TextOf) -> None:
    buffered = changed(replaced={VIOLATIONS: example_text(VIOLATIONS).replace("1243.06", "Section 1243.04")})

    assert "Conforming" == _standard(buffered, "landscape", "Buffer").status


def test_a_violation_settles_standards_of_parking_too(changed: Changed, example_text: TextOf) -> None:
    added = "3 July 2026,Z-26-020,Zoning,No space has a charger for electric vehicles,1241.07,Open,\n"
    charged = changed(replaced={VIOLATIONS: example_text(VIOLATIONS) + added})

    assert "Nonconforming" == _standard(charged, "parking", "Spaces for charging electric vehicles").status
