"""A Word file without a clock: the same document has the same bytes."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as Word
from docx.opc.coreprops import CoreProperties
from docx.oxml.ns import qn

_WHOLE_DATE = len("2026-10-16")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first date that a zip archive can name."""


def packed(word: Word, *, title: str, subject: str, dated: str) -> bytes:
    """Write the file, with nothing in it of when, where or by whom it was made, but the date that the document bears.

    Args:
        word: the file in the making.
        title: of the document.
        subject: what kind of document it is.
        dated: ISO 8601; a date that is not whole is left out.

    """
    properties = word.core_properties
    properties.title, properties.subject = title[:255], subject[:255]  # as long as the format allows
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    _date(properties, dated)
    properties.revision = 1
    file = BytesIO()
    word.save(file)
    return _without_times(file)


def _date(properties: CoreProperties, dated: str) -> None:
    if len(dated) == _WHOLE_DATE:
        properties.created = properties.modified = datetime.fromisoformat(dated).replace(tzinfo=UTC)
        return
    for name in ("dcterms:created", "dcterms:modified"):  # those of the template
        for element in properties._element.findall(qn(name)):  # noqa: SLF001 - the properties cannot be unset otherwise
            properties._element.remove(element)  # noqa: SLF001 - as above


def _without_times(archive: BytesIO) -> bytes:
    made = BytesIO()
    with ZipFile(archive) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            entry = ZipInfo(name, _EARLIEST)
            entry.create_system = 0  # else the archive tells Windows from others
            new.writestr(entry, old.read(name), ZIP_DEFLATED)
    return made.getvalue()
