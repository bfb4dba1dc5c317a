"""The notebook runs from top to bottom, offline, and every part of it shows what it promises."""

import re
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


def rows(html: str) -> list[list[str]]:
    """Read a table, without its head."""
    lines = [re.findall(r"<td>(.*?)</td>", line) for line in html.split("<tr>")]
    return [line for line in lines if line]


@pytest.mark.filterwarnings("ignore")  # of the kernel's machinery, which is not ours
@pytest.mark.timeout(200)
async def test_the_notebook_runs_and_every_cell_shows_what_it_promises() -> None:
    notebook = nbformat.read(EXAMPLES / "quire.ipynb", as_version=4)
    assert not [cell.id for cell in notebook.cells if cell.get("outputs")]
    client = Client(notebook, timeout=150, resources={"metadata": {"path": str(EXAMPLES)}})
    client.updates = {}

    await client.async_execute()

    shown = {cell.id: [out.get("data", out) for out in cell.get("outputs", [])] for cell in notebook.cells}
    table, (status, events, _usage) = shown["live"][0]["text/html"], eval(shown["live"][1]["text/plain"])  # noqa: S307 - our notebook's own tuple
    assert "done" == status
    assert client.updates["live"] == events > 100
    assert {"approved"} == {row[1] for row in rows(table)}
    assert [str(n + 1) for n in range(events)] == [row[0] for row in rows(shown["journal"][0]["text/html"])]
    assert {"wait", "work", "critical"} <= set(re.findall(r'class="(\w+)', shown["timeline"][0]["text/html"]))
    assert shown["document"][0]["text/markdown"].count("\n## ") > 20
    for asking in ("question", "change"):
        assert "'id': 'release'" in shown[asking][-1]["text/plain"]
    assert [["roof", "approved", "2"], ["walls", "approved", "2"]] == [
        row[:3] for row in rows(shown["change"][0]["text/html"])
    ]
    before, after = (dict(zip(("id", "words"), (r[0], r[3]), strict=True)) for r in
                     (rows(shown[cell][0]["text/html"])[0] for cell in ("question", "change")))  # fmt: skip
    assert before["words"] != after["words"]
    assert "## 1 Roof and chimney" in shown["answer"][1]["text/markdown"]
    assert "'done'" == shown["answer"][2]["text/plain"]
    assert ["roof", "walls"] == [row[1] for row in rows(shown["agent"][1]["text/html"])]
