"""Records in a document: read from tables and notes, computed and shown by code, each cell with its place."""

from typing import Any

import pytest

from quire.graphs.document.document_graph import build
from quire.graphs.intake.blueprint import decode
from quire.nodes.decode.located import Located
from quire.nodes.faults import BadInput

BLUEPRINT: dict[str, Any] = {
    "name": "incidents",
    "title": "Incident review",
    "records": {
        "incident": {
            "title": "Incidents",
            "sources": ["*.md"],
            "one_per": "source",
            "fields": {
                "incident": {"take": "source", "key": True},
                "severity": {"type": "choice", "choices": ["SEV1", "SEV2"]},
                "began": {"type": "date"},
                "recovered": {"type": "date"},
            },
        },
        "action": {
            "title": "Actions",
            "sources": ["*.csv"],
            "fields": {
                "action": {"key": True},
                "status": {"type": "choice", "choices": ["open", "done"]},
                "cost": {"type": "number"},
            },
        },
    },
    "sections": [
        {
            "id": "figures",
            "title": "In figures",
            "kind": "table",
            "show": [
                {
                    "kind": "figures",
                    "of": "incident",
                    "figures": [
                        {"name": "incidents", "label": "Incidents"},
                        {
                            "name": "recovery",
                            "label": "Median recovery",
                            "take": "median",
                            "value": "recovered - began",
                        },
                    ],
                },
            ],
        },
        {
            "id": "incidents",
            "title": "Incidents",
            "kind": "table",
            "show": [
                {
                    "kind": "table",
                    "of": "incident",
                    "columns": ["incident", "severity", {"title": "Recovery", "value": "minutes(recovered - began)"}],
                    "order": ["-recovered - began"],
                },
                {
                    "kind": "groups",
                    "of": "incident",
                    "by": "severity",
                    "figures": [{"name": "n", "label": "How many"}],
                },
            ],
        },
        {
            "id": "actions",
            "title": "Actions",
            "kind": "table",
            "show": [{"kind": "table", "of": "action", "where": "status == 'open'", "totals": ["cost"]}],
        },
        {
            "id": "closing",
            "title": "Closing",
            "kind": "template",
            "after": ["figures", "incidents"],
            "instructions": (
                "Half of them were over within {{ inputs.figures.values.recovery.text }}; of SEV2 there were "
                "{{ inputs.incidents.values['Incidents: SEV2, How many'].text }}."
            ),
        },
    ],
}
NOTES = {
    "i1.md": "# Login\n\n- Severity: SEV1\n- Began: 2026-01-01 10:00\n- Recovered: 2026-01-01 10:30\n",
    "i2.md": "# Search\n\n- Severity: SEV2\n- Began: 2026-02-01 23:50\n- Recovered: 2026-02-02 01:20\n",
    "i3.md": "# Checkout\n\n- Severity: SEV2\n- Began: 2026-03-01 08:00\n",
    "a.csv": "Action,Status,Cost (EUR)\nA-1,open,1200\nA-2,done,70\nA-3,open,unknown\nA-4,,5\n",
}
SOURCES = [{"name": name, "text": text} for name, text in NOTES.items()]


async def _written(**more: Any) -> dict[str, Any]:
    brief = {"blueprint": BLUEPRINT, "title": "Spring", "sources": SOURCES, **more}
    out: dict[str, Any] = await build().ainvoke(brief)
    return out


def _rows(out: dict[str, Any], section: str, table: int = 0) -> list[list[str]]:
    (found,) = (s for s in out["document"]["sections"] if s["id"] == section)
    blocks = [b for b in found["content"]["blocks"] if b.get("rows")]
    return [[cell["text"] for cell in row] for row in blocks[table]["rows"]]


async def test_records_are_shown_counted_and_computed() -> None:
    out = await _written()

    assert "done" == out["status"]
    assert [["Incidents", "3"], ["Median recovery", "60 minutes"]] == _rows(out, "figures")
    assert [
        ["Search", "SEV2", "90 minutes"],
        ["Login", "SEV1", "30 minutes"],
        ["Checkout", "SEV2", "not stated"],
    ] == _rows(out, "incidents")
    assert [["SEV2", "2"], ["SEV1", "1"]] == _rows(out, "incidents", 1)
    assert [["A-1", "open", "1200"], ["A-3", "open", "unknown"], ["Total", "", "1,200"]] == _rows(out, "actions")
    assert "Half of them were over within 60 minutes; of SEV2 there were 2." in out["markdown"]


