"""Prose is shown while the reply that holds it is still being written, without the marks behind its statements."""

import random

import pytest

from quire.nodes.model.partial_reply import Prose

DRAFT = (
    "### Height\n\nThe limit is 40 feet [E1], or 12 m [= E2 - E3]. See [Annex A] and [1].\n\n[[T1]]\n\n"
    "- Build lower [⇒ E1, c2]\n- Fees are not stated [∅ looked: minutes, price list].\n"
)
SAID = (
    "### Height\n\nThe limit is 40 feet, or 12 m. See [Annex A] and [1].\n\n\n\n- Build lower\n- Fees are not stated.\n"
)


@pytest.mark.parametrize("seed", range(20))
def test_however_the_pieces_are_cut_the_prose_is_the_same(seed: int) -> None:
    text, rng, prose, heard = DRAFT, random.Random(seed), Prose(), ""
    while text:
        cut = rng.randint(1, 9)
        heard, text = heard + prose.take(text[:cut]), text[cut:]

    assert SAID == heard


def test_a_sentence_is_heard_before_it_ends() -> None:
    assert "The heig" == Prose().take("The heig")


@pytest.mark.parametrize("text", ["a [E", "a [⇒ E1, c", "a [[T1"])
def test_what_may_become_a_mark_is_held_back(text: str) -> None:
    assert "a" == Prose().take(text)


def test_brackets_that_never_close_are_text() -> None:
    assert "a [" + "x" * 200 == Prose().take("a [" + "x" * 200)
