"""Records as a computation in Python asks them."""

from quire import Materials, Records
from quire.nodes.records.record_types import RecordType
from quire.nodes.sources.read import read

LEASE = RecordType.model_validate(
    {"title": "Leases", "fields": {"suite": {"key": True}, "rent": {"type": "number", "unit": "EUR"}, "tenant": {}}}
)


def records(*texts: str) -> Records:
    readings = tuple(read(f"{n}.csv", text.encode()) for n, text in enumerate(texts))
    return Records(Materials("T", {}, {}, readings, {}, record_types={"lease": LEASE}))


def test_a_record_is_asked_field_by_field_and_says_where_it_stands() -> None:
    (lease,) = records("Suite,Rent\n1A,1200\n").of("lease")

    amount, said = lease.amount("rent"), lease.said("rent", "The rent is {}.")
    assert amount is not None
    assert (1200, "euro") == (amount.number, amount.unit)
    assert ("The rent is 1200.", ["row 2, Rent"]) == (said["text"], [e["address"] for e in said["evidence"]])
    assert ("", "open") == (lease.text("tenant"), lease.said("tenant")["basis"])


def test_what_sources_state_in_two_ways_is_not_stated() -> None:
    (lease,) = records("Suite,Rent\n1A,1200\n", "Suite,Rent\n1A,1300\n").of("lease")

    assert ("1A", "", None) == (lease.text("suite"), lease.text("rent"), lease.amount("rent"))
