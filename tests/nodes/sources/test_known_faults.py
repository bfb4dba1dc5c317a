"""Files that were once read wrong, and the values that stand in them; those of PDFs: ``test_pdf_by_position.py``."""

from decimal import Decimal
from pathlib import Path

import pytest

from quire.nodes.evidence.figures.finding import figures_in
from quire.nodes.sources.passage import Reading, convention_of
from quire.nodes.sources.read import read

OFFICE = Path(__file__).parent / "office"
TABLE = """# Heights

<table><tr><th>Zone</th><th>Height</th></tr><tr><td>A</td><td>35 feet</td></tr></table>

The text goes on.
"""
YEARS = """<html><body><h1>Budget</h1><table><tr><td>Item</td><td>2025</td><td>2026</td></tr>
<tr><td>Mowing</td><td>12,500</td><td>13,100</td></tr><tr><td>Lamps</td><td></td><td>1,050</td></tr></table></body></html>
"""
CHINESE = "# 报告\n\n租金为每月1,234.56元。合同于2026年5月4日签订。面积为80.5平方米。预算为3.2亿元。\n"
JAPANESE = (
    "# 報告書\n\n家賃は月額12万3千円です。契約は2026年5月4日に締結されました。面積は80.5平方メートルです。"
    "費用は1,234,567円でした。\n"
)
ARABIC = (Path(__file__).parent / "texts" / "rent-in-arabic.md").read_text("utf-8")


def rows(found: Reading) -> list[dict[str, str]]:
    return [passage["fields"] for passage in found["passages"] if passage["kind"] == "row"]


def test_a_table_of_html_in_markdown_is_there() -> None:
    assert rows(read("mdtable.md", TABLE.encode())) == [{"Zone": "A", "Height": "35 feet"}]


@pytest.mark.parametrize("name", ["h2.html", "years-in-header.docx"])
def test_years_over_a_budget_are_its_columns(name: str) -> None:
    data = YEARS.encode() if name == "h2.html" else (OFFICE / name).read_bytes()

    assert {"Item": "Lamps", "2025": "", "2026": "1,050"} in rows(read(name, data))


def test_an_equation_and_what_stands_beside_the_text_are_read() -> None:
    found = read("a.docx", (OFFICE / "equation-and-notes.docx").read_bytes())

    assert "The load is q=4.5 kN per metre." in [passage["text"] for passage in found["passages"]]
    beside = {passage["address"].partition(" ")[0] for passage in found["passages"] if passage["kind"] == "note"}
    assert {"footnote", "comment", "page"} <= beside


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (CHINESE, ["1234.56", "2026-05-04", "80.5", "320000000"]),
        (JAPANESE, ["123000", "2026-05-04", "80.5", "1234567"]),
        (ARABIC, ["1234.56", "2026-05-04", "80.5"]),
    ],
    ids=["Chinese", "Japanese", "Arabic"],
)
def test_figures_of_other_scripts_are_read(text: str, stated: list[str]) -> None:
    found = read("a.md", text.encode())
    figures = [f for p in found["passages"] for f in figures_in(p["text"], convention_of(found))]

    assert [f"{f.value:f}" if isinstance(f.value, Decimal) else f.value for f in figures] == stated
