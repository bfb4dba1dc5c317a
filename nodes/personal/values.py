"""What personal data looks like: names of people, and what leads to one person."""

import re
from collections.abc import Collection, Iterator

from quire.nodes.personal.titles import Kind
from quire.nodes.personal.words import BODY, BODY_ENDS, LEGAL_FORMS, OFFICE

DATE = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}\.? [^\W\d_]{3,9}\.? \d{4}"
    r"|[^\W\d_]{3,9} \d{1,2}, \d{4})"
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_MAIL = re.compile(r"(?<![\w.+-])([\w+-][\w.+-]*)@[\w-]+(?:\.[\w-]+)+")
_DIALLED = r"\(?\d[\d\s().\-/]{4,15}\d"
_TELEPHONE = re.compile(
    r"(?<![\w+])\+\d{1,3}[\s.\-/]?(?:\(0\)\s?)?\d[\d\s.\-/]{5,14}\d\b"
    r"|(?<![\w(])\(\d{3}\) ?\d{3}[-. ]\d{4}\b"
    rf"|(?:(?<=\btel )|(?<=\btel\. )|(?<=\btel: )|(?<=\bphone )|(?<=\bphone: )|(?<=\bcall )|(?<=\bmobile )"
    rf"|(?<=\btelephone )|(?<=\btelefon )|(?<=\bhandy )|(?<=\bTel\. )|(?<=\bTelefon )|(?<=\bHandy )){_DIALLED}"
)
_SOCIAL = re.compile(r"(?i:\b(?:SSN|social security (?:number|no\.?)))\W{0,3}(?:is |of )?(\d{3}-\d{2}-\d{4})\b")
_BORN = re.compile(rf"(?i:\b(?:born|geboren|geb\.)(?: on| am)?) ({DATE})")
_HONOURED = re.compile(r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herrn?|Frau|Rev|Hon)\b\.? ?)+")
_STYLED = re.compile(r",? (?:Jr|Sr|II|III|IV|PhD|MD|Esq)\.?$")
_PARTICLES = frozenset(
    ["von", "van", "de", "der", "den", "zu", "zur", "la", "le", "del", "da", "dos", "di", "bin", "ter"]
)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\-][^\W\d_]+)*")
_INITIAL = re.compile(r"[^\W\d_]\.?")
_DELIMITER = re.compile(r"\s*[,;(/]\s*|\s+[-\u2013\u2014]\s+")
_MOST_WORDS = 5


def is_name(text: str) -> bool:
    """Whether a cell's text looks like the name of a person, or of several (``Hale, John and Mary``)."""
    people = re.split(r" (?:and|und) | & |; ?", text)
    return any(map(_is_one, people)) and all(_is_one(p) or _is_part(p) for p in people)


def name_in(text: str) -> str:
    """Give the name that a text begins with, before a comma or a bracket: ``Ola Winter, 41 Mill Lane``."""
    begun, _, rest = _parts(text)
    return begun if is_name(begun) and not makes_a_body(rest) else ""


def makes_a_body(text: str) -> bool:
    """Whether what follows a name makes it a body's: ``Marlow Steel, Inc.``."""
    following = re.match(r"\W*(\w+)", text)
    return following is not None and following[1].lower() in LEGAL_FORMS


def variants(name: str) -> Iterator[str]:
    """Give the ways in which a text may name a person whose full name is known."""
    for one in re.split(r" (?:and|und) | & |; ?", name):
        bare = _STYLED.sub("", _HONOURED.sub("", one.strip()))
        last, comma, first = bare.partition(", ")
        given, family = (first, last) if comma else _parted(bare)
        if not given or not family:
            continue
        begun = given.split()[0]
        yield from (bare, f"{given} {family}", f"{begun} {family}", f"{family}, {given}", f"{begun[0]}. {family}")
        yield from (f"{styled} {family}" for styled in ("Mr.", "Mr", "Mrs.", "Mrs", "Ms.", "Ms", "Dr.", "Dr"))
        yield from (f"{styled} {family}" for styled in ("Herr", "Herrn", "Frau"))


