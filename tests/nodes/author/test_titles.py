"""A title states nothing that its section does not: words that are known, or a question."""

import pytest

from quire.nodes.author.titles import Titles
from quire.nodes.evidence.figures.conventions import ENGLISH, convention_of
from quire.nodes.support.grounding import Given

GIVEN = "The pool of connections was exhausted in March. Northwind raised its limit to 400."
TITLES = Titles([Given(GIVEN, ENGLISH)], ENGLISH)


@pytest.mark.parametrize(
    "title",
    ["Connections", "The limit of the pool", "Causes", "What took longest", "Why it came back", "What Northwind raised",
     "How the limit of 400 was lost"],
)  # fmt: skip
def test_a_title_of_known_words_or_one_that_asks_may_stand(title: str) -> None:
    assert TITLES.may_stand(title)


@pytest.mark.parametrize(
    "title",
    ["Gross negligence", "Limit of 900", "What Acme concealed", "How 900 customers left", "Whatever Acme concealed"],
)
def test_a_title_that_says_something_new_may_not(title: str) -> None:
    assert not TITLES.may_stand(title)


def test_the_same_in_german() -> None:
    german = convention_of("de")
    titles = Titles([Given("Der Vorrat an Verbindungen war im März erschöpft.", german)], german)

    assert titles.may_stand("Warum es wiederkam")
    assert titles.may_stand("Was am längsten dauerte")
    assert not titles.may_stand("Grobe Fahrlässigkeit")
    assert not titles.may_stand("Wie Müller versagte")
