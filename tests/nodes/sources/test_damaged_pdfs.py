"""Damaged PDFs: each is read or refused, and no fault of a parser reaches who asked for it."""

import random
from functools import cache
from pathlib import Path

import pytest

from quire.nodes.faults import BadInput
from quire.nodes.sources.read import read
from tests.nodes.sources.known_tables import REPORTLAB, tables
from tests.nodes.sources.test_hostile import damaged, printed

FILES = Path(__file__).parent / "pdfs"


@cache
def whole() -> list[bytes]:
    """Give small files of several programs: tables, columns, encryption, marks, embedded fonts."""
    made = [look(table) for look in REPORTLAB.values() for table in tables()[:2]]
    return [printed(), *made, *(file.read_bytes() for file in sorted(FILES.glob("*.pdf")))]


def read_or_refused(seed: int) -> None:
    rng = random.Random(seed)
    data = damaged(rng.choice(whole()), rng)
    for _ in range(rng.randrange(4)):
        data = damaged(data, rng)
    try:
        found = read("damaged.pdf", data)
    except BadInput as fault:
        refused = fault
    else:
        addresses = [passage["address"] for passage in found["passages"]]
        assert len(addresses) == len(set(addresses))
        return
    assert refused.hint
    assert "takes more than" not in refused.problem


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_pdf_is_read_or_refused(seed: int) -> None:
    read_or_refused(seed)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("hundred", range(5))
def test_five_hundred_damaged_pdfs_are_read_or_refused(hundred: int) -> None:
    for seed in range(1_000 + 100 * hundred, 1_100 + 100 * hundred):
        read_or_refused(seed)
