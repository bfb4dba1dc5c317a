"""The figures of any sources: a table stays one table."""

from quire.graphs.kinds.general_report.computations.figures import compute
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block
from quire.nodes.sources.read import read


def tables(name: str, text: str) -> list[Block]:
    reading = read(name, text.encode())
    given = Materials(title="T", section={}, facts={}, readings=(reading,), inputs={})  # type: ignore[typeddict-item] # no section is asked
    return [block for block in compute(given)["blocks"] if block["kind"] == "table" and block["rows"]]


def told(block: Block) -> list[list[str]]:
    return [[cell["text"] for cell in row] for row in block["rows"]]


def test_names_and_values_are_one_table() -> None:
    rows = "".join(f"<tr><td>{name}<td>{value}</tr>" for name, value in (("Founded", "1975"), ("Seats", "120")))
    (block,) = tables("a.html", f"<h1>The mill</h1><table>{rows}</table>")
    assert [column["title"] for column in block["columns"]] == ["Name", "Value"]
    assert told(block) == [["Founded", "1975"], ["Seats", "120"]]


def test_a_table_of_one_column_keeps_its_title() -> None:
    (block,) = tables("a.csv", "violation\nNone in 2025\nOne in 2026\n")
    assert ([column["title"] for column in block["columns"]], told(block)) == (
        ["violation"],
        [["None in 2025"], ["One in 2026"]],
    )
