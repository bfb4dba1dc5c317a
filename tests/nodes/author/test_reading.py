"""What readers of a draft see of it."""

from quire.nodes.author.reading import text_of
from quire.nodes.computations.blocks import facts, section, table
from quire.nodes.evidence.content import Block, claim


def test_a_reader_sees_a_table_under_the_titles_of_its_columns() -> None:
    rows = [[claim("Login", "fixed"), claim("3", "fixed")], [claim("Search", "fixed"), claim("1", "fixed")]]
    content = section([table("Services", ["Service", ("Outages", "right")], rows), facts(rows[:1])])

    assert "Service | Outages\nLogin | 3\nSearch | 1\n\nLogin | 3" == text_of(content)


def test_a_reader_sees_a_list_by_its_items() -> None:
    revenue, costs = claim("It rose.", "source"), claim("They fell.", "source")
    why = claim("Nobody says why.", "open")
    listed = Block(
        kind="list",
        claims=[{**revenue, "lead": "Revenue.", "item": 1}, {**why, "item": 1}, {**costs, "lead": "Costs.", "item": 2}],
    )

    assert "- Revenue. It rose. Nobody says why.\n- Costs. They fell." == text_of(section([listed]))
