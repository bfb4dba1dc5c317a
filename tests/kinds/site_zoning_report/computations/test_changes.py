"""What a change of the inputs reaches, and what it leaves word for word as it was."""

import pytest
from zoning_report import Report, TextOf, changed_report

from quire.nodes.checks.wording import lines_of
from quire.nodes.evidence.content import SectionContent

EARLY = {"header", "scope", "property", "designation", "overlays", "access", "approvals", "plan"}
LATE = {"summary", "findings", "recommendation", "limitations", "sources"}


def _words(content: SectionContent) -> list[str]:
    return [*lines_of(content), *content["open_questions"]]


def _rewritten(before: Report, after: Report) -> set[str]:
    return {section for section, content in before.whole().items() if _words(content) != _words(after[section])}


@pytest.mark.parametrize(
    ("file", "old", "new", "reached"),
    [
        ("survey.csv", "Parking spaces,17", "Parking spaces,20", {"parking", "nonconformities", "capacity"}),
        (
            "ordinance/1231-mill-street-mixed-use.html",
            "<td>0.60</td>",
            "<td>0.50</td>",
            {"dimensions", "nonconformities", "capacity"},
        ),
    ],
)
def test_a_changed_figure_reaches_what_is_built_on_it_and_nothing_else(
    report: Report, example_text: TextOf, file: str, old: str, new: str, reached: set[str]
) -> None:
    text = example_text(file)
    assert 1 == text.count(old)
    rewritten = _rewritten(report, changed_report(replaced={file: text.replace(old, new)}))

    assert reached == rewritten - LATE
    assert {"summary", "findings"} <= rewritten


def test_a_new_violation_reaches_its_section_and_what_sums_up(report: Report, example_text: TextOf) -> None:
    added = example_text("violations.csv") + "1 October 2026,B-26-003,Building,Loose lintel over the rear door,,Open,\n"
    rewritten = _rewritten(report, changed_report(replaced={"violations.csv": added}))

    assert {"violations"} == rewritten - LATE - {"scope"}
    assert {"summary", "findings", "recommendation"} <= rewritten


def test_an_address_reaches_only_those_who_state_it(report: Report) -> None:
    rewritten = _rewritten(report, changed_report(facts={"address": "41 Mill Lane, Village of Alder Falls"}))

    assert {"header", "scope", "property", "summary"} == rewritten


def test_enough_spaces_conform(example_text: TextOf) -> None:
    enough = changed_report(
        replaced={"survey.csv": example_text("survey.csv").replace("Parking spaces,17", "Parking spaces,20")}
    )

    assert "Conforming" == enough["parking"]["values"]["standard.parking.status"]["text"]
