"""Is the right passage among the first five? Forty questions, asked as they are and by the queries that a model words.

::

    python benchmarks/retrieval.py [--missed] [--questions FILE --folder FOLDER]
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from quire.nodes.search.queries import plain_queries
from quire.nodes.search.retrieval import Index
from quire.nodes.sources.passage import Passage, Reading
from quire.nodes.sources.read import read

HERE = Path(__file__).parent
READ = {".md", ".csv", ".pdf", ".docx"}
FIRST = 5
SECTION = {"title": "Findings", "instructions": "Say what the sources establish about the question."}

Asked = Callable[[dict[str, Any]], Sequence[str]]
WAYS: dict[str, Asked] = {
    "question alone": lambda q: plain_queries(SECTION, [q["ask"]]),
    "queries of a model": lambda q: [*q["queries"], q["ask"]],
}


def readings(told: dict[str, Any], folder: Path) -> list[Reading]:
    """Read the folder's sources and those that stand beside the questions."""
    files = sorted(f for f in folder.rglob("*") if f.suffix in READ)
    filed = [read(f.relative_to(folder).as_posix(), f.read_bytes()) for f in files]
    return [*filed, *(read(name, text.encode()) for name, text in told["sources"].items())]


def place(found: Sequence[Passage], words: str) -> int:
    """Give the place of the right passage, from 1; 0 if it was not found."""
    return next((n for n, passage in enumerate(found, 1) if words in passage["text"]), 0)


def right(passages: Iterable[Passage], question: dict[str, Any]) -> int:
    """Count the passages that hold the words by which the right one is known."""
    return sum(question["found"] in passage["text"] for passage in passages)


def main() -> None:
    """Print how many are found, and with ``--missed`` which are not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--questions", type=Path, default=HERE / "questions.yaml")
    parser.add_argument("--folder", type=Path, help="where the sources of other questions are")
    chosen = parser.parse_args()
    missed, told = chosen.missed, yaml.safe_load(chosen.questions.read_text("utf-8"))
    folder = chosen.folder or HERE.parent / told["folder"]
    passages = [p for r in readings(told, folder) for p in r["passages"] if p["kind"] != "heading"]
    index, said = Index(passages), sys.stdout.write
    said(f"{len(passages)} passages, {len(told['questions'])} questions\n\n")
    said(
        f"| asked by | words of its own: first, first {FIRST} | in other words: first, first {FIRST} |\n|---|---|---|\n"
    )
    for name, way in WAYS.items():
        cells = []
        for words in ("own", "other"):
            asked = [q for q in told["questions"] if q["words"] == words]
            places = [place(index.search_all(way(q), FIRST), q["found"]) for q in asked]
            cells.append(f"{places.count(1)}, {sum(map(bool, places))} of {len(asked)}")
            if missed:
                gone = [q for q, found in zip(asked, places, strict=True) if not found]
                sys.stderr.writelines(f"{name}: {q['ask']} ({right(passages, q)} right)\n" for q in gone)
        said(f"| {name} | {' | '.join(cells)} |\n")


if __name__ == "__main__":
    main()
