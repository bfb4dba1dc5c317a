import pytest

from quire.nodes.language.detection import language_of, language_of_most
from quire.nodes.language.direction import runs_right_to_left
from quire.nodes.sources.read import read

SENTENCES = {
    "en": "The council set aside the money for the repair of the main, and it was not spent by the end of the year.",
    "de": "Der Rat hat das Geld für die Instandsetzung der Leitung zurückgelegt, und es wurde nicht ausgegeben.",
    "fr": "Le conseil a réservé des fonds pour les travaux sur la conduite, et ils sont dans le budget de cette année.",
    "es": "El consejo reservó los fondos para las obras de la red, y no se gastaron en el plazo que se había dado.",
    "it": "Il consiglio ha riservato i fondi per gli interventi della rete, e non sono stati spesi con il piano.",
    "nl": "De raad heeft het geld voor de leiding gereserveerd, en het is niet aan het einde van het jaar besteed.",
    "pt": "O conselho reservou os fundos para as obras da rede, e não foram gastos no prazo que se tinha dado.",
    "": "T-1000, 2026-06-05, 2,172.92",
}


@pytest.mark.parametrize(("language", "text"), SENTENCES.items(), ids=[name or "none" for name in SENTENCES])
def test_a_text_is_in_the_language_of_its_commonest_words(language: str, text: str) -> None:
    assert language == language_of(text)


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
