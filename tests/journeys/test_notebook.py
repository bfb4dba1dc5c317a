"""The notebook runs from top to bottom, offline."""

import warnings
from pathlib import Path

import nbformat
import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the client's own imports
    from nbclient import NotebookClient

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.filterwarnings("ignore")  # of the kernel's machinery, which is not ours
@pytest.mark.timeout(200)
async def test_the_notebook_runs_and_shows_a_document() -> None:
    notebook = nbformat.read(EXAMPLES / "quire.ipynb", as_version=4)

    await NotebookClient(notebook, timeout=150, resources={"metadata": {"path": str(EXAMPLES)}}).async_execute()

    shown = [str(output.get("data", output)) for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("'done'" in output for output in shown)
    assert any("section" in output and "writer" in output for output in shown)
    assert not [output for output in shown if "Traceback" in output]
