"""Numbers that name things and say no quantity: sections, chapters, ordinances, list marks, street addresses."""

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, TypeAlias

from quire.nodes.evidence.figures.currencies import CURRENCIES

_NUMBER: Final = r"\d\w*(?:[.:\-]\w+)*(?:\s?\([A-Za-z0-9]{1,4}\))*"
_NO_MEASURE: Final = (
    r"(?!\w)(?!\s*-?\s*(?:%|percent|feet|foot|ft\b|inch|in\.|sq|square|acre|spaces?\b|stalls?\b|units?\b|days?\b"
    r"|hours?\b|minutes?\b|years?\b|months?\b|stor(?:y|ies)\b))"
)
_SPELLED: Final = """
    section sections subsection subsections sec. secs. subsec. subsecs. chapter chapters subchapter subchapters ch.
    chs. article articles art. arts. title titles part parts paragraph paragraphs subparagraph subparagraphs para.
    paras. clause clauses rule rules table tables figure figures fig. figs. exhibit exhibits appendix appendices app.
    schedule schedules annex annexes attachment attachments page pages p. pp. line lines row rows column columns
    ordinance ordinances ord. ords. resolution resolutions res. order orders code codes r.c. u.s.c. c.f.r. step steps
    item items note notes version versions route routes highway highways suite suites sheet sheets drawing drawings
    class type no. nos. number numbers
    abs. absatz absätze artikel satz ziffer ziff. nr. nummer seite seiten kapitel kap. abschnitt anlage anhang tabelle
    abbildung abb. bild zeile spalte
    chapitre chap. alinéa tableau annexe article artículo página pág. págs. capítulo cap. tabla sección apartado
    articolo pagina pag. capitolo tabella comma sezione allegato hoofdstuk bijlage lid artigo secção seção tabela anexo
"""
_NAMES: Final = frozenset(_SPELLED.split())
_NAMED = re.compile(
    r"(?<![^\W_])([^\W\d_]+(?:\.[^\W\d_]+)*\.?)\s*(?:(?P<number>(?i:nos?\.|\#))\s*|(?i:numbers?)\s*)?(?=\d)"
)
_GROUPED: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?![\d,])")
"""A number in groups of three digits is an amount, whatever stands before it: ``the Island line 341,000``."""
_AND: Final = r"(?:\s*,\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+|\s+to\s+|\s+through\s+|\s*[-\u2013]\s*)"
_LIST = re.compile(rf"{_NUMBER}{_NO_MEASURE}(?:{_AND}{_NUMBER}{_NO_MEASURE})*")
_STREETS: Final = (
    r"(?:Street|St|Lane|Ln|Road|Rd|Avenue|Ave|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Way|Highway|Hwy|Square|Terrace"
    r"|Circle|Parkway|Pkwy|Trail|Alley)"
)
_UNITS: Final = r"(?:MB|GB|TB|PB|KB|SF|LF|[MKVWL]|[MGT]W|MV|[MGTP]J|VA)"
"""Symbols in capitals that may touch their number: ``12V`` is a quantity, ``1F`` names a floor."""
_CODES: Final = "|".join(code for code in CURRENCIES if code.isalpha() and len(code) == len("EUR"))
_NOT_PAID: Final = rf"(?<![\d.,$€£¥₹])(?<![$€£¥₹]\s)(?<!(?:{_CODES}))(?<!(?:{_CODES})\s)"
"""Neither the decimals of a number stand here nor an amount behind its currency: ``$2B`` names nothing."""
_PAID_RANGE = re.compile(
    rf"(?:[$€£¥₹]|\b(?:{_CODES}))\s?\d+(?:[.,]\d+)*[A-Z]?(?:\s?[-\u2013\u2014]\s?|\s+to\s+)\d+[KMBT](?!\w)"
)
"""An amount and the second end of its range, which is an amount too: ``$2-3B``."""
_ARTICLES: Final = "im am vom zum zur der die das dem den des Im Am Der Die Das"
_BEFORE_ORDINALS: Final = "|".join(rf"(?<=\b{word}\s)" for word in _ARTICLES.split())
Kind: TypeAlias = Literal["reference", "ordinal"]


class _Form(NamedTuple):
    """A way to name by number, and what a text must hold for it to be worth looking."""

    hint: re.Pattern[str]
    pattern: re.Pattern[str]
    kind: Kind = "reference"


def _form(hint: str, pattern: str, kind: Kind = "reference") -> _Form:
    return _Form(re.compile(hint), re.compile(pattern), kind)


