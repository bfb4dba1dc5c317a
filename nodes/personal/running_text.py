"""Finds personal data in running text: under labels, and by its own form."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quire.nodes.personal.policy import Policy
from quire.nodes.personal.titles import Kind, announced
from quire.nodes.personal.values import DATE, found_in, is_name, looks_like, makes_a_body

LABEL = re.compile(r"(?<![^\W_])([^\W\d_][^\W_]{0,40}(?:[ '\u2019\-/][^\W_]{1,40}){0,4}) ?: ")
"""Up to five words before a colon; text is folded, and no word is so long that looking for it takes time."""
_MOST_WORDS = 8
"""Of a name and what belongs to it."""
_FORMS = {
    "telephone number": re.compile(r"\+?\(?\d[\d\s().\-/]{4,16}\d"),
    "identity number": re.compile(r"[A-Z0-9](?:[A-Z0-9]| ?[\d\-/.]){4,24}"),
    "account number": re.compile(r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){2,8}|\d{7,}"),
    "date of birth": re.compile(DATE),
    "address": re.compile(r"[^;]+?(?=;|\.\s|\.?$)"),
}


class Find(NamedTuple):
    """A value that is personal."""

    passage: int
    field: str
    """Title of its column, or its label; empty in running text."""
    value: str
    what: str
    """What its mask says: ``name``, or the field's own title where it is declared."""
    declared: bool
    cell: str | None
    """Title of the cell that it is all of."""


@dataclass(frozen=True)
class About:
    """What a text in a table stands beside."""

    telephones: bool = True
    """Whether a telephone number there may be a person's."""
    things: frozenset[str] = frozenset()
    """Words of its row."""


def in_text(source: str, number: int, text: str, policy: Policy, about: About) -> Iterator[Find]:
    """Find what is personal in a text, in the passage of that number."""
    labels = [*LABEL.finditer(text)]
    for place, match in enumerate(labels):
        end = _begin_of(labels[place + 1]) if place + 1 < len(labels) else len(text)
        said = text[match.end() : end]
        yield from _under_label(source, number, match[1].split(), said, policy)
    for kind, value in found_in(text, telephones=about.telephones, things=about.things):
        if policy.shows(kind):
            continue
        yield Find(number, "", value, kind, declared=False, cell=None)


def _begin_of(label: re.Match[str]) -> int:
    """Say where a label begins: what stands before it on the same line may look like a part of it."""
    words = [*re.finditer(r"\S+", label[1])]
    announcing = [w for n, w in enumerate(words) if announced(" ".join(x[0] for x in words[n:]))]
    begun = announcing[-1] if announcing else words[-1]
    return label.start() + begun.start()


def _under_label(source: str, number: int, words: Sequence[str], said: str, policy: Policy) -> Iterator[Find]:
    for begin in range(len(words)):
        label = " ".join(words[begin:])
        if policy.declares(source, label):
            value = re.split(r"; |\.$", said)[0].strip()
            told = announced(label)
            if value:
                yield Find(number, label, value, told.kind if told else label, declared=True, cell=None)
            return
        told = announced(label)
        if told and not policy.shows(label):
            value = _name_at(said) if told.kind == "name" else _form_at(told.kind, said)
            if value and looks_like(told.kind, value):
                yield Find(number, label, value, told.kind, declared=False, cell=None)
            return


def _name_at(text: str) -> str:
    """Give the name of a person that a text begins with."""
    words = re.split(r"[;(:]", text)[0].split()
    for most in range(min(_MOST_WORDS, len(words)), 0, -1):
        tried = " ".join(words[:most])
        rest = " ".join(words[most:])
        goes_on = rest[:1].isupper() and not tried.endswith((",", "."))
        if not goes_on and not makes_a_body(rest) and is_name(tried.rstrip(",.")):
            return tried.rstrip(",.")
    return ""


def _form_at(kind: Kind, text: str) -> str:
    found = _FORMS[kind].match(text) if kind in _FORMS else None
    return found[0].strip() if found else ""
