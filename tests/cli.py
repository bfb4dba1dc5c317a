"""The command line as tests use it: what is typed, and what it left behind."""

from collections.abc import Callable
from typing import NamedTuple


class Done(NamedTuple):
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


Quire = Callable[..., Done]