_FORMS: Final = (
    _form(r"://|www\.|@", r"\b(?:https?://|www\.)\S+|\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]+"),
    _form("§", rf"§+\s*{_NUMBER}(?:{_AND}(?:§+\s*)?{_NUMBER}{_NO_MEASURE})*"),
    _form("[°º]", r"\b[nN][°º]\s?\d+(?!\w)"),
    _form("#", rf"\#\s*{_NUMBER}{_NO_MEASURE}"),
    _form(r"\[\d", r"\[\d{1,3}(?:\s*[,\u2013-]\s*\d{1,3})*\]"),
    _form(r"^\s*\d{1,2}[.)]", r"^\s*\d{1,2}[.)](?=\s+[A-Z\"'\u201c])"),
    _form(
        r"\(\w{1,5}\)",
        rf"(?<!\w)\((?:\d{{1,2}}|[a-z]{{1,2}}|[ivx]{{1,5}})\)(?=\s+[A-Za-z\"\u201c]){_NO_MEASURE}",
    ),
    _form(r"[A-Za-z]-?\d", r"\b[A-Za-z]+-?\d+[A-Za-z]*(?:[-/.]\w+)*(?![\w%])"),
    _form(r"\d[A-Z]", rf"{_NOT_PAID}\b\d+(?!{_UNITS}\b)[A-Z]{{1,2}}(?:/\d+[A-Z]{{1,2}})*\b"),
    _form(r"\d[A-Za-z]+\d", r"\b\d+(?!ft[23]|[kcm]?m[23])[A-Za-z]+\d\w*"),
    _form(
        r"\d\.\d",
        r"\b\d+(?:\.\d+)+(?:\([A-Za-z0-9]{1,4}\))+"
        r"|(?<![\w.,])(?!\d{1,3}(?:\.\d{3})+(?:,\d|(?!\.?\d)))\d+(?:\.\d+){2,}(?![\d,])",
    ),
    _form(r"\+\d", r"(?<!\w)\+\d{1,3}(?:[\s-]\d{2,4}){2,}(?!\w|[.,]\d|\s?%)"),
    _form("第", r"第\s?[\d\u3007零一二三四五六七八九十百千]{1,8}\s?[条條章節节項项号號頁页款回届期部編编]"),
    _form(r"\d(?:st|nd|rd|th|er|e|re|ème|\.?[ªº])(?!\w)", r"\b\d+(?:st|nd|rd|th|er|re|e|ème|\.?[ªº])(?!\w)", "ordinal"),
    _form(r"\d\.\s", rf"(?:{_BEFORE_ORDINALS})\d{{1,2}}\.(?=\s[A-ZÄÖÜ])", "ordinal"),
    _form(
        r"\d[A-Z]?\s+[A-Z]",
        r"\b\d{1,6}[A-Z]?\s+(?:[NSEW]\.?\s+|(?:North|South|East|West)\s+)?(?:[A-Z][\w'\u2019.]*\s+){1,3}"
        rf"{_STREETS}\b",
    ),
)
_QUANTITY = re.compile(rf"(?:{_CODES})[-\u2212]?\d.*|(?:[kcm]?m|ft|in|yd)[23]")
"""What looks like a code and is none: ``EUR84``, ``CHF-2``, and the unit ``m2``."""


def references(text: str) -> list[tuple[Kind, int, int]]:
    """Find what names a thing by number, or counts its place (``the 2nd floor``): kind, start and end, in order."""
    found: list[tuple[Kind, int, int]] = list(_named(text))
    paid = {match.end() for match in _PAID_RANGE.finditer(text)}
    for form in _FORMS:
        if form.hint.search(text):
            found += [
                (form.kind, match.start(), match.end())
                for match in form.pattern.finditer(text)
                if not _QUANTITY.fullmatch(match[0]) and not (form.kind == "reference" and match.end() in paid)
            ]
    found.sort(key=lambda one: (one[1], -one[2]))
    kept: list[tuple[Kind, int, int]] = []
    for one in found:
        if not kept or one[1] >= kept[-1][2]:
            kept.append(one)
    return kept


def _named(text: str) -> Iterator[tuple[Kind, int, int]]:
    """Find ``Sections 4.1 and 4.2``, ``Abs. 2``, ``page 12``."""
    for found in _NAMED.finditer(text):
        named = found["number"] or (found[1].lower() in _NAMES and not _GROUPED.match(text, found.end()))
        if named and (numbered := _LIST.match(text, found.end())):
            yield "reference", found.start(), numbered.end()
