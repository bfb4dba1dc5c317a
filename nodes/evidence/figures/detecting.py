"""Finds how a source writes numbers and dates, by the evidence in it: its language, its decimal signs, its dates."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from quire.nodes.evidence.figures.conventions import ENGLISH, Convention, convention_of, months
from quire.nodes.evidence.figures.finding import figures_in
from quire.nodes.evidence.figures.folding import folded

_FUNCTION_WORDS: Final = {
    "en": "the of and to is in for that with are was be by on this not from at which have it as or",
    "de": "der die das und ist nicht mit von zu den dem des ein eine einer für auf im sich wird werden auch bei",
    "fr": "le la les des et est une du dans pour que qui sur par pas au avec sont ce cette aux été",
    "es": "el los las y es una del para que por con se en no al como más son su fue está",
    "it": "il lo gli e è una della di che per con non del sono nel alla dei le più si stato",
    "nl": "de het een en van is dat niet op te voor met zijn aan er bij ook door wordt naar",
    "pt": "o os as e é uma do da dos das para que não com em no na por mais ao foi são",
}
FUNCTION_WORDS: Final = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}
"""Words that a language's sentences are full of, and that say nothing by themselves."""
_WORD = re.compile(r"[^\W\d_]+")
_KANA, _HAN, _HANGUL = (re.compile(f"[{signs}]") for signs in ("\u3041-\u30ff", "\u4e00-\u9fff", "\uac00-\ud7af"))
_TRADITIONAL, _SIMPLIFIED = (
    "個們來時會這說國對發經過還進學開關長間車員實點與為業電萬億",
    "个们来时会这说国对发经过还进学开关长间车员实点与为业电万亿",
)
"""Common signs that are written in two ways, in one order."""
_LONGEST = 60_000
"""Letters of a source that its language is told from."""
_FEWEST = 3
"""Function words from which a language is taken for told."""
_SHARE = 0.85
"""Part of the evidence that must say the same, where evidence is divided."""

_COMMA = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|0,\d+|\d+,\d{1,2}(?=\s?(?:[%€$£]|[A-Za-zµ]{1,4}\b|Mio|Mrd)))(?![\d.,]\d)"
)
_POINT = re.compile(
    r"(?<![\d.,§])(?:\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|0\.\d+|[$€£]\s?\d+\.\d\d|\d+\.\d{1,2}(?=\s?(?:[%€$£]|(?:kg|km|cm|mm|ft|feet|mi|million|billion|bn)\b)))(?![\d.,]\d)"
)
_SPACED = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3}){2,}(?!\d)|(?<![\d.,])\d{1,3} 0\d\d(?!\d)")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d/-])")
_DOUBTFUL = re.compile(r"\d[.,]\d{3}(?!\d)|\d[/-]\d{1,2}[/-]\d|\d,\d")
_MONTHS = 12


def convention_in(texts: Sequence[str], told: Convention | None = None) -> Convention:
    """Find the convention of a source.

    Its own evidence comes first: the language of its words, decimal signs that can be nothing else, days above 12,
    days before or after the names of months. What it does not tell, the brief's locale does.

    Args:
        texts: of its passages.
        told: the convention of the locale in the brief.

    Returns:
        With ``decimal_known`` and ``order_known`` false where neither tells, so that figures are marked as ambiguous.

    """
    sample = [folded(text) for text in texts]
    language = language_of(sample)
    usual = _usual(language, told, traditional=language == "zh" and _is_traditional(sample))
    decimal, decimal_known = _decimal(sample, usual)
    first, order_known = _month_first(sample, usual)
    spaced = usual.spaced or any(_SPACED.search(text) for text in sample)
    return replace(
        usual, decimal=decimal, decimal_known=decimal_known, month_first=first, order_known=order_known, spaced=spaced
    )


def _usual(language: str, told: Convention | None, *, traditional: bool) -> Convention:
    """Give what is usual in the language, in the brief's country if the brief is of that language."""
    if told is not None and language in ("", told.language):
        return told
    if not language:
        return replace(ENGLISH, decimal_known=False, order_known=False)
    return convention_of("zh-Hant" if traditional else language)


