"""Words, numbers, order and CPU of the PDF reader over a folder of PDFs, against what two of three programs agree on.

``python benchmarks/pdf_text.py FOLDER [--worst 12]``, with ``pip install pdfplumber rapidfuzz`` and poppler's
``pdftotext``. What the other programs say is kept in ``FOLDER/reference.json``.
"""

import argparse
import io
import json
import re
import statistics
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
from rapidfuzz.distance import LCSseq

from quire.nodes.faults import BadInput
from quire.nodes.sources.gathering import Gathering
from quire.nodes.sources.passage import Passage
from quire.nodes.sources.pdf.page import Line
from quire.nodes.sources.pdf.reading import pages_of, read_pdf
from quire.nodes.sources.pdf.running import without_running_titles

MOST_PAGES, FEWEST_LETTERS = 40, 150
HOLE, WHOLE, HEADED = 0.1, 0.98, 0.2
SECONDS = 120
MARK = re.compile(r"\([^)]*\)")
MADE_UP = re.compile(r"column \d+")
RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
APART: dict[str, str] = json.loads((Path(__file__).parent / "pdf_labels" / "apart.json").read_text())
"""Files in which the programs that are compared with agree on what nobody reads there, and why."""
STRETCH = "\u0640"
"""Sign that lengthens an Arabic word to the line's end, as a hyphen breaks a Latin one."""


def normal(text: str, marks: str = r" \g<0> ") -> str:
    """Fold what two readers may differ in: forms of letters, hyphens at line ends, raised digits."""
    text = unicodedata.normalize("NFKC", RAISED.sub(marks, text).replace("\u00ad", "").replace(STRETCH, ""))
    return re.sub(r"(?<=[^\W\d_])[-\u2010\ufffe\x02]\s*\n\s*(?=[a-z\u00df-\u00ff])", "", text)


def tokens(text: str, marks: str = r" \g<0> ") -> tuple[Counter[str], Counter[str], list[str]]:
    """Give words of two letters and more, numbers, and both in order; ``marks`` is put for raised digits."""
    folded = normal(text, marks)
    ordered = re.findall(r"[^\W\d_]{2,}|\d+(?:[.,]\d+)*", folded)
    words = Counter(token.lower() for token in ordered if not token[0].isdigit())
    return words, Counter(token for token in ordered if token[0].isdigit()), ordered


def reference(path: Path) -> dict[str, Any]:
    """Read a file with three other programs."""
    found: dict[str, Any] = {"name": path.name}
    try:
        document = pypdfium2.PdfDocument(path)
        found["pages"] = len(document)
        if len(document) > MOST_PAGES:
            return found
        found["pdfium"] = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    except pypdfium2.PdfiumError as error:
        found["refused"] = str(error)
        return found
    try:
        command = ["pdftotext", path, "-"]
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - poppler's own program with our arguments, no shell
        found["pdftotext"] = done.stdout.decode(errors="replace")
    except subprocess.TimeoutExpired:
        found["pdftotext"] = ""
    try:
        with pdfplumber.open(io.BytesIO(path.read_bytes())) as pdf:
            found["pdfplumber"] = "\n".join(page.extract_text() or "" for page in pdf.pages)
    except Exception as error:  # noqa: BLE001 - a compared library may fail in any way: its failure is the result
        found["pdfplumber"] = ""
        found["fault"] = repr(error)
    return found


def ours(path: Path) -> dict[str, Any]:
    """Read a file as Quire does, and count the processor time."""
    began = time.process_time()
    try:
        gathering = read_pdf(path.name, path.read_bytes())
    except BadInput as refused:
        return {"name": path.name, "refused": refused.problem}
    spent = time.process_time() - began
    return {
        "name": path.name,
        "text": "\n".join([*texts_of(gathering.passages), *repeated(path)]),
        "kinds": Counter(passage["kind"] for passage in gathering.passages),
        "letters": Counter(
            {
                kind: sum(len(p["text"]) for p in gathering.passages if p["kind"] == kind)
                for kind in ("heading", "text", "row")
            }
        ),
        "warnings": gathering.warnings,
        "seconds": spent,
    }


def texts_of(passages: Iterable[Passage]) -> Iterator[str]:
    """Give the words of passages; titles of columns once for the rows that follow one another under them."""
    titles: list[str] = []
    section = ""
    for passage in passages:
        fields = passage.get("fields", {})
        if passage.get("section", section) != section:
            section = passage["section"]
            yield " ".join(MARK.findall(section)[-1:])
        if not fields:
            yield passage["text"]
        elif [*fields] != titles:
            yield " ".join(title for title in fields if not MADE_UP.fullmatch(title))
        titles = [*fields]
        if fields:
            yield " ".join(fields.values())


def repeated(path: Path) -> Iterator[str]:
    """Give the running titles that are read on their first page only."""
    pages = pages_of(path.name, path.read_bytes(), Gathering(path.name))
    kept = {id(item) for page in without_running_titles(pages) for item in page}
    yield from (item.text for page in pages for item in page if isinstance(item, Line) and id(item) not in kept)


def recalled(own: Counter[str], agreed: Counter[str]) -> float:
    """Give the part of what was agreed on that was found."""
    return (own & agreed).total() / agreed.total() if agreed else 1.0


def consensus(readings: Iterable[Counter[str]]) -> Counter[str]:
    """Give what at least two of three agree on: the median count of each."""
    counts = [*readings]
    everything = set().union(*counts)
    return Counter({token: middle for token in everything if (middle := sorted(c[token] for c in counts)[1])})


