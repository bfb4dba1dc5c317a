"""Where a brief in a file finds what it names by path: sources by glob, a blueprint in a file of its own."""

import base64
import difflib
import itertools
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TypeAlias

from quire.graphs.intake.brief_sources import MAX_SOURCE, MAX_SOURCES, MAX_TOTAL, LeftOut, Named, Source
from quire.nodes.decode import strict_json, strict_yaml
from quire.nodes.decode.located import Located
from quire.nodes.faults import BadInput
from quire.nodes.sources.kinds import kind_of

Fault: TypeAlias = Callable[[str, str], BadInput]
"""Makes the refusal of what names a file: problem and hint."""

_BINARY = (".pdf", ".docx", ".xlsx", ".pptx", ".eml")
_MAGIC = ("*", "?", "[")


def document_at(path: Path, limit: int, fault: Fault) -> Located:
    """Read a YAML or (by its suffix) JSON file.

    Raises:
        BadInput: ``fault`` if the file cannot be read; with the file's own lines if its content cannot.

    """
    data = bytes_at(path, limit, fault)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput("is not UTF-8 text", file=str(path), line=line, hint="save it as UTF-8") from error
    parse = strict_json.parse if path.suffix.lower() == ".json" else strict_yaml.parse
    return parse(text, str(path))


def bytes_at(path: Path, limit: int, fault: Fault) -> bytes:
    """Read a regular file of up to ``limit`` bytes; a pipe or device would never end."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise fault(f"{path} is a folder", "name its files, or write a glob such as folder/*.md")
        if not stat.S_ISREG(status.st_mode):
            raise fault(f"{path} is no regular file", "copy its content into a file")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError as error:
        raise fault(f"there is no file {path}", _nearest(path)) from error
    except OSError as error:
        raise fault(f"cannot read {path}: {error.strerror}", "check the file and its permissions") from error
    if len(data) > limit:
        raise fault(f"{path} is larger than {limit / 1_000_000:g} MB", "shorten or split it")
    return data


def shared_folder(patterns: Iterable[object], folder: Path) -> Path | None:
    """Give the deepest folder that holds all that absolute paths and globs name outside the brief's folder.

    Its files are named from there: a source called ``../../srv/minutes/may.md`` says where a reader's disk has it.
    """
    named = [Path(os.path.normpath(one)) for one in patterns if isinstance(one, str) and Path(one).is_absolute()]
    fixed = [Path(*itertools.takewhile(_is_plain, path.parent.parts)) for path in named]
    outside = [path for path in fixed if not path.is_relative_to(os.path.normpath(folder.absolute()))]
    return Path(os.path.commonpath(outside)) if outside else None


def sources_at(pattern: str, folder: Path, fault: Fault, shared: Path | None = None) -> Named:
    """Read the files that a path or glob names, relative to the brief's folder, in the order of their names.

    ``**`` stands for any folders, links to folders are not followed, and a leading dot must be written out.
    What a glob matches and cannot be read is left out, unless nothing else is there. What an absolute pattern names
    outside the brief's folder is named from ``shared``.
    """
    apart = shared if Path(pattern).is_absolute() else None
    paths = {_name(path, folder, apart): path for path in _files(pattern, folder, fault)}
    if not paths:
        raise fault(f"no file matches {pattern!r} in {folder}", "correct the pattern or take it out")
    by_glob = _is_glob(pattern, folder)
    sources: list[Source] = []
    left_out: list[LeftOut] = []
    faults: list[BadInput] = []
    total = 0
    for name in sorted(paths):
        try:
            if by_glob:
                kind_of(name)
            data = bytes_at(paths[name], MAX_SOURCE, fault)
            sources.append(_source(name, data, fault))
        except BadInput as problem:
            faults.append(problem)
            left_out.append({"name": name, "reason": problem.problem})
            continue
        total += len(data)
        if total > MAX_TOTAL:
            raise fault(f"{pattern!r} matches more than {MAX_TOTAL // 1_000_000} MB", "narrow it")
    if faults and not (by_glob and sources):
        raise faults[0] if faults[0].field else fault(f"{left_out[0]['name']}: {faults[0].problem}", faults[0].hint)
    return Named(sources, left_out, by_glob)


def _is_glob(pattern: str, folder: Path) -> bool:
    return any(sign in pattern for sign in _MAGIC) and not os.path.lexists(folder / pattern)


def _files(pattern: str, folder: Path, fault: Fault) -> list[Path]:
    if not _is_glob(pattern, folder):
        return [folder / pattern]
    start, parts = folder, Path(pattern).parts
    if Path(pattern).is_absolute():
        start, parts = Path(parts[0]), parts[1:]
    try:
        found = list(itertools.islice(_matches(start, parts, fault), MAX_SOURCES + 1))
    except OSError as error:
        raise fault(f"cannot read {error.filename}: {error.strerror}", "check its permissions") from error
    if len(found) > MAX_SOURCES:
        raise fault(f"{pattern!r} matches more than {MAX_SOURCES} files", "narrow it")
    return found


def _matches(folder: Path, parts: tuple[str, ...], fault: Fault) -> Iterator[Path]:
    """Yield the files below a folder that the parts of a pattern lead to."""
    head, rest = parts[0], parts[1:]
    if head == "**":
        yield from _matches(folder, rest or ("*",), fault)
        for entry in _entries(folder):
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                yield from _matches(folder / entry.name, parts, fault)
    elif not any(sign in head for sign in _MAGIC):
        if rest and (folder / head).is_dir():
            yield from _matches(folder / head, rest, fault)
        elif not rest and os.path.lexists(folder / head):
            yield folder / head
    else:
        for entry in _entries(folder):
            if fnmatchcase(entry.name, head) and entry.name.startswith(".") == head.startswith("."):
                yield from _entered(entry, folder / entry.name, rest, fault)


def _entered(entry: os.DirEntry[str], path: Path, rest: tuple[str, ...], fault: Fault) -> Iterator[Path]:
    """Go on from an entry that matches: into a folder while there are parts left, else to the file."""
    is_folder = path.is_dir()
    if entry.is_symlink() and is_folder:
        raise fault(f"{path} is a link to a folder, which a glob does not follow", "name the folder it leads to")
    if rest and is_folder:
        yield from _matches(path, rest, fault)
    elif not rest and not is_folder:
        yield path


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _name(path: Path, folder: Path, shared: Path | None) -> str:
    name = Path(os.path.relpath(path, folder))
    outside = name.parts[:1] == ("..",) and shared
    return (Path(os.path.relpath(path, shared)) if outside else name).as_posix()


def _is_plain(part: str) -> bool:
    return not any(sign in part for sign in _MAGIC)


def _source(name: str, data: bytes, fault: Fault) -> Source:
    if any("\ud800" <= sign <= "\udfff" for sign in name):
        raise fault(f"the name of the file {name!r} is not UTF-8", "rename it")
    if not name.lower().endswith(_BINARY) and b"\0" not in data:
        try:
            return {"name": name, "text": data.decode()}
        except UnicodeDecodeError:
            pass
    return {"name": name, "base64": base64.b64encode(data).decode("ascii")}


def _nearest(path: Path) -> str:
    try:
        beside = sorted(entry.name for entry in path.parent.iterdir())
    except OSError:  # it is only a hint
        beside = []
    near = difflib.get_close_matches(path.name, beside, 1)
    return f"did you mean {near[0]}?" if near else "correct the path; it is relative to the brief"
