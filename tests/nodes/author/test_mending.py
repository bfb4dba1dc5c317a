"""A reply is mended line by line; what is not given stays."""

import pytest

from quire.nodes.author.mending import mended, numbered

REPLY = "Rents rose [E1].\n\n| Year | Rent |\n|---|---|\n| 2025 | 40 [E9] |\n\nThey fell [E2]."


def test_lines_are_shown_with_their_numbers() -> None:
    assert "1| Rents rose [E1].\n2|\n3| | Year | Rent |" == "\n".join(numbered(REPLY).split("\n")[:3])


@pytest.mark.parametrize(
    ("answer", "whole"),
    [
        ("5| | 2025 | 40 [E3] |", REPLY.replace("E9", "E3")),
        ("5| | 2025 | 40 [E3] |\n7|", REPLY.replace("E9", "E3").replace("\nThey fell [E2].", "")),
        ("7| They fell [E2].\n\nWhy is not said [∅ looked: notes].", f"{REPLY}\n\nWhy is not said [∅ looked: notes]."),
        ("8| So they vary [⇒ E1, E2].", f"{REPLY}\nSo they vary [⇒ E1, E2]."),
        (" 1| Rents rose [E4].\n", REPLY.replace("E1", "E4")),
        ("```\n1| Rents rose [E4].\n```", REPLY.replace("E1", "E4")),
        ("Rents rose [E4].\n\nThey fell [E2].", "Rents rose [E4].\n\nThey fell [E2]."),
        ("", ""),
        (numbered(REPLY), REPLY),
    ],
    ids=["a cell", "a line goes", "a line grows", "one more", "spaces", "a fence", "the whole", "nothing", "all lines"],
)
def test_what_is_given_takes_its_place(answer: str, whole: str) -> None:
    assert whole == mended(REPLY, answer)
