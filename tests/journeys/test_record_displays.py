"""Joins, comparisons, variants and charts of records in a document, each cell with its place."""

from decimal import Decimal
from typing import Any

import pytest

from quire.graphs.document.document_graph import build
from quire.graphs.intake.blueprint import decode
from quire.nodes.decode.located import Located
from quire.nodes.faults import BadInput

SOURCES = [
    {
        "name": "rules.csv",
        "text": "Standard,Measure,Bound,Value,Section\n"
        "Side yard,side yard,minimum,8 ft,3.2\n"
        "Height,height,maximum,480 inches,3.4\n"
        "Fee,fee,maximum,100 EUR,9.1\n"
        "Glazing,glazing,minimum,50 percent,3.5\n",
    },
    {
        "name": "survey.csv",
        "text": "Measure,State,Figure,Taken\n"
        "side yard,existing,4.2 ft,2026-08-18\n"
        "side yard,proposed,8 ft,2026-08-18\n"
        "height,existing,38.5 ft,2020-01-01\n"
        "height,existing,41 ft,2026-08-18\n"
        "fee,existing,90 USD,2026-08-18\n",
    },
    {
        "name": "uses.csv",
        "text": "Space,State,Rooms,Seats\nBakery,proposed,0,42\nFlat,existing,3,\n",
    },
]
RECORDS: dict[str, Any] = {
    "standard": {
        "title": "Standards",
        "sources": ["rules.csv"],
        "fields": {
            "standard": {"key": True},
            "measure": {},
            "bound": {"type": "choice", "choices": ["minimum", "maximum"]},
            "value": {"type": "number"},
            "section": {},
        },
    },
    "measured": {
        "title": "Survey",
        "sources": ["survey.csv"],
        "fields": {"measure": {}, "state": {}, "figure": {"type": "number"}, "taken": {"type": "date"}},
    },
    "use": {
        "title": "Uses",
        "sources": ["uses.csv"],
        "fields": {"space": {"key": True}, "state": {}, "rooms": {"type": "number"}, "seats": {"type": "number"}},
    },
}
JOINED = [
    {"of": "measured", "to": "is", "match": {"measure": "measure"}, "where": "state == 'existing'", "latest": "taken"},
    {"of": "measured", "to": "will", "match": {"measure": "measure"}, "where": "state == 'proposed'"},
]
COMPARED = {
    "kind": "comparison",
    "of": "standard",
    "join": JOINED,
    "name": "standard",
    "required": "value",
    "bound": "bound",
    "states": [{"title": "Existing", "value": "is_figure"}, {"title": "Proposed", "value": "will_figure"}],
    "place": "section",
}
VARIED = {
    "kind": "variants",
    "of": "use",
    "vary": "seats",
    "start": 0,
    "end": 60,
    "figures": [
        {"name": "seated", "label": "For seats", "take": "sum", "value": "seats / 3", "where": "stated(seats)"},
        {"name": "rooms", "label": "Rooms", "take": "sum", "value": "rooms"},
    ],
    "holds": [
        {"label": "By right", "that": "seats <= 30"},
        {"label": "Enough spaces", "that": "round((seated + rooms * 1.5) * 0.8) <= 12"},
    ],
}


async def _shown(*displays: dict[str, Any], sources: Any = SOURCES, records: Any = RECORDS) -> dict[str, Any]:
    section = {"id": "shown", "title": "Shown", "kind": "table", "show": list(displays)}
    blueprint = {"name": "shown", "title": "Shown", "records": records, "sections": [section]}
    out: dict[str, Any] = await build().ainvoke({"blueprint": blueprint, "title": "Shown", "sources": sources})
    return out


def _content(out: dict[str, Any]) -> dict[str, Any]:
    (section,) = out["document"]["sections"]
    content: dict[str, Any] = section["content"]
    return content


def _rows(out: dict[str, Any], block: int = 0) -> list[list[str]]:
    rows = _content(out)["blocks"][block]["rows"]
    return [[" ".join(part for part in (c["text"], c.get("status", "")) if part) for c in row] for row in rows]


