"""Beginning a package of one's own. No graph is loaded."""

from pathlib import Path
from typing import Annotated

import typer

from quire.nodes.faults import BadInput
from quire.server.cli.command import AsJson, app, say, tell
from quire.server.scaffold.packages import What, package


@app.command("new")
def new(
    what: Annotated[What, typer.Argument(metavar="kind|agent", help="What the package adds.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name, such as visit-report.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Folder in which the package's folder is made.")] = Path(),
    as_json: AsJson = False,
) -> int:
    """Begin a package that adds a kind of document or an agent, with a test that passes.

    Example: quire new kind visit-report
    """
    made = package(what, name)
    folder = out / made.project
    if folder.exists():
        raise BadInput(f"there is a {folder} already", hint="choose another name, or another --out")
    for path, text in made.files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    if as_json:
        tell({"folder": str(folder), "files": [*made.files]})
        return 0
    say(f"{folder}: {len(made.files)} files. To install it and run its test:")
    say(f"  pip install -e '{folder}[test]' && python -m pytest {folder}")
    return 0
