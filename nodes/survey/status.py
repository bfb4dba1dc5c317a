"""Whether a source still holds: what its folder, name, title, front matter and first lines say of it. Pure.

Without a sign it is current. English and German. A text that only speaks of drafts or archives says nothing of itself,
so each place has its own form: a folder's name, a word at either end of a title, a notice.
"""

import re
from typing import Final, Literal, NamedTuple, TypeAlias

from quire.nodes.survey.heads import Head

Status: TypeAlias = Literal["current", "superseded", "draft", "archived", "withdrawn"]

_WORDS: Final[tuple[tuple[Status, str], ...]] = (
    ("withdrawn", r"withdrawn|rescinded|revoked|repealed|retracted|zur[uü]ckgezogen|widerrufen|aufgehoben"),
    (
        "superseded",
        (
            r"superseded|obsolete|outdated|out of date|no longer (?:valid|current|in force|applicable|applies)"
            r"|[uü]berholt|veraltet|abgel[oö]st|au(?:ß|ss)er kraft|ung[uü]ltig|nicht mehr g[uü]ltig"
        ),
    ),
    ("archived", r"archived|archiviert"),
    (
        "draft",
        (
            r"draft|entwurf|preliminary|vorl[aä]ufig|work in progress|wip|not (?:yet )?(?:approved|adopted|final)"
            r"|noch nicht (?:beschlossen|freigegeben|genehmigt)|arbeitsfassung"
        ),
    ),
)
"""The first that is found holds: what was withdrawn may have been a draft."""
_REPLACED = r"(?:superseded|replaced|ersetzt|abgel[oö]st) (?:by|durch|von)"
_ANY = "|".join(words for _, words in _WORDS)
_FOLDERS: Final[tuple[tuple[Status, str], ...]] = (
    *_WORDS,
    ("archived", r"archives?|archiv|old|alt(?:e|es)?|history|historisch|previous(?: versions?)?|fr[uü]here fassungen"),
    ("draft", r"drafts|entw[uü]rfe"),
)
_ITSELF = (
    r"(?:this|the present) (?:document|version|edition|policy|page|report|plan|list|file|notice|note|letter|memo"
    r"|guide(?:line)?|procedure|ordinance|chapter|draft|agreement|contract|brief|article|tariff|schedule)"
    r"|diese[rs]? (?:dokument|fassung|version|ausgabe|richtlinie|seite|bericht|plan|liste|datei|hinweis|schreiben"
    r"|satzung|ordnung|entwurf|vertrag|preisliste|anweisung)"
)
_NOTICE = re.compile(
    rf"^\W*(?:note|notice|status|state|attention|warning|important|caution|hinweis|achtung|warnung|wichtig|stand"
    rf"|bearbeitungsstand)\s*[:!\u2013-]\s*(?P<said>.*?\b(?:{_ANY}|{_REPLACED})\b.*)$"
    rf"|^\W*(?:{_ITSELF})\b(?P<of_itself>.{{0,60}}?\b(?:{_ANY}|{_REPLACED})\b.*)$"
    rf"|^\W*(?P<alone>(?:{_REPLACED})\b.*|(?:{_ANY})\b[^.]{{0,60}}\.?)$",
    re.IGNORECASE,
)
_NOT = re.compile(
    rf"\b(?:not|never|no|nicht|kein(?:e[rsnm]?)?)\s+(?:\w+\s+)?(?:superseded|a draft|ein entwurf|{_REPLACED})\b",
    re.IGNORECASE,
)
_BY = re.compile(rf"\b{_REPLACED}\s+(?P<by>[^.;]{{2,120}})", re.IGNORECASE)
_STATUS_FIELD = re.compile(
    r"(?:.*[._ ])?(?:status|state|stand|zustand|bearbeitungsstand|superseded[_ ]by|replaced[_ ]by)", re.IGNORECASE
)


class Standing(NamedTuple):
    """Whether a source holds."""

    status: Status
    replaced_by: str = ""
    """What took its place, as the source words it."""


def standing_of(head: Head) -> Standing:
    """Say whether a source holds, and what took its place where it says so."""
    notices = [said for line in head.lines if (said := _notice_in(line))]
    found = {_said_by(text) for text in (*notices, *_titled(head))}
    found |= {_in_folder(folder) for folder in head.folders}
    found |= {
        _said_by(value) or _by_field(name, value)
        for name, value in head.fields.items()
        if _STATUS_FIELD.fullmatch(name)
    }
    by = next((match["by"].strip() for text in notices if (match := _BY.search(text))), "")
    order: tuple[Status, ...] = ("withdrawn", "superseded", "archived", "draft")
    return Standing(next((status for status in order if status in found), "current"), by)


def status_said(note: str) -> Status | None:
    """Give the status that a remark gives what it stands beside; none where it speaks of something else."""
    said = _notice_in(note)
    return _said_by(said) if said else None


def names_status(text: str, status: Status) -> bool:
    """Whether a text has a word for a status in it."""
    return any(named == status and re.search(rf"\b(?:{words})\b", text, re.IGNORECASE) for named, words in _WORDS)


def _by_field(name: str, value: str) -> Status | None:
    """Read ``superseded_by: …``, whose name says it."""
    return "superseded" if re.search(r"(?:superseded|replaced)[_ ]by$", name, re.IGNORECASE) and value.strip() else None


def _said_by(text: str) -> Status | None:
    """Give the status that a notice, a title's end or a field's value names."""
    if _NOT.search(text):
        return None
    if re.search(rf"\b(?:{_REPLACED})\b", text, re.IGNORECASE):
        return "superseded"
    return next((status for status, words in _WORDS if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)), None)


def _in_folder(folder: str) -> Status | None:
    """Give what a folder's whole name says."""
    return next((s for s, words in _FOLDERS if re.fullmatch(rf"\W*(?:{words})\W*", folder, re.IGNORECASE)), None)


def _titled(head: Head) -> list[str]:
    """Give what stands at either end of titles and of the name, or in brackets: ``Lease (draft)``, ``Draft budget``."""
    ends = rf"^\W*(?:{_ANY})\b|\b(?:{_ANY})\W*(?:v?[\d.]+\W*)?$|\b(?:{_REPLACED})\b"
    texts = (*head.titles, head.stem)
    bracketed = [inside for text in texts for inside in re.findall(r"[(\[]([^()\[\]]*)[)\]]", text)]
    unbracketed = [re.sub(r"[(\[][^()\[\]]*[)\]]", "", text) for text in texts]
    edges = [found[0] for text in (*texts, *unbracketed) for found in re.finditer(ends, text, re.IGNORECASE)]
    return [*bracketed, *edges]


def _notice_in(line: str) -> str:
    found = _NOTICE.match(line)
    return (found["said"] or found["of_itself"] or found["alone"]) if found else ""