async def test_what_there_is_is_held_against_what_is_required() -> None:
    out = await _shown(COMPARED)

    rows = [[row[0], row[1], row[4]] for row in _rows(out)]
    assert [
        ["Side yard", "at least 8 ft", "Existing: not met, short by 3.8 feet; Proposed: met Met"],
        [
            "Height",
            "at most 480 inches",
            "Existing: not met, over by 1 foot; Proposed: not determined Not determined",
        ],
        ["Fee", "at most 100 EUR", "Not determined"],
        ["Glazing", "at least 50 percent", "Not determined"],
    ] == rows
    assert ["4.2 ft", "8 ft", "3.2"] == [_rows(out)[0][n] for n in (2, 3, 5)]


async def test_a_status_shows_its_arithmetic_and_the_cells_that_it_rests_on() -> None:
    out = await _shown(COMPARED)

    (status,) = (c for c in _content(out)["blocks"][0]["rows"][0] if c.get("status"))
    assert "Existing: 8 feet - 4.2 feet = 3.8 feet; Proposed: 8 feet - 8 feet = 0 feet" == status["how"]
    assert [("rules.csv", "row 2, Value"), ("survey.csv", "row 2, Figure"), ("survey.csv", "row 3, Figure")] == [
        (e["source"], e["address"]) for e in status["evidence"]
    ]
    assert "1" == _content(out)["values"]["Standards: met"]["text"]
    assert "Standards: met" == _content(out)["values"]["Standards: met"]["label"]


async def test_the_latest_is_joined_and_without_it_what_differs_is_not_computed_with() -> None:
    joined = [{key: value for key, value in JOINED[0].items() if key != "latest"}]
    column = {"title": "Twice", "value": "is_figure * 2"}
    columns = ["standard", "is_figure", column]
    out = await _shown({"kind": "table", "of": "standard", "join": joined, "columns": columns})

    assert [["Side yard", "4.2 ft", "8.4 feet"], ["Height", "38.5 ft / 41 ft", "not stated"]] == _rows(out)[:2]


async def test_of_records_that_are_alike_the_latest_is_left() -> None:
    latest = {"by": "taken", "per": ["measure", "state"]}
    columns = ["measure", "state", "figure"]
    out = await _shown({"kind": "table", "of": "measured", "latest": latest, "columns": columns})

    assert ["height", "existing", "41 ft"] in _rows(out)
    assert 4 == len(_rows(out))


async def test_for_which_value_all_holds_is_found() -> None:
    out = await _shown(VARIED)

    assert [
        ["30", "10", "3", "Met", "Met"],
        ["33", "11", "3", "Not met", "Met"],
        ["42", "14", "3", "Not met", "Not met"],
    ] == _rows(out)
    assert [
        "By right: for 0 to 30.",
        "Enough spaces: for 0 to 33.",
        "All of this holds for Seats 0 to 30.",
    ] == [claim["text"] for claim in _content(out)["blocks"][1]["claims"]]
    assert "30" == _content(out)["values"]["most_seats"]["text"]


async def test_rounding_is_half_up_and_shown() -> None:
    out = await _shown(VARIED)

    verdict = _content(out)["blocks"][0]["rows"][1][4]
    assert "round((For seats (11) + Rooms (3) * 1.5) * 0.8) <= 12: Met" == verdict["how"]
    assert 12 == round((11 + Decimal(3) * Decimal("1.5")) * Decimal("0.8"))


async def test_a_chart_leads_from_each_mark_to_its_cell() -> None:
    where = "state == 'existing' and figure > 1"
    drawn = {"kind": "chart", "form": "bars", "of": "measured", "label": "measure", "value": "figure"}
    out = await _shown({**drawn, "where": where})

    (chart, *notes) = _content(out)["blocks"]
    assert ["chart", "note"] == [chart["kind"], notes[0]["kind"]]
    assert "feet" == chart["chart"]["unit"]
    assert [["4.2"], ["38.5"], ["41"]] == [mark["values"] for mark in chart["chart"]["marks"]]
    assert "row 2, Figure" == chart["rows"][0][chart["chart"]["marks"][0]["cell"]]["evidence"][0]["address"]
    assert "90 dollar and 4.2 foot are in units that do not fit" in notes[0]["claims"][0]["text"]


