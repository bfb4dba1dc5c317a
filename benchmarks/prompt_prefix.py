"""How much of what a run sends to a model begins as an earlier request of it began, and how many calls were in vain.

::

    python benchmarks/prompt_prefix.py

A scripted author on loopback plans, drafts to length, has one section in three sent back once, and objects to nothing
else. Two figures a job, since endpoints differ: with the schema of a reply behind the messages, and before them; and
what the job costs at gpt-4o-mini's prices, beginnings that are shared (of 1,024 tokens at least, schema first) at half.
Of each request counts the longest beginning that it shares with an earlier one of the same model, in characters. A call
was in vain that came to nothing (``quire explain``), or got no reply that could be read.
"""

import asyncio
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from quire.graphs.document.document_graph import build
from quire.graphs.insight.explanation import explain
from quire.graphs.intake.brief import load
from quire.graphs.run.journal import Journal

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "tests")]

from model_server import Asked, ModelServer, marked_up, upheld  # noqa: E402 - only the line above makes it importable
from toys import Going  # noqa: E402 - the same

WORDS = "pump valve sensor gate relay cable filter motor drain alarm switch panel tank hatch ladder"


class Share(NamedTuple):
    """Of what was sent, how much was a beginning of something earlier."""

    sent: int
    begun_alike: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.begun_alike / self.sent


def shared(bodies: Sequence[Mapping[str, Any]], *, schema_first: bool) -> Share:
    """Measure the requests of a run, in the order in which they were sent."""
    earlier: dict[str, list[str]] = defaultdict(list)
    sent = alike = 0
    for body in bodies:
        text = _text(body, schema_first=schema_first)
        sent += len(text)
        alike += max((_alike(text, before) for before in earlier[body["model"]]), default=0)
        earlier[body["model"]].append(text)
    return Share(sent, alike)


PROMPT, COMPLETION = 0.15, 0.60
"""US dollars per million tokens."""
CACHED_FROM = 1024
"""Tokens that a beginning must have for an endpoint to keep it."""
PER_TOKEN = 4
"""Characters."""


def priced(bodies: Sequence[Mapping[str, Any]], replies: Sequence[str]) -> float:
    """Give what a run costs, in US dollars, with the beginnings that its endpoint keeps at half the price."""
    earlier: dict[str, list[str]] = defaultdict(list)
    usd = 0.0
    for body, reply in zip(bodies, replies, strict=True):
        text = _text(body, schema_first=True)
        kept = max((_alike(text, before) for before in earlier[body["model"]]), default=0) / PER_TOKEN
        cached = kept if kept >= CACHED_FROM else 0
        usd += (len(text) / PER_TOKEN - cached / 2) * PROMPT + len(reply) / PER_TOKEN * COMPLETION
        earlier[body["model"]].append(text)
    return usd / 1_000_000


