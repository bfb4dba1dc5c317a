"""Dates as nine languages write them: every day, month and range that Unicode's data know, spelled by Babel."""

from collections.abc import Iterator
from datetime import date

import pytest
from babel.dates import format_date, format_interval, format_skeleton

from quire.nodes.evidence.figures.conventions import convention_of
from quire.nodes.evidence.figures.finding import figures_in

LOCALES = ["en-GB", "en-US", "de", "de-AT", "fr", "es", "it", "nl", "pt-BR", "pt-PT", "zh-CN", "zh-TW", "ja"]


def spelled_in(locale: str) -> Iterator[tuple[str, list[str]]]:
    code = {"zh-CN": "zh_Hans_CN", "zh-TW": "zh_Hant_TW"}.get(locale, locale.replace("-", "_"))
    for month in range(1, 13):
        day = date(2026, month, 14)
        for style in ("full", "long", "medium", "short"):
            yield format_date(day, style, locale=code), [day.isoformat()]
        for skeleton, value in (("MMMMd", f"-{day:-%m-%d}"), ("MMMd", f"-{day:-%m-%d}"), ("yMMMM", f"{day:%Y-%m}")):
            yield format_skeleton(skeleton, day, locale=code), [value]
        for end in (date(2026, month, 19), date(2026, min(month + 1, 12), 20)):
            yield format_interval(day, end, "yMMMd", locale=code), [day.isoformat(), end.isoformat()]
            yield format_interval(day, end, "MMMMd", locale=code), [f"-{one:-%m-%d}" for one in (day, end)]


def dates_in(locale: str, text: str) -> list[object]:
    return [figure.value for figure in figures_in(text, convention_of(locale)) if figure.kind == "date"]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_date_is_read_as_its_language_writes_it(locale: str) -> None:
    wrong = {text: dates_in(locale, text) for text, days in spelled_in(locale) if dates_in(locale, text) != days}

    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("14 mar", ["--03-14"]),
        ("14-19 set.", ["--09-14", "--09-19"]),
        ("La sala è chiusa il 14 mar e riapre dopo.", ["--03-14"]),
        ("Le domande si accettano dal 14 al 19 set.", ["--09-14", "--09-19"]),
        ("Servono 14 set e un 15 mar per il bagno.", []),
        ("I 14 set sono completi.", []),
    ],
)
def test_an_italian_month_that_is_a_word_too_counts_alone_or_behind_an_article(text: str, days: list[str]) -> None:
    assert days == dates_in("it", text)


@pytest.mark.parametrize(
    ("locale", "text", "days"),
    [
        ("en", "from 14 December to 19 January 2026", ["2025-12-14", "2026-01-19"]),
        ("en", "on 14 December, and on 19 January 2026", ["--12-14", "2026-01-19"]),
        ("ja", "2026年12月14日から1月19日まで", ["2026-12-14", "2027-01-19"]),
        ("zh", "2026年5月至6月", ["2026-05", "2026-06"]),
        ("zh", "二〇二六年五月四日至六日", ["2026-05-04", "2026-05-06"]),
    ],
)
def test_an_end_of_a_range_without_a_year_has_that_of_the_other_end(locale: str, text: str, days: list[str]) -> None:
    assert days == dates_in(locale, text)


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "We set 14 of them out, 5 may go and 3 march on."),
        ("it", "Il servizio comprende 14 set di posate."),
        ("es", "Son 14 de los 20 que van al mar."),
        ("de", "Es sind 14 Maiskolben und 3 Märzenbecher."),
    ],
)
def test_words_that_look_like_months_are_none(locale: str, text: str) -> None:
    assert [] == dates_in(locale, text)
