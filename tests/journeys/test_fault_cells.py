"""Whatever one request dies of: the document is the one without the fault, or says what is missing and why."""

from collections import Counter
from contextlib import nullcontext
from pathlib import Path

import fault_cells
import pytest
import tool_fault_cells
from model_server import FAULTS, FAULTS_OF_VECTORS
from serving import free_port
from tool_server import over_http, over_stdio
from wires import PROVIDER_FAULTS, WIRES

CELLS = fault_cells.some_cells(360, seed=12)
PROVIDERS = fault_cells.some_cells(160, seed=18, among=fault_cells.provider_cells())
"""Over the clients of Anthropic, Gemini and Ollama."""
EMBEDDINGS = fault_cells.some_cells(80, seed=1, among=fault_cells.embedding_cells())


def test_the_cells_hold_every_fault_and_every_site_place_and_mode() -> None:
    assert FAULTS.keys() == {cell.fault for cell in CELLS}
    assert 3 <= min(Counter(cell.fault for cell in CELLS).values())
    places = {site: 1 if site in fault_cells.ONCE else 3 for site in fault_cells.SITES}
    assert 2 * sum(places.values()) == len({cell[1:] for cell in CELLS})


@pytest.mark.parametrize("site", [*fault_cells.SITES, fault_cells.EMBEDDING])
def test_each_document_asks_three_times_at_its_site_or_as_often_as_it_can(site: str) -> None:
    script = fault_cells.Script(site)
    made = fault_cells.made(site, script)

    assert {fault_cells.EMBEDDING: 4}.get(site, 1 if site in fault_cells.ONCE else 3) == script.asked[site]
    assert "40 feet" in made.markdown
    assert (site in {"verifier", "again"}) == ("It is said" in made.markdown), "what nobody can judge is quoted instead"


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(2))
def test_a_cell_ends_right_or_by_name_and_nothing_of_a_broken_reply_is_used(part: int) -> None:
    assert [] == fault_cells.tried(CELLS[part::2])


def test_the_cells_of_other_providers_hold_every_fault_site_and_provider() -> None:
    assert set(PROVIDER_FAULTS) == {cell.fault for cell in PROVIDERS}
    assert len(WIRES) * len(fault_cells.SITES) == len({(cell.provider, cell.site) for cell in PROVIDERS})
    assert 3 <= min(Counter(cell.fault for cell in PROVIDERS).values())


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(2))
def test_a_cell_of_another_provider_ends_right_or_by_name_as_well(part: int) -> None:
    assert [] == fault_cells.tried(PROVIDERS[part::2])


def test_the_cells_of_embeddings_hold_every_fault_and_place() -> None:
    assert FAULTS_OF_VECTORS.keys() < {cell.fault for cell in EMBEDDINGS} == set(fault_cells.OF_EMBEDDINGS)
    assert set(fault_cells.PLACES) == {cell.place for cell in EMBEDDINGS}


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_cell_of_embeddings_ends_right_or_by_name_as_well() -> None:
    assert [] == fault_cells.tried(EMBEDDINGS)


@pytest.mark.long
def test_a_machine_too_slow_for_a_short_deadline_meets_the_fault_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fault_cells, "IMPATIENT", (0.001, 5.0))

    assert "" == fault_cells.wrong_with(fault_cells.Cell("hang", "draft", "last", streamed=True))


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("transport", tool_fault_cells.TRANSPORTS)
def test_a_call_of_a_tool_that_goes_wrong_costs_its_source_and_nothing_else(tmp_path: Path, transport: str) -> None:
    cells = [cell for cell in tool_fault_cells.all_cells() if cell.transport == transport]
    calls = tmp_path / "calls"
    with over_http(calls, free_port()) if transport == "http" else nullcontext(over_stdio(calls)) as server:
        assert [] == tool_fault_cells.tried(cells, server, calls)
    assert len(cells) >= 27
