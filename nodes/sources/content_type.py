"""Whether a file's content is of the type that its name's ending says."""

from pathlib import PurePosixPath

from quire.nodes.faults import BadInput

_PDF_MARK = b"%PDF-"
_ZIP_MARK = b"PK\x03\x04"
_OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_TRUE_ENDING = "give the file its true ending"
_OFFICE = {
    ".docx": ("a Word document", "a Word 97 document (.doc)"),
    ".xlsx": ("an Excel workbook", "an Excel 97 workbook (.xls)"),
    ".pptx": ("a PowerPoint presentation", "a PowerPoint 97 presentation (.ppt)"),
}
"""What an ending stands for today, and what the programs of old wrote under it."""


def check_type(name: str, data: bytes) -> None:
    """Refuse content that is plainly of another type than the name's ending says.

    Raises:
        BadInput: and which ending or form it needs.

    """
    ending = PurePosixPath(name).suffix.lower()
    if ending == ".pdf":
        if _PDF_MARK not in data[:1024]:
            raise BadInput("not a PDF", file=name, hint=_TRUE_ENDING)
    elif ending in _OFFICE:
        _check_office(name, data, ending)
    elif data.lstrip()[:5] == _PDF_MARK:
        raise BadInput("holds a PDF", file=name, hint=f"{_TRUE_ENDING} .pdf")
    elif data.startswith(_ZIP_MARK):
        raise BadInput("holds a zip container, not text", file=name, hint=f"{_TRUE_ENDING} (.docx, .xlsx, .pptx?)")
    elif data.startswith(_OLE_MARK):
        raise BadInput("holds an old Office document, not text", file=name, hint="save it as .docx or as text")


def _check_office(name: str, data: bytes, ending: str) -> None:
    today, old = _OFFICE[ending]
    if data.startswith(_OLE_MARK) and _ENCRYPTED_OFFICE in data:
        raise BadInput("encrypted", file=name, hint="save it without a password")
    if data.startswith(_OLE_MARK):
        raise BadInput(f"holds {old}", file=name, hint=f"save it as {ending}")
    if not data.startswith(_ZIP_MARK):
        raise BadInput(f"not {today}", file=name, hint=_TRUE_ENDING)
