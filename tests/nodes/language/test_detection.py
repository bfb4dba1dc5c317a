import pytest

from quire.nodes.language.detection import language_of_most
from quire.nodes.language.direction import runs_right_to_left
from quire.nodes.sources.read import read

SENTENCES = {
    "en": "The council set aside the money for the repair of the main, and it was not spent by the end of the year.",
    "de": "Der Rat hat das Geld für die Instandsetzung der Leitung zurückgelegt, und es wurde nicht ausgegeben.",
    "": "T-1000, 2026-06-05, 2,172.92",
}


def test_the_language_of_most_sources_counts() -> None:
    readings = [read(f"{n}.txt", SENTENCES[name].encode()) for n, name in enumerate(["en", "de", "de", ""])]

    assert "de" == language_of_most(readings)
    assert "en" == language_of_most(readings[:2])
    assert "" == language_of_most(readings[3:])


@pytest.mark.parametrize(
    ("text", "turned"),
    [("الإيجار 1,234", True), ("12 שקלים", True), ("see العربية", False), ("2026", False), ("租金 العربية", False)],
)
def test_the_first_letter_with_a_direction_decides(text: str, *, turned: bool) -> None:
    assert turned == runs_right_to_left(text)
