import pytest
from zoning_report import SPECS, Report, rows, said

from quire.graphs.kinds.site_zoning_report.computations import findings, recommendation
from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment, assessment_values
from quire.graphs.kinds.site_zoning_report.computations.matters import matters_in
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Evidence, SectionContent, Value

PLACE = Evidence(source="code.md", address="§ 5.1, line 3", quote="the words", hash="0")


def _value(text: str) -> Value:
    return Value(value=None, unit="", text=text, evidence=[PLACE])


def _section(*assessments: tuple[str, str]) -> SectionContent:
    made = [
        Assessment(key, key.replace("_", " ").capitalize(), _value("minimum 8 ft"), _value("4 ft"), status, "4 < 8")
        for key, status in assessments
    ]
    return SectionContent(blocks=[], values=assessment_values(made), open_questions=[])


def _found(inputs: dict[str, SectionContent]) -> SectionContent:
    return findings.compute(Materials("T", SPECS["findings"], {}, (), inputs))


def test_matters_are_ranked_by_what_they_mean_not_by_where_they_stand() -> None:
    inputs = {
        "dimensions": _section(("height", "Indeterminate"), ("side_setback", "Legal nonconforming")),
        "parking": _section(("parking", "Nonconforming"), ("loading", "Conforming")),
        "uses": _section(("use_proposed", "Conforming subject to conditional use approval")),
    }

    assert [
        ("High", "standard.parking"),
        ("Medium", "standard.use_proposed"),
        ("Low", "standard.side_setback"),
        ("Unknown", "standard.height"),
    ] == [(matter.weight, matter.key) for matter in matters_in(inputs)]


def test_what_conforms_is_no_matter() -> None:
    assert [] == matters_in({"dimensions": _section(("height", "Conforming"))})


def test_open_violations_weigh_most() -> None:
    values = {"violations.open": _value("1 open matter"), "violations.open.1": _value("Zoning case 7: a shed")}
    violations = SectionContent(blocks=[], values=values, open_questions=[])

    assert [("High", "Zoning case 7: a shed")] == [(m.weight, m.text) for m in matters_in({"violations": violations})]


def test_a_matter_keeps_what_is_required_apart_from_what_is_there(report: Report) -> None:
    found = [row[1] for row in rows(report["findings"], "Findings by weight")]

    assert "Parking spaces, required: minimum 20 spaces; actual: 17 spaces" in found
    assert any(text.endswith("; actual: none on record for the proposed use") for text in found)


def test_a_section_that_was_not_completed_is_named_and_not_guessed() -> None:
    found = _found({"dimensions": _section(("height", "Conforming"))})

    assert "Not completed elsewhere, and so not determined here:" in said(found)
    assert "parking" in said(found)


def test_the_findings_of_the_example_begin_with_what_is_not_met(report: Report) -> None:
    found = rows(report["findings"], "Findings by weight")
    weights = [row[2] for row in found]

    assert sorted(weights, key=["High", "Medium", "Low", "Unknown"].index) == weights
    assert any("Z-26-017" in row[1] for row in found if row[2] == "High")
    assert {"High", "Medium", "Low", "Unknown"} == set(weights)


def test_the_path_to_approval_is_told_in_the_codes_words(report: Report) -> None:
    path = report["findings"]["blocks"][-1]["claims"]
    steps = {step["text"].partition(".")[0]: step for step in path}

    assert "Section 1271.04(a): The Planning Commission decides" in steps["Conditional use approval"]["text"]
    assert "Section 1253.02(a)" in steps["Historic or design review"]["text"]
    assert "Section 1271.05(a)" in steps["Variance"]["text"]
    assert all(step["evidence"] for step in path)


def test_the_recommendation_takes_up_every_finding_once(report: Report) -> None:
    matters = [name for name in report["findings"]["values"] if name.startswith("finding.") and name.count(".") == 1]
    conditions = [c["text"] for b in report["recommendation"]["blocks"] if b["kind"] == "list" for c in b["claims"]]

    assert len(matters) == len(conditions)
    assert all(any(f"(finding {n})" in text for text in conditions) for n in range(1, len(matters) + 1))


@pytest.mark.parametrize(
    ("purpose", "words"),
    [
        ("loan underwriting", "that the loan be made only if"),
        ("purchase of the building", "that the purchase be completed only if"),
        ("variance application", "that the application be made only if"),
        ("strategy", "that the proposal be pursued only if"),
    ],
)
def test_the_recommendation_is_for_the_stated_purpose(purpose: str, words: str) -> None:
    inputs = {"findings": _found({"parking": _section(("parking", "Nonconforming"))})}
    made = recommendation.compute(Materials("T", SPECS["recommendation"], {"purpose": purpose}, (), inputs))

    assert words in said(made)


def test_nothing_is_recommended_that_relies_on_a_prohibited_use() -> None:
    inputs = {"findings": _found({"uses": _section(("use_proposed", "Nonconforming"))})}
    made = recommendation.compute(Materials("T", SPECS["recommendation"], {"purpose": "loan"}, (), inputs))

    assert "not allowed under the present zoning" in said(made)


def test_without_findings_nothing_is_recommended() -> None:
    made = recommendation.compute(Materials("T", SPECS["recommendation"], {"purpose": "loan"}, (), {}))

    assert "nothing is recommended" in said(made)
    assert 1 == len(made["open_questions"])


def test_what_is_only_unknown_makes_the_decision_wait() -> None:
    inputs = {"findings": _found({"dimensions": _section(("height", "Indeterminate"))})}
    made = recommendation.compute(Materials("T", SPECS["recommendation"], {"purpose": "loan"}, (), inputs))

    assert "a decision should wait for them" in said(made)
