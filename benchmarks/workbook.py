"""Reads workbooks of 100,000 cells, one of which claims to be far larger, and prints the CPU that each took."""

import io
import random
import re
import time
import zipfile

import openpyxl

from quire.nodes.sources.xlsx import read_xlsx

ROWS, COLUMNS = 10_000, 10


def workbook() -> bytes:
    """Make a sheet of words, amounts, percentages and dates."""
    rng = random.Random(1)
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.append(["Item", *(str(year) for year in range(2018, 2018 + COLUMNS - 1))])
    for row in range(ROWS - 1):
        sheet.append([f"item {row}", *(round(rng.uniform(0, 10_000), 2) for _ in range(COLUMNS - 1))])
    for column, code in ((2, "#,##0.00 [$€-407]"), (3, "0.0%"), (4, "yyyy-mm-dd")):
        for row in sheet.iter_rows(min_row=2, min_col=column, max_col=column):
            row[0].number_format = code
    book.save(out)
    return out.getvalue()


def inflated(data: bytes) -> bytes:
    """Let the sheet claim to span all the rows and columns there are, and give a look to cells that hold nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = re.sub(rb"<dimension [^>]*/>", b'<dimension ref="A1:XFD1048576"/>', part)
                looks = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(ROWS + 1, 400_000))
                part = part.replace(b"</sheetData>", looks + b"</sheetData>")
            new.writestr(name, part)
    return out.getvalue()


def main() -> None:
    """Print cells, passages and seconds of CPU."""
    plain = workbook()
    for what, data in (("as it is", plain), ("claiming to be far larger", inflated(plain))):
        began = time.process_time()
        passages = read_xlsx("book.xlsx", data).passages
        cells = sum(len(passage.get("cells", {})) for passage in passages)
        print(f"{what}: {cells:,} cells, {len(passages):,} passages, {time.process_time() - began:.1f} s of CPU")


if __name__ == "__main__":
    main()
