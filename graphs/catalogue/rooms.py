"""The map of rooms: what each folder of the package is for, and which others it imports. Read from the code."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
FOLDERS = ("graphs", "nodes", "server")


def room_map() -> str:
    """Write the map as one table for each folder, in Markdown."""
    return "\n\n".join(_table(folder) for folder in FOLDERS)


def _table(folder: str) -> str:
    rows = [f"| `{folder}/` | what it is for | imports |", "|---|---|---|"]
    for room in _rooms(PACKAGE / folder):
        shown = room.name + "/" if room.is_dir() else room.name
        rows.append(f"| `{shown}` | {_purpose(room)} | {', '.join(sorted(_imported(room, folder)))} |")
    return "\n".join(rows)


def _rooms(folder: Path) -> Iterator[Path]:
    inside = sorted(folder.iterdir(), key=lambda place: (place.is_file(), place.name))
    for place in inside:
        is_package = place.is_dir() and (place / "__init__.py").exists()
        if is_package or (place.suffix == ".py" and place.name != "__init__.py"):
            yield place


def _purpose(room: Path) -> str:
    """Give the first sentence that a room says of itself."""
    file = room / "__init__.py" if room.is_dir() else room
    told = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    return " ".join(told.partition("\n\n")[0].split()).replace("|", "\\|")


def _imported(room: Path, folder: str) -> set[str]:
    """Name the rooms that a room imports: those beside it by their names, others with their folder.

    An agent's events are no part of the agent's room: they are leaves that anybody may name.
    """
    files = sorted(room.rglob("*.py")) if room.is_dir() else [room]
    used = {name for file in files for name in _modules(file)}
    found = set()
    for module in used:
        where, _, rest = module.removeprefix("quire.").partition(".")
        name = "events.py" if rest.endswith(".events") or rest == "events" else rest.partition(".")[0]
        if where in FOLDERS and name and (where, name) not in {(folder, room.stem), (folder, room.name)}:
            found.add(name if where == folder else f"{where}/{name}")
    return found


def _modules(file: Path) -> Iterable[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("quire."):
            module = str(node.module)
            yield from ([module] if module.count(".") > 1 else [f"{module}.{alias.name}" for alias in node.names])
