"""Due diligence of a company that neither the kind nor its example knows, through the graph."""

import re
from pathlib import Path
from typing import Any

import pytest

from quire.graphs.document.document_graph import build
from quire.graphs.insight.evaluation.statements import Statement, statements_of
from quire.graphs.intake.brief import decode
from quire.nodes.render.document import number

ROOT = Path(__file__).parents[3]
KIND = ROOT / "graphs" / "kinds" / "due_diligence"

REPORT = """# Report for {year}

Published {published}.

## Results

| Measure | {year} | {before} |
|---|---|---|
| Revenue | EUR {revenue}m | EUR {old}m |
| EBITDA | EUR {ebitda}m | EUR {old_ebitda}m |

## Shops

Loaves sold per shop and day: {loaves}
"""
SOURCES = {
    "reports/2025.md": REPORT.format(
        year=2025, before=2024, published="3 March 2026", revenue="40.0", old="32.0", ebitda="6.0", old_ebitda="4.0",
        loaves=410,
    ),
    "reports/archive/2023.md": REPORT.format(
        year=2023, before=2022, published="1 March 2024", revenue="30.0", old="28.0", ebitda="3.0", old_ebitda="2.5",
        loaves=380,
    ),
    "profile.md": (
        "# Hofer Bakeries\n\nLast updated: April 2026\n\n- Ovens: 64 (31 December 2025)\n\n"
        "## Competition\n\nHofer is the only baker in the valley with a night line.\n"
    ),
    "works.md": "# Works\n\nPrepared by: works office, 2 April 2026\n\n- Ovens: 58 (31 December 2025)\n",
    "flour.md": (
        "# Flour supply\n\nCounterparty: Talmühle\nSubject: Wheat flour\nEnd: 30 June 2027\nAnnual value: EUR 2.1m\n"
        "Notice: 6 months\n\nThe price of flour is EUR 410 per tonne.\n"
    ),
    "shops.csv": "Shop,Rent (EUR)\nMarkt,60000\nBahnhof,30000\nSee,10000\n",
    "sites.csv": "Site,Bought,Book value (EUR)\nMill,1998,450000\nBakehouse,2015,1200000\nYard,2003,\n",
    "sites_2019_superseded.csv": "Site,Book value (EUR)\nOld mill,90000\n",
    "risks.md": "# Risks\n\nAs of 5 May 2026\n\n- The oven maker has one engineer for all of the valley.\n",
    "old_plan.md": "# Night line (superseded)\n\nJune 2023\n\n- Price of the night line: EUR 9m\n",
    "new_plan.md": "# Night line\n\nMay 2026\n\n- Price of the night line: EUR 12m\n",
    "parking_policy.md": "# Parking policy\n\nA permit costs EUR 30 a month.\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def out() -> dict[str, Any]:
    sources = [{"name": name, "text": text} for name, text in SOURCES.items()]
    brief = {"blueprint": "due-diligence", "title": "Hofer", "facts": {"subject": "Hofer"}, "sources": sources}
    written: dict[str, Any] = build().invoke(decode(brief))
    return written


def _said(out: dict[str, Any], section: str) -> list[Statement]:
    return [one for one in statements_of(out["document"]) if one.section == section]


def _row(out: dict[str, Any], section: str, words: str) -> Statement:
    (found,) = (one for one in _said(out, section) if re.search(words, one.words))
    return found


def test_every_section_that_needs_no_model_is_written(out: dict[str, Any]) -> None:
    left = {s["id"] for s in out["sections"] if s["status"] != "approved"}

    assert ({"summary", "questions"}, "partial") == (left, out["status"])


def test_the_newest_value_stands_before_the_older_ones_with_their_times(out: dict[str, Any]) -> None:
    revenue = _row(out, "metrics", r"\| Measure: Revenue;")

    assert ("EUR 40.0m", "2025") == (revenue.cells["Newest value"], revenue.cells["As of"])
    assert "EUR 32.0m (2024); EUR 30.0m (2023); EUR 28.0m (2022)" == revenue.cells["Before"]
    assert "+25 % since 2024" == revenue.cells["Change"]
    assert "380 (2023)" == _row(out, "metrics", "Measure: Loaves").cells["Before"]


def test_a_value_of_a_source_out_of_force_is_never_the_newest(out: dict[str, Any]) -> None:
    price = _row(out, "metrics", "Price of the night line")

    assert "EUR 12m" in price.cells["Newest value"]
    assert "superseded" in price.cells["Before"]
    assert not [one for one in statements_of(out["document"]) if "EUR 9m" in one.text and "superseded" not in one.text]


def test_sources_that_differ_are_both_named_and_neither_counts(out: dict[str, Any]) -> None:
    conflict = _row(out, "conflicts", "Ovens")

    assert "64 (profile.md)" in conflict.cells["Values"]
    assert "58 (works.md)" in conflict.cells["Values"]
    assert "Ovens" in _row(out, "metrics", "64.*58|58.*64").text


def test_what_nothing_decides_stands_on_the_cover(out: dict[str, Any]) -> None:
    cover = number(out["document"]).cautions

    (conflict,) = (said for said in cover if "Ovens" in said)
    assert all(word in conflict for word in ("64 (profile.md)", "58 (works.md)", "nothing tells which counts"))


def test_terms_of_a_contract_and_their_times_lead_to_one_place_and_to_no_list_of_computations(
    out: dict[str, Any],
) -> None:
    numbered = number(out["document"])
    tables = {part.text: part for chapter in numbered.chapters for part in chapter.parts if part.kind == "table"}
    (row,) = tables["Contracts"].rows

    assert [1, *[0] * (len(row) - 1)] == [len(cell.citations) for cell in row]
    assert not any(
        "the time of" in made.how or made.how.startswith("from the newest") for made in numbered.computations
    )


def test_parts_ratios_and_terms_are_worked_out_and_read(out: dict[str, Any]) -> None:
    rent = _row(out, "parts", "Rent")

    assert "100,000" == rent.cells["Total"]
    assert "Markt 60.0 %; Bahnhof 30.0 %; See 10.0 %" == rent.cells["Largest parts"]
    margins = {one.cells["As of"]: one.cells["Value"] for one in _said(out, "ratios") if "EBITDA margin" in one.text}
    assert ("15.0 %", "12.5 %", "10.0 %") == (margins["2025"], margins["2024"], margins["2023"])
    flour = _row(out, "contracts", "Talmühle").cells
    assert ("Wheat flour", "30 June 2027", "6 months") == (flour["Subject"], flour["End"], flour["Notice"])
    assert "410 per tonne" in " ".join(one.words for one in _said(out, "metrics"))


def test_what_the_company_owns_stands_with_its_book_value_the_most_valuable_first(out: dict[str, Any]) -> None:
    owned = [one.cells for one in _said(out, "assets")]

    assert ["Bakehouse", "Mill", "Yard"] == [row["Site"] for row in owned]
    assert ["1,200,000", "450,000", ""] == [row.get("Book value (EUR)", "") for row in owned]


def test_topics_are_told_apart_and_housekeeping_is_left_out(out: dict[str, Any]) -> None:
    assert "one engineer" in " ".join(one.words for one in _said(out, "risks"))
    assert "night line" in " ".join(one.words for one in _said(out, "position"))
    assert not [one for one in _said(out, "metrics") if "permit" in one.words]


def _words(*files: Path) -> set[str]:
    return {word for file in files for word in re.findall(r"[a-z]{4,}", file.read_text("utf-8").lower())}


TRADES = (
    "robot robots warehouse warehouses pallet pallets lidar firmware fleet forklift battery payload freezer frozen "
    "chilled vlx veltrix raas amr rfps picks conveyor ferry ferries vessel vessels passenger passengers sailing "
    "sailings port harbour freight crew berth bakery loaf loaves oven ovens flour"
)
"""Words of the trades of companies that the kind was tried on."""


def test_the_kind_has_no_word_of_a_trade() -> None:
    own = _words(*KIND.rglob("*.py"), KIND / "blueprint.yaml")

    assert set() == own & set(TRADES.split())
    names = {"brackwater", "northmoor", "gannet", "kestrel", "selby", "meridian", "lindqvist"}
    assert set() == own & names
