"""Precision of headings: how many of those that are read are headings, by labels made by hand.

``python benchmarks/pdf_headings.py FOLDER``: the folder holds the files that ``pdf_labels/headings.json`` names, under
their own names or with ``something__`` before them. The labels were made by looking through what was read, so they
tell nothing of headings that nobody found.
"""

import argparse
import json
from pathlib import Path

from quire.nodes.sources.pdf.reading import read_pdf

LABELS = Path(__file__).parent / "pdf_labels" / "headings.json"


def main() -> None:
    """Compare and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    given = arguments.parse_args()
    files = {path.name.rpartition("__")[2]: path for path in given.folder.glob("*.pdf")}
    labels: dict[str, list[str]] = json.loads(LABELS.read_text())
    right = read = 0
    for name, titles in labels.items():
        passages = read_pdf(name, files[name].read_bytes()).passages
        found = [passage["text"] for passage in passages if passage["kind"] == "heading"]
        wrong = [title for title in found if title not in titles]
        right, read = right + len(found) - len(wrong), read + len(found)
        print(f"{len(found) - len(wrong):3} of {len(found):3} {name} {wrong}")
    print(f"{right} of {read} headings, {right / max(1, read):.3f}")


if __name__ == "__main__":
    main()
