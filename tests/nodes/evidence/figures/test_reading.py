"""What figures say, in the conventions that sources are written in."""

from dataclasses import replace
from decimal import Decimal

import pytest

from quire.nodes.evidence.figures.conventions import convention_of
from quire.nodes.evidence.figures.finding import figures_in, readings_in


def read_in(locale: str, text: str) -> list[str]:
    return [
        " ".join([f"{f.value:f}" if isinstance(f.value, Decimal) else f.value, f.unit, *f.per]).strip()
        for f in figures_in(text, convention_of(locale))
    ]


@pytest.mark.parametrize(
    ("locale", "text", "figures"),
    [
        ("de", "1.234,56 € im Monat", ["1234.56 euro month"]),
        ("de", "12,5 % von 12.500 Einwohnern", ["12.5 percent", "12500 person"]),
        ("de", "80,5 m², 3,2 Mio. Euro, 5 Mrd. EUR", ["80.5 square meter", "3200000 euro", "5000000000 euro"]),
        ("de", "am 4. Mai 2026, 30.06.2026, bis 30.06.", ["2026-05-04 date", "2026-06-30 date", "--06-30 date"]),
        ("de", "am 15., 16. und 19. Februar", ["--02-15 date", "--02-16 date", "--02-19 date"]),
        (
            "de", "um 15.30 Uhr, 5 bis 7 %, 2,5 Prozentpunkte",
            ["15:30 time", "5 percent", "7 percent", "2.5 percentage point"],
        ),
        ("de-CH", "CHF 1\u2019234\u2019567.50", ["1234567.50 CHF"]),
        ("fr", "1\u202f234,56 €, 12 500 habitants", ["1234.56 euro", "12500 person"]),
        ("fr", "5 % à 7 %, 3,2 millions d'euros, 12 M€", ["5 percent", "7 percent", "3200000 euro", "12000000 euro"]),
        ("fr", "le 1er mai 2026 à 15h30", ["2026-05-01 date", "15:30 time"]),
        ("es", "el 4 de mayo de 2026, 5 mil millones de dólares", ["2026-05-04 date", "5000000000 dollar"]),
        ("it", "2,5 mld di euro il 4 maggio", ["2500000000 euro", "--05-04 date"]),
        ("nl", "€ 1.234,56 op 4 mei 2026, 12,5 procent", ["1234.56 euro", "2026-05-04 date", "12.5 percent"]),
        ("pt", "R$ 1.234,56 em 4 de maio de 2026", ["1234.56 BRL", "2026-05-04 date"]),
        (
            "ja", "\uff11\uff0c\uff12\uff13\uff14円、午後3時、二〇二六年五月四日",
            ["1234 JPY", "15:00 time", "2026-05-04 date"],
        ),
        ("ja", "令和8年、12万3千円、約3,200万円", ["2026 date", "123000 JPY", "32000000 JPY"]),
        ("zh", "2026年5月4日\uff0c3.2亿元\uff0c5个百分点", ["2026-05-04 date", "320000000 CNY", "5 percentage point"]),
        ("en", "₹ 12,34,567 and ₹5 lakh crore", ["1234567 INR", "5000000000000 INR"]),
        ("en", "\u0661\u066c\u0662\u0663\u0664\u066b\u0665\u0666", ["1234.56"]),
        ("en", "(3.4) million", ["-3400000"]),
        ("de", "(3,4) Mio. Euro", ["-3400000 euro"]),
        ("en", "$(3.4) million, \u22122.1 %, by -2.1%", ["-3400000 dollar", "-2.1 percent", "-2.1 percent"]),
        (
            "en", "US$1.2bn, £3.5m, 12 m, €12\u201315m",
            ["1200000000 dollar", "3500000 pound sterling", "12 meter",
             "12000000 euro", "15000000 euro"],
        ),
        (
            "en", "5 to 7 million dollars, 500,000 to 1.2 million",
            ["5000000 dollar", "7000000 dollar", "500000", "1200000"],
        ),
        ("en", "rose in 2013 by 15% to $9.4 million", ["2013", "15 percent", "9400000 dollar"]),
        ("en", "built in 1998 and 12 acres, the 1990s", ["1998", "12 acre", "1990"]),
        ("en", "5-12%, two to three per cent", ["5 percent", "12 percent", "2 percent", "3 percent"]),
        ("ja", "幅12kmの川、重さ5kgで、出力3MWが", ["12 kilometer", "5 kilogram", "3 megawatt"]),
        ("ja", "2026-05-04から9:45まで、広さ30km²の", ["2026-05-04 date", "09:45 time", "30 square kilometer"]),
        ("ja", "3億4,000万円、7万1,500人、1億2,000万, 5", ["340000000 JPY", "71500 person", "120000000", "5"]),
        ("ko", "임대료는 월 1,234,560원입니다. 2026년 5월 4일에", ["1234560 KRW", "2026-05-04 date"]),
        ("zh", "110千伏、6兆瓦、5毫米、3千克、2千人",
         ["110 kilovolt", "6 megawatt", "5 millimeter", "3 kilogram", "2000 person"]),
        ("zh", "开放时间9:15至18:45、温度低至-3.5℃、10万-20万元",
         ["09:15 time", "18:45 time", "-3.5 degree Celsius", "100000 CNY", "200000 CNY"]),
        ("zh", "2026年5月至6月、3月4日、6个月", ["2026-05 date", "2026-06 date", "--03-04 date", "6 month"]),
        ("th", "น้ำหนัก5kgของ", ["5 kilogram"]),
        ("es", "cayeron 60 mm de lluvia, USD 5 mm", ["60 millimeter", "5000000 dollar"]),
        ("pt", "a 5 mi de distância, R$ 5 mi", ["5 mile", "5000000 BRL"]),
        ("de", "12 Bio-Höfe, 3,5 Bio. Euro", ["12", "3500000000000 euro"]),
        ("de-CH", "800 Franken pro Hektare", ["800 CHF hectare"]),
        ("de", "3 Karten zu 12,- € und 7,\u2013 Euro", ["3", "12 euro", "7 euro"]),
        ("de-CH", "Fr. 12.\u2013 im Jahr", ["12 CHF year"]),
        ("en", "a map at 1:50,000 and odds of 3:2", ["1:50,000 ratio", "3:2 ratio"]),
        ("en", "1.4 million bushels, 18 gigalitres, 60 nautical miles", ["1400000 bushel", "18 gigaliter",
         "60 nautical mile"]),
        ("en", "15 and 19 February 2026, 22 June", ["2026-02-15 date", "2026-02-19 date", "--06-22 date"]),
        ("en", "at 09:10: 20x, 3 p.m.", ["09:10 time", "20 times", "15:00 time"]),
        (
            "en", "5 mg/kg, 230 kV, 15 L, 5 µg, 24 kWh",
            ["5 milligram/kilogram", "230 kilovolt", "15 liter", "5 microgram", "24 kilowatt_hour"],
        ),
        ("en", "$40 per robot per month, 25 bps", ["40 dollar month robot", "25 basis point"]),
        ("en", "3 \u00d7 10^6 cells, 10⁻³ m, half a million", ["3000000", "0.001 meter", "500000"]),
        ("en", "30 gpm and 12 dBm", ["30 gpm", "12 dBm"]),
        ("de", "zwölf Monate, zehn bis fünfundzwanzig Prozent, acht Zeilen", ["12 month", "10 percent", "25 percent"]),
        ("it", "12,5 per cento di 3.400 abitanti", ["12.5 percent", "3400 person"]),
        ("fr", "12 pour cent, vingt mètres", ["12 percent", "20 meter"]),
        ("de", "100 m²/Tag, Stand 05/2026", ["100 square meter day", "2026-05 date"]),
        ("en", "$2B in sales, \u20ac12.5B, 6.4B USD", ["2000000000 dollar", "12500000000 euro", "6400000000 dollar"]),
        ("en", "open until 12 noon, closed at 12 midnight, \u221240 °F, minus 3 °C",
         ["12:00 time", "00:00 time", "-40 degree Fahrenheit", "-3 degree Celsius"]),
        ("en", "3 drums of No. 4 oil, see Nos. 7 and 8", ["3"]),
        ("en", "from $300 to $2 thousand, $5 to $7 million",
         ["300 dollar", "2000 dollar", "5000000 dollar", "7000000 dollar"]),
        ("es", "de 800 € a 3 mil euros", ["800 euro", "3000 euro"]),
        ("de", "von 8 bis 11 Uhr, zwischen 14 und 16.30 Uhr", ["08:00 time", "11:00 time", "14:00 time", "16:30 time"]),
        ("nl", "tussen 9 en 17 uur", ["09:00 time", "17:00 time"]),
        ("it", "alle ore 9.15, dalle 8 alle 12.30", ["09:15 time", "08:00 time", "12:30 time"]),
        ("es", "de las 9 a las 14", ["09:00 time", "14:00 time"]),
        ("it", "3 GWh all\u2019anno", ["3 gigawatt_hour year"]),
        ("pt", "R$ 90 ao mês, 4% ao ano", ["90 BRL month", "4 percent year"]),
        ("ja", "7平方キロメートル、2兆3,000億円", ["7 square kilometer", "2300000000000 JPY"]),
        ("ja", "45分で着く、3分の1、氷点下8℃", ["45 minute", "3", "1", "-8 degree Celsius"]),
        ("zh", "下调10个基点、零下5℃", ["10 basis point", "-5 degree Celsius"]),
        ("en", "\u0434\u043e 9 \u043c\u0430\u044f 2026", ["2026-05-09 date"]),
        ("en", "20, 25, and 30 feet; cycle 2 of 3, and three customers",
         ["20 foot", "25 foot", "30 foot", "2", "3", "3 customer"]),
        ("en", "packs of -25C, \u221220.5C to +8C, a PX-25C, model K-25C, room 25C, -40F",
         ["-25 degree Celsius", "-20.5 degree Celsius", "8 degree Celsius", "-40 degree Fahrenheit"]),
        ("en", "in 2025-10, 2019-03 and 2025-12", ["2025-10 date", "2019-03 date", "2025-12 date"]),
        ("en", "at 192.168.0.1 or +44 20 7946 0958, 3¢", ["3 cent"]),
    ],
)  # fmt: skip
def test_figures_say_what_their_convention_makes_of_them(locale: str, text: str, figures: list[str]) -> None:
    assert read_in(locale, text) == figures


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("raised $60-70M in the first round", (60_000_000, 70_000_000)),
        ("a market of $1.5-2B", (1_500_000_000, 2_000_000_000)),
        ("between US$2 to 3T a year", (2 * 10**12, 3 * 10**12)),
        ("€4\u20135B, they say", (4_000_000_000, 5_000_000_000)),
        ("EUR 900M-1B", (900_000_000, 1_000_000_000)),
        ("$60-$70K", (60_000, 70_000)),
    ],
)
def test_both_ends_of_a_range_of_money_have_its_currency_and_scale(text: str, ends: tuple[int, int]) -> None:
    found = figures_in(text)

    assert tuple(figure.value for figure in found) == ends
    assert len({figure.unit for figure in found}) == 1
    assert found[0].unit


