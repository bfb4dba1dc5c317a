"""The runs that a crash enumeration kills: all that a run can meet, offline and with a model."""

import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from model_server import Asked, ModelServer, marked_up
from tool_server import named, over_stdio
from toys import SOURCE, section, toy_brief


@dataclass(frozen=True)
class Story:
    """A run and what its user answers."""

    brief: Mapping[str, Any]
    answers: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    """By question: the answers to it, in turn; the last is given for ever after."""
    settings: Mapping[str, str] = field(default_factory=dict)
    before: Sequence[Sequence[str]] = ()
    """What its user has done before, and nobody dies of."""
    begins: Sequence[str] = ("write", "brief.json")
    """The command with which it begins."""
    apart: bool = True
    """Every write has a transaction of its own, though many arrive at once."""


APPROVE, SHORTER = ("approve",), ("revise", "--note", "shorter")
WITHOUT = ("approve", "--drop", "dropped")


EVERYTHING = ("plan", "section:height", "section:reject", "release")
DIFFERING = tuple(
    {"name": f"{name}.md", "text": f"# Notes\n\nDate: 2024-02-05\n\nThe capacity of the Elm depot is {n} vehicles.\n"}
    for name, n in (("first", 240), ("second", 310))
)
"""Two that hold and differ."""


def quoting(seed: int = 0) -> Story:
    """Offline: sources that differ, a draft read early, a section left out of the plan, a rejection, a stub, a release.

    Seeds other than 0 ask a person about one thing only and have further sections.
    """
    sections = (
        section("height"), section("yards"), section("parking", "height"), section("reject", "yards"),
        section("stops", "reject"), section("stub", "reject", wait_failed="stub"), section("end", "parking", "height"),
        section("early", "height.drafted"), section("dropped"), section("late", "end"), section("last", "late", "stub"),
        *_further(seed, "height", "yards", "parking", "stub", "end"),
    )  # fmt: skip
    return Story(
        toy_brief(
            *sections,
            sources=[SOURCE, *DIFFERING],
            options={"approve": [EVERYTHING[seed % 4]] if seed else ["conflicts", *EVERYTHING]},
        ),
        {
            "conflict:1": [("approve", "--holds", "second.md")],
            "plan": [WITHOUT],
            "section:height": [APPROVE],
            "section:reject": [("reject", "--note", "not ours")],
            "release": [APPROVE],
        },
        apart=seed % 2 == 0,
    )


def modelled(server: ModelServer, seed: int = 0) -> Story:
    """With a model: a reply to be repaired, a review that sends back, an editor and a person who reopen, a refusal."""
    server.reply, server.script = scribe, lambda asked: "refusal" if "“Refused”" in asked.prompt else None
    sections = (
        section("height"), section("yards"), section("parking", "height"), section("refused"),
        section("stops", "refused"), section("stub", "refused", wait_failed="stub"), section("end", "parking", "yards"),
        *_further(seed, "height", "yards", "parking", "stub", "end"),
    )  # fmt: skip
    return Story(
        toy_brief(*sections, options={"approve": ["section:yards", "release"]}),
        {"section:yards": [SHORTER, APPROVE], "release": [("revise", "--note", "parking again"), APPROVE]},
        {"OPENAI_BASE_URL": server.url},
        apart=seed % 2 == 0,
    )


def unjudged(server: ModelServer, seed: int = 0) -> Story:
    """With a model and no judge: sections in the words of their sources, one sent back by its reader, and a person."""
    server.reply, server.script = in_own_words, lambda _asked: None
    sections = (section("height"), section("parking", "height"), section("end", "height", "parking"))
    return Story(
        toy_brief(*sections, *_further(seed, "height", "parking"), options={"approve": ["section:end"]}),
        {"section:end": [APPROVE]},
        {"OPENAI_BASE_URL": server.url, "QUIRE_VERIFY": "code"},
        apart=seed % 2 == 0,
    )


def growing(server: ModelServer, seed: int = 0) -> Story:
    """With a model: writers propose sections; one is accepted, one the planner declines, and one a person."""
    server.reply, server.script = proposing, lambda _asked: None
    sections = (
        section("height"),
        section("yards"),
        section("end", "height", "yards"),
        *_further(seed, "height", "yards"),
    )
    return Story(
        toy_brief(*sections, options={"approve": ["plan"]}),
        {
            "plan": [APPROVE],
            "section-proposed:parking-spaces": [APPROVE],
            "section-proposed:signs": [("reject", "--note", "not ours")],
        },
        {"OPENAI_BASE_URL": server.url},
        apart=seed % 2 == 0,
    )


