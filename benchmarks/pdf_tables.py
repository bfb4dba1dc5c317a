"""Cells of tables in real PDFs that were labelled by hand: under the right row, in the right column.

``python benchmarks/pdf_tables.py FOLDER benchmarks/pdf_labels/tuned.json [--wrong]``: the folder holds the files, under
their own names or with ``something__`` before them. ``held_out.json`` is for one look, at the end.
"""

import argparse
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from quire.nodes.sources.pdf.reading import read_pdf


def cells_of(path: Path) -> list[list[str]]:
    """Give all rows that are read, column titles as rows of their own."""
    rows: list[list[str]] = []
    titles: list[str] = []
    for passage in read_pdf(path.name, path.read_bytes()).passages:
        fields = passage.get("fields", {})
        if fields and [*fields] != titles:
            rows.append([*fields])
        titles = [*fields]
        if len(fields) == 1:  # a name and its value
            rows.append([*fields, *fields.values()])
        elif fields:
            rows.append([*fields.values()])
    return rows


def plain(cell: str) -> str:
    """Fold what does not count: blanks, case."""
    return re.sub(r"\s+", "", cell).lower()


def compared(label: list[list[str]], rows: list[list[str]]) -> tuple[int, int, list[list[str]]]:
    """Count the cells that stand in their row and in the column in which most of their column's stand.

    The row is the one that holds most of the labelled cells whole. Also give the rows of which cells are wrong.
    """
    read = [[plain(cell) for cell in row] for row in rows]
    wanted = [[plain(cell) for cell in row] for row in label]
    found = [max(read, key=lambda row: sum(cell in row for cell in want if cell), default=[]) for want in wanted]
    columns = []
    for column in range(len(wanted[0])):
        votes = Counter(
            place
            for want, row in zip(wanted, found, strict=True)
            for place, cell in enumerate(row)
            if want[column] and cell == want[column]
        )
        columns.append(max(votes, key=lambda place: votes[place], default=-1))
    right = 0
    wrong: list[list[str]] = []
    for want, row, shown in zip(wanted, found, label, strict=True):
        good = sum(
            bool(cell) and 0 <= place < len(row) and row[place] == cell
            for cell, place in zip(want, columns, strict=True)
        )
        right += good
        if good < sum(map(bool, want)):
            wrong += [shown, rows[read.index(row)] if row in read else []]
    return right, sum(bool(cell) for want in wanted for cell in want), wrong


def main() -> None:
    """Compare and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("labels", type=Path)
    arguments.add_argument("--wrong", action="store_true", help="show what is wrong")
    given = arguments.parse_args()
    labels: dict[str, Any] = json.loads(given.labels.read_text())
    files = {path.name.rpartition("__")[2]: path for path in given.folder.glob("*.pdf")}
    totals = {True: [0, 0], False: [0, 0]}
    for table in labels["tables"]:
        right, cells, wrong = compared(table["rows"], cells_of(files[table["file"]]))
        totals[table["ruled"]][0] += right
        totals[table["ruled"]][1] += cells
        print(f"{right:4} of {cells:3} {'ruled' if table['ruled'] else '     '} {table['file']}")
        for row in wrong if given.wrong else []:
            print("      ", row)
    for ruled, (right, cells) in totals.items():
        print(f"{'ruled' if ruled else 'not ruled'}: {right} of {cells} cells, {right / max(1, cells):.3f}")
    for name in labels.get("prose", []):
        passages = read_pdf(name, files[name].read_bytes()).passages
        if count := sum(passage["kind"] == "row" for passage in passages):
            print(f"{count} rows in {name}, which is prose")


if __name__ == "__main__":
    main()