@pytest.mark.parametrize("text", ["units 2-3B", "$5 for 3B", "$90, 2B or not", "paid $4 in flat 2B"])
def test_a_letter_behind_a_number_that_nobody_pays_names_a_thing(text: str) -> None:
    assert Decimal(3_000_000_000) not in {figure.value for figure in figures_in(text)}
    assert Decimal(2_000_000_000) not in {figure.value for figure in figures_in(text)}


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("de", "§ 5 Abs. 2, Nr. 4, Seite 12"),
        ("fr", "page 12, n° 4, article 3"),
        ("ja", "第12条"),
        ("en", "1. Scope"),
        ("en", "Section 4.2, [3], R1-100"),
    ],
)
def test_numbers_that_name_are_references(locale: str, text: str) -> None:
    read = readings_in(text, convention_of(locale))

    assert read
    assert {"reference"} == {figure.kind for figure in read}
    assert figures_in(text, convention_of(locale)) == []


@pytest.mark.parametrize(
    ("locale", "text", "value", "unit"),
    [
        ("en", "It took half an hour.", "0.5", "hour"),
        ("en", "It took an hour and a half.", "1.5", "hour"),
        ("en", "It lies a quarter of a mile off.", "0.25", "mile"),
        ("en", "It cost half a million dollars.", "500000", "dollar"),
        ("en", "It sold half a dozen.", "6", ""),
        ("en", "It sold two dozen.", "24", ""),
        ("de", "Es dauerte eine halbe Stunde.", "0.5", "hour"),
        ("de", "Es dauerte anderthalb Jahre.", "1.5", "year"),
        ("de", "Es dauerte zweieinhalb Monate.", "2.5", "month"),
    ],
)
def test_amounts_in_words_have_a_value(locale: str, text: str, value: str, unit: str) -> None:
    (figure,) = figures_in(text, convention_of(locale))

    assert (Decimal(value), unit) == (figure.value, figure.unit)