def living_on(server: ModelServer, seed: int = 0) -> Story:
    """With a model: a version of a finished document, with a person's words in it and what builds on these."""
    server.reply, server.script = agreeable, lambda _asked: None
    sections = (section("height"), section("parking", "height"), section("yards"), section("end", "parking"))
    words = ("edit", "first", "height", "c1", "--text", "No building may be higher than 40 feet.", "--by", "Ada")
    return Story(
        toy_brief(*sections, *_further(seed, "height", "yards")),
        {},
        {"OPENAI_BASE_URL": server.url},
        before=[("write", "brief.json", "--out", "before", "--run-id", "first", "--format", "json")],
        begins=words,
        apart=seed % 2 == 0,
    )


def extracting(server: ModelServer, seed: int = 0) -> Story:
    """With a model: records are read twice, one is sent back and mended, and their table is shown."""
    server.reply, server.script = reading, lambda _asked: None
    shown = section("records", kind="table", show=[{"kind": "table", "of": "standard"}])
    sections = (shown, section("height", "records"), *_further(seed, "records", "height"))
    return Story(
        toy_brief(*sections, blueprint={"records": {"standard": STANDARD}}, options={"approve": ["plan"]}),
        {"plan": [APPROVE]},
        {"OPENAI_BASE_URL": server.url},
        apart=seed % 2 == 0,
    )


def searching(server: ModelServer, seed: int = 0) -> Story:
    """With a model, and one that embeds: sources that no prompt holds, searched by words and by meaning."""
    server.reply, server.script = searching_for, lambda _asked: None
    sections = (section("height"), section("yards"), section("end", "height"), *_further(seed, "height", "yards"))
    return Story(
        toy_brief(*sections, sources=[SOURCE, FENCES]),
        {},
        {"OPENAI_BASE_URL": server.url, "QUIRE_EMBEDDING_MODEL": "embed-1", "QUIRE_EVIDENCE_TOKENS": "600"},
        apart=seed % 2 == 0,
    )


def fetching(calls: Path, seed: int = 0) -> Story:
    """Offline: two tools reply, one fails, and a person approves the plan.

    Args:
        calls: the server notes there which tools are called.
        seed: of further sections.

    """
    called = {"prices": {"year": 2026}, "order": {}, "broken": {}}
    replies = [
        {"name": f"{tool}.md", "mcp": {"server": "prices", "tool": tool, "arguments": given}}
        for tool, given in called.items()
    ]
    sections = (section("slates", instructions="What does a slate cost?"), section("height", "slates"))
    return Story(
        toy_brief(*sections, *_further(seed, "height"), sources=[SOURCE, *replies], options={"approve": ["plan"]}),
        {"plan": [APPROVE]},
        {"QUIRE_MCP_SERVERS": named(prices=over_stdio(calls))},
        apart=seed % 2 == 0,
    )


FENCES = {
    "name": "fences.md",
    "text": "# Fences\n\n" + "\n\n".join(f"Fence number {n} stands in the village." for n in range(100)),
}


def searching_for(asked: Asked) -> str:
    """Word two queries for each section, in words that no other one has."""
    if "queries" not in (asked.schema or {}).get("properties", {}):
        return agreeable(asked)
    title = re.findall("section “([^”]+)”", asked.prompt)[-1]
    return json.dumps({"queries": [f"{title} of a building in feet", f"how much for {title}"]})


STANDARD = {
    "title": "Standards",
    "one_per": "mention",
    "fields": {"standard": {"key": True}, "value": {"type": "number", "critical": True}},
}


def reading(asked: Asked) -> str:
    """Read the records of the code, one of them wrongly until it is sent back."""
    if "records" not in (asked.schema or {}).get("properties", {}):
        return agreeable(asked)
    mended = "were refused" in asked.prompt
    stated = {"The height of a building": "40 feet" if mended else "40 m", "The front yard": "20 feet"}
    found = []
    for name, value in list(stated.items())[: 1 if mended else 2]:
        number = int(re.findall(rf"^E(\d+): {name}", asked.prompt, re.MULTILINE)[0])
        quote = re.findall(rf"^E{number}: ({name}.*feet)", asked.prompt, re.MULTILINE)[0]
        said = [("standard", name), ("value", value)]
        fields = [{"name": n, "value": v, "quote": "", "passage": number, "column": ""} for n, v in said]
        found.append({"passage": number, "quote": quote, "fields": fields})
    return json.dumps({"records": found})


