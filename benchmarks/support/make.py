"""Make the pairs of claim and evidence that a check of support is measured on.

Each file in `frames/` is one domain: sentences with open places, and for some a rewording by hand. From these, true and
false claims of fixed kinds follow. Every choice is drawn from a digest of the seed and a key, so the pairs are the same
bytes on every machine and every Python. `python benchmarks/support/make.py` prints them as JSON lines.
"""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SEED = 20240501
FRAMES = Path(__file__).parent / "frames"
FILLS = 9  # how often a sentence is filled with other names and numbers, at most
MINUS = "\N{MINUS SIGN}"
FALSE_EACH = 72
TRUE_EACH = 90

MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
}
SMALL = {
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
    "de": ["null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"],
}
SPELT = {
    "en": {"kV": "kilovolts", "MW": "megawatts", "GWh": "gigawatt hours", "km": "kilometres", "mg": "milligrams",
           "%": "per cent", "kg": "kilograms", "t": "tonnes", "mmHg": "millimetres of mercury", "min": "minutes",
           "Hz": "hertz", "°C": "degrees Celsius", "sq ft": "square feet", "ft": "feet"},
    "de": {"kV": "Kilovolt", "MW": "Megawatt", "MWh": "Megawattstunden", "m": "Meter", "%": "Prozent", "t": "Tonnen",
           "min": "Minuten", "Mio.": "Millionen"},
}  # fmt: skip
OTHER_UNIT = {
    "en": {"kV": "V", "MW": "kW", "GWh": "MWh", "km": "m", "mg": "g", "kg": "g", "t": "kg", "mmHg": "kPa", "Hz": "kHz",
           "weeks": "days", "days": "weeks", "hours": "minutes", "minutes": "hours", "min": "hours", "months": "years",
           "years": "months", "feet": "metres", "million pounds": "million dollars", "dollars": "euros",
           "million euros": "million pounds", "thousand euros": "thousand pounds", "°C": "°F", "sq ft": "square metres",
           "square feet": "square metres", "million dollars": "million euros", "thousand dollars": "thousand euros"},
    "de": {"kV": "V", "MW": "kW", "MWh": "kWh", "m": "km", "t": "kg", "min": "Stunden", "Stunden": "Tage",
           "bar": "Pascal", "Mio. Euro": "Mio. Franken", "Tausend Euro": "Tausend Franken"},
}  # fmt: skip
OTHER_SCALE = {
    "en": {"million": "billion", "thousand": "million"},
    "de": {"Mio.": "Mrd.", "Tausend": "Millionen"},
}
COMPARATORS = {
    "en": {"at least": "at most", "at most": "at least", "more than": "less than", "no more than": "no less than",
           "less than": "more than", "up to": "at least", "above": "below"},
    "de": {"mindestens": "höchstens", "höchstens": "mindestens", "mehr als": "weniger als", "über": "unter",
           "unter": "über", "höher als": "niedriger als"},
}  # fmt: skip
QUANTIFIERS = {
    "en": {"Some of the": "All of the", "some of the": "all of the", "Some": "All", "some": "all", "Most of": "All of",
           "Many of": "All of", "Several of": "All of", "several of": "all of", "No": "Some"},
    "de": {"Einige": "Alle", "Die meisten": "Sämtliche"},
}  # fmt: skip
MODALS = {
    "en": {"shall not": "need not", "must not": "need not", "shall": "may", "must": "may", "may": "shall",
           "should": "must"},
    "de": {"muss": "darf", "dürfen nicht": "müssen nicht", "darf keine": "muss keine"},
}  # fmt: skip
ORDINALS = {
    "en": {"first": "third", "second": "first", "third": "second"},
    "de": {"erste": "dritte", "zweite": "erste", "zweiten": "dritten"},
}
AUXILIARY = re.compile(r"\b(was|were|is|are|has|have|shall|must|may|can|will|should|lies|began)\b(?! not)")
SLOT = re.compile(r"\{([A-Za-z])(\d)([AD]?)(?::([^}]*))?\}")
SMALL_COUNT = re.compile(r"(?<![\d.,:-])(?<!\N{MINUS SIGN})\b(\d{1,2})(?= [a-zA-Z]{4,})(?! [A-Z])")
CHOICE = re.compile(r"<([^<>]*)>")