@pytest.mark.parametrize("text", ["half of them", "half a chance", "a good hour and a good half", "dozens of them"])
def test_a_half_of_nothing_that_is_measured_is_no_amount(text: str) -> None:
    assert figures_in(text) == []


def test_an_amount_in_groups_of_three_digits_is_no_number_of_what_stands_before_it() -> None:
    read = figures_in("The harbour line took 812,000, the island line 341,000; line 4 is new, as is order No. 12,345.")

    assert [812_000, 341_000] == [figure.value for figure in read]


@pytest.mark.parametrize(
    ("text", "value", "ambiguous"),
    [("1.234", "1.234", True), ("1,234", "1234", True), ("1.234,5", "1234.5", False), ("1,234,567", "1234567", False)],
)
def test_what_nothing_tells_is_marked(text: str, value: str, *, ambiguous: bool) -> None:
    (figure,) = figures_in(text, replace(convention_of("en"), decimal_known=False))

    assert (figure.value, figure.ambiguous) == (Decimal(value), ambiguous)


def test_a_locale_is_known_whether_or_not_its_script_is_written() -> None:
    assert convention_of("zh-CN") == convention_of("zh-Hans-CN")
    assert convention_of("zh-TW").language == "zh"
    assert convention_of("sr-RS").decimal == ","


@pytest.mark.parametrize("name", ["xx", "de-XX", "../etc", "german", ""])
def test_what_is_no_locale_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"locale|country"):
        convention_of(name)
