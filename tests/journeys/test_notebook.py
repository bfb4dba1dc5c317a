"""The notebook runs from top to bottom, offline, and shows what is stored in it."""

import warnings
from pathlib import Path
from typing import Any

import nbformat
import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the client's own imports
    from nbclient import NotebookClient

EXAMPLES = Path(__file__).parents[2] / "examples"


class Client(NotebookClient):
    """Counts, by cell, how often what it shows was shown anew."""

    updates: dict[str, int]

    def process_message(self, msg: dict[str, Any], cell: nbformat.NotebookNode, cell_index: int) -> Any:
        """Take a message of the kernel in."""
        if msg["msg_type"] == "update_display_data":
            self.updates[cell.id] = self.updates.get(cell.id, 0) + 1
        return super().process_message(msg, cell, cell_index)


def shown(notebook: nbformat.NotebookNode) -> dict[str, list[Any]]:
    """Give what each cell shows."""
    return {cell.id: [out.get("data", out) for out in cell.get("outputs", [])] for cell in notebook.cells}


@pytest.mark.filterwarnings("ignore")  # of the kernel's machinery, which is not ours
@pytest.mark.timeout(200)
async def test_the_notebook_shows_what_is_stored_in_it_and_every_cell_what_it_promises() -> None:
    notebook = nbformat.read(EXAMPLES / "quire.ipynb", as_version=4)
    stored = shown(notebook)
    client = Client(notebook, timeout=150, resources={"metadata": {"path": str(EXAMPLES)}})
    client.updates = {}

    await client.async_execute()

    found = shown(notebook)
    assert stored == found
    assert 40 < client.updates["live"]
    assert "<td>findings</td><td>SectionApproved</td>" in found["live"][0]["text/html"]
    assert "**disputed: elsewhere 6 %**" in found["document"][0]["text/markdown"]
    assert "<td>interviews.md</td><td>line 3</td><td>Seven of eleven" in found["claim"][0]["text/html"]
    assert "conflict:1" in found["conflict"][0]["text/html"]
    assert "4.7 % **counts**" in found["conflict"][1]["text/markdown"]
    assert "<td>findings</td><td>HedgesCounted</td><td>hedges</td>" in found["agent"][0]["text/html"]
    assert "Churn was 4.7 %" in found["model"][0]["text/html"]
    assert "9,900" not in found["model"][0]["text/html"]