@dataclass(frozen=True)
class Frame:
    """A sentence with open places, and what was written beside it by hand."""

    key: str
    text: str
    lines: dict[str, str]


@dataclass
class Domain:
    """One file: a source, its names, its sentences and its table."""

    fields: dict[str, str] = field(default_factory=dict)
    frames: list[Frame] = field(default_factory=list)

    def options(self, name: str) -> list[str]:
        """Give the values of a field that lists several."""
        return [value.strip() for value in self.fields[name].split(" | ")]

    @property
    def lang(self) -> str:
        """The language of the domain, `en` or `de`."""
        return self.fields["lang"]


@dataclass(frozen=True)
class Case:
    """A frame with its places filled, its evidence not yet built."""

    domain: Domain
    frame: Frame
    values: dict[str, str]
    key: str

    def say(self, template: str, kind: str = "", values: dict[str, str] | None = None) -> str:
        """Fill a template, with the alternatives of one kind."""
        return fill(choose(template, kind), self.values if values is None else values)

    @property
    def truth(self) -> str:
        """The sentence as the source has it."""
        return plain(self.say(self.frame.text))


Mutator = Callable[[Case], str | None]


def draw(key: str, size: int) -> int:
    """Draw a number below `size` from the seed and a key."""
    digest = hashlib.sha256(f"{SEED}/{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % size


def shuffled(items: Sequence[str], key: str) -> list[str]:
    """Put items in an order that depends on the key alone."""
    return sorted(items, key=lambda item: hashlib.sha256(f"{SEED}/{key}/{item}".encode()).digest())


def read(path: Path) -> Domain:
    """Read one domain: fields, then sentences with their indented lines."""
    domain = Domain()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("- "):
            domain.frames.append(Frame(f"{path.stem}-{len(domain.frames) + 1}", line[2:], {}))
        elif line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            domain.frames[-1].lines[name] = value
        elif line:
            name, _, value = line.partition(": ")
            domain.fields[name] = value
    return domain


def choose(template: str, kind: str) -> str:
    """Resolve `<as it stands|kind=instead>`: the alternative of the kind, where there is one."""

    def one(match: re.Match[str]) -> str:
        base, *others = match[1].split("|")
        named = dict(other.split("=", 1) for other in others)
        return named.get(kind, base)

    return CHOICE.sub(one, template)


def fill(template: str, values: dict[str, str]) -> str:
    """Put values into the open places; `{O1}` begins a sentence, `{o1A}` and `{o1D}` are German cases."""

    def one(match: re.Match[str]) -> str:
        letter, number, case, _ = match.groups()
        value = values[letter.lower() + number]
        if case:
            article, _, rest = value.partition(" ")
            forms = {"A": {"der": "den"}, "D": {"der": "dem", "das": "dem", "die": "der"}}[case]
            value = f"{forms.get(article, article)} {rest}"
        return value[0].upper() + value[1:] if letter.isupper() else value

    return SLOT.sub(one, template)


def plain(text: str) -> str:
    """Take the marks for a noun and for a tail out."""
    return text.replace("^", "").replace("~", " ").replace("  ", " ").replace(" .", ".")


def drawn_value(domain: Domain, slot: tuple[str, str, str], key: str) -> str:
    """Draw one value for an open place."""
    letter, number, bounds = slot
    lang = domain.lang
    match letter:
        case "n":
            low, high = (int(bound) for bound in bounds.split("-"))
            return grouped(low + draw(key, high - low + 1), lang)
        case "f":
            first, last = (round(float(bound) * 10) for bound in bounds.split("-"))
            value = first + draw(key, last - first + 1)
            return f"{value // 10}{',' if lang == 'de' else '.'}{value % 10}"
        case "r" | "y":
            low, high = (int(bound) for bound in bounds.split("-"))
            return str(low + draw(key, high - low + 1))
        case "d":
            day, month = 1 + draw(key + "/day", 28), draw(key + "/month", 12)
            return written_date(day, month, int(bounds), lang)
        case "t":
            hour, minute = 6 + draw(key + "/hour", 14), draw(key + "/minute", 60)
            return written_time(hour, minute, lang)
        case "c":
            return SMALL[lang][int(number)].capitalize()
    raise ValueError(f"{key}: no open place is called {letter}")


def grouped(value: int, lang: str) -> str:
    """Write a whole number with its thousands apart."""
    return f"{value:,}".replace(",", "." if lang == "de" else ",")


def written_date(day: int, month: int, year: int, lang: str) -> str:
    """Write a date as reports do."""
    name = MONTHS[lang][month]
    return f"{day}. {name} {year}" if lang == "de" else f"{day} {name} {year}"


def written_time(hour: int, minute: int, lang: str) -> str:
    """Write a time of day."""
    return f"{hour}.{minute:02} Uhr" if lang == "de" else f"{hour:02}:{minute:02}"


def filled(domain: Domain, frame: Frame, key: str) -> Case:
    """Fill the places of a frame; names differ from each other, and so do values of one kind."""
    values: dict[str, str] = {}
    everything = " ".join([frame.text, *frame.lines.values()])
    for letter in "pos":
        for number, name in enumerate(shuffled(domain.options(letter), f"{key}/{letter}"), start=1):
            values[f"{letter}{number}"] = name
    for match in SLOT.finditer(everything):
        letter, number, _, bounds = match.groups()
        slot = letter.lower() + number
        attempt = 0
        while slot not in values:
            value = drawn_value(domain, (letter.lower(), number, bounds or ""), f"{key}/{slot}/{attempt}")
            attempt += 1
            if value not in values.values():
                values[slot] = value
    return Case(domain, frame, values, key)


# Mutators. Each returns a claim, or None where the sentence gives no occasion.


def alternative(kind: str) -> Mutator:
    """Take the alternatives of a kind that are written into the sentence."""
    return lambda case: plain(case.say(case.frame.text, kind)) if f"|{kind}=" in case.frame.text else None


def line(name: str) -> Mutator:
    """Take a line that was written beside the sentence."""
    return lambda case: plain(case.say(case.frame.lines[name])) if name in case.frame.lines else None


def first_of(*mutators: Mutator) -> Mutator:
    """Take the first mutator that has something to say."""
    return lambda case: next((claim for mutator in mutators if (claim := mutator(case)) is not None), None)


def word_exchanged(tables: dict[str, dict[str, str]], before: str = r"(?<!\w)") -> Mutator:
    """Exchange one word or phrase of a table; the longest first, one of those that stand there."""

    def mutate(case: Case) -> str | None:
        table = tables[case.domain.lang]
        found = [word for word in sorted(table, key=len, reverse=True) if re.search(before + exact(word), case.truth)]
        found = [word for word in found if not any(word != other and word in other for other in found)]
        if not found:
            return None
        word = found[draw(case.key + "/word", len(found))]
        return re.sub(before + exact(word), lambda _: table[word], case.truth, count=1)

    return mutate


def exact(word: str) -> str:
    """Match a word that does not go on."""
    return re.escape(word) + r"(?!\w)"


AFTER_NUMBER = r"(?<=\d )"


def slots(case: Case, letters: str, kind: str = "") -> list[str]:
    """Name the open places of the sentence that have one of these letters, in order."""
    found = [match[1].lower() + match[2] for match in SLOT.finditer(choose(case.frame.text, kind))]
    return [slot for slot in dict.fromkeys(found) if slot[0] in letters]


def exchanged(letters: str) -> Mutator:
    """Let two values of one kind change places."""

    def mutate(case: Case) -> str | None:
        if "count" in case.frame.lines or ("sym" in case.frame.lines and letters == "pos"):
            return None
        for letter in letters:
            places = slots(case, letter)
            if len(places) > 1:
                one, two = places[:2]
                values = case.values | {one: case.values[two], two: case.values[one]}
                return plain(case.say(case.frame.text, values=values))
        return None

    return mutate


def replaced(letters: str, change: Callable[[Case, str], str]) -> Mutator:
    """Change one value of a kind."""

    def mutate(case: Case) -> str | None:
        places = slots(case, letters)
        if not places:
            return None
        slot = places[draw(case.key + "/slot", len(places))]
        changed = case.values | {slot: change(case, slot)}
        return plain(case.say(case.frame.text, values=changed))

    return mutate


def other_year(case: Case, slot: str) -> str:
    """Move the year by one or two."""
    step = (-2, -1, 1, 2)[draw(case.key + "/year", 4)]
    return re.sub(r"\d{4}", lambda match: str(int(match[0]) + step), case.values[slot])


def other_end(case: Case, slot: str) -> str:
    """Move the end of a range."""
    return str(int(case.values[slot]) + 2 + draw(case.key + "/end", 7))


def other_time(case: Case, slot: str) -> str:
    """Move a time of day by an hour or more."""
    hour, minute = (int(part) for part in re.findall(r"\d+", case.values[slot]))
    return written_time((hour + 1 + draw(case.key + "/hours", 9)) % 24, minute, case.domain.lang)


def wrong_count(case: Case) -> str | None:
    """State another number of listed things."""
    if "count" not in case.frame.lines:
        return None
    slot = next(name for name in case.values if name[0] == "c")
    wrong = int(slot[1]) + (-1, 1, 2)[draw(case.key + "/count", 3)]
    values = case.values | {slot: SMALL[case.domain.lang][wrong].capitalize()}
    return plain(case.say(case.frame.lines["count"], values=values))


def negated(case: Case) -> str | None:
    """Put a *not* after the first auxiliary verb."""
    if "|neg=" in case.frame.text:
        return alternative("neg")(case)
    text = case.truth
    if case.domain.lang != "en" or re.search(r"\b(not|No|never)\b", text):
        return None
    match = AUXILIARY.search(text)
    if match is None or match[0] in {"lies", "began"}:
        return None
    return f"{text[: match.end()]} not{text[match.end() :]}"


def affirmed(case: Case) -> str | None:
    """Take the negation out."""
    if "|negout=" in case.frame.text:
        return alternative("negout")(case)
    text = case.truth
    if case.domain.lang != "en":
        return None
    if text.startswith("No "):
        rest = text[3:]
        return rest[0].upper() + rest[1:]
    return re.sub(r"\bnot ", "", text, count=1) if re.search(r"\bnot ", text) else None


def tail_of_another(case: Case) -> str | None:
    """Put the end of another sentence of the same source in the place of this one's."""
    marked = case.say(case.frame.text)
    donor = donor_of(case)
    if "~" not in marked or donor is None:
        return None
    return plain(f"{marked.split('~')[0]}~{donor.say(donor.frame.text).split('~')[1]}")


def donor_of(case: Case) -> Case | None:
    """Pick the sentence that gives its end."""
    others = [frame for frame in case.domain.frames if "~" in frame.text and frame.key != case.frame.key]
    if not others:
        return None
    frame = others[draw(case.key + "/donor", len(others))]
    return filled(case.domain, frame, f"{case.key}/donor/{frame.key}")


def cause_added(case: Case) -> str | None:
    """Add a cause that stands nowhere."""
    causes = case.domain.options("cause")
    return f"{case.truth[:-1]} {causes[draw(case.key + '/cause', len(causes))]}."


def adjective_added(case: Case) -> str | None:
    """Add an adjective before a noun that is marked for it."""
    marked = case.say(case.frame.text)
    if "^" not in marked:
        return None
    adjectives = case.domain.options("adj")
    adjective = adjectives[draw(case.key + "/adjective", len(adjectives))]
    text = plain(marked.replace("^", adjective + " ", 1))
    article = "an" if adjective[0] in "aeiou" else "a"
    return re.sub(rf"\b([Aa])n? (?={adjective}\b)", lambda match: match[1] + article[1:] + " ", text)


def percentage_points(case: Case) -> str | None:
    """Make percent of percentage points, or the other way."""
    one, two = ("Prozentpunkte", "%") if case.domain.lang == "de" else ("percentage points", "%")
    text = case.truth
    if one in text and draw(case.key + "/points", 2):
        return text.replace(one, two, 1)
    changes = re.search(r"(by|um) [\d.,]+ (%)", text)
    return f"{text[: changes.start(2)]}{one}{text[changes.end(2) :]}" if changes else None


def date_reworded(case: Case) -> str | None:
    """Write a date in another way, or tell less of it."""
    text = case.truth
    if case.domain.lang == "de":
        match = re.search(r"(\d+)\. (\w+) (\d{4})", text)
        if match is None:
            return None
        month = MONTHS["de"].index(match[2]) + 1
        day = int(match[1])
        forms = [f"{day:02}.{month:02}.{match[3]}", f"{day}.{month}.{match[3]}"]
        return text.replace(match[0], forms[draw(case.key + "/form", 2)])
    match = re.search(r"\b(on |On |)(\d+) (\w+) (\d{4})", text)
    if match is None or match[3] not in MONTHS["en"]:
        return None
    preposition, day_text, name, year = match.groups()
    number = MONTHS["en"].index(name) + 1
    forms = [f"{preposition}{name} {day_text}, {year}", f"{preposition}{year}-{number:02}-{int(day_text):02}"]
    if preposition:
        forms.append(f"{'I' if preposition[0] == 'O' else 'i'}n {name} {year}")
    return text.replace(match[0], forms[draw(case.key + "/form", len(forms))], 1)


def number_reworded(case: Case) -> str | None:
    """Write a number in words, without its separators, or with its scale written out."""
    lang = case.domain.lang
    text = case.truth
    big = re.search(r"\b(\d)[.,](\d{3})\b(?! [Mm])", text)
    if big:
        return text.replace(big[0], big[1] + big[2], 1)
    scaled = re.search(r"\b(\d+)([.,]\d)? (million|Mio\.|thousand|Tausend)(?= )", text)
    if scaled:
        tenths = int(scaled[1]) * 10 + int((scaled[2] or ".0")[1])
        value = tenths * (100_000 if scaled[3][0] in "mM" else 100)
        return text.replace(scaled[0], grouped(value, lang), 1)
    small = SMALL_COUNT.search(text)
    if small is None or not 2 <= int(small[1]) <= 12 or lang == "de":  # noqa: PLR2004 - the smallest and largest number that the list of number words spells
        return None
    return f"{text[: small.start()]}{SMALL[lang][int(small[1])]}{text[small.end() :]}"


FALSE: dict[str, Mutator] = {
    "negation_in": negated,
    "negation_out": affirmed,
    "antonym": alternative("ant"),
    "roles": line("roles"),
    "two_names": exchanged("pos"),
    "two_numbers": exchanged("nf"),
    "two_dates": exchanged("d"),
    "number_role": line("role"),
    "unit": word_exchanged(OTHER_UNIT, AFTER_NUMBER),
    "comparator": word_exchanged(COMPARATORS),
    "quantifier": word_exchanged(QUANTIFIERS),
    "scope": alternative("sc"),
    "tail": tail_of_another,
    "cause_added": cause_added,
    "adjective_added": adjective_added,
    "year": replaced("dy", other_year),
    "condition_dropped": alternative("cond"),
    "wrong_count": wrong_count,
    "modality": word_exchanged(MODALS),
    "superlative": line("sup"),
    "sign": line("sign"),
    "scale": word_exchanged(OTHER_SCALE, AFTER_NUMBER),
    "percentage_points": percentage_points,
    "range_end": replaced("r", other_end),
    "ordinal": word_exchanged(ORDINALS),
    "time_of_day": replaced("t", other_time),
    "called_complete": line("all"),
}
TRUE: dict[str, Mutator] = {
    "verbatim": lambda case: case.truth,
    "voice": line("voice"),
    "synonym": alternative("syn"),
    "reordered": line("order"),
    "date_reworded": date_reworded,
    "number_reworded": number_reworded,
    "count": line("count"),
    "unit_spelt": word_exchanged(SPELT, AFTER_NUMBER),
    "clause": line("clause"),
}


def passage(domain: Domain, text: str, **more: str) -> dict[str, str]:
    """Build one piece of evidence."""
    given = {"text": text, "source": domain.fields["source"], "heading": domain.fields["heading"], "header": "",
             "label": "", "date": domain.fields["date"]}  # fmt: skip
    return given | more


def evidence(case: Case, also: Sequence[Case] = ()) -> list[dict[str, str]]:
    """Put the sentence between neighbours of the same source, in one passage or in two."""
    domain = case.domain
    taken = {case.frame.key, *(other.frame.key for other in also)}
    others = shuffled([frame.key for frame in domain.frames if frame.key not in taken], case.key + "/neighbours")
    by_key = {frame.key: frame for frame in domain.frames}
    neighbours = [filled(domain, by_key[key], f"{case.key}/beside/{key}").truth for key in others[:3]]
    sentences = [*(other.truth for other in also), case.truth, neighbours[0]]
    if draw(case.key + "/order", 2):
        sentences.reverse()
    passages = [passage(domain, " ".join(sentences))]
    if draw(case.key + "/second", 3):
        passages.append(passage(domain, " ".join(neighbours[1:])))
    if draw(case.key + "/first", 2):
        passages.reverse()
    return passages


Pair = dict[str, object]


def pair(domain: Domain, kind: str, claim: str, *, true: bool, given: list[dict[str, str]]) -> Pair:
    """Build one line."""
    name = hashlib.sha256(json.dumps([kind, claim, given], ensure_ascii=False).encode()).hexdigest()[:12]
    about = {"domain": domain.fields["domain"], "lang": domain.lang, "split": domain.fields["split"]}
    return {"id": name, **about, "kind": kind, "true": true, "claim": claim, "evidence": given}


def of_sentences(domain: Domain) -> Iterator[Pair]:
    """Give every pair that the sentences of a domain yield."""
    for frame in domain.frames:
        for number in range(FILLS):
            case = filled(domain, frame, f"{frame.key}/{number}")
            seen: set[str] = set()
            for table, true in ((TRUE, True), (FALSE, False)):
                for kind, mutate in table.items():
                    claim = mutate(case)
                    if claim is None or claim in seen or (claim == case.truth and kind != "verbatim"):
                        continue
                    seen.add(claim)
                    donor = donor_of(case) if kind == "tail" and draw(case.key + "/near", 2) else None
                    yield pair(domain, kind, claim, true=true, given=evidence(case, [donor] if donor else []))
            yield merged(case)


def merged(case: Case) -> Pair:
    """Say two neighbouring sentences in one."""
    keys = shuffled([frame.key for frame in case.domain.frames if frame.key != case.frame.key], case.key + "/merge")
    frame = next(frame for frame in case.domain.frames if frame.key == keys[0])
    other = filled(case.domain, frame, f"{case.key}/merge/{frame.key}")
    joint = "; zudem gilt: " if case.domain.lang == "de" else "; in addition, "
    second = other.truth
    if second.split()[0] in {"A", "The", "On", "At", "In", "Some", "Most", "Many", "No", "Three", "Four", "Patients"}:
        second = second[0].lower() + second[1:]
    claim = f"{case.truth[:-1]}{joint}{second}"
    return pair(case.domain, "merged", claim, true=True, given=evidence(case, [other]))


@dataclass(frozen=True)
class Table:
    """A table of one domain, filled."""

    label: str
    header: list[str]
    rows: list[list[str]]


def table_of(domain: Domain, number: int) -> Table:
    """Fill the table of a domain with values that differ from each other."""
    label, *header = domain.options("table")
    names = shuffled(domain.options("rows"), f"{domain.fields['domain']}/rows/{number}")[:4]
    used: set[str] = set()
    rows = []
    for name in names:
        cells = [name]
        for column in range(1, 4):
            attempt = 0
            while True:
                key = f"{domain.fields['domain']}/cell/{number}/{name}/{column}/{attempt}"
                value = cell(domain, header[column], column, key)
                attempt += 1
                if value.lstrip(MINUS) not in used:
                    break
            used.add(value.lstrip(MINUS))
            cells.append(value)
        rows.append(cells)
    return Table(label, header, rows)


def cell(domain: Domain, head: str, column: int, key: str) -> str:
    """Draw a cell: a count, a smaller number, or a change with its sign."""
    low, high = ((110, 890), (12, 88), (11, 69))[column - 1]
    if column < 3 or head.startswith("Maximum"):  # noqa: PLR2004 - the third and last column holds changes, not amounts
        return str(low + draw(key, high - low))
    sign = MINUS if draw(key + "/sign", 2) else ""
    comma = "," if domain.lang == "de" else "."
    return f"{sign}{1 + draw(key, 9)}{comma}{1 + draw(key + '/tenth', 9)}"


def of_tables(domain: Domain) -> Iterator[Pair]:
    """Give the pairs that the table of a domain yields, as rows and as labelled values."""
    sentences = [sentence.strip() for sentence in domain.fields["tsent"].split(" | ")]
    for number in range(3):
        table = table_of(domain, number)
        header = " | ".join(table.header)
        rows = [passage(domain, " | ".join(row), header=header, label=table.label) for row in table.rows]
        for index, row in enumerate(table.rows):
            column = 1 + (index + number) % 3
            sentence = sentences[column - 1]
            other = table.rows[(index + 1) % len(table.rows)]
            values = [
                passage(domain, each[column], label=f"{table.header[column]}, {each[0]}", heading=table.label)
                for each in table.rows
            ]
            right = said(sentence, row[0], row[column], column)
            wrong_cell = row[1 + column % 3]
            yield pair(domain, "row_sentence", right, true=True, given=rows)
            yield pair(domain, "label_value", right, true=True, given=values)
            claims = [
                ("wrong_row", said(sentence, row[0], other[column], column), rows),
                ("wrong_column", said(sentence, row[0], wrong_cell, column), rows),
                ("other_entity", said(sentence, other[0], row[column], column), values),
            ]
            if row[3].startswith(MINUS):
                claims.append(("sign", said(sentences[2], row[0], row[3].lstrip(MINUS), 3), rows))
            for kind, claim, given in claims:
                yield pair(domain, kind, claim, true=False, given=given)


def said(sentence: str, row: str, value: str, column: int) -> str:
    """Fill a sentence about a cell."""
    text = sentence.replace("{row}", row).replace(f"{{{column}}}", value)
    return text[0].upper() + text[1:]


def pairs() -> list[Pair]:
    """Give all pairs: of each kind as many as are wanted, spread over the domains and sentences."""
    wanted: dict[tuple[bool, str], list[Pair]] = {}
    for path in sorted(FRAMES.glob("*.txt")):
        domain = read(path)
        for one in (*of_sentences(domain), *of_tables(domain)):
            wanted.setdefault((bool(one["true"]), str(one["kind"])), []).append(one)
    chosen: list[Pair] = []
    for (true, _), found in sorted(wanted.items()):
        found.sort(key=lambda one: hashlib.sha256(f"{SEED}/{one['id']}".encode()).digest())
        chosen.extend(found[: TRUE_EACH if true else FALSE_EACH])
    return chosen


def lines(given: Sequence[Pair]) -> str:
    """Write pairs as JSON lines."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in given)


def main() -> None:
    """Print the pairs, or what they are."""
    parser = argparse.ArgumentParser(description="Print pairs of claim and evidence as JSON lines.")
    parser.add_argument("--digest", action="store_true", help="print the SHA-256 of the lines and the count by kind")
    made = pairs()
    if not parser.parse_args().digest:
        sys.stdout.write(lines(made))
        return
    counts: dict[tuple[object, object], int] = {}
    for one in made:
        counts[one["true"], one["kind"]] = counts.get((one["true"], one["kind"]), 0) + 1
    for (true, kind), count in counts.items():
        print(f"{'true ' if true else 'false'} {kind:20} {count}")
    print(len(made), hashlib.sha256(lines(made).encode()).hexdigest())


if __name__ == "__main__":
    main()
