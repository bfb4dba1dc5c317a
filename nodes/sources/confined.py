"""Runs a reader in a process of its own, which may be ended: parsers of hostile files stop for nothing else.

The child gets the source on standard input and nothing of this process's environment, and answers in JSON.
"""

import contextlib
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol, TypeAlias

from quire.nodes.faults import BadInput
from quire.nodes.sources.gathering import Gathering

if sys.platform != "win32":
    import resource


class Answer(Protocol):
    """What a reader makes of a file."""

    def made(self) -> dict[str, object]:
        """Give it as plain JSON."""
        ...


Reader: TypeAlias = Callable[[str, bytes], Gathering]
"""A module's function that makes passages of a source's name and bytes."""


class Limits(NamedTuple):
    """What reading one source may take."""

    seconds: int = 15
    """Of processor time: a busy machine refuses nothing that an idle one reads."""
    megabytes: int = 1_024
    """Of address space, the interpreter's own included."""


_OUT_OF_MEMORY = 3
_TOO_DEEP = 4
_DEFAULT = Limits()


def confined(reader: str, name: str, data: bytes, limits: Limits = _DEFAULT) -> Gathering:
    """Read a source under limits; see :func:`confined_answer`."""
    return Gathering.of(name, confined_answer(reader, name, data, limits))


def confined_answer(reader: str, name: str, data: bytes, limits: Limits = _DEFAULT) -> dict[str, Any]:
    """Read a file under limits, and give what its reader answers as plain JSON.

    Args:
        reader: ``module:function``, which only the other process imports.
        name: of the source.
        data: its bytes.
        limits: what reading it may take.

    Raises:
        BadInput: the reader's own refusal, or the source takes more than it may.
        RuntimeError: the reader failed otherwise; with its traceback.

    """
    place = [*reader.split(":"), str(limits.seconds), str(limits.megabytes), name]
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter, our own module, no shell
            [sys.executable, "-m", __name__, *place],
            input=data,
            capture_output=True,
            timeout=limits.seconds * 2 if sys.platform == "win32" else None,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much(name, limits) from error
    if child.returncode < 0 or child.returncode in {_OUT_OF_MEMORY, _TOO_DEEP}:
        raise _too_much(name, limits)
    if child.returncode:
        raise RuntimeError(f"the reader of {name} failed:\n{child.stderr.decode(errors='replace')}")
    return _answered(name, json.loads(child.stdout))


def _environment() -> dict[str, str]:
    """Give the child the way to the code, and none of the keys that may be around."""
    kept = {key: os.environ[key] for key in ("SYSTEMROOT", "LD_LIBRARY_PATH") if key in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"}


def _too_much(name: str, limits: Limits) -> BadInput:
    return BadInput(
        f"takes more than {limits.seconds} seconds or {limits.megabytes} megabytes to read",
        file=name,
        hint="split it, save it again in a simpler form, or give its text",
    )


def _answered(name: str, answer: dict[str, Any]) -> dict[str, Any]:
    """Take the child's answer: what it read, or its refusal."""
    if "problem" in answer:
        line, field, hint = answer["line"], str(answer["field"]), str(answer["hint"])
        raise BadInput(str(answer["problem"]), file=name, line=int(str(line)), field=field, hint=hint)
    return answer


def _limit(limits: Limits) -> None:
    """Limit this process, where the system can; elsewhere the parent's clock remains."""
    if sys.platform == "win32":
        return
    space = limits.megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _child(module: str, function: str, seconds: str, megabytes: str, name: str) -> int:
    reader: Callable[[str, bytes], Answer] = getattr(importlib.import_module(module), function)
    _limit(Limits(int(seconds), int(megabytes)))
    answer: dict[str, object]
    try:
        with contextlib.redirect_stdout(sys.stderr):  # a parser that prints would spoil the answer
            answer = reader(name, sys.stdin.buffer.read()).made()
    except BadInput as refused:
        answer = {"problem": refused.problem, "line": refused.line, "field": refused.field, "hint": refused.hint}
    except MemoryError:
        return _OUT_OF_MEMORY
    except RecursionError:
        return _TOO_DEEP
    sys.stdout.buffer.write(json.dumps(answer).encode())
    return 0


if __name__ == "__main__":
    sys.exit(_child(*sys.argv[1:]))
