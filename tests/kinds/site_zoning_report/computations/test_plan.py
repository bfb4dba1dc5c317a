from zoning_report import Bare, Report

from quire.nodes.evidence.content import SectionContent


def _policies(content: SectionContent) -> dict[str, list[str]]:
    table = next(block for block in content["blocks"] if block["kind"] == "table")
    return {row[0]["text"]: [cell["text"] for cell in row[1:]] for row in table["rows"]}


def test_policies_are_sorted_by_their_verbs(report: Report) -> None:
    policies = _policies(report["plan"])

    assert "Encouraging" == policies["ED-1.3"][2]
    assert "Limiting" == policies["LU-4.2"][2]
    assert (4, 3) == (
        report["plan"]["values"]["plan.policies_encouraging"]["value"],
        report["plan"]["values"]["plan.policies_limiting"]["value"],
    )


def test_the_plan_is_said_to_guide_and_not_to_govern(report: Report) -> None:
    said = " ".join(c["text"] for block in report["plan"]["blocks"] for c in block.get("claims", []))

    assert "neither permits nor forbids a use" in said
    assert "as Village Center" in said


def test_a_plan_without_numbers_is_read_by_its_sentences(bare: Bare) -> None:
    plan = "# Comprehensive plan\n\nThe town supports small shops.\n\nIt discourages drive-through lanes.\n"
    wordings = [row[2] for row in _policies(bare({"plan.md": plan}, proposed_use="shop")["plan"]).values()]

    assert ["Encouraging", "Limiting"] == wordings


def test_without_a_plan_consistency_is_not_determined(bare: Bare) -> None:
    plan = bare(client="A")["plan"]

    assert (
        "No comprehensive plan was supplied. Consistency with it is not determined."
        == plan["blocks"][0]["claims"][0]["text"]
    )
    assert 1 == len(plan["open_questions"])
