import pytest

from quire.graphs.kinds.general_report.computations.sources import compute
from quire.nodes.checks.grounded import ungrounded
from quire.nodes.computations.materials import Materials
from quire.nodes.sources.read import read

HEADINGS = {
    "numbered": "# Budget of the parks\n\nText.\n\n# 1. Scope\n\nText.\n\n# 2. Costs\n\nMore.\n",
    "plain numbers": "# 1 Scope\n\nText.\n\n# 2 Costs in 2026 by 15%\n\nMore.\n",
    "deep": "# 1.2 Scope\n\nText.\n\n## 1.2.1 (a) Costs\n\nMore.\n\n# IV. Rest\n\nText.\n",
    "figures": "# 5-12% more\n\nText.\n\n# 20x\n\nText.\n\n# 3 May 2026\n\nText.\n\n# $3.4 million\n\nText.\n",
    "paragraphs": "# § 3 Height\n\nText.\n\n# Art. 4\n\nText.\n\n# (5) Fees\n\nText.\n\n# A. One\n\nText.\n",
    "none": "Minutes of the council. Nothing else.\n",
}


@pytest.mark.parametrize("text", HEADINGS.values(), ids=HEADINGS)
def test_whatever_headings_a_source_has_the_register_stands(text: str) -> None:
    reading = read("a.md", text.encode())
    content = compute(Materials("T", {"id": "scope"}, {}, (reading,), {}))

    assert [] == ungrounded("scope", content, (reading,), Materials("T", {}, {}, (), {}).words)
    assert "a.md" == content["blocks"][0]["rows"][0][0]["text"]


def test_sources_are_listed_with_their_date_and_headings_without_their_numbers() -> None:
    texts = {"a.md": f"Date: 14 April 2026\n\n{HEADINGS['numbered']}", "b.csv": "a,b\n1,2\n"}
    readings = tuple(read(name, text.encode()) for name, text in texts.items())
    content = compute(Materials("T", {"id": "scope"}, {}, readings, {}))

    assert [
        ["a.md", "Text", "2026-04-14", "Budget of the parks; Scope; Costs"],
        ["b.csv", "Table", "none stated", "a; b"],
    ] == [[cell["text"] for cell in row] for row in content["blocks"][0]["rows"]]


@pytest.mark.parametrize(("rows", "kind"), [(30, "Table"), (31, "Table, 31 rows")])
def test_how_long_a_table_is_stands_beside_one_that_nobody_reads_through(rows: int, kind: str) -> None:
    reading = read("b.csv", ("a,b\n" + "1,2\n" * rows).encode())
    content = compute(Materials("T", {"id": "scope"}, {}, (reading,), {}))

    assert kind == content["blocks"][0]["rows"][0][1]["text"]


def test_a_source_without_headings_is_told_by_its_beginning() -> None:
    content = compute(Materials("T", {"id": "scope"}, {}, (read("a.txt", HEADINGS["none"].encode()),), {}))

    assert "Minutes of the council." == content["blocks"][0]["rows"][0][-1]["text"]


def test_a_letter_is_told_by_what_it_says_and_not_by_its_greeting() -> None:
    mail = "From: a@b.example\nSubject: Track\n\nDear all,\n\nThe track can be raised. It costs 38,000.\n\nIsla\n"
    content = compute(Materials("T", {"id": "scope"}, {}, (read("a.eml", mail.encode()),), {}))

    assert "The track can be raised." == content["blocks"][0]["rows"][0][-1]["text"]


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("day,sold\n2026-02-03,4\n2026-01-31,5\n", "2026-01-31 to 2026-02-03 (“day”)"),
        ("Ort;Datum;Euro\nDer Hof;3. Mai 2026;1\nund das;12.06.2026;2\nAu;;3\n", "2026-05-03 to 2026-06-12 (“Datum”)"),
        ("day,sold\n2026-02-03,4\nsoon,5\n", "none stated"),
        ("day,sold\n2026-02-03,4\n2026-02-03,5\n", "none stated"),
        ("birthday,name\n3 May,A\n4 May,B\n", "none stated"),
    ],
)  # fmt: skip
def test_a_table_that_says_no_date_is_of_the_days_of_its_rows(text: str, dated: str) -> None:
    content = compute(Materials("T", {"id": "scope"}, {}, (read("a.csv", text.encode()),), {}))

    assert dated == content["blocks"][0]["rows"][0][2]["text"]