_FEWEST_DIGITS: dict[Kind, int] = {"date of birth": 2, "account number": 7, "identity number": 5, "telephone number": 6}
"""Of a number that leads to a person: a ledger's accounts and the rows of a table have fewer."""
_MOST_DIGITS = 15
"""Of a telephone number (E.164)."""


def looks_like(kind: Kind, text: str) -> bool:
    """Whether a cell's text is what its title announces; ``N/A`` and ``120`` are no names or numbers of people."""
    digits = sum(sign.isdigit() for sign in text)
    if kind == "name":
        return is_name(text)
    if kind == "address":
        return any(sign.isalpha() for sign in text) and len(text.split()) > 1
    if kind == "e-mail address":
        return any(True for _ in _mails(text))
    dialled = digits <= _MOST_DIGITS and not re.search(r"[^\d\s()+\-./x]", text)
    return digits >= _FEWEST_DIGITS[kind] and (kind != "telephone number" or dialled)


def found_in(text: str, *, telephones: bool = True, things: Collection[str] = ()) -> Iterator[tuple[Kind, str]]:
    """Find what leads to a person by its own form, in running text; a number that might be a part's is none.

    Args:
        text: where to look.
        telephones: whether telephone numbers may be a person's.
        things: what is spoken of, in lower case: ``search@…`` beside a service called search is the service's.

    """
    yield from (("e-mail address", found) for found in _mails(text, things))
    yield from (("account number", m[0]) for m in _IBAN.finditer(text) if _is_iban(m[0]))
    yield from (("identity number", m[1]) for m in _SOCIAL.finditer(text))
    yield from (("date of birth", m[1]) for m in _BORN.finditer(text))
    if telephones:
        yield from (("telephone number", m[0]) for m in _TELEPHONE.finditer(text))


def _mails(text: str, things: Collection[str] = ()) -> Iterator[str]:
    for found in _MAIL.finditer(text):
        if found[1].lower() not in things and not OFFICE.intersection(re.split(r"[._+-]|\d+", found[1].lower())):
            yield found[0]


def _is_iban(text: str) -> bool:
    """Check the check digits (ISO 13616)."""
    bare = text.replace(" ", "")
    return int("".join(str(int(sign, 36)) for sign in bare[4:] + bare[:4])) % 97 == 1


def _is_one(text: str) -> bool:
    bare = _STYLED.sub("", text.strip())
    styled = _HONOURED.sub("", bare)
    last, comma, first = styled.partition(", ")
    words = f"{first} {last}".split() if comma else styled.split()
    if comma and sum(word.lower() not in _PARTICLES for word in last.split()) != 1:
        return False  # a name and something else
    if not words or len(words) > _MOST_WORDS or not all(map(_is_of_name, words)):
        return False
    whole = [word for word in words if word.lower() not in _PARTICLES and not _INITIAL.fullmatch(word)]
    initials = [word for word in words if _INITIAL.fullmatch(word)]
    return len(whole) > 1 or (len(whole) == 1 and (styled != bare or bool(initials)))


def _is_part(text: str) -> bool:
    return len(text.split()) == 1 and _is_of_name(text.strip())


def _is_of_name(word: str) -> bool:
    if word.lower() in _PARTICLES or _INITIAL.fullmatch(word):
        return True
    if not _WORD.fullmatch(word) or not word[0].isupper():
        return False
    lower = word.lower()
    return lower not in BODY and not lower.endswith(BODY_ENDS)


def _parts(text: str) -> tuple[str, str, str]:
    found = _DELIMITER.search(text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def _parted(name: str) -> tuple[str, str]:
    """Part a name into given and family names; a particle begins the family's."""
    words = name.split()
    begins = next((n for n, word in enumerate(words) if n and word.lower() in _PARTICLES), len(words) - 1)
    return " ".join(words[:begins]), " ".join(words[begins:])
