"""Prose is shown while the reply that holds it is still being written."""

import json
import random
from typing import Any

import pytest

from quire.nodes.author.partial_reply import Prose

DRAFT: dict[str, Any] = {
    "paragraphs": [
        {"sentences": [{"text": 'The "height"\\limit is\n40 feet § or 12 m.', "evidence": ["E1", "text"]}]},
        {"sentences": [{"text": "text", "evidence": []}, {"evidence": ["V2"], "text": "Second: {all}."}]},
    ],
    "open_questions": ["Which text holds?"],
    "missing": [],
}
SAID = 'The "height"\\limit is\n40 feet § or 12 m. text Second: {all}. '


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("escaped", [True, False])
def test_however_the_pieces_are_cut_the_prose_is_the_same(seed: int, *, escaped: bool) -> None:
    text, rng, prose, heard = json.dumps(DRAFT, ensure_ascii=escaped), random.Random(seed), Prose("text"), ""
    while text:
        cut = rng.randint(1, 9)
        heard, text = heard + prose.take(text[:cut]), text[cut:]

    assert SAID == heard


def test_a_sentence_is_heard_before_it_ends() -> None:
    assert "The heig" == Prose("text").take('{"paragraphs": [{"sentences": [{"text": "The heig')


@pytest.mark.parametrize(
    "text", ['{"text": "\\ud83d\\ude00"}', '{"text": "\\uzzzz"}', '"text" "a"', "text: a", '{"text": 1, "b": "c"}']
)
def test_what_is_no_such_prose_gives_nothing_that_was_not_said(text: str) -> None:
    assert not Prose("text").take(text).strip(" \x00")
