"""Bytes of a text source to text: UTF-8 first, other encodings by evidence, never nonsense."""

import codecs
import re

import charset_normalizer

from quire.nodes.faults import BadInput
from quire.nodes.sources.folding import strip_invisible

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Characters no text holds: C0 and C1 controls but tab, line ends, form feed, escape and next-line."""

_ENCODINGS = [
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "iso8859_15",
    "mac_roman",
    "shift_jis",
    "euc_jp",
    "gb18030",
    "big5",
    "euc_kr",
    "koi8_r",
]
"""What office programs of the last thirty years have written; anything rarer is taken for not being text."""


def decode(name: str, data: bytes) -> tuple[str, list[str]]:
    """Decode a text source; every line end becomes a line feed, invisible characters go.

    Returns:
        The text, and warnings: an encoding that had to be guessed, characters taken out.

    Raises:
        BadInput: the bytes are not text in any encoding that is in use.

    """
    text, encoding = _decoded(name, data)
    if control := _CONTROLS.search(text):
        line = text.count("\n", 0, control.start()) + 1
        raise BadInput(
            f"not a text file: it holds the control character U+{ord(control[0]):04X}",
            file=name,
            line=line,
            hint="give the file its true ending, or save it as UTF-8 text",
        )
    warnings = [f"read as {encoding}, not UTF-8; check accented letters and signs"] if encoding else []
    text, hidden = strip_invisible(text)
    if hidden:
        warnings.append(f"{hidden} invisible characters were taken out")
    return text.replace("\r\n", "\n").replace("\r", "\n"), warnings


def _decoded(name: str, data: bytes) -> tuple[str, str]:
    """Give the text and the name of its encoding, which is empty where there was nothing to guess."""
    marked = next((codec for mark, codec in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(marked), ""
    except UnicodeDecodeError:
        pass
    best = None if b"\x00" in data else charset_normalizer.from_bytes(data, cp_isolation=_ENCODINGS).best()
    if best is None:
        raise BadInput(
            "not a text file: its bytes make sense in no known encoding",
            file=name,
            hint="save it as UTF-8 text, or give the file its true ending",
        )
    usual = "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding
    return str(best), usual
