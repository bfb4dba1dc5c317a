"""Write small source folders in which a value has another, or only looks as if it had.

`python benchmarks/conflicts/make.py FOLDER` writes one folder for each line of `cases.txt`, of two files in Markdown,
CSV, DOCX or HTML, and `expected.jsonl` beside them. In 30 folders both files state the same quantity of one subject and
period with different values: in 21 one of them is outdated, in nine two current sources differ. In 60 the values are no
conflict: another site, another period, another unit.
"""

import argparse
import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

from docx import Document

HEAD = "Subject,Measure,Period,Value,Unit"
NOTES = {
    "superseded": "Status: superseded by the edition of {new}.",
    "draft": "Status: draft, not approved.",
    "withdrawn": "This document was withdrawn on {new}.",
    "replaced": "Replaced by the document of {new}.",
    "newer": "",
    "archived": "",
    "conflict": "",
}
"""What the outdated file says of itself; `newer` differs by date alone, `archived` by its folder."""


@dataclass(frozen=True)
class Statement:
    """One value, of what, and in which file."""

    subject: str
    measure: str
    period: str
    value: str
    unit: str
    form: str
    date: str


@dataclass(frozen=True)
class Case:
    """Two statements, and how they stand to each other."""

    name: str
    kind: str
    older: Statement
    newer: Statement

    @property
    def conflicting(self) -> bool:
        """Whether the two state the same quantity with different values."""
        return self.kind in NOTES


def read(path: Path) -> list[Case]:
    """Read the cases, one a line; its first line says how."""
    cases = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        kind, *cells = (cell.strip() for cell in line.split("|"))
        pairs = [cell.split(" => ") if " => " in cell else [cell, cell] for cell in cells]
        subject, measure, period, unit, value, form = pairs
        old_date = "2024-02-05" if kind in {"conflict", "alike"} else "2022-03-14"
        older, newer = (
            Statement(subject[side], measure[side], period[side], value[side], unit[side], form[side], date)
            for side, date in enumerate((old_date, "2024-02-05"))
        )
        cases.append(Case(f"{len(cases) + 1:02}-{kind}", kind, older, newer))
    return cases


def sentence(said: Statement) -> str:
    """Say a value in running text."""
    return f"{said.measure} of {said.subject} in {said.period} was {said.value} {said.unit}."


def write(path: Path, said: Statement, note: str) -> None:
    """Write one file in its form."""
    path.parent.mkdir(parents=True, exist_ok=True)
    title = f"{said.subject}: {said.measure.lower()}"
    match said.form:
        case "md":
            path.write_text(f"# {title}\n\nDate: {said.date}\n\n{note}\n\n{sentence(said)}\n", encoding="utf-8")
        case "mdtable":
            head = "| Period | Measure | Value | Unit |\n|---|---|---|---|"
            row = f"| {said.period} | {said.measure} | {said.value} | {said.unit} |"
            path.write_text(f"# {said.subject}\n\nDate: {said.date}\n\n{note}\n\n{head}\n{row}\n", encoding="utf-8")
        case "csv":
            text = io.StringIO()
            rows = csv.writer(text, lineterminator="\n")
            rows.writerow([*HEAD.split(","), "Date", "Note"])
            rows.writerow([said.subject, said.measure, said.period, said.value, said.unit, said.date, note])
            path.write_text(text.getvalue(), encoding="utf-8")
        case "html":
            body = f"<h1>{title}</h1><p>Date: {said.date}</p><p>{note}</p><p>{sentence(said)}</p>"
            page = f"<!doctype html><html lang='en'><head><title>{title}</title></head><body>{body}</body></html>"
            path.write_text(page, encoding="utf-8")
        case "docx":
            write_docx(path, said, title, note)
        case other:
            raise ValueError(f"{path.parent.name}: no form is called {other}")


def write_docx(path: Path, said: Statement, title: str, note: str) -> None:
    """Write a Word file with the value in a table."""
    document = Document()
    document.add_heading(title, level=1)
    document.add_paragraph(f"Date: {said.date}")
    if note:
        document.add_paragraph(note)
    table = document.add_table(rows=2, cols=5)
    table.style = "Table Grid"
    cells = (HEAD.split(","), [said.subject, said.measure, said.period, said.value, said.unit])
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(path))


def build(case: Case, folder: Path) -> dict[str, object]:
    """Write the two files of a case and say what is expected of them."""
    where = {}
    for side, said in (("first", case.older), ("second", case.newer)):
        ending = "md" if said.form == "mdtable" else said.form
        inner = "archive" if case.kind == "archived" and side == "first" else "."
        path = folder / case.name / inner / f"{side}.{ending}"
        note = NOTES.get(case.kind, "").format(new=case.newer.date) if side == "first" else ""
        write(path, said, note)
        where[side] = path.relative_to(folder / case.name).as_posix()
    stated = [
        {"file": where[side], "value": said.value, "unit": said.unit, "date": said.date}
        for side, said in (("first", case.older), ("second", case.newer))
    ]
    current = where["second"] if case.conflicting and case.kind != "conflict" else None
    return {"case": case.name, "kind": case.kind, "named": case.conflicting, "current": current, "stated": stated}


def main() -> None:
    """Write all folders."""
    parser = argparse.ArgumentParser(description="Write source folders with values that conflict or only look alike.")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    expected = [build(case, folder) for case in read(Path(__file__).with_name("cases.txt"))]
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in expected)
    (folder / "expected.jsonl").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
