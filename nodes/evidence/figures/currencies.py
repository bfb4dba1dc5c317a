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
    "GBP": "pound sterling", "¥": "JPY", "￥": "JPY", "RMB": "CNY", "₹": "INR", "Rs.": "INR", "Rs": "INR",
    "₩": "KRW", "Fr.": "CHF", "SFr.": "CHF", "kr": "kr", "zł": "PLN", "₽": "RUB", "₺": "TRY", "₪": "ILS", "₫": "VND",
    "฿": "THB", "₱": "PHP", "₦": "NGN",
}  # fmt: skip
"""Sign or code -> the currency's one name: ``$`` and ``USD`` are ``dollar``."""

MONEY: Final = frozenset(CURRENCIES.values())
"""The names of currencies."""
