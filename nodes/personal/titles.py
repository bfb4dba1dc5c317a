"""Titles of columns and labels that announce personal data, in English and German."""

import re
import unicodedata
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

Kind: TypeAlias = Literal[
    "name", "address", "telephone number", "e-mail address", "date of birth", "account number", "identity number"
]
KINDS: Final = frozenset(get_args(Kind))


class Announced(NamedTuple):
    """What a title announces."""

    kind: Kind
    surely: bool
    """Only people have it: the value need not look like one (``last name``, not ``owner``)."""


_EITHER = (
    r"(?:co ?)?owners?|landowners?|applicants?|petitioners?|grantors?|grantees?|lessees?|lessors?|landlords?|tenants?"
    r"|complainants?|contacts?|contact persons?|borrowers?|debtors?|claimants?|policy ?holders?|customers?|payees?"
    r"|(?:\w*)eigentuemer(?:in|innen|s)?|(?:haus|wohnungs)?besitzer(?:in|s)?|antragsteller(?:in|s)?"
    r"|(?:haupt|unter)?mieter(?:in|s)?|paechter(?:in|s)?|vermieter(?:in|s)?|bauherr(?:in|n)?|kunden?|kundin"
    r"|ansprechpartner(?:in|s)?|kontaktperson|kontoinhaber(?:in|s)?|beschwerdefuehrer(?:in|s)?"
    r"|versicherungsnehmer(?:in|s)?|kreditnehmer(?:in|s)?"
)
"""Who may be a person or a body."""
_PERSON = (
    r"patients?|employees?|staff members?|workers?|residents?|occupants?|students?|pupils?|candidates?|interviewees?"
    r"|spouses?|guardians?|next of kin|emergency contacts?|insured persons?|household members?"
    r"|patient(?:in|en)?|mitarbeiter(?:in|s)?|beschaeftigter?|arbeitnehmer(?:in|s)?|bewohner(?:in|s)?|schueler(?:in|s)?"
    r"|studenten?|studentin|bewerber(?:in|s)?|versicherter?|ehegatten?|ehefrau|ehemann"
)
"""Who is a person."""
_WHOSE = rf"(?:{_EITHER}|{_PERSON})"
_PART = r"(?:full|first|last|given|family|legal|maiden|middle|sur)"
_NAME_OF_PERSON = (
    rf"(?:first|last|given|family|maiden|middle) names?|surnames?|forenames?|vornamen?|nachnamen?|familiennamen?"
    rf"|geburtsnamen?|(?:{_PERSON})s? (?:{_PART} ?)?names?|name (?:of|der|des) (?:the )?(?:{_PERSON})"
    r"|(?:patient|mitarbeiter|schueler|bewerber|versicherten|bewohner)(?:in|en|s)?namen?"
)
_NAME_OF_EITHER = (
    rf"(?:{_EITHER})s?(?: of record)?(?: (?:{_PART} ?)?names?)?|names? of (?:the )?(?:\w+ )?(?:{_EITHER})"
    rf"|namen? (?:des|der) (?:{_EITHER})|(?:mieter|eigentuemer|kunden|antragsteller|kontakt)(?:s)?namen?"
)
_ADDRESS = (
    rf"(?:home|residential|residence|private|mailing|postal|permanent) address"
    rf"|{_WHOSE} (?:(?:mailing|home|postal) )?address"
    r"|wohnanschrift|wohnadresse|privatanschrift|privatadresse|meldeadresse|wohnort"
    rf"|(?:adresse|anschrift) (?:des|der) {_WHOSE}|(?:mieter|eigentuemer|patienten|kunden)(?:adresse|anschrift)"
)
_TELEPHONE = (
    r"(?:tele)?phone|tel|mobile|cell(?: ?phone)?|fax|telefon|handy|mobil|telefax|rufnummer"
    r"|(?:handy|mobil|telefon)nummer"
)
_MAIL = r"e ?mail|e ?mail adresse|e ?mail address|emailadresse"
_BIRTH = (
    r"date of birth|birth ?dates?|birth ?days?|d ?o ?b|born(?: on)?|geburtsdatum"
    r"|geburtstag|geboren(?: am)?|geb(?: am)?"
)
_ACCOUNT = r"iban|bank account(?: (?:number|no))?|bankverbindung|kontonummer|konto nr"
_IDENTITY = (
    r"ssn|social security(?: (?:number|no))?|national insurance(?: (?:number|no))?|nino|tax ?payer (?:id|number)"
    r"|tax (?:id|identification)(?: (?:number|no))?|tax (?:number|no)|tin|national id(?: number)?"
    r"|passport(?: (?:number|no))?|driver s? ?licen[cs]e(?: (?:number|no))?|health insurance (?:number|no)"
    r"|steuer ?id(?:entifikationsnummer)?|steueridnr|steuernummer|steuer nr|idnr|sozialversicherungsnummer|sv nummer"
    r"|rentenversicherungsnummer|(?:kranken)?versichertennummer|passnummer|reisepass(?:nummer)?|personalausweis(?:nummer)?"
    r"|fuehrerschein(?:nummer)?"
)
_BEFORE = r"(?:(?!(?:number|no|count|total|average|avg|per|share|type|anzahl|zahl|summe)\b)\w+ ){0,2}"
_AFTER = r"(?: (?:number|no|nr|nummer))?(?: \d)?"
_KINDS: tuple[tuple[str, Kind, bool], ...] = (
    (_NAME_OF_PERSON, "name", True),
    (_ADDRESS, "address", True),
    (_TELEPHONE, "telephone number", False),
    (_MAIL, "e-mail address", False),
    (_BIRTH, "date of birth", True),
    (_ACCOUNT, "account number", True),
    (_IDENTITY, "identity number", True),
    (_PERSON, "name", False),
    (_NAME_OF_EITHER, "name", False),
)
_ANNOUNCING: Final = tuple(
    (re.compile(f"{_BEFORE}(?:{pattern}){_AFTER}"), Announced(kind, surely)) for pattern, kind, surely in _KINDS
)
ORGANISATIONS: Final = re.compile(
    r"company|companies|firms?|vendors?|suppliers?|organi[sz]ations?|agency|agencies|branch|store|business|dealer|bank"
    r"|manufacturer|office|school|hospital|institution|firma|firmen|lieferanten?|unternehmen|behoerde|filiale|haendler"
    r"|hersteller|verein|schule"
)
"""Titles of columns that name bodies; a number beside them is theirs."""
PLACES: Final = re.compile(
    r".*\b(?:parcels?|lots?|sites?|propert(?:y|ies)|permits?|units?|suites?|buildings?|zoning|zones?|flurstuecke?|objekte?"
    r"|wohnungen?|wohnung|einheit|grundstuecke?)\b.*"
)
"""Titles of columns that name places; an address beside them is theirs."""
PLAIN_NAME: Final = re.compile(r"(?:full )?names?|person|namen?|name vorname")
PLAIN_ADDRESS: Final = re.compile(r"address|adresse|anschrift|street|strasse|street address")


_LONGEST = 100
"""Characters of a title that announces anything."""


@lru_cache(maxsize=4096)
def plain(title: str) -> str:
    """Give a title's words, in lower case: ``tenantName``, ``Tenant_name`` and ``tenant name`` are the same."""
    parted = re.sub(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])", " ", title)
    lower = parted.lower().translate({ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"})
    ascii_only = unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"['\u2019]s\b|[^a-z0-9]+", " ", ascii_only).split())


@lru_cache(maxsize=4096)
def announced(title: str) -> Announced | None:
    """Say what personal data a column's title or a label announces, if any: the whole title must say so."""
    if len(title) > _LONGEST:
        return None
    words = plain(title)
    return next((found for pattern, found in _ANNOUNCING if pattern.fullmatch(words)), None)
