"""Extraction on the zoning example, played: a model that says what the example's file of records says.

What the file's records quote is found in the passages that the model is shown, by its own numbers for them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from model_server import Asked, ModelServer
from toys import events_of
from zoning_report import EXAMPLE, RECORDS, TYPES, example_readings, example_report

from quire.graphs.document.document_graph import build
from quire.graphs.intake.brief import load

Place = tuple[str, str]
PASSAGES: Mapping[Place, str] = {
    (reading["source"], passage["address"]): " ".join(passage["text"].split())
    for reading in example_readings()
    for passage in reading["passages"]
}
HEADINGS = {
    (reading["source"], passage["address"])
    for reading in example_readings()
    for passage in reading["passages"]
    if passage["kind"] == "heading"
}
"""They are shown above their passages, without a number."""
READ_BY_MODEL = [name for name, kind in TYPES.items() if kind.one_per == "mention"]


def shown(asked: Asked) -> dict[str, int]:
    """Give the passages of a request by their words; what stands under headings is numbered."""
    found = re.findall(r"^E(\d+)(?: \([^)]*\))?: (.*)$", asked.prompt, re.MULTILINE)
    return {" ".join(words.split()): int(number) for number, words in found}


def played(asked: Asked) -> str:
    """Say of the asked type what the file says, as far as the passages are shown."""
    kind = next(name for name in READ_BY_MODEL if f"Find: {TYPES[name].title}." in asked.prompt)
    numbers = shown(asked)
    return json.dumps({"records": [said for record in RECORDS[kind] for said in _said(record, numbers)]})


def _said(record: Mapping[str, Any], numbers: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    places = {(record["source"], record["address"])}
    given = {n: f if isinstance(f, dict) else {"value": f} for n, f in record["fields"].items()}
    over = {name for name, field in given.items() if (record["source"], field.get("address")) in HEADINGS}
    places |= {(record["source"], f["address"]) for n, f in given.items() if "address" in f and n not in over}
    at = {place: numbers.get(PASSAGES[place]) for place in places}
    if None in at.values():
        return
    own = at[record["source"], record["address"]]
    fields = [
        {
            "name": name,
            "value": field["value"],
            "quote": field.get("quote", field["value"] if name in over else ""),
            "passage": own if name in over else at[record["source"], field.get("address", record["address"])],
            "column": field.get("header", ""),
        }
        for name, field in given.items()
    ]
    yield {"passage": own, "quote": record.get("quote", ""), "fields": fields}


@pytest.mark.long
async def test_what_a_model_reads_of_the_example_is_what_its_file_says(online: ModelServer) -> None:
    online.reply = played
    brief = {name: part for name, part in load(EXAMPLE / "brief.yaml").items() if name != "records"}

    events = events_of(build(), brief)
    extracted = await anext(event["data"] async for event in events if event["type"] == "RecordsExtracted")

    wanted = [r for r in example_report().bare.records["records"] if r["type"] in READ_BY_MODEL]
    found = [_stated(record) for record in extracted["records"] if record["type"] in READ_BY_MODEL]
    missing = [one for one in map(_stated, wanted) if one not in found]
    assert [] == [refused for refused in extracted["refused"] if refused["type"] in READ_BY_MODEL]
    assert [] == missing
    assert len(wanted) == len(found)
    reading = {asked.prompt for asked in online.asked if "You read records" in asked.prompt}
    assert len(reading) == len({re.sub(r"<<[0-9a-f]+", "", prompt) for prompt in reading})


def _stated(record: Mapping[str, Any]) -> dict[str, tuple[str, str, str]]:
    return {name: (f["value"], f["unit"], f["evidence"]["source"]) for name, f in record["fields"].items()}