def measured(own: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Compare one file's readings."""
    own_words, own_numbers, ordered = tokens(own["text"])
    either_numbers = own_numbers | tokens(own["text"], r"\g<0>")[1]  # other programs join a note's mark to the number
    read = [tokens(other[program]) for program in ("pdftotext", "pdfium", "pdfplumber")]
    agreed_words, agreed_numbers = consensus(r[0] for r in read), consensus(r[1] for r in read)
    layout = read[0][2]
    order = LCSseq.similarity(ordered, layout) / max(1, len(layout))
    return {
        "name": own["name"],
        "pages": other["pages"],
        "words": recalled(own_words, agreed_words),
        "numbers": recalled(either_numbers, agreed_numbers),
        "found": [(own_words & agreed_words).total(), agreed_words.total(), own_words.total()],
        "figures": [(either_numbers & agreed_numbers).total(), agreed_numbers.total(), own_numbers.total()],
        "order": order,
        "prose": own["letters"].get("row", 0) < 0.1 * sum(own["letters"].values()),
        "seconds": own["seconds"],
        "headed": own["letters"].get("heading", 0) / max(1, sum(own["letters"].values())),
        "rows": own["kinds"].get("row", 0),
        "warnings": own["warnings"],
        "lost": (agreed_words - own_words).most_common(8) + (agreed_numbers - either_numbers).most_common(8),
        "others": {
            program: [
                (r[0] & agreed_words).total(),
                (r[1] & agreed_numbers).total(),
            ]
            for program, r in zip(("pdftotext", "pdfium", "pdfplumber"), read, strict=True)
        },
    }


def main() -> None:
    """Measure a folder and print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--worst", type=int, default=0, help="also name the files with the least words or numbers")
    given = arguments.parse_args()
    paths = sorted(given.folder.glob("*.pdf"))
    kept = given.folder / "reference.json"
    known = json.loads(kept.read_text()) if kept.exists() else {}
    with ProcessPoolExecutor(2) as pool:
        missing = [path for path in paths if path.name not in known]
        known |= {found["name"]: found for found in pool.map(reference, missing)}
        kept.write_text(json.dumps(known))
        own = {found["name"]: found for found in pool.map(ours, paths)}
    results = []
    for path in paths:
        mine, other = own[path.name], known[path.name]
        if "pdfium" not in other or "text" not in mine:
            if "pdfium" in other and len(other["pdfium"].strip()) > FEWEST_LETTERS:
                print(f"refused here, not by PDFium: {path.name}: {mine['refused']}", file=sys.stderr)
            continue
        result = measured(mine, other)
        if result["found"][1] + result["figures"][1] >= FEWEST_LETTERS / 6:
            results.append(result)
    (given.folder / "results.json").write_text(json.dumps(results))
    report(results, given.worst)


def report(results: list[dict[str, Any]], worst: int) -> None:
    """Print what was seen."""
    pages = sum(r["pages"] for r in results)
    totals = {key: [sum(r[key][i] for r in results) for i in range(3)] for key in ("found", "figures")}
    print(f"{len(results)} files, {pages} pages, {totals['found'][1]:,} words, {totals['figures'][1]:,} numbers")
    for key, name in (("found", "words"), ("figures", "numbers")):
        hit, agreed, all_own = totals[key]
        print(f"{name}: recall {hit / agreed:.4f}, precision {hit / all_own:.4f}")
        others = {
            program: sum(r["others"][program][key == "figures"] for r in results) / agreed
            for program in ("pdftotext", "pdfium", "pdfplumber")
        }
        print("    " + ", ".join(f"{program} {part:.4f}" for program, part in others.items()))
    left = [r for r in results if r["name"].rpartition("__")[2] not in APART]
    for key, name in (("found", "words"), ("figures", "numbers")):
        hit, agreed = (sum(r[key][i] for r in left) for i in range(2))
        print(f"{name} without the files below: recall {hit / agreed:.4f}")
    for r in results:
        if reason := APART.get(r["name"].rpartition("__")[2]):
            print(f"    {r['name']}: words {r['words']:.3f}, numbers {r['numbers']:.3f}: {reason}")
    good = [r for r in results if min(r["words"], r["numbers"]) >= WHOLE]
    holes = [r for r in results if min(r["words"], r["numbers"]) <= 1 - HOLE]
    silent = [r["name"] for r in holes if not r["warnings"]]
    print(
        f"files with both >= {WHOLE}: {len(good)} of {len(results)}; holes of a tenth: {len(holes)}, silent: {silent}"
    )
    prose = [r["order"] for r in results if r["prose"]]
    print(
        f"order, {len(prose)} files of prose: median {statistics.median(prose):.3f}, mean {statistics.mean(prose):.3f}"
    )
    print(f"order, all: median {statistics.median(r['order'] for r in results):.3f}")
    each = [r["seconds"] / r["pages"] * 1000 for r in results]
    print(f"CPU a page: median {statistics.median(each):.0f} ms, worst {max(each):.0f} ms")
    print(
        f"letters in headings: {statistics.mean(r['headed'] for r in results):.3f}, over a fifth in",
        [r["name"] for r in results if r["headed"] > HEADED],
    )
    print(f"files with rows: {sum(bool(r['rows']) for r in results)}")
    for r in sorted(results, key=lambda one: min(one["words"], one["numbers"]))[:worst]:
        print(f"{r['words']:.3f} {r['numbers']:.3f} {r['order']:.2f} {r['name']} {r['lost'][:10]} {r['warnings'][:2]}")
    for r in sorted((r for r in results if r["prose"]), key=lambda one: one["order"])[:worst]:
        print(f"order {r['order']:.2f} {r['name']}")
    for r in sorted(results, key=lambda one: -one["seconds"] / one["pages"])[:worst]:
        print(f"{r['seconds'] / r['pages'] * 1000:.0f} ms a page {r['name']}")


if __name__ == "__main__":
    main()
