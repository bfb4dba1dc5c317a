"""Currencies: what stands before or after an amount, by one name each."""

from typing import Final

_CODES: Final = """
    AED ARS AUD BDT BGN BRL CAD CHF CLP CNY COP CZK DKK EGP GHS HKD HUF IDR ILS INR ISK JPY KES KRW KWD KZT LKR MAD
    MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD TZS UAH UGX UYU VND XAF XOF ZAR
"""
"""Of ISO 4217, those in use that are no English word (``ALL``, ``TOP``)."""

CURRENCIES: Final = {code: code for code in _CODES.split()} | {
    "US$": "dollar", "$": "dollar", "USD": "dollar", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD",
    "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "R$": "BRL", "€": "euro", "EUR": "euro", "£": "pound sterling",
    "GBP": "pound sterling", "¥": "JPY", "￥": "JPY", "JP¥": "JPY", "CN¥": "CNY", "RMB": "CNY",
    "₹": "INR", "Rs.": "INR", "Rs": "INR", "₩": "KRW", "Fr.": "CHF", "SFr.": "CHF",
    "kr": "kr", "zł": "PLN", "₽": "RUB", "₺": "TRY", "₪": "ILS", "₫": "VND",
    "฿": "THB", "₱": "PHP", "₦": "NGN",
}  # fmt: skip
"""Sign or code -> the currency's one name: ``$`` and ``USD`` are ``dollar``."""

MONEY: Final = frozenset(CURRENCIES.values())
"""The names of currencies."""

YUAN_SIGNS: Final = {"¥": "CNY", "￥": "CNY"}
"""What a sign before an amount means where it is China's currency."""

SPELLED: Final[tuple[tuple[str, str], ...]] = (
    ("dollar", r"(?:american|amerikanische|amerikaanse)\s+dollars?\b"),
    ("pound sterling", (r"pounds\s+sterling\b|£(?!\s?\.?\d)|british\s+pounds?\b|livres?\s+sterling\b"
     r"|libras?\s+esterlinas?(?:\s+britânicas?)?\b|sterline(?:\s+britanniche)?\b|(?:britse|britische)\s+(?:pond|pfund)\b"
     r"|英[镑鎊]|(?:英国)?ポンド")),
    ("CHF", (r"swiss\s+francs?\b|schweizer\s+franken\b|francs\s+suisses\b|zwitserse\s+frank\b|franc(?:hi|os)\s+"
     r"(?:svizzeri|suizos|suíços)\b|スイス\s?フラン")),
    ("JPY", r"(?:japanese|japanische|japanse)\s+yen\b|(?:JP)?¥(?!\s?\.?\d)"),
    ("CNY", r"(?:chinese|chinesische)\s+yuan\b|CN¥|(?:中国)?人民元"),
    ("BRL", (r"(?:brazilian|brasilianische|braziliaanse)\s+reals?\b|(?:real(?:es|i)?|réals)\s+(?:brasiliani|brasileños"
     r"|brésiliens)\b|R\$(?!\s?\.?\d)|(?:ブラジル|巴西)\s?(?:レアル|雷[亚亞][尔爾])")),
    ("INR", (r"(?:indian|indische|indiase)\s+(?:rupees?|rupien?|roepie)\b|₹(?!\s?\.?\d)"
     r"|(?:インド|印度)\s?(?:ルピー|[卢盧]比)")),
)  # fmt: skip
"""Names of currencies that are more than a word, and signs behind an amount."""
