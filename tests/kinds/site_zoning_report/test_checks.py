"""What the rules of the kind in code object to: a report in which one thing was changed."""

import copy
from collections.abc import Callable

import pytest
from zoning_report import Report

from quire.graphs.kinds.site_zoning_report.checks import document, standards, text
from quire.nodes.computations.blocks import paragraph
from quire.nodes.computations.materials import Check
from quire.nodes.evidence.content import SectionContent, claim

Change = Callable[[SectionContent], object]


def _row(content: SectionContent, label: str) -> int:
    table = next(b for b in content["blocks"] if b["kind"] == "table")
    return next(n for n, row in enumerate(table["rows"]) if row[0]["text"] == label)


def _cell(content: SectionContent, label: str, column: int) -> dict[str, object]:
    table = next(b for b in content["blocks"] if b["kind"] == "table")
    return table["rows"][_row(content, label)][column]  # type: ignore[return-value]


def _says(words: str) -> Change:
    return lambda content: content["blocks"].append(paragraph(claim(words, "inference")))


def _worked(how: str) -> Change:
    return lambda content: content["blocks"].append(paragraph(claim("So it is.", "computed", how=how)))


def _without_clauses(content: SectionContent) -> None:
    content["blocks"] = [block for block in content["blocks"] if block["kind"] != "facts"]
    content["blocks"] = [b for b in content["blocks"] if "damage" not in str(b)]


@pytest.mark.parametrize(
    ("check", "section", "change", "message"),
    [
        (
            standards.required_cites_code,
            "dimensions",
            lambda c: _cell(c, "Height", 1).update(evidence=[]),
            "cites no provision of the code",
        ),
        (
            standards.actual_cites_survey,
            "dimensions",
            lambda c: _cell(c, "Height", 2).update(evidence=_cell(c, "Height", 1)["evidence"]),
            "cites no record of the site",
        ),
        (
            standards.status_equals_comparison,
            "dimensions",
            lambda c: _cell(c, "Street tree", 4).update(status="Conforming"),
            "“Street tree”: at least 2 against 1 is not Conforming",
        ),
        (
            standards.status_equals_comparison,
            "dimensions",
            lambda c: _cell(c, "Height", 4).update(status="Nonconforming"),
            "is not Nonconforming",
        ),
        (
            standards.missing_never_conforms,
            "dimensions",
            lambda c: _cell(c, "Clear glazing", 4).update(status="Conforming"),
            "the actual value is missing",
        ),
        (standards.arithmetic_recomputed, "parking", _worked("42 seats / 3 = 15"), "does not work out"),
        (standards.one_unit_system, "capacity", _says("It is 3 meters, or 9 feet."), "two systems of units"),
        (standards.nonconformity_cites_rebuild, "nonconformities", _without_clauses, "cite the clause on rebuilding"),
        (text.accessibility_not_certified, "uses", _says("The entrance is accessible."), "accessibility"),
        (text.personal_data_left_out, "access", _says("Call 555-0142."), "telephone number"),
        (
            text.flood_statement_names_panel_and_date,
            "overlays",
            lambda c: [b.update(rows=b["rows"][:2]) for b in c["blocks"] if b["kind"] == "facts"],
            "without the map panel",
        ),
        (
            text.plan_kept_apart_from_zoning,
            "plan",
            lambda c: [b.update(claims=[]) for b in c["blocks"] if b["kind"] == "paragraph"],
            "the plan guides",
        ),
    ],
)
def test_a_rule_objects_to_what_was_changed_and_to_nothing_before(
    report: Report, check: Check, section: str, change: Change, message: str
) -> None:
    materials, content = report.materials(section), copy.deepcopy(report[section])

    assert [] == check(content, materials)
    change(content)
    assert any(message in found["message"] for found in check(content, materials))


@pytest.mark.parametrize(
    ("check", "section", "change", "message"),
    [
        (
            document.figures_agree,
            "summary",
            lambda c: c["values"]["summary.conforming"].update(value=20),
            "It counts 20 standards as Conforming; the matrix, 19",
        ),
        (
            document.disclaimers_present,
            "limitations",
            lambda c: c["blocks"][0]["claims"].pop(0),
            "not a legal opinion",
        ),
        (
            document.edition_and_research_date,
            "designation",
            lambda c: c["blocks"].pop(0),
            "The edition of the code is not stated",
        ),
        (
            document.edition_and_research_date,
            "header",
            lambda c: c["blocks"].clear(),
            "The effective date of research is not stated",
        ),
    ],
)
def test_a_rule_on_the_whole_objects_to_what_was_changed(
    report: Report, check: Callable[..., list[dict[str, str]]], section: str, change: Change, message: str
) -> None:
    whole = copy.deepcopy(report.whole())

    assert [] == check(whole)
    change(whole[section])
    assert any(message in found["message"] for found in check(whole))
