"""The last row of a table of records: the sum of a column, with its unit where the cells above bear theirs."""

import pytest

from quire.nodes.language.catalogue import words_in
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.showing import show
from quire.nodes.records.shown import TableOf
from quire.nodes.records.structured import extract
from quire.nodes.sources.read import read

ROUND = RecordType.model_validate(
    {"title": "Rounds", "fields": {"round": {"key": True}, "amount": {"type": "number", "titles": ["Amount"]}}}
)


@pytest.mark.parametrize(
    ("table", "title", "total"),
    [
        ("Round,Amount\nSeed,$4.5M\nSeries A,$18M\n", "Amount", "$22,500,000"),
        ("Round,Amount (EUR)\nSeed,4500\nSeries A,18000\n", "Amount (EUR)", "22,500"),
    ],
)
def test_a_sum_bears_the_unit_that_its_column_does_not_say(table: str, title: str, total: str) -> None:
    records = extract({"round": ROUND}, [read("rounds.csv", table.encode())])
    display = TableOf(kind="table", of="round", totals=["amount"])

    shown = show([display], {"round": ROUND}, records, words_in("en"))["blocks"][0]

    assert (title, total) == (shown["columns"][1]["title"], shown["rows"][-1][1]["text"])
