import pytest

from quire.nodes.language.catalogue import words_in
from quire.nodes.render.numbered import Tone
from quire.nodes.render.wording import incomplete, made_by, notice_of, tone_of, used_in

WORDS = words_in("en")


@pytest.mark.parametrize(
    ("status", "tone"),
    [
        ("Conforming", "good"),
        ("conforming", "good"),
        ("Legal nonconforming", "caution"),
        ("Conforming subject to striping of 2 stalls", "caution"),
        ("Nonconforming", "bad"),
        ("Non-conforming", "bad"),
        ("Indeterminate", "unknown"),
        ("Not determined", "unknown"),
        ("Not met", "bad"),
        ("Met", "good"),
        ("Partially met", "caution"),
        ("Something else", "neutral"),
    ],
)
def test_a_status_has_the_colour_of_what_it_says(status: str, tone: Tone) -> None:
    assert tone_of(status) == tone


def test_models_are_named_with_the_agents_that_used_them() -> None:
    made = made_by(WORDS, "model", [{"writer": "gpt-4o", "reviewer": "small"}, {"writer": "small"}, {}])

    assert "gpt-4o (writer) and small (reviewer and writer)" in made
    assert "a language model" in made_by(WORDS, "model", [{}])
    assert "without a language model" in made_by(WORDS, "offline", [{}])


def test_an_approved_section_needs_no_notice() -> None:
    assert notice_of(WORDS, "approved", "") is None


@pytest.mark.parametrize("status", ["failed", "cancelled", "stub", "skipped", "something new"])
def test_every_other_status_has_a_notice_with_the_reasons_first_line(status: str) -> None:
    notice = notice_of(WORDS, status, "The deadline passed.\nDetail for the log.")

    assert notice is not None
    assert notice.heading.startswith("This section")
    assert notice.reason == "The deadline passed."


def test_a_traceback_is_no_reason() -> None:
    notice = notice_of(WORDS, "failed", "Traceback (most recent call last):\n ...")

    assert notice is not None
    assert notice.reason == ""


def test_a_long_reason_is_cut_visibly() -> None:
    notice = notice_of(WORDS, "failed", "why " * 200)

    assert notice is not None
    assert notice.reason.endswith("…")
    assert len(notice.reason) <= 400


def test_missing_sections_are_counted_and_named() -> None:
    assert incomplete(WORDS, [], 3) == []
    assert incomplete(WORDS, [("2 Uses", "failed")], 3) == [
        "Incomplete: 1 of 3 sections could not be written as planned: 2 Uses (failed)."
    ]


def test_sections_are_named_in_one_or_many() -> None:
    assert used_in(WORDS, ["1"]) == "section 1"
    assert used_in(WORDS, ["1", "4"]) == "sections 1, 4"
