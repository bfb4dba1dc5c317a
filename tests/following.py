"""Documents of sections that build on one another, each from a source of its own, written version after version."""

import json
import re
from pathlib import Path
from typing import Any

from cli import Quire
from model_server import Asked, marked_up, upheld
from toys import section, toy_brief


def scribe(asked: Asked) -> str:
    """Draft each section from what it is given: its first evidence, and what it builds on."""
    if asked.drafts:
        given = re.findall(r"^(E1|P1)(?: \([^)\n]*\))?: (.*)$", asked.prompt, re.MULTILINE)
        return marked_up([{"text": words, "evidence": [name]} for name, words in given], asked)
    if "objections" in json.dumps(asked.schema):
        return json.dumps({"grade": 5, "objections": []})
    return upheld(asked)


def source(n: int, words: str) -> dict[str, str]:
    return {"name": f"s{n}.md", "text": f"# Part {n}\n\n{words}\n"}


def chain(length: int, **words: str) -> dict[str, Any]:
    """Give a brief of sections that build on the one before in threes; each has a source of its own."""
    sections = [
        section(f"part-{n}", *([f"part-{n - 1}"] if n % 3 else []), sources=[f"s{n}.md"]) for n in range(length)
    ]
    told = [words.get(f"s{n}", f"Pump {n} moves {n + 20} litres in a minute.") for n in range(length)]
    return toy_brief(*sections, sources=[source(n, text) for n, text in enumerate(told)])


class Writing:
    def __init__(self, quire: Quire, folder: Path, **settings: str) -> None:
        self.quire, self.folder, self.settings = quire, folder, settings

    def brief(self, asked: dict[str, Any]) -> str:
        path = self.folder / "brief.json"
        path.write_text(json.dumps(asked))
        return str(path)

    def write(self, asked: dict[str, Any], run: str, *more: str) -> dict[str, Any]:
        arguments = ("--run-id", run, "--out", run, "--format", "json", *more)
        done = self.quire("write", self.brief(asked), *arguments, **self.settings)
        assert 0 == done.returncode, done.stderr + done.stdout
        return json.loads((self.folder / run / "document.json").read_text())

    def sections(self, run: str) -> dict[str, str]:
        document = json.loads((self.folder / run / "document.json").read_text())
        return {s["id"]: json.dumps(s, sort_keys=True) for s in document["sections"]}