def proposing(asked: Asked) -> str:
    """Quote the sources, propose a section from some, and as the planner decline the fences."""
    if "accept" in (asked.schema or {}).get("properties", {}):
        needed = '"title": "Fences"' not in asked.prompt
        return json.dumps({"accept": needed, "reason": "it is so", "title": "", "purpose": "", "questions": []})
    wanted = next((line for title, line in PROPOSED.items() if f"Write the section “{title}”" in asked.prompt), "")
    return f"{agreeable(asked)}\n{wanted}\n" if asked.drafts and wanted else agreeable(asked)


PROPOSED = {
    "Height": "PROPOSE: Parking spaces | nobody says how many there must be [E3]",
    "Parking spaces": "PROPOSE: Fences | they may stand in a yard [E2]",
    "End": "PROPOSE: Signs | whether they are allowed [E1]",
}


def _further(seed: int, *known: str) -> list[dict[str, Any]]:
    """Add sections that wait for others, as the seed has it."""
    rng, ids, made = random.Random(seed), list(known), []
    for n in range(rng.randint(1, 4) if seed else 0):
        made.append(section(f"more-{n}", *rng.sample(ids, rng.randint(0, 3))))
        ids.append(f"more-{n}")
    return made


def scribe(asked: Asked) -> str:
    """Answer as a function of what is asked: a reply must be repaired, and reviewer and editor object once."""
    prompt = asked.prompt
    if asked.drafts:
        broken = "section “Parking”" in prompt and "could not be taken" not in prompt
        return "{" if broken else _draft(asked)
    places = json.dumps(asked.schema)
    found = [
        (about, words)
        for about, words in BAD
        if words in prompt and _reads(prompt, about) and (f'"{about}"' in places or f"“{about.title()}” of" in prompt)
    ]
    objections = [
        {**({"section": about} if '"section"' in places else {}), "quote": words, "problem": "say it more plainly"}
        for about, words in found
    ]
    return json.dumps({"grade": 2 if found else 5, "objections": objections})


def in_own_words(asked: Asked) -> str:
    """Say what a source says in other words, which code leaves open; the reader objects to the parking once."""
    if asked.drafts:
        again = "again" if "sent back" in asked.prompt else "plainly"
        number = re.findall(r"^(E\d+): The height of a building", asked.prompt, re.MULTILINE)[0]
        said = {"text": f"It is said {again} that no building may be higher than 40 feet.", "evidence": [number]}
        return marked_up([said], asked)
    dull = "“Parking” of" in asked.prompt and "said again" not in asked.prompt
    objections = (
        [{"quote": "40 feet", "problem": "say of what"}] if dull and '"section"' not in json.dumps(asked.schema) else []
    )
    return json.dumps({"grade": 2 if objections else 5, "objections": objections})


def agreeable(asked: Asked) -> str:
    """Quote the sources, and object to nothing."""
    if not asked.drafts:
        return json.dumps({"grade": 5, "objections": []})
    about = next((words for name, (words, _) in WORDS.items() if f"“{name.title()}”" in asked.prompt), "")
    said = {"text": f"{about or WORDS['yards'][0]}.", "evidence": ["E1", "E2", "E3"]}
    return marked_up([said], asked)


def _reads(prompt: str, about: str) -> bool:
    """Whether this reader objects to this section: the editor to ``height``, the reviewer to ``parking``."""
    return ("You read a whole report" in prompt) == (about == "height")


def _draft(asked: Asked) -> str:
    prompt = asked.prompt
    title = re.search(r"Write the section “([^”]+)”", prompt)
    about = title[1].lower() if title else ""
    bad, good = WORDS.get(about, WORDS["yards"])
    sentence = {"text": f"{good if 'sent back' in prompt else bad}.", "evidence": ["E1", "E2", "E3", "P1"]}
    return marked_up([sentence], asked)


WORDS = {
    "height": ("The height of a building shall not exceed 40 feet", "A building shall not exceed 40 feet in height"),
    "parking": ("One parking space is required for each 250 square feet", "One parking space is required"),
    "yards": ("The front yard shall be at least 20 feet deep", "The front yard shall be 20 feet deep"),
}
BAD = [(about, bad) for about, (bad, _) in WORDS.items() if about != "yards"]