def _alike(one: str, other: str) -> int:
    """Count the characters up to the first that differs."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one.startswith(other[:middle]) else (low, middle - 1)
    return low


def _text(body: Mapping[str, Any], *, schema_first: bool) -> str:
    messages = "\n".join(f"{message['role']}\n{message['content']}" for message in body["messages"])
    schema = json.dumps(body.get("response_format") or {}, sort_keys=True)
    return schema + messages if schema_first else messages + schema


class Author:
    """Answers as a model that means well: a section a question, drafts of about the length that is asked for.

    Each document has one of its own, which remembers what it has sent back.
    """

    def __init__(self) -> None:
        self._sent_back: set[str] = set()
        """Titles of sections."""

    def __call__(self, asked: Asked) -> str:
        """Answer a request."""
        properties = (asked.schema or {}).get("properties", {})
        if "unused" in properties:
            return json.dumps(_plan(properties))
        if "sources" in properties:
            return json.dumps(
                {"sources": [_surveyed(s) for s in properties["sources"]["items"]["properties"]["source"]["enum"]]}
            )
        if "queries" in properties:
            return json.dumps({"queries": re.findall(r"“([^”]+)”", asked.prompt)[:1] * 2})
        if "parts" in properties:
            return json.dumps(
                {"parts": [{"title": f"Part {n}", "instructions": "Say it.", "words": 900} for n in (1, 2)]}
            )
        return _draft(asked) if asked.drafts else json.dumps(_reading(asked, properties, self._sent_back))


def _plan(properties: Mapping[str, Any]) -> dict[str, Any]:
    of = properties["sections"]["items"]["properties"]
    questions, sources = of["answers"]["items"]["enum"], of["sources"]["items"]["enum"]
    planned = [
        {
            "id": f"part-{n}",
            "title": f"The {WORDS.split()[n]} and its {WORDS.split()[-n]}",
            "purpose": f"Say what became of each {WORDS.split()[n]}.",
            "questions": [f"What became of each {WORDS.split()[n]}?"],
            "answers": [question],
            "form": "prose",
            "words": 300,
            "sources": sources[n :: len(questions)] or sources,
            "after": [],
        }
        for n, question in enumerate(questions)
    ]
    drawn = {source for section in planned for source in section["sources"]}
    unused = [{"source": source, "reason": "It says nothing of it."} for source in sources if source not in drawn]
    return {"sections": planned, "unused": unused, "drop": []}


def _surveyed(number: str) -> dict[str, Any]:
    said = dict.fromkeys(("what", "date", "date_words", "status_words", "period", "period_words"), "")
    return {"source": number, **said, "status": "current", "contents": WORDS.split()[:6]}


def _draft(asked: Asked) -> str:
    given = re.findall(r"^(E\d+)(?: \([^\n]*?\))?: (.+)$", asked.prompt, re.MULTILINE)
    about = re.search(r"Write the section “([^”]+)”.*in about (\d+) words", asked.prompt)
    title, words = about.groups() if about else ("", "250")
    start = sum(map(ord, title)) % max(len(given), 1)
    said: list[dict[str, Any]] = []
    for number, text in given[start:] + given[:start]:
        if sum(len(s["text"].split()) for s in said) >= int(words):
            break
        bare = text.partition(". ")[0].rstrip(".")
        told = f"It is on record that {bare[:1].lower()}{bare[1:]}." if len(said) % 2 else f"{bare}."
        said.append({"text": told, "evidence": [number]})
    return marked_up(said, asked) if said else "Nothing is on record [∅ looked: the sources].\n"


def _reading(asked: Asked, properties: Mapping[str, Any], sent_back: set[str]) -> dict[str, Any]:
    """Object once to one draft in three, and to nothing else."""
    draft = re.search(r"<<\w+ draft>>\n([^\n.]{20,80})", asked.prompt)
    places = properties["objections"]["items"]["properties"]
    title = re.search(r"The section “([^”]+)”", asked.prompt)
    if draft is None or title is None or "enum" in json.dumps(places) or sum(map(ord, title[1])) % 3:
        return {"grade": 5, "objections": []}
    if title[1] in sent_back:
        return {"grade": 5, "objections": []}
    sent_back.add(title[1])
    return {"grade": 3, "objections": [{"quote": draft[1], "problem": "It does not say of when this is."}]}


def notes(count: int) -> list[dict[str, str]]:
    """Give notes on incidents, of some 700 tokens each, no two alike."""
    parts = WORDS.split()
    return [
        {
            "name": f"notes/incident-{n:02}.md",
            "text": f"# Incident {n}\n\nDate: 2026-0{n % 9 + 1}-1{n % 10}\n\n"
            + "\n\n".join(
                f"## The {part}\n\nThe {part} of plant {n} stood still for {7 * n + 3 * k + 11} minutes before somebody"
                f" saw it. Its {parts[k - 3]} had been changed {n + k + 2} weeks earlier by crew {n % 4 + 1}."
                for k, part in enumerate(parts)
            ),
        }
        for n in range(1, count + 1)
    ]


def asked_of(sources: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Give a brief with three questions on some sources."""
    question = "What stood still for how long? What had been changed before? Which crew should be trained first?"
    return {
        "blueprint": "general-report",
        "title": "Incidents of the year",
        "facts": {"question": question, "client": "The owners of the plants"},
        "sources": [dict(source) for source in sources],
    }


class Written(NamedTuple):
    """What was asked for a document."""

    sent: list[Mapping[str, Any]]
    replied: list[str]
    in_vain: int


async def written(brief: Mapping[str, Any]) -> Written:
    """Write a document with the scripted author."""
    replied: list[str] = []
    with ModelServer(_noted(Author(), replied), judge=_noted(upheld, replied)) as server:
        os.environ.update({"OPENAI_BASE_URL": server.url, "QUIRE_CALL_TIMEOUT": "60"})
        going = Going(build(), dict(brief))
        await going.task
        calls = explain("r", Journal(await going.record.events("r")), await going.record.ledger("r"))["calls"]
        used = sum(count for call in calls for use, count in call["came_to"].items() if use != "nothing")
        return Written([asked.body for asked in server.asked], replied, len(server.asked) - used)


def _noted(model: Callable[[Asked], str], replied: list[str]) -> Callable[[Asked], str]:
    """Have a model's replies noted, in the order in which they are asked for."""

    def reply(asked: Asked) -> str:
        replied.append(model(asked))
        return replied[-1]

    return reply


JOBS = {
    "eleven notes, which fit a prompt": lambda: asked_of(notes(11)),
    "sixty notes, which are searched": lambda: asked_of(notes(60)),
    "the example, 41 Mill Lane": lambda: load(HERE.parent / "examples" / "site-zoning-report" / "brief.yaml"),
}


def main() -> None:
    """Print what is shared, job by job."""
    titles = f"{'calls':>5} {'in vain':>7} {'characters':>10} {'schema behind':>13} {'schema first':>12} {'usd':>7}"
    print(f"{'job':34} {titles}")
    for name, brief in JOBS.items():
        sent, replied, in_vain = asyncio.run(written(brief()))
        behind, first = (shared(sent, schema_first=so) for so in (False, True))
        usd = priced(sent, replied)
        shares = f"{behind.share:13.1%} {first.share:12.1%}"
        print(f"{name:34} {len(sent):5} {in_vain:7} {behind.sent:10,} {shares} {usd:7.4f}")


if __name__ == "__main__":
    main()