async def test_what_could_not_be_read_or_told_is_said() -> None:
    out = await _written()

    assert "“Cost” is “unknown”, which holds no number (a.csv, row 4, Cost (EUR))" in out["markdown"]
    assert "Left out, since a field that decides is not stated: 1 (a.csv, row 5)" in out["markdown"]


async def test_every_figure_leads_to_the_cells_it_rests_on() -> None:
    out = await _written()

    claims = [
        c for s in out["document"]["sections"] for b in s["content"]["blocks"] for r in b.get("rows", []) for c in r
    ]
    computed = [c for c in claims if c["basis"] == "computed"]
    assert {"1 of “Incidents” = 1", "2 of “Incidents” = 2"} <= {c["how"] for c in computed}
    (recovery,) = (c for c in computed if c["text"] == "90 minutes")
    assert "Recovered (2026-02-02 01:20) - Began (2026-02-01 23:50) = 90 minutes" == recovery["how"]
    assert [("i2.md", "line 5"), ("i2.md", "line 4")] == [(e["source"], e["address"]) for e in recovery["evidence"]]


async def test_the_same_in_german() -> None:
    blueprint = {**BLUEPRINT, "sections": BLUEPRINT["sections"][:3]}
    out = await _written(blueprint=blueprint, language="de")

    assert [["Incidents", "3"], ["Median recovery", "60 Minuten"]] == _rows(out, "figures")
    assert "enthält keine Zahl" in out["markdown"]


@pytest.mark.usefixtures("online")
async def test_a_writer_places_the_tables_of_records() -> None:
    prose = {**BLUEPRINT["sections"][1], "kind": "prose", "instructions": "Say what failed."}
    out = await _written(blueprint={**BLUEPRINT, "sections": [prose]})

    assert ["Search", "SEV2", "90 minutes"] in _rows(out, "incidents")


TABLE = {"kind": "table", "of": "incident"}
NO_SUM = {"kind": "figures", "of": "action", "figures": [{"name": "n", "label": "N", "take": "sum"}]}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"show": [TABLE | {"of": "incidnet"}]}, "there is no record type 'incidnet' (did you mean incident?)"),
        ({"show": [TABLE | {"columns": ["severty"]}]}, "there is no field 'severty' (did you mean severity?)"),
        ({"show": [TABLE | {"where": "severity == 'SEV9'"}]}, "severity is never 'SEV9'"),
        ({"show": [TABLE | {"where": "open('x')"}]}, "calls what expressions do not have"),
        ({"show": [TABLE | {"totals": ["cost"]}]}, "there is no column 'cost'"),
        ({"show": [NO_SUM]}, "`sum` needs a `value`"),
        ({"show": [TABLE | {"kind": "pie"}]}, "pie"),
        ({"show": [TABLE], "compute": "general.figures"}, "a section is computed or shows records, not both"),
    ],
)
def test_what_does_not_fit_in_a_blueprint_is_named_with_its_place(change: dict[str, Any], said: str) -> None:
    section = {"id": "s", "title": "S", "kind": "table", **change}
    with pytest.raises(BadInput) as refused:
        decode(Located({**BLUEPRINT, "sections": [section]}))

    assert said in str(refused.value)
    assert "sections[0].show" in str(refused.value)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ({"type": "choice"}, "must have `choices`"),
        ({"type": "reference"}, "must say what it refers to"),
        ({"to": "incident"}, "must say what it refers to"),
        ({"type": "reference", "to": "incidnt"}, "there is no record type 'incidnt'"),
        ({"unit_titles": ["Unit"]}, "only a number bears a unit"),
        ({"type": "text", "unit": "m"}, "only a number bears a unit"),
        ({"take": "heading", "titles": ["X"]}, "it is taken from the heading"),
    ],
)
def test_what_does_not_fit_in_a_record_type_is_named_with_its_place(field: dict[str, Any], said: str) -> None:
    kind = {"title": "T", "fields": {"a": {}, "b": field}}
    with pytest.raises(BadInput) as refused:
        decode(Located({**BLUEPRINT, "records": {**BLUEPRINT["records"], "t": kind}}))

    assert said in str(refused.value)
    assert "records.t.fields.b" in str(refused.value)