def _is_traditional(sample: Sequence[str]) -> bool:
    """Whether Chinese is written as in Taiwan and not as in the People's Republic."""
    old, new = (sum(text.count(sign) for text in sample for sign in signs) for signs in (_TRADITIONAL, _SIMPLIFIED))
    return old > new


def language_of(texts: Iterable[str]) -> str:
    """Tell the language of texts by its script and its commonest words; empty if nothing tells."""
    sample = " ".join(texts)[:_LONGEST]
    if len(_KANA.findall(sample)) >= _FEWEST:
        return "ja"
    if len(_HANGUL.findall(sample)) >= _FEWEST:
        return "ko"
    words = Counter(word.lower() for word in _WORD.findall(sample))
    if len(_HAN.findall(sample)) > words.total():
        return "zh"
    scores = {
        language: sum(words[word] for word in known) + 0.01 * sum(word in words for word in known)
        for language, known in FUNCTION_WORDS.items()
    }
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= _FEWEST else ""


def _decimal(sample: Sequence[str], usual: Convention) -> tuple[str, bool]:
    commas = sum(len(_COMMA.findall(text)) for text in sample)
    points = sum(len(_POINT.findall(text)) for text in sample)
    if not commas and not points:
        return usual.decimal, usual.decimal_known
    sign = "," if commas > points else "."
    if max(commas, points) >= _SHARE * (commas + points):
        return sign, True
    return usual.decimal, False


def _month_first(sample: Sequence[str], usual: Convention) -> tuple[bool, bool]:
    numeric = [(int(m[1]), int(m[3])) for text in sample for m in _NUMERIC.finditer(text)]
    month_first = sum(one <= _MONTHS < two for one, two in numeric)
    day_first = sum(two <= _MONTHS < one for one, two in numeric)
    if not month_first and not day_first and not usual.order_known:
        day_first, month_first = _spelled_orders(sample, usual.language)
    if not month_first and not day_first:
        return usual.month_first, usual.order_known
    if max(month_first, day_first) >= _SHARE * (month_first + day_first):
        return month_first > day_first, True
    return usual.month_first, False


def _spelled_orders(sample: Sequence[str], language: str) -> tuple[int, int]:
    """Count days before and days behind the names of months."""
    names = "|".join(sorted((name for name in months(language) if len(name) > len("may")), key=len, reverse=True))
    before = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{names})\b", re.IGNORECASE)
    behind = re.compile(rf"\b(?:{names})\s\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)", re.IGNORECASE)
    return sum(len(before.findall(t)) for t in sample), sum(len(behind.findall(t)) for t in sample)


def doubts(texts: Iterable[str], convention: Convention) -> Iterator[tuple[str, str]]:
    """Give, one of each kind, the figures of a source that may be read in two ways, and how they are read."""
    said: set[str] = set()
    for text in texts:
        if not _DOUBTFUL.search(text):
            continue
        for figure in figures_in(text, convention):
            kind = "date" if figure.kind == "date" else "number"
            if figure.ambiguous and kind not in said:
                said.add(kind)
                yield figure.text, str(figure.value)
        if len(said) == len(("date", "number")):
            return


def commonest(conventions: Iterable[Convention]) -> Convention:
    """Give the convention that most of them are, the first of equals; English if there are none."""
    known = list(conventions)
    counted = Counter((convention.language, convention.decimal) for convention in known)
    return max(known, key=lambda one: counted[one.language, one.decimal], default=ENGLISH)


def convention_of_document(language: str, sources: Iterable[Convention], locale: str = "") -> Convention:
    """Give how a document's own words write numbers and dates: as its language does.

    The brief's locale tells the country, where it is of that language. Where neither tells whether day or month comes
    first, they follow the sources of the same language.

    Args:
        language: of the document.
        sources: the conventions of its sources.
        locale: the brief's, if it has one.

    """
    told = convention_of(locale) if locale else None
    own = told if told is not None and told.language == language else convention_of(language)
    if own.order_known:
        return own
    alike = commonest(source for source in sources if source.language == language and source.order_known)
    return replace(own, month_first=alike.month_first, order_known=True)
