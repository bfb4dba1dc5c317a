"""A Word file without a clock: the same document has the same bytes."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as Word

_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first date that a zip archive can name."""


def packed(word: Word, *, title: str, subject: str) -> bytes:
    """Write the file, with nothing in it of when, where or by whom it was made."""
    properties = word.core_properties
    properties.title, properties.subject = title[:255], subject[:255]  # as long as the format allows
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.created = properties.modified = _ALWAYS
    properties.revision = 1
    file = BytesIO()
    word.save(file)
    return _without_times(file)


def _without_times(archive: BytesIO) -> bytes:
    made = BytesIO()
    with ZipFile(archive) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            entry = ZipInfo(name, _EARLIEST)
            entry.create_system = 0  # else the archive tells Windows from others
            new.writestr(entry, old.read(name), ZIP_DEFLATED)
    return made.getvalue()
