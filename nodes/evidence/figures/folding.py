"""Signs of one meaning made one: full-width and Arabic digits, and what parts them. Every sign keeps its place."""

from typing import Final

_FULL: Final = {chr(code + 0xFEE0): chr(code) for code in range(ord("!"), ord("~") + 1)}
_DIGITS: Final = {
    chr(zero + value): str(value)
    for zero in (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6)
    for value in range(10)
}
_TABLE: Final = str.maketrans(
    _FULL | _DIGITS | {"\u066c": "\u2019", "\u066b": ".", "\u066a": "%", "\u3000": " ", "￥": "¥", "￡": "£", "、": ","}
)


def folded(text: str) -> str:
    """Give the text with ASCII digits and signs, as long as it was."""
    return text if text.isascii() else text.translate(_TABLE)