async def test_charts_of_groups_of_lines_and_of_time_are_made() -> None:
    out = await _shown(
        {"kind": "chart", "form": "bars", "of": "measured", "label": "state", "take": "count"},
        {"kind": "chart", "form": "lines", "of": "measured", "where": "measure == 'height'", "label": "taken",
         "value": "figure", "series": "state", "order": ["taken"]},
        {"kind": "chart", "form": "timeline", "of": "measured", "label": "measure", "value": "taken"},
    )  # fmt: skip

    bars, lines, timeline = _content(out)["blocks"]
    assert [["4"], ["1"]] == [mark["values"] for mark in bars["chart"]["marks"]]
    assert [["2020-01-01", "38.5"], ["2026-08-18", "41"]] == [mark["values"] for mark in lines["chart"]["marks"]]
    assert {"existing"} == {mark["series"] for mark in lines["chart"]["marks"]}
    assert 5 == len(timeline["chart"]["marks"])
    assert "**Figure 3.** Survey" in out["markdown"]


@pytest.mark.long
async def test_more_rows_than_are_shown_are_said_and_summed() -> None:
    rows = "".join(f"A-{n},{n}\n" for n in range(1, 10_001))
    records = {"cost": {"title": "Costs", "fields": {"item": {"key": True}, "cost": {"type": "number"}}}}
    out = await _shown(
        {"kind": "table", "of": "cost", "totals": ["cost"]},
        {"kind": "chart", "form": "bars", "of": "cost", "label": "item", "value": "cost", "order": ["-cost"]},
        sources=[{"name": "a.csv", "text": f"Item,Cost\n{rows}"}],
        records=records,
    )

    table, cut, chart, cut_too = _content(out)["blocks"]
    assert 201 == len(table["rows"])
    assert "50,005,000" == table["rows"][-1][1]["text"]
    assert "Shown are the first 200 of 10,000." == cut["claims"][0]["text"]
    assert ["A-10000", 40] == [chart["rows"][0][0]["text"], len(chart["chart"]["marks"])]
    assert "Shown are the first 40 of 10,000." == cut_too["claims"][0]["text"]


def _refused(*displays: dict[str, Any]) -> str:
    section = {"id": "shown", "title": "Shown", "kind": "table", "show": list(displays)}
    blueprint = {"name": "shown", "title": "Shown", "records": RECORDS, "sections": [section]}
    with pytest.raises(BadInput) as refused:
        decode(Located(blueprint))
    return str(refused.value)


@pytest.mark.parametrize(
    ("display", "said"),
    [
        (COMPARED | {"states": [{"title": "Is", "value": "is_figur"}]}, "there is no field 'is_figur'"),
        (COMPARED | {"name": "standart"}, "there is no field 'standart'"),
        (
            COMPARED | {"join": [{"of": "survey", "to": "is", "match": {"measure": "measure"}}]},
            "there is no record type",
        ),
        (COMPARED | {"join": [JOINED[0] | {"match": {"measure": "height"}}, JOINED[1]]}, "there is no field 'height'"),
        (VARIED | {"vary": "space"}, "'space' is no number"),
        (VARIED | {"end": 100_000}, "100001 values would be tried"),
        (VARIED | {"holds": [{"label": "x", "that": "spaces <= 3"}]}, "there is no field 'spaces'"),
        ({"kind": "chart", "form": "bars", "of": "use", "label": "space"}, "what is drawn has no `value`"),
        ({"kind": "chart", "form": "pie", "of": "use", "label": "space", "take": "count"}, "'bars', 'lines' or"),
    ],
)
def test_a_display_that_does_not_fit_is_refused_with_its_place(display: dict[str, Any], said: str) -> None:
    refused = _refused(display)

    assert said in refused
    assert "sections[0].show[0]" in refused
