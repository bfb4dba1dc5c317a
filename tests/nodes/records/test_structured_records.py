"""Records are read where a form says what each value is, in whichever format it stands."""

from collections.abc import Iterator
from typing import Any

import pytest

from quire.nodes.records.merging import merged
from quire.nodes.records.record import Record
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.structured import extract
from quire.nodes.sources.passage import Reading
from quire.nodes.sources.read import read
from quire.nodes.support.grounding import locate

ACTION = RecordType.model_validate(
    {
        "title": "Actions",
        "fields": {
            "action": {"key": True},
            "status": {"type": "choice", "choices": ["open", "done"]},
            "cost": {"type": "number", "unit": "EUR"},
            "due": {"type": "date", "titles": ["Due date", "Fällig"]},
        },
    }
)
NOTE = RecordType.model_validate(
    {
        "title": "Incidents",
        "one_per": "source",
        "fields": {
            "incident": {"take": "source", "key": True},
            "began": {"type": "date"},
            "severity": {"type": "choice", "choices": ["SEV1", "SEV2"]},
        },
    }
)
VISIT = RecordType.model_validate(
    {
        "title": "Visits",
        "one_per": "heading",
        "fields": {"visit": {"take": "heading", "key": True}, "length": {"type": "number"}, "on": {"type": "date"}},
    }
)


def _reading(name: str, text: str) -> Reading:
    return read(name, text.encode())


def _told(records: list[Record]) -> list[dict[str, tuple[str, str]]]:
    return [{name: (field["value"], field["unit"]) for name, field in record["fields"].items()} for record in records]


ROWS = [
    {"action": ("A-1", ""), "status": ("done", ""), "cost": ("1200", "euro"), "due": ("2026-02-01", "")},
    {"action": ("A-2", ""), "status": ("open", ""), "cost": ("900", "euro"), "due": ("2026-03-15", "")},
]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "Action,Status,Cost (EUR),Due date\nA-1,done,1200,2026-02-01\nA-2,open,900,2026-03-15\n"),
        ("a.tsv", "action\tSTATUS\tcost\tdue_date\nA-1\tDone\t€1200\t1 Feb 2026\nA-2\topen\t900 EUR\t15 March 2026\n"),
        (
            "a.md",
            (
                "# Actions\n\n| Action | Status | Cost | Fällig |\n|---|---|---|---|\n"
                "| A-1 | done | 1200 € | 1.2.2026 |\n| A-2 | open | 900 € | 15.3.2026 |\n"
            ),
        ),
        (
            "a.html",
            (
                "<table><tr><th>Action<th>Status<th>Cost [EUR]<th>Due date</tr>"
                "<tr><td>A-1<td>done<td>1200<td>2026-02-01</tr><tr><td>A-2<td>open<td>900<td>2026-03-15</tr></table>"
            ),
        ),
    ],
)  # fmt: skip
def test_a_table_gives_one_record_a_row_in_every_format(name: str, text: str) -> None:
    found = extract({"action": ACTION}, [_reading(name, text)])

    assert ROWS == _told(found["records"])
    assert [] == found["refused"]


def test_each_value_stands_in_the_cell_that_its_evidence_names() -> None:
    reading = _reading("a.csv", "Action,Status,Cost\nA-1,done,1200\nA-2,open,900\n")
    found = extract({"action": ACTION}, [reading])

    evidence = found["records"][1]["fields"]["cost"]["evidence"]
    assert ("a.csv", "row 3, Cost", "900", "Cost") == (
        evidence["source"], evidence["address"], evidence["quote"], evidence["header"]
    )  # fmt: skip
    assert reading["hash"] == evidence["hash"]


@pytest.mark.parametrize(
    "text",
    [
        "# INC-7: Login down\n\n- Began: 2026-02-03 22:05\n- Severity: SEV2\n\nUsers could not log in.\n",
        "# INC-7: Login down\n\n**Began:** 3 February 2026, 22:05\n\n**Severity:** sev2\n",
        "---\ntitle: 'INC-7: Login down'\nbegan: 2026-02-03 22:05\nseverity: SEV2\n---\n\nUsers could not log in.\n",
        "# INC-7: Login down\n\n| | |\n|---|---|\n| Began | 2026-02-03 22:05 |\n| Severity | SEV2 |\n",
    ],
)
def test_a_note_gives_one_record_however_it_is_laid_out(text: str) -> None:
    found = extract({"incident": NOTE}, [_reading("inc-7.md", text)])

    assert [
        {"incident": ("INC-7: Login down", ""), "began": ("2026-02-03T22:05", ""), "severity": ("SEV2", "")}
    ] == _told(found["records"])


NAMED = RecordType.model_validate(
    {
        "title": "Incidents",
        "one_per": "source",
        "fields": {
            "incident": {"take": "source", "titles": ["Incident"], "key": True},
            "began": {"type": "date"},
            "severity": {},
        },
    }
)
REGISTER = "Incident,Severity,Began\nLogin down,SEV2,2026-02-03 22:05\nSearch slow,SEV3,2026-02-04 09:00\n"


def test_of_a_source_that_nothing_in_it_names_its_name_is_taken_and_its_first_words_are_its_place() -> None:
    reading = _reading("inc-7.csv", "Began,Severity\n2026-02-03 22:05,SEV2\n")
    (record,) = extract({"incident": NOTE}, [reading])["records"]

    field = record["fields"]["incident"]
    assert ("inc-7", "row 2") == (field["text"], field["evidence"]["address"])
    assert locate(field["evidence"]["quote"], reading, field["evidence"]["address"])


