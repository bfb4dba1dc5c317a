"""What a run leaves behind: its document in the formats asked for, and ``run.json``. Whole or not at all."""

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from quire.nodes.faults import BadInput
from quire.nodes.render.document import Document
from quire.nodes.render.formats import FORMATS
from quire.server.presentation.run_json import RunReport

DRAFT = "draft.md"
"""What the sections say while a person is asked about it."""


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


def require_folder(path: Path) -> None:
    """See to it, before anything is begun, that results can be left in a folder.

    Raises:
        BadInput: something else is in its place, or nothing may be written there.

    """
    there = next(place for place in (path.absolute(), *path.absolute().parents) if os.path.lexists(place))
    if not there.is_dir():
        raise BadInput(f"{there} is a file", field="--out", hint="name a folder")
    if not os.access(there, os.W_OK | os.X_OK):
        raise BadInput(f"nothing may be written in {there}", field="--out", hint="name another folder")


def leave(
    folder: Path,
    formats: Sequence[str],
    document: Document | None,
    report: RunReport,
    draft: Document | None = None,
    template: bytes | None = None,
) -> None:
    """Write the results of a run into a folder, or what there is of them while a person is asked.

    Args:
        folder: where to.
        formats: of the document.
        document: the finished one, if there is one.
        report: how the run stands.
        draft: what a person is asked about.
        template: for the Word edition, if the brief names one.

    Raises:
        BadInput: they cannot be written there.

    """
    try:
        _leave(folder, formats, document, report, template)
        _leave_draft(folder / DRAFT, draft)
    except OSError as error:
        again = f"quire resume {report['id']} --out FOLDER leaves them elsewhere"
        raise BadInput(
            f"cannot write {error.filename or folder}: {error.strerror}", field="--out", hint=again
        ) from None


def _leave(
    folder: Path, formats: Sequence[str], document: Document | None, report: RunReport, template: bytes | None
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if document is not None:
        for name in formats:
            made = FORMATS[name]
            _write(folder / f"document.{made.ending}", made.render(document, template))
    text = json.dumps(cast("dict[str, Any]", report), ensure_ascii=False, indent=2) + "\n"
    _write(folder / "run.json", text.encode())


def _leave_draft(path: Path, draft: Document | None) -> None:
    if draft is None:
        path.unlink(missing_ok=True)
    else:
        _write(path, FORMATS["md"].render(draft))


def _write(path: Path, content: bytes) -> None:
    """Write a file beside its place and then move it there, so that nobody ever sees half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).chmod(0o644)
    Path(name).replace(path)
