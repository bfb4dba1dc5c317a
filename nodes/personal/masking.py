"""Withholds personal data of sources from everything that reads them; the sources themselves stay as they are.

What is found is replaced where it stands, and a name or number that was found anywhere is replaced in all sources,
also in running text. A mask keeps the place and says what stood there: ``[name withheld]``.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quire.nodes.personal.finding import finds, names_in_parts
from quire.nodes.personal.policy import Policy
from quire.nodes.personal.running_text import Find
from quire.nodes.personal.values import DATE, is_name, variants
from quire.nodes.sources.passage import Passage, Reading, Withheld

_SHORTEST = 5
"""Characters from which on a value is looked for elsewhere."""
_SHORTEST_ADDRESS = 8
_WORD = re.compile(r"\w+")


class Masked(NamedTuple):
    """What sources say without personal data."""

    readings: tuple[Reading, ...]
    values: frozenset[str]
    """What was withheld, and the other ways of writing it. It is for checks in code, and for nobody to read."""


def masked(readings: Sequence[Reading], policy: Policy) -> Masked:
    """Withhold what is personal: a function of the readings and of what the brief and the blueprint say."""
    found = {
        r["source"]: [f for f in finds(r, policy) if f.declared or not policy.names_openly(f.value)] for r in readings
    }
    known = _known(readings, found, policy)
    everywhere = Known(known)
    return Masked(tuple(_masked(r, found[r["source"]], everywhere) for r in readings), frozenset(known))


class Known:
    """Values to be replaced wherever they stand as whole words. It looks at each word of a text once."""

    def __init__(self, values: dict[str, str]) -> None:
        self._by_word: dict[str, list[tuple[str, str]]] = {}
        for value in sorted(values, key=len, reverse=True):
            if begun := _WORD.search(value):
                self._by_word.setdefault(begun[0], []).append((value, values[value]))

    def replaced(self, text: str) -> tuple[str, Counter[str]]:
        """Give the text with masks, and how many of each kind were put in."""
        parts, done, counts = list[str](), 0, Counter[str]()
        for word in _WORD.finditer(text):
            for value, what in self._by_word.get(word[0], ()):
                begins = word.start() - value.index(word[0])
                ends = begins + len(value)
                if begins >= done and text.startswith(value, begins) and not text[ends : ends + 1].isalnum():
                    parts += [text[done:begins], mask_of(what)]
                    counts[what] += 1
                    done = ends
                    break
        return "".join([*parts, text[done:]]), counts


def mask_of(what: str) -> str:
    """Give what stands in the place of a value."""
    return f"[{what.replace('_', ' ')} withheld]"


def _known(readings: Sequence[Reading], found: dict[str, list[Find]], policy: Policy) -> dict[str, str]:
    """Give the values that are withheld wherever they stand, by what they are."""
    known: dict[str, str] = {}
    for reading in readings:
        for find in found[reading["source"]]:
            known.update(dict.fromkeys(_elsewhere(find), find.what))
        named = {find.passage for find in found[reading["source"]] if find.what == "name" and find.cell is not None}
        for number in sorted(named):
            for name in names_in_parts(reading["passages"][number]):
                known.update(dict.fromkeys(variants(name), "name"))
    return {value: what for value, what in known.items() if not policy.names_openly(value)}


def _elsewhere(find: Find) -> Iterable[str]:
    if is_name(find.value):
        spelt = [find.value, *variants(find.value)]
        return [v for each in spelt for v in (each, each.upper()) if len(v) >= _SHORTEST]
    if find.what in {"name", "date of birth"} and not find.declared:
        return []
    if find.what == "address":
        return [find.value] if len(find.value) >= _SHORTEST_ADDRESS else []
    telling = len(find.value.split()) > 1 or any(sign.isdigit() for sign in find.value)
    figure = find.declared and re.fullmatch(rf"[\W\d]+|{DATE}", find.value)
    return [find.value] if telling and not figure and len(find.value) >= _SHORTEST else []


def _masked(reading: Reading, found: Sequence[Find], known: Known) -> Reading:
    counts: Counter[tuple[str, str]] = Counter((find.field, find.what) for find in found)
    by_passage: dict[int, list[Find]] = {}
    for find in found:
        by_passage.setdefault(find.passage, []).append(find)
    passages = [
        _of_passage(passage, by_passage.get(number, ()), known, counts)
        for number, passage in enumerate(reading["passages"])
    ]
    title, _ = known.replaced(reading["title"])
    told = [Withheld(field=field, what=what, count=count) for (field, what), count in counts.items()]
    if not told and title == reading["title"]:
        return reading
    return {**reading, "title": title, "passages": passages, "withheld": told}


def _of_passage(passage: Passage, found: Sequence[Find], known: Known, counts: Counter[tuple[str, str]]) -> Passage:
    fields = {title: _of_cell(title, cell, found) for title, cell in passage.get("fields", {}).items()}
    text = _text(passage, fields, found)
    text, more = known.replaced(text)
    counts.update({("", what): count for what, count in more.items()})
    shown: Passage = {**passage, "text": text, "headings": [known.replaced(h)[0] for h in passage["headings"]]}
    if fields:
        shown["fields"] = {known.replaced(t)[0]: known.replaced(c)[0] for t, c in fields.items()}
    return shown


def _of_cell(title: str, cell: str, found: Sequence[Find]) -> str:
    if whole := next((f for f in found if f.cell == title), None):
        return mask_of(whole.what)
    return _of_text(cell, found)


def _of_text(text: str, found: Sequence[Find]) -> str:
    for find in sorted((f for f in found if f.cell is None), key=lambda f: -len(f.value)):
        text = text.replace(find.value, mask_of(find.what))
    return text


def _text(passage: Passage, fields: dict[str, str], found: Sequence[Find]) -> str:
    """Write a row out anew, as ``quire.nodes.sources.tables.row_text`` does; a labelled value is its field's."""
    if not found:
        return passage["text"]
    before = passage.get("fields", {})
    if passage["kind"] != "row":
        return next(iter(fields.values()), "") if len(fields) == 1 else _of_text(passage["text"], found)
    told = [(t, cell) for t, cell in fields.items() if cell]
    titled = {t for t, cell in before.items() if f"{t}: {cell}" in passage["text"]}
    return "; ".join(f"{t}: {cell}" if t in titled else cell for t, cell in told)
