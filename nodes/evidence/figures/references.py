"""Numbers that name things and say no quantity: sections, chapters, ordinances, list marks, street addresses."""

import re

_NUMBER = r"\d\w*(?:[.:\-]\w+)*(?:\s?\([A-Za-z0-9]{1,4}\))*"
_NO_MEASURE = (
    r"(?!\w)(?!\s*-?\s*(?:%|percent|feet|foot|ft\b|inch|in\.|sq|square|acre|spaces?\b|stalls?\b|units?\b|days?\b"
    r"|hours?\b|minutes?\b|years?\b|months?\b|stor(?:y|ies)\b))"
)
_NAMES = (
    r"(?i:(?:sub)?sections?|(?:sub)?secs?\.|(?:sub)?chapters?|chs?\.|articles?|arts?\.|titles?|parts?|(?:sub)?paragraphs?"
    r"|paras?\.|clauses?|rules?|tables?|figures?|figs?\.|exhibits?|appendix|appendices|app\.|schedules?|annex(?:es)?"
    r"|attachments?|pages?|pp?\.|lines?|rows?|columns?|ordinances?|ords?\.|resolutions?|res\.|orders?|codes?|r\.c\."
    r"|u\.s\.c\.|c\.f\.r\.|steps?|items?|notes?|versions?|routes?|highways?|suites?|sheets?|drawings?|class|type)"
)
_AND = r"(?:\s*,\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+|\s+to\s+|\s+through\s+|\s*[-\u2013]\s*)"
_STREETS = (
    r"(?:Street|St|Lane|Ln|Road|Rd|Avenue|Ave|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Way|Highway|Hwy|Square|Terrace"
    r"|Circle|Parkway|Pkwy|Trail|Alley)"
)
_PATTERNS = (
    r"\b(?:https?://|www\.)\S+|\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]+",
    rf"§+\s*{_NUMBER}(?:{_AND}(?:§+\s*)?{_NUMBER}{_NO_MEASURE})*",
    rf"\b{_NAMES}\s*(?:(?i:nos?\.?|numbers?|\#)\s*)?{_NUMBER}{_NO_MEASURE}(?:{_AND}{_NUMBER}{_NO_MEASURE})*",
    rf"(?:\b(?i:nos?\.|numbers?)|\#)\s*{_NUMBER}{_NO_MEASURE}",
    r"\[\d{1,3}(?:\s*[,\u2013-]\s*\d{1,3})*\]",
    r"^\s*\d{1,2}[.)]\s+(?=[A-Z\"'\u201c])",
    rf"(?<!\w)\((?:\d{{1,2}}|[a-z]{{1,2}}|[ivx]{{1,5}})\)(?=\s+[A-Za-z\"\u201c]){_NO_MEASURE}",
    r"\b[A-Za-z]+-?\d+[A-Za-z]*(?:[-/.]\w+)*(?![\w%])",
    r"\b\d+(?!MB|GB|TB|SF|LF|[MK]\b)[A-Z]{1,2}(?:/\d+[A-Z]{1,2})*\b",
    r"\b\d+(?!ft2|m2)[A-Za-z]+\d\w*",
    r"\b\d+(?:\.\d+)+(?:\([A-Za-z0-9]{1,4}\))+",
    r"\b\d+(?:st|nd|rd|th)\b",
    r"\b\d{1,6}[A-Z]?\s+(?:[NSEW]\.?\s+|(?:North|South|East|West)\s+)?(?:[A-Z][\w'\u2019.]*\s+){1,3}"
    + _STREETS
    + r"\b",
)
_REFERENCE = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))


def without_references(text: str) -> str:
    """Blank out what names a thing by number; every other character stays where it is."""
    return _REFERENCE.sub(lambda found: "\0" * len(found[0]), text)
