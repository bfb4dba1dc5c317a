"""Whatever a model or a source says, a document shows it and does nothing: a thousand cases in every format."""

import re

import pytest

from quire.nodes.render.formats import FORMATS
from tests.nodes.render.hostile_output import FAMILIES, PLACES, Case, cases, document_of
from tests.nodes.render.inert import LOOKED_THROUGH
from tests.nodes.render.reading import text_in

DOCUMENTS = 36
ALL = list(cases(DOCUMENTS))
MADE = [pytest.param(made, id=f"document {n}", marks=[pytest.mark.long] * (n >= 2)) for n, made in enumerate(ALL)]


def test_there_are_a_thousand_cases_and_every_family_comes_to_every_place() -> None:
    made = [case for document in ALL for case in document.values()]

    assert len({case.mark for case in made}) == len(made) >= 1_000
    assert {(family, place) for family in FAMILIES for place in PLACES} == {(c.family, c.place) for c in made}


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("name", FORMATS)
def test_whatever_is_said_is_shown_and_nothing_of_it_acts(name: str, made: dict[str, Case]) -> None:
    data = FORMATS[name].render(document_of(made))
    shown = re.sub(r"[\s\ufffd]", "", text_in(name, data)).casefold()

    assert LOOKED_THROUGH[name](data) == []
    assert [case for case in made.values() if case.mark not in shown] == []
