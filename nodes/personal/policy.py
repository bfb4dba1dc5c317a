"""What a brief and a blueprint say of personal data: which fields are personal, and which may be shown."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from quire.nodes.personal.titles import plain


@dataclass(frozen=True)
class Policy:
    """Fields by the titles of their columns or their labels; ``*`` stands for any letters, case does not count."""

    everywhere: tuple[str, ...] = ()
    """Withheld in every source: the blueprint's ``personal``."""
    of_source: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Withheld in one source: ``personal`` of the brief's entry."""
    shown: tuple[str, ...] = ()
    """Shown although they are recognised, fields or kinds (``e-mail address``): the blueprint's ``show_personal``."""
    openly: str = ""
    """The brief's own facts: whom they name may be named."""

    def declares(self, source: str, title: str) -> bool:
        """Whether a field is declared to be personal."""
        return matches(title, (*self.everywhere, *self.of_source.get(source, ())))

    def shows(self, title: str) -> bool:
        """Whether a field that is recognised is shown all the same."""
        return matches(title, self.shown)

    def names_openly(self, value: str) -> bool:
        """Whether the brief's own facts say a value."""
        return value in self.openly and bool(re.search(rf"(?<!\w){re.escape(value)}(?!\w)", self.openly))


def matches(title: str, patterns: Iterable[str]) -> bool:
    """Whether a title is meant by one of the patterns."""
    return any(fnmatchcase(plain(title), "*".join(map(plain, pattern.split("*")))) for pattern in patterns)
