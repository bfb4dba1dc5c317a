import pytest
from zoning_report import BLUEPRINT, SPECS, Report, bare_report

from quire.graphs.kinds.site_zoning_report.checks import text as zoning_text
from quire.nodes.checks.checking import check_section
from quire.nodes.computations.materials import Finding, Materials
from quire.nodes.evidence.content import Block, Claim, Evidence, SectionContent, Value, claim
from quire.nodes.personal.masking import masked
from quire.nodes.personal.policy import Policy
from quire.nodes.sources.read import read

WORDED = {rule["id"]: {"scope": "section", "forbid": [], "require": [], **rule} for rule in BLUEPRINT["rules"]}


def _saying(*texts: str, values: dict[str, Value] | None = None) -> SectionContent:
    return _of(*(claim(text, "computed", how="") for text in texts), values=values)


def _of(*claims: Claim, values: dict[str, Value] | None = None) -> SectionContent:
    return SectionContent(blocks=[Block(kind="paragraph", claims=list(claims))], values=values or {}, open_questions=[])


def _materials() -> Materials:
    return bare_report().materials("header")


@pytest.mark.parametrize("section", list(SPECS))
def test_the_example_keeps_the_rules_on_its_text(report: Report, section: str) -> None:
    rules = [rule for rule in WORDED.values() if not str(rule.get("check", "")).startswith("zoning_standards")]
    found = check_section(
        [rule for rule in rules if rule["scope"] == "section"], report[section], report.materials(section)
    )

    assert [] == found


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("ZR-07", "We certify that the building may stay."),
        ("ZR-07", "In our legal opinion the use is lawful."),
        ("ZR-07", "The outcome is guaranteed."),
        ("ZR-07", "The site fully complies with the code."),
        ("ZR-12", "The site lies in a desirable neighborhood."),
        ("ZR-12", "It adjoins an immigrant community."),
        ("ZR-12", "The flats are ideal for retirees."),
    ],
)
def test_wording_that_no_report_may_use_is_found(rule: str, sentence: str) -> None:
    found = check_section([WORDED[rule]], _saying(sentence), _materials())

    assert [(rule, "error")] == [(f["rule"], f["severity"]) for f in found]


@pytest.mark.parametrize(
    "sentence",
    [
        "This report is no warranty.",
        "A certificate of occupancy was issued in 2011.",
        "The buffer protects the neighborhood from noise.",
    ],
)
def test_ordinary_wording_passes(sentence: str) -> None:
    assert [] == check_section([WORDED["ZR-07"], WORDED["ZR-12"]], _saying(sentence), _materials())


def test_a_flood_zone_without_panel_and_date_is_found() -> None:
    found = zoning_text.flood_statement_names_panel_and_date(_saying("The rear lies in Zone AE."), _materials())

    assert 2 == len(found)


@pytest.mark.parametrize(
    "sentence",
    [
        "The rear lies in Zone AE on panel 99041C0217F, effective 14 March 2019.",
        "The rear lies in Zone AE; map panel not determined; effective date of panel not determined.",
        "The FH Flood Hazard Overlay District covers the rear.",
    ],
)
def test_a_complete_or_absent_flood_statement_passes(sentence: str) -> None:
    assert [] == zoning_text.flood_statement_names_panel_and_date(_saying(sentence), _materials())


def test_vouching_for_accessibility_is_found() -> None:
    found = zoning_text.accessibility_not_certified(_saying("The entrance is fully accessible."), _materials())

    assert 1 == len(found)


def test_comparing_accessible_spaces_asks_for_the_reservation() -> None:
    values = {"standard.accessible_parking.status": Value(value="Conforming", unit="", text="Conforming", evidence=[])}
    silent = _saying("One accessible space is marked.", values=values)
    reserved = _saying("Accessible spaces are counted; accessibility is not certified.", values=values)

    assert 1 == len(zoning_text.accessibility_not_certified(silent, _materials()))
    assert [] == zoning_text.accessibility_not_certified(reserved, _materials())


PERMITS = "date,permit,type,applicant,applicant phone,decision\n2 May 2019,Z-1,Permit,Ola Winter,555-0101,Issued\n"


def _personal(content: SectionContent, **facts: str) -> list[Finding]:
    found = masked([read("permits.csv", PERMITS.encode())], Policy(openly=" ".join(facts.values())))
    materials = Materials("T", {"id": "approvals"}, facts, found.readings, {}, found.values)
    return zoning_text.personal_data_left_out(content, materials)


@pytest.mark.parametrize("name", ["Ola Winter", "OLA WINTER", "Winter, Ola", "O. Winter", "Ms. Winter"])
def test_an_applicant_who_is_named_is_found(name: str) -> None:
    assert 1 == len(_personal(_saying(f"{name} applied for it.")))


def test_a_sentence_is_judged_by_what_it_says_and_not_by_the_row_that_it_cites() -> None:
    row = Evidence(source="permits.csv", address="row 2", quote="applicant: Ola Winter; decision: Issued", hash="0")

    assert [] == _personal(_of(claim("A permit was issued.", "source", row)))
    assert 1 == len(_personal(_of(claim("Ola Winter got a permit.", "source", row))))
    assert [] == _personal(_saying("A permit was issued on 2 May 2019, before the winter."))


@pytest.mark.parametrize(
    "text", ["Ask clerk@village.example about it.", "Call 216 555 0188.", "Telephone (216) 555-0188"]
)
def test_addresses_of_persons_are_found(text: str) -> None:
    assert 1 == len(_personal(_saying(text)))


def test_an_applicant_whom_the_brief_itself_names_may_be_named() -> None:
    assert [] == _personal(_saying("Prepared for Ola Winter."), client="Ola Winter")


@pytest.mark.parametrize(
    "sentence",
    [
        "The comprehensive plan permits a bakery here.",
        "The site is zoned Village Center by the comprehensive plan.",
        "The use violates the master plan.",
    ],
)
def test_the_plan_is_not_taken_for_law(sentence: str) -> None:
    assert 1 == len(zoning_text.plan_kept_apart_from_zoning(_saying(sentence), _materials()))


def test_policies_are_quoted_with_the_word_that_the_plan_guides(report: Report) -> None:
    plan = report["plan"]
    materials = report.materials("plan")
    policies = SectionContent(blocks=[b for b in plan["blocks"] if b["kind"] == "table"], values={}, open_questions=[])

    assert [] == zoning_text.plan_kept_apart_from_zoning(plan, materials)
    assert 1 == len(zoning_text.plan_kept_apart_from_zoning(policies, materials))
