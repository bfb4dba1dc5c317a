"""What a run leaves behind: its document in the formats asked for, and ``run.json``. Whole or not at all."""

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from nodes.faults import BadInput
from nodes.render.document import Document
from nodes.render.formats import FORMATS
from server.run_json import RunReport


def formats_of(wanted: str | None) -> list[str]:
    """Read ``md,html,…``; all formats without it.

    Raises:
        BadInput: one of them is none.

    """
    chosen = [f.strip() for f in wanted.split(",")] if wanted is not None else list(FORMATS)
    for name in chosen:
        if name not in FORMATS:
            raise BadInput(f"there is no format {name!r}", field="--format", hint=f"choose of {', '.join(FORMATS)}")
    return list(dict.fromkeys(chosen))


def leave(folder: Path, formats: Sequence[str], document: Document | None, report: RunReport) -> None:
    """Write the results of a run into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    if document is not None:
        for name in formats:
            made = FORMATS[name]
            _write(folder / f"document.{made.ending}", made.render(document))
    text = json.dumps(cast("dict[str, Any]", report), ensure_ascii=False, indent=2) + "\n"
    _write(folder / "run.json", text.encode())


def _write(path: Path, content: bytes) -> None:
    """Write a file beside its place and then move it there, so that nobody ever sees half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).chmod(0o644)
    Path(name).replace(path)
