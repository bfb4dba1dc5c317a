"""What code makes of a source is held by the source, whatever stands in it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from quire.graphs.kinds.general_report.computations import figures, sources
from quire.nodes.author.extracts import extract
from quire.nodes.checks.grounded import ungrounded
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import claims_of
from quire.nodes.evidence.from_passages import quoted
from quire.nodes.language.catalogue import LANGUAGES, words_in
from quire.nodes.sources.read import read
from quire.nodes.survey.survey import by_source, survey

_SENTENCES = (
    "The cost of a leak rose in {year} by {n}% to ${n}.4 million.",
    "It was built in {year} and {n} acres were added.",
    "Shares are {n}-{m}%, or two to three per cent.",
    "We met on {day} and {later} February {year}.",
    "The {day}th and {later}th of March are closed, the 2nd floor is not.",
    "at 09:{n:02}: the alarm; at 9:{n:02}, silence.",
    "Route {n}x is {n}x faster than R-{m}.",
    "Doses of {n}, {m} and 40 mg/kg, or {n} to {m} mg.",
    "See § {n}.{m}(a) and {n} spaces, page {m}, Section {n}.",
    "€{n}\u2013{m}m, $({n}.4) million, \u2212{n}.1 %, {n} bps, ½ acre, {n}½ feet.",
    "{n} of {m} requests failed; {n},{m:03} passed.",
    "1,{m:03}.5 m² and {n}'-{m}\" of 20 x {m} feet.",
    "{n} per robot per month; {m} in; {n} dollars per seat.",
    "fifteen percent (15%) of forty ({m}) items",
    "{n}.{m} {n},{m} {n}/{m}/{year} {day}.{m}.{year}",
    "the {year}s; {year}-{later:02}-{day:02}T14:05Z; 5 000 km; [{n}]",
)
_HEADINGS = (
    "{n}. Scope",
    "{n} Costs",
    "{n}.{m} Dates",
    "Costs in {year}",
    "{n}) Notes",
    "{n}% of {m}",
    "The {n}th",
    "{year}",
)
_NUMBERS = st.fixed_dictionaries(
    {
        "n": st.integers(1, 99),
        "m": st.integers(1, 99),
        "year": st.integers(1950, 2030),
        "day": st.integers(1, 12),
        "later": st.integers(1, 12),
    }
)


def _filled(patterns: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.builds(lambda pattern, numbers: pattern.format(**numbers), st.sampled_from(patterns), _NUMBERS)


_PARTS = st.lists(
    st.one_of(
        _filled(_HEADINGS).map("## {}".format),
        st.lists(_filled(_SENTENCES), min_size=1, max_size=4).map(" ".join),
        _filled(_SENTENCES).map("- {}".format),
        st.tuples(_filled(_HEADINGS), _filled(_SENTENCES)).map(
            lambda row: f"| {row[0]} | Cost ($) |\n|--|--|\n| {row[1]} | 12 |"
        ),
    ),
    min_size=1,
    max_size=8,
)
_CELLS = (
    *("{n},{m:03}.50", "{n}.{m:03},50", "1\u2019{m:03}.50", "{n} {m:03}", "-{n}.{m}", "({n})", "{n}.", "{n}-{m}"),
    *("{n}%", "{n},5 %", "5-{m}%", "$ {n}.4m", "ca. {n} €", "{n} kg", "{n}x", "{n} 1/2", "{n}th", "§ {n}"),
    *("{year}", "{year}/{n}", "Q{n}", "{day}.{later}.{year}", "{day}/{later}/{year}", "n/a", "", "TBD"),
)
_SHEET = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(_filled(_CELLS), min_size=width, max_size=width), min_size=3, max_size=40)
)
_LANGUAGE = st.sampled_from(
    ["", "Die Miete ist nicht hoch und der Zaun ist alt, auch die Mauer.", "Le prix est dans la liste des pages."]
)
_NOT_FOUND = ("not be found again", "nicht dort wiederzufinden")
"""What is said of a row that is left out since its own figures do not hold."""


@settings(max_examples=30, deadline=None)
@given(parts=_PARTS, other=_PARTS, sheet=_SHEET, language=_LANGUAGE, written_in=st.sampled_from(LANGUAGES))
def test_a_section_that_code_made_never_fails_its_own_check_and_leaves_nothing_out_for_it(
    parts: list[str], other: list[str], sheet: list[list[str]], language: str, written_in: str
) -> None:
    texts = {"a.md": "\n\n".join([*parts, language]), "b.md": "\n\n".join(other)}
    texts["c.csv"] = "\n".join(";".join(row) for row in [[f"Item {n}" for n, _ in enumerate(sheet[0])], *sheet])
    readings = tuple(read(name, text.encode()) for name, text in texts.items())
    section = {"id": "s", "title": "S", "words": 400, "instructions": ""}
    materials = Materials("T", section, {}, readings, {}, words=words_in(written_in))
    about = by_source(survey(readings))
    evidence = [
        one for r in readings for p in r["passages"] if p["kind"] != "code" for one in quoted(p, about[r["source"]])
    ]

    for content in (
        figures.compute(materials),
        sources.compute(materials),
        extract("S", evidence, 400, materials.words),
    ):
        assert ungrounded("s", content, readings, materials.words) == []
        said = [one["text"] for block in content["blocks"] for one in claims_of(block)]
        assert [text for text in said if any(words in text for words in _NOT_FOUND)] == []