def test_what_a_row_names_goes_before_the_title_of_its_source() -> None:
    kind = RecordType.model_validate(
        {
            "title": "Actions",
            "fields": {
                "action": {"key": True},
                "of": {"take": "source", "titles": ["Incident"], "key": True},
                "status": {},
            },
        }
    )
    table = "| Action | Incident | Status |\n|---|---|---|\n| A-1 | Login down | done |\n| A-2 | | open |\n"
    found = extract({"action": kind}, [_reading("tickets.md", f"# Tickets\n\n{table}")])

    assert ["Login down", "Tickets"] == [record["fields"]["of"]["text"] for record in found["records"]]


def test_a_register_holds_a_record_in_each_row_that_names_one() -> None:
    found = extract({"incident": NAMED}, [_reading("register.csv", REGISTER)])

    assert [
        {"incident": ("Login down", ""), "began": ("2026-02-03T22:05", ""), "severity": ("SEV2", "")},
        {"incident": ("Search slow", ""), "began": ("2026-02-04T09:00", ""), "severity": ("SEV3", "")},
    ] == _told(found["records"])


def test_a_note_that_lists_others_like_it_is_one_itself() -> None:
    table = "| Incident | Began | Severity |\n|---|---|---|\n| Login slow | 2025-11-03 | SEV3 |\n"
    text = f"# Login down\n\n- Began: 2026-02-03 22:05\n\n## Others alike\n\n{table}"
    found = extract({"incident": NAMED}, [_reading("inc-7.md", text)])

    assert {"Login slow": "2025-11-03", "Login down": "2026-02-03T22:05"} == {
        record["fields"]["incident"]["text"]: record["fields"]["began"]["value"] for record in found["records"]
    }


def test_what_stands_under_each_heading_is_a_record() -> None:
    text = "# Visits\n\n## North gate\n\nLength: 40 m\n\nOn: 4 May 2026\n\n## South gate\n\nLength: 25 m\n\nNothing.\n"
    found = extract({"visit": VISIT}, [_reading("visits.md", text)])

    assert [
        {"visit": ("North gate", ""), "length": ("40", "meter"), "on": ("2026-05-04", "")},
        {"visit": ("South gate", ""), "length": ("25", "meter")},
    ] == _told(found["records"])


def test_what_is_none_of_its_type_is_kept_as_written_and_named() -> None:
    text = "Action,Status,Cost,Due date\nA-1,later,about 5 or 6,soon\n,open,3,2026-01-01\n"
    found = extract({"action": ACTION}, [_reading("a.csv", text)])

    (record,) = found["records"]
    assert {"action": "A-1", "status": "", "cost": "", "due": ""} == {
        name: field["value"] for name, field in record["fields"].items()
    }
    assert "about 5 or 6" == record["fields"]["cost"]["text"]
    assert [("status", "no-choice"), ("cost", "several-numbers"), ("due", "no-date")] == [
        (one["field"], one["reason"]) for one in found["refused"]
    ]


def test_only_the_sources_that_are_named_are_read() -> None:
    kind = ACTION.model_copy(update={"sources": ["actions-*.csv"]})
    table = "Action,Status\nA-1,done\n"
    found = extract({"action": kind}, [_reading("other.csv", table), _reading("actions-1.csv", table)])

    assert ["actions-1.csv"] == [record["source"] for record in found["records"]]


def test_two_sources_of_one_thing_are_one_record_and_do_not_overrule_each_other() -> None:
    first = _reading("a.csv", "Action,Status,Cost\nA-1,done,1200\nA-2,open,900\n")
    second = _reading("b.csv", "Action,Cost,Due date\nA-1,1300,2026-02-01\nA-2,900,2026-03-01\n")
    kinds = {"action": ACTION}

    one, two = merged(extract(kinds, [first, second])["records"], kinds)

    assert ("1200", ["1300"]) == (
        one["fields"]["cost"]["value"],
        [other["value"] for other in one["fields"]["cost"]["otherwise"]],
    )
    assert "2026-02-01" == one["fields"]["due"]["value"]
    assert "otherwise" not in two["fields"]["cost"]


def test_a_title_in_another_script_is_that_title_alone() -> None:
    kind = RecordType.model_validate(
        {"title": "T", "fields": {"name": {"titles": ["名称"]}, "cost": {"type": "number", "titles": ["費用"]}}}
    )
    found: Any = extract({"t": kind}, [_reading("a.csv", "名称,費用\n橋,500\n")])

    assert [{"name": ("橋", ""), "cost": ("500", "")}] == _told(found["records"])


class _Counted(list[Any]):
    """Counts how often somebody goes through it."""

    times = 0

    def __iter__(self) -> Iterator[Any]:
        self.times += 1
        return super().__iter__()


@pytest.mark.parametrize(
    ("kind", "name", "head", "one"),
    [
        (ACTION, "a.csv", "Action,Status\n", "A-{},open\n"),
        (VISIT, "a.md", "# Visits\n\n", "## Gate {}\n\nLength: 4 m\n\n"),
    ],
    ids=["rows", "headings"],
)
def test_a_source_is_gone_through_as_often_however_many_records_it_has(
    kind: RecordType, name: str, head: str, one: str
) -> None:
    gone_through = []
    for number in (5, 50):
        reading = _reading(name, head + "".join(one.format(n) for n in range(number)))
        passages = _Counted(reading["passages"])
        found = extract({"k": kind}, [{**reading, "passages": passages}])
        assert number == len(found["records"])
        gone_through.append(passages.times)

    assert gone_through[0] == gone_through[1]
