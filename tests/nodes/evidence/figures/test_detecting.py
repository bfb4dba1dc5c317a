"""How a source writes numbers and dates is told by the source, then by the brief, and else said to be open."""

import pytest

from quire.nodes.evidence.figures.conventions import convention_of
from quire.nodes.evidence.figures.detecting import commonest, convention_in, convention_of_document, language_of
from quire.nodes.evidence.figures.finding import figures_in
from quire.nodes.sources.passage import Reading
from quire.nodes.sources.read import read


def source(text: str, locale: str = "") -> Reading:
    return read("a.md", text.encode(), convention_of(locale) if locale else None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The roof of the house is old and it is to be replaced."),
        ("de", "Das Dach ist alt und wird nicht ersetzt."),
        ("fr", "Le toit de la maison est dans un état qui est pour nous un souci."),
        ("es", "El techo de la casa es viejo y no se cambia en el año."),
        ("it", "Il tetto della casa è vecchio e non si cambia per una ragione."),
        ("nl", "Het dak van de woning is oud en wordt niet vervangen."),
        ("pt", "O telhado da casa não é novo e os donos não o mudam."),
        ("ja", "屋根はとても古いです。"),
        ("zh", "屋顶很旧\uff0c需要更换。"),
        ("", "Item 4 5 6"),
    ],
)
def test_the_language_is_told_by_its_commonest_words(language: str, text: str) -> None:
    assert language_of([text]) == language


@pytest.mark.parametrize(
    ("text", "figure", "value"),
    [
        ("Es sind 12.500 Einwohner und das ist nicht wenig.", "12.500", "12500"),
        ("The price is EUR 2.400,50 and the rent is 1.200 euros.", "1.200", "1200"),
        ("The length is 1.234 m and the cost of it is $12.50.", "1.234", "1.234"),
        ("Die Kosten sind nicht bekannt, der Preis ist 12.50 € und die Länge 1.234 m.", "1.234", "1.234"),
    ],
)
def test_decimal_signs_are_told_by_language_and_by_figures_that_say_themselves(
    text: str, figure: str, value: str
) -> None:
    reading = source(text)
    found = next(f for f in figures_in(text, reading["convention"]) if f.text.startswith(figure))

    assert str(found.value) == value
    assert not found.ambiguous
    assert reading["doubts"] == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("It was signed on 3/4/2026 and closed on 30/4/2026.", "2026-04-03"),
        ("It was signed on 3/4/2026 and closed on 4/30/2026.", "2026-03-04"),
        ("It was signed on 3/4/2026, as was said on 12 March 2026.", "2026-04-03"),
        ("It was signed on 3/4/2026, as was said on March 12, 2026.", "2026-03-04"),
        ("Es wurde nicht am 3/4/2026 und auch nicht vorher gesagt.", "2026-04-03"),
    ],
)
def test_day_and_month_are_told_by_other_dates(text: str, date: str) -> None:
    reading = source(text)

    assert date in [f.value for f in figures_in(text, reading["convention"])]
    assert reading["doubts"] == []


def test_what_nothing_tells_is_said() -> None:
    assert source("Total 1.234 sum 5")["doubts"] == [("1.234", "1.234")]
    assert source("It is due on 3/4/2026 at the latest, and not before that.")["doubts"] == [("3/4/2026", "2026-03-04")]


def test_the_brief_tells_what_the_source_does_not() -> None:
    german = source("Total 1.234 sum 5", "de")
    british = source("It is due on 3/4/2026 at the latest, and not before that.", "en-GB")

    assert (german["doubts"], german["convention"].decimal) == ([], ",")
    assert (british["doubts"], british["convention"].month_first) == ([], False)


def test_the_source_itself_comes_before_the_brief() -> None:
    assert convention_in(["Total 1,234.50 sum"], convention_of("de")).decimal == "."


def test_a_document_is_written_as_most_of_its_sources_are() -> None:
    german, english = convention_of("de"), convention_of("en")

    assert commonest([english, german, german]) == german
    assert commonest([]).language == "en"


def test_a_document_is_written_as_its_language_is_in_the_country_of_the_brief() -> None:
    british, german = convention_of("en-GB"), convention_of("de")

    assert "," == convention_of_document("de", [british]).decimal
    assert "." == convention_of_document("de", [german], "de-CH").decimal
    assert "." == convention_of_document("en", [german, german], "de").decimal
    assert not convention_of_document("en", [german, british]).month_first
    assert convention_of_document("en", []).month_first
