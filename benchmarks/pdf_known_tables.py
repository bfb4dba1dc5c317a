"""Cells of tables that are known, in PDFs that reportlab, a browser and an office program print of them.

``PYTHONPATH=. python benchmarks/pdf_known_tables.py FOLDER [--wrong]``, with Chromium and LibreOffice (``soffice``) on
the machine. A cell is right if it stands whole in its row under its title. Prose in two columns stands above each
table: it must be read one column after the other. The PDFs are kept in FOLDER and made once.
"""

import argparse
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from known_tables import (
    BARE,
    BELOW,
    BETWEEN,
    LEFT,
    LOOKS,
    RIGHT,
    RULED,
    Known,
    as_docx,
    as_html,
    as_xlsx,
    by_reportlab,
    known_tables,
    rows_told,
)

from quire.nodes.sources.pdf.reading import read_pdf

SECONDS = 600
DIRECT: dict[str, Callable[[Known], bytes]] = {
    "reportlab, ruled": lambda table: by_reportlab(table, RULED),
    "reportlab, no rules": lambda table: by_reportlab(table, BARE),
    "reportlab, rules between rows, on its side": lambda table: by_reportlab(table, BETWEEN, wide=True),
}
OFFICE: dict[str, tuple[str, Callable[[Known], bytes]]] = {
    "writer, ruled": ("docx", lambda table: as_docx(table, "Table Grid")),
    "writer, no rules": ("docx", lambda table: as_docx(table, "Normal Table")),
    "calc, ruled": ("xlsx", lambda table: as_xlsx(table, ruled=True)),
    "calc, no rules": ("xlsx", lambda table: as_xlsx(table, ruled=False)),
}


def named(folder: Path, look: str, number: int) -> Path:
    """Give the place of a PDF."""
    return folder / f"{look.replace(', ', '-').replace(' ', '-')}-{number}.pdf"


def make(folder: Path) -> dict[str, list[Path]]:
    """Make the PDFs that are not there, and give them by how they were made, in the order of the tables."""
    looks = [*DIRECT, *(f"browser, {look}" for look in LOOKS), *OFFICE]
    tables = known_tables()
    for look in looks:
        missing = [(n, table) for n, table in enumerate(tables) if not named(folder, look, n).exists()]
        written = [_written(folder, look, n, table) for n, table in missing]
        if missing and look in OFFICE:
            _run(["soffice", "--headless", f"-env:UserInstallation=file://{folder.absolute()}/profile",
                  "--convert-to", "pdf", "--outdir", str(folder), *map(str, written)])  # fmt: skip
    return {look: [named(folder, look, n) for n in range(len(tables))] for look in looks}


def _written(folder: Path, look: str, number: int, table: Known) -> Path:
    """Print the table, or write what an office program prints."""
    pdf = named(folder, look, number)
    if look in DIRECT:
        pdf.write_bytes(DIRECT[look](table))
        return pdf
    if look in OFFICE:
        ending, written = OFFICE[look]
        office = pdf.with_suffix(f".{ending}")
        office.write_bytes(written(table))
        return office
    page = pdf.with_suffix(".html")
    page.write_text(as_html(table, look.partition(", ")[2]), encoding="utf-8")
    _run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
          f"--print-to-pdf={pdf}", page.absolute().as_uri()])  # fmt: skip
    return pdf


def _run(command: list[str]) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise SystemExit(f"{command[0]} is not installed")
    subprocess.run([program, *command[1:]], check=True, capture_output=True, timeout=SECONDS)  # noqa: S603 - our own arguments, no shell


def right_in(row: list[str], table: Known, rows: list[dict[str, str]]) -> tuple[int, dict[str, str]]:
    """Count the cells of a row that stand whole under their title in the row that holds most of them."""
    counts = [
        sum(bool(cell) and read.get(title) == cell for title, cell in zip(table.titles, row, strict=True))
        for read in rows
    ]
    best = max(counts, default=0)
    return best, rows[counts.index(best)] if best else {}


def main() -> None:
    """Make, read, count and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--wrong", action="store_true", help="show the rows with wrong cells, and prose read across")
    given = arguments.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    across = files = more = 0
    for look, paths in make(given.folder).items():
        for table, path in zip(known_tables(), paths, strict=True):
            passages = read_pdf(path.name, path.read_bytes()).passages
            rows = rows_told(passages)
            told = " ".join(passage["text"] for passage in passages if passage["kind"] == "text")
            prose = [] if look.startswith("calc") else [LEFT, RIGHT, BELOW]
            wrong = [text for text in prose if text not in told]
            files, across, more = files + 1, across + bool(wrong), more + max(0, len(rows) - len(table.rows))
            if given.wrong and wrong:
                print(f"{path.name}: prose is not whole")
            for row in table.rows:
                right, found = right_in(row, table, rows)
                totals[look][0] += right
                totals[look][1] += sum(map(bool, row))
                if given.wrong and right < sum(map(bool, row)):
                    print(f"{path.name}: {row} read as {found}")
    for look, (right, cells) in totals.items():
        print(f"{right:5} of {cells:5} cells, {right / cells:.3f}: {look}")
    right, cells = (sum(count[n] for count in totals.values()) for n in range(2))
    print(
        f"{right} of {cells} cells in {files} files, {right / cells:.4f};",
        f"prose not whole in {across} files; {more} rows too many",
    )


if __name__ == "__main__":
    main()
