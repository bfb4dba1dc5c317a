"""JSON as RFC 8259 has it, with lines: no NaN, no duplicate keys, nothing that Python's reader lets through."""

import json
import re
from collections.abc import Iterator

from quire.nodes.decode.located import Located, require_plain
from quire.nodes.decode.strict_tree import Step, build, integer
from quire.nodes.faults import BadInput

_BLANK = re.compile(r"[ \t\n\r]*")
_SCALARS = json.JSONDecoder(parse_int=integer)


def parse(text: str, file: str = "") -> Located:
    """Read one JSON document.

    Args:
        text: the document.
        file: its name, as messages should give it.

    Raises:
        BadInput: with file, line and field.

    """
    located = build(_Scanner(text, file).steps(), file)
    require_plain(located, raw=lambda _: True)
    return located


class _Scanner:
    """Walks the text. Strings and numbers are read by the standard library's decoder."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.at = 0
        self.line = 1

    def steps(self) -> Iterator[Step]:
        self.skip()
        yield from self.value()
        if self.at < len(self.text):
            raise self.fault("something follows the end of the document")

    def value(self) -> Iterator[Step]:
        opening = self.text[self.at : self.at + 1]
        if opening == "{":
            yield Step("mapping", None, self.line)
            yield from self.entries("}")
        elif opening == "[":
            yield Step("list", None, self.line)
            yield from self.entries("]")
        else:
            yield self.scalar()

    def entries(self, closing: str) -> Iterator[Step]:
        """Yield what stands between an opening and its closing sign, and the end."""
        self.take(self.text[self.at])
        while not self.sees(closing):
            if closing == "}":
                yield self.key()
            yield from self.value()
            if not self.sees(closing):
                self.take(",", f'expected "," or "{closing}"')
                if self.sees(closing):
                    raise self.fault("a comma stands before the closing sign")
        yield Step("end", None, self.line)
        self.take(closing)

    def key(self) -> Step:
        if not self.sees('"'):
            raise self.fault("expected a key in double quotes")
        step = self.scalar()
        self.take(":", 'expected ":" after a key')
        return step

    def scalar(self) -> Step:
        line = self.line
        try:
            value, end = _SCALARS.raw_decode(self.text, self.at)
        except json.JSONDecodeError as error:
            raise self.fault(f"is not JSON: {error.msg[:1].lower()}{error.msg[1:]}") from error
        self.move(end)
        return Step("scalar", value, line, value if isinstance(value, str) else "")

    def sees(self, sign: str) -> bool:
        return self.text.startswith(sign, self.at)

    def take(self, sign: str, problem: str = "") -> None:
        if not self.sees(sign):
            raise self.fault(f"is not JSON: {problem}")
        self.move(self.at + 1)

    def move(self, end: int) -> None:
        """Go on behind ``end`` and the blanks that follow, counting lines."""
        self.at = end
        self.skip()

    def skip(self) -> None:
        blank = _BLANK.match(self.text, self.at)
        if blank:
            self.line += blank[0].count("\n")
            self.at = blank.end()

    def fault(self, problem: str, hint: str = "") -> BadInput:
        return BadInput(problem, file=self.file, line=self.line, hint=hint)
