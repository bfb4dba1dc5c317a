"""A copy of the project, in which a test may change what it likes."""

import shutil
from pathlib import Path

from serving import ROOT

FOLDERS = ("src", "graphs", "nodes", "server")


def copied(folder: Path) -> Path:
    """Copy the project's code into a folder and give what is to stand on the path of its programs."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    return folder / "src"
