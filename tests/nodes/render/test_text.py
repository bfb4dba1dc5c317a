import pytest
from hypothesis import given
from hypothesis import strategies as st

from quire.nodes.render.text import REPLACEMENT, clean, cleaned, label, shown


@pytest.mark.parametrize(
    "code",
    [0x00, 0x07, 0x1B, 0x7F, 0x9B, 0x202E, 0x202A, 0x2066, 0x2069, 0xD800, 0xDFFF, 0xFFF9, 0xFFFE, 0xFFFF, 0xE0041],
)
def test_what_could_act_or_deceive_is_replaced_visibly(code: int) -> None:
    assert clean(f"a{chr(code)}b") == f"a{REPLACEMENT}b"


@pytest.mark.parametrize(
    "text", ["≤ ½ § ² \N{EN DASH} “x” …", "naïve Čeština", "日本語", "عربي", "👩‍👧", "a\N{NO-BREAK SPACE}b"]
)
def test_what_only_shows_stays(text: str) -> None:
    assert shown(text) == text


def test_line_breaks_of_every_kind_are_one_and_fold_into_a_blank() -> None:
    text = "a\r\nb\rc\u2028d\x0be\x85f"

    assert clean(text) == "a\nb\nc\nd\ne\nf"
    assert shown(f"  {text}\t\n") == "a b c d e f"


@given(st.text(st.characters(exclude_categories=[])))
def test_clean_text_can_always_be_encoded_and_is_not_cleaned_further(text: str) -> None:
    once = clean(text)

    assert once.encode().decode() == once
    assert clean(once) == once


def test_every_string_of_a_json_value_is_cleaned() -> None:
    assert cleaned({"a\x00": ["b\x00", 1, None, True, {"c": "d\x00"}]}) == {"a�": ["b�", 1, None, True, {"c": "d�"}]}


def test_labels_are_cut_visibly() -> None:
    assert label("x" * 300) == "x" * 300
    assert label("x" * 301) == "x" * 299 + "…"
