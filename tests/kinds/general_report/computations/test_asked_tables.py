"""Which tables of a long table's rows are made: those that the section's questions, and then the brief's, need."""

from quire.graphs.kinds.general_report.computations.counts import compute
from quire.nodes.checks.grounded import ungrounded
from quire.nodes.computations.blocks import section, table
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, SectionContent
from quire.nodes.language.catalogue import words_in
from quire.nodes.sources.read import read

MONTHS = [f"2025-{n:02}" for n in range(3, 13)] + ["2026-01", "2026-02"]
NAMES = [
    "Aske",
    "Bray",
    "Cole",
    "Dunn",
    "Eskby",
    "Fort",
    "Gair",
    "Holm",
    "Inch",
    "Jarl",
    "Kyle",
    "Linn",
    "Moss",
    "Ness",
    "Oyne",
    "Park",
    "Quoy",
]
FERRIES = {f"L{n:02}": (f"Landing {name}", "Osprey" if n < 14 else "Merlin") for n, name in enumerate(NAMES)}
RIDES = "month,landing_id,landing,ferry,calls_planned,calls_made,riders\n" + "".join(
    f"{month},{id_},{name},{ferry},5,{4 + (n + m) % 2},{20 * n + m}\n"
    for m, month in enumerate(MONTHS)
    for n, (id_, (name, ferry)) in enumerate(FERRIES.items())
)
ROWS = [line.split(",") for line in RIDES.splitlines()[1:]]


def offered(
    purpose: str = "",
    question: str = "",
    others: dict[str, SectionContent] | None = None,
    language: str = "en",
    **sources: str,
) -> SectionContent:
    return compute(given(purpose, question, others, language, **sources))


def given(
    purpose: str = "",
    question: str = "",
    others: dict[str, SectionContent] | None = None,
    language: str = "en",
    **sources: str,
) -> Materials:
    named = {"rides.csv": RIDES, **{f"{name}.md": text for name, text in sources.items()}}
    readings = tuple(read(name, text.encode()) for name, text in named.items())
    spec = {"id": "s", "title": "Landings", "purpose": purpose, "questions": [purpose]} if purpose else {"id": "s"}
    return Materials("The ferries", spec, {"question": question}, readings, others or {}, words=words_in(language))


def captions(content: SectionContent) -> list[str]:
    return [str(b.get("caption")).removeprefix("rides.csv: ") for b in content["blocks"] if b["kind"] == "table"]


def shown(content: SectionContent, caption: str) -> list[list[str]]:
    (found,) = [b for b in content["blocks"] if b.get("caption") == f"rides.csv: {caption}"]
    return [[c["title"] for c in found["columns"]], *([c["text"] for c in row] for row in found["rows"])]


def total(landing: str, column: int) -> int:
    return sum(int(row[column]) for row in ROWS if row[2] == landing)


def test_the_rows_are_those_of_the_value_that_is_asked_for_and_the_groups_those_of_the_column() -> None:
    titles, *rows = shown(
        offered("Which landing of the Merlin has few riders?"), "by “landing”, where “ferry” is “Merlin”"
    )
    assert ["landing", "Rows"] == titles[:2]
    assert {"Landing Oyne", "Landing Park", "Landing Quoy"} == {row[0] for row in rows}
    assert {"12"} == {row[1] for row in rows}
    riders = titles.index("Sum of riders")
    assert all(str(total(row[0], 6)) == row[riders] for row in rows)


def test_what_the_brief_asks_counts_where_the_section_names_nothing() -> None:
    content = offered("Say what it costs.", "Which landings should the Merlin serve?")
    assert "by “landing”, where “ferry” is “Merlin”" in captions(content)


def test_a_column_is_divided_by_another_where_somebody_asks_for_it_with_the_arithmetic_shown() -> None:
    content = offered("How many riders a call has each landing of the Merlin?")
    caption = "by “landing”, where “ferry” is “Merlin”"
    titles, *rows = shown(content, caption)

    assert ["riders / calls_planned", "riders / calls_made"] == titles[-2:]
    assert not [title for title in titles if "Median" in title]
    assert ["Landing Quoy", "Landing Park", "Landing Oyne"] == [row[0] for row in rows]
    quotient = total("Landing Quoy", 6) / total("Landing Quoy", 5)
    assert f"{quotient:.1f}" == rows[0][-1]

    block = next(b for b in content["blocks"] if b.get("caption") == f"rides.csv: {caption}")
    how = block["rows"][0][-1]["how"]
    assert how.startswith(
        "Of the 204 rows of rides.csv, those where “ferry” is “Merlin” and “landing” is “Landing Quoy”"
    )
    assert f"{total('Landing Quoy', 6)} / {total('Landing Quoy', 5)} = {rows[0][-1]}" in how
    materials = given("How many riders a call has each landing of the Merlin?")
    assert [] == ungrounded("s", content, materials.readings, materials.words)


def test_a_threshold_in_a_source_says_what_is_divided() -> None:
    content = offered(
        "Which landings are to be closed?", rule="A landing with fewer than 15 riders per call is closed."
    )
    assert "riders / calls_made" in shown(content, "by “landing”")[0]


def test_in_german_too() -> None:
    content = offered("Welche landing der Merlin hat wenige riders je calls?", language="de")
    titles, *rows = shown(content, "nach „landing“, wo „ferry“ „Merlin“ ist")
    assert "riders / calls_made" in titles
    assert 3 == len(rows)


def test_of_columns_that_part_the_rows_alike_the_one_with_names_is_told() -> None:
    told = captions(offered())
    assert "by “landing”" in told
    assert not [caption for caption in told if "landing_id" in caption]


def test_a_section_is_offered_what_speaks_of_its_questions_and_nothing_that_says_nothing() -> None:
    told = captions(offered("Which landing has few riders in which month?"))
    assert ["in figures", "by “landing”", "by “month”, 2025-03 to 2026-02"] == told[:3]
    assert not [caption for caption in told if caption.startswith("Rows by") or "ferry" in caption]


def test_a_table_that_another_section_shows_is_not_offered_again() -> None:
    asked = "Which landing of the Merlin has few riders?"
    caption = "by “landing”, where “ferry” is “Merlin”"
    placed: Block = next(b for b in offered(asked)["blocks"] if b.get("caption") == f"rides.csv: {caption}")

    left = captions(offered(asked, others={"first": section([placed])}))

    assert caption in captions(offered(asked))
    assert caption not in left
    assert "in figures" in left
    assert caption in captions(offered(asked, others={"first": section([table("Other", ["a"], placed["rows"])])}))


def test_what_is_left_out_is_said_above_its_own_table() -> None:
    many = "order,depot,hours\n" + "".join(f"A-{n % 40},{('North', 'South')[n % 2]},{n % 7}\n" for n in range(120))
    readings = (read("many.csv", many.encode()),)
    spec = {"id": "s", "title": "Orders", "purpose": "Say how many hours order A-39 took.", "questions": []}
    blocks = compute(Materials("T", spec, {}, readings, {}))["blocks"]

    (place,) = [n for n, block in enumerate(blocks) if block["kind"] == "note"]
    assert "Shown are 30 of 40 different values" in blocks[place]["claims"][0]["text"]
    assert "many.csv: by “order”" == blocks[place + 1].get("caption")
    assert "A-39" == blocks[place + 1]["rows"][0][0]["text"]
