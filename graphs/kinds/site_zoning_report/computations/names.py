"""Names of zoning districts: how codes list them, and how titles, tables and sentences refer to them."""

import re
from dataclasses import dataclass

CODE = r"[A-Z]{1,5}(?:[-.\s]?\d[\w.]*)?(?:[-/.]\w{1,4}){0,2}"
"""Pattern of a district's symbol: ``R1-60``, ``C-2``, ``MX``, ``B3-1.5``, ``R 3``."""

_GENERIC = frozenset(
    [
        *(
            "district",
            "districts",
            "zone",
            "zones",
            "zoning",
            "the",
            "a",
            "an",
            "of",
            "and",
            "for",
            "chapter",
            "article",
        ),
        *("section", "classification", "base", "regulations", "building"),
    ]
)
_SYMBOL = re.compile(rf"^{CODE}$")
_CHAPTER = re.compile(
    r"^(?:(?:chapter|article|section|sec\.|part|title|division)\s+[\dIVXLC]+[A-Z]?|§*\s*\d+)(?:[.-]\d+)*(?:\([^)]*\))*"
    r"\s*[:.\u2013\u2014-]*\s*",
    re.IGNORECASE,
)
_DISTRICT_WORD = re.compile(r"\b(?:district|zone)s?\b", re.IGNORECASE)
_LONGEST_SYMBOL = 9


def normalized(symbol: str) -> str:
    """Spell a symbol without what codes vary in: ``r-1``, ``R 1`` and ``R1`` are one."""
    return re.sub(r"[\s.\-\u2010-\u2013]", "", symbol).upper()


def is_symbol(text: str) -> bool:
    """Say whether a text is nothing but a district's symbol."""
    return len(text) <= _LONGEST_SYMBOL and bool(_SYMBOL.match(text)) and text.upper() not in {"N/A", "NA", "TBD", "X"}


def words_of(name: str) -> frozenset[str]:
    """Take the words that tell districts apart."""
    return frozenset(re.findall(r"[a-z0-9]+", name.lower())) - _GENERIC


@dataclass(frozen=True)
class Names:
    """A district's symbol and name, and the symbols of the code's other districts."""

    symbol: str
    name: str
    others: frozenset[str] = frozenset()

    def in_title(self, title: str) -> bool:
        """Say whether a title is about this district: ``Chapter 1137: Retail Business District``, ``R-3 Districts``."""
        rest = _CHAPTER.sub("", title)
        if self.symbol and re.search(rf"(?<![\w.-]){re.escape(self.symbol)}(?![\w.-])", rest):
            alone = len(self.symbol) > 1 or re.match(
                rf"{re.escape(self.symbol)}\b|.*\({re.escape(self.symbol)}\)", rest
            )
            return bool(alone) and not self._is_only_mention(rest)
        named, ours = words_of(rest), words_of(self.name)
        return bool(ours) and bool(_DISTRICT_WORD.search(rest)) and (ours <= named and len(named) <= len(ours) + 2)

    def _is_only_mention(self, title: str) -> bool:
        """Tell ``Reduction in the MX District`` from a title of the district itself."""
        return bool(
            re.search(rf"\b(?:in|of|near|abutting|within)\b.*(?<![\w.-]){re.escape(self.symbol)}(?![\w.-])", title)
        )

    def in_column(self, title: str) -> bool:
        """Say whether a column's title names it: ``R1-60``, ``R2F 1F/2F``, ``R-1 / R-2``."""
        return self.is_cell(title) or self.symbol in re.split(r"[\s,/&;()]+", title)

    def is_cell(self, text: str) -> bool:
        """Say whether a cell is its symbol or its name and nothing else."""
        if self.symbol and normalized(text) == normalized(self.symbol):
            return True
        words = words_of(text)
        ours = words_of(self.name)
        return bool(words) and (words == ours or words == ours | words_of(self.symbol))

    def of_another(self, text: str) -> bool:
        """Say whether a cell or column title is another district's symbol."""
        return not self.in_column(text) and any(part in self.others for part in re.split(r"[\s,/&;()]+", text))

    def in_sentence(self, sentence: str) -> bool:
        """Say whether a sentence speaks of the district by symbol or name."""
        return self._addressed(self.symbol, sentence) or bool(self.name and self._name_pattern().search(sentence))

    def others_in_sentence(self, sentence: str) -> bool:
        """Say whether a sentence speaks of districts, and not of this one."""
        return not self.in_sentence(sentence) and any(self._addressed(other, sentence) for other in sorted(self.others))

    @staticmethod
    def _addressed(symbol: str, sentence: str) -> bool:
        """Find ``R1-60`` anywhere, a symbol without figures only in a list of districts (``the O and R Districts``)."""
        if not symbol:
            return False
        here = rf"(?<![\w.-]){re.escape(symbol)}(?![\w.-])"
        more = r"(?:\s*(?:,|and|or|&|/)\s*(?:an?\s+|the\s+)?[A-Z][\w.-]{0,8})*"
        listed = rf"{here}{more}\s+(?:[Zz]oning\s+)?(?:[Dd]istrict|[Zz]one|DISTRICT|ZONE)"
        return bool(re.search(here if re.search(r"\d", symbol) else listed, sentence))

    def _name_pattern(self) -> re.Pattern[str]:
        words = [word for word in re.findall(r"[\w'-]+", self.name) if word.lower() not in _GENERIC]
        spelled = r"[\s,/-]+(?:\w{1,3}[\s,/-]+)?".join(re.escape(word) for word in words) or r"(?!)"
        more = r"(?:\s*(?:,|,?\s*and|,?\s*or)\s+(?:[A-Z][\w-]*\s*){1,4}){0,5}"
        ending = rf"{more}(?:\s+(?:building|zoning))?\s*(?:\([\w.-]+\)\s*)?(?:[Dd]istrict|[Zz]one|DISTRICT|ZONE)s?\b"
        return re.compile(rf"\b(?i:{spelled}){ending}")


def parse_listed(text: str) -> tuple[str, str]:
    """Part a title or entry into symbol and name: ``MX Mill Street Mixed-Use District``, ``Single-Family (R-1)``."""
    rest = _CHAPTER.sub("", text).strip()
    if found := re.match(rf"^(?P<symbol>{CODE})(?:\s*[:,\u2013\u2014-]\s*|\s+)(?P<name>[A-Z][a-z].*)$", rest):
        name = re.sub(r"^(?:Zoning\s+)?(?:District|Zone)s?\b[\s:.\u2013\u2014-]*", "", found["name"])
        return found["symbol"].strip(), name.strip()
    if found := re.match(rf"^(?P<name>[A-Z][^()]*?)\s*\((?P<symbol>{CODE})\)\s*(?:[Dd]istricts?|[Zz]ones?)?\s*$", rest):
        return found["symbol"], found["name"].strip()
    if found := re.match(rf"^(?P<symbol>{CODE})\s*\((?P<name>[A-Z][a-z][^()]*)\)", rest):
        return found["symbol"].strip(), found["name"].strip()
    return (rest, "") if is_symbol(rest) else ("", rest)
