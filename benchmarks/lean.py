"""How much processor time a user waits for before a command answers.

``python benchmarks/lean.py`` prints seconds of CPU, the best of five: of commands that only look, and of the first
event of ``quire write`` without a model, beside what importing LangGraph alone takes. Python keeps modules compiled
meanwhile, as it does for a user, even where the environment says that it should not.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

RUNS = 5
BRIEF = "blueprint: general-report\ntitle: The roof\nsources: [roof.md]\n"
CPU = "r = resource.getrusage(resource.RUSAGE_SELF); sys.stderr.write(f'cpu {r.ru_utime + r.ru_stime}\\n')"
COMMAND = f"""
import resource, sys
sys.argv = ["quire", *sys.argv[1:]]
from quire.server.cli import main
try:
    main()
finally:
    {CPU}
"""
FIRST_EVENT = f"""
import resource, sys
class Watched:
    told = False
    def write(self, text):
        if not Watched.told and "DocumentRequested" in text:
            Watched.told = True
            {CPU}
        return len(text)
    def flush(self): pass
    def isatty(self): return False
    def fileno(self): return 1
sys.stdout = Watched()
sys.argv = ["quire", *sys.argv[1:]]
from quire.server.cli import main
main()
"""


def main() -> None:
    """Measure and print."""
    for module in ("quire", "langgraph.graph"):
        imported = best("\n".join((f"import resource, sys, {module}", CPU)))
        print(f"{imported:.2f}  import {module}")
    for typed in ("--help", "--version", "runs", "blueprints", "check brief.yaml"):
        print(f"{best(COMMAND, typed.split()):.2f}  quire {typed}")
    print(f"{best(FIRST_EVENT, ['write', 'brief.yaml', '--format', 'md']):.2f}  quire write: first event")


def best(program: str, arguments: Sequence[str] = ()) -> float:
    """Give the least CPU seconds that a program took, from its start to where it says so."""
    return min(_once(program, arguments) for _ in range(RUNS))


def _once(program: str, arguments: Sequence[str]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "brief.yaml").write_text(BRIEF)
        (Path(folder) / "roof.md").write_text("# Roof\n\nThe roof was replaced in 2021 for EUR 6,400.\n")
        command = [sys.executable, "-c", program, *arguments]
        env = {**os.environ, "QUIRE_HOME": f"{folder}/home", "PYTHONDONTWRITEBYTECODE": ""}
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - our own interpreter and commands, no shell
    (told,) = [line for line in done.stderr.splitlines() if line.startswith("cpu ")]
    return float(told.removeprefix("cpu "))


if __name__ == "__main__":
    main()
