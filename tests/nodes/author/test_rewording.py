"""When other words for a claim state the same."""

import pytest

from quire.nodes.author.rewording import Rewording, fate_of
from quire.nodes.evidence.content import Block, SectionContent, claim
from quire.nodes.evidence.figures.conventions import ENGLISH


def fate(before: str, after: str) -> str:
    made = {**claim(before, "source"), "id": "c1", "kind": "fact"}
    block = Block(kind="paragraph", claims=[made])  # type: ignore[list-item]
    contents = {"one": SectionContent(blocks=[block], values={}, open_questions=[])}
    proposed = Rewording(section="one", claim="c1", before=before, text=after, twice="", why="spelling")
    return fate_of(proposed, contents, ["One"], ENGLISH)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("It works down to -25C.", "It works down to \u221225 °C.", "reworded"),
        ("It weighs 40kg and costs 3 EUR.", "It weighs 40 kg and costs 3 EUR.", "reworded"),
        ("It is open 9-17.", "It is open 9\u201317.", "reworded"),
        ("It works down to -25C.", "It works down to 25C.", "changes"),
        ("It works down to -25C.", "It works down to -25F.", "changes"),
        ("It costs 1.5 EUR.", "It costs 15 EUR.", "changes"),
    ],
)
def test_another_spelling_of_a_unit_states_the_same(before: str, after: str, said: str) -> None:
    assert said == fate(before, after)
