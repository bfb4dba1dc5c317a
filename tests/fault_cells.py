"""Every fault of a model's endpoint, at every place where a document asks one, at the first, middle and last such call.

A cell is a small document made over the loopback server, in which one request goes wrong and no other. What comes out
is the document that comes out without the fault, or it names the fault. Whatever a broken reply says holds a word that
is then looked for wherever a reply that was used would show.
"""

import asyncio
import json
import random
import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any, Final, NamedTuple

from model_server import (
    FAULTS,
    FAULTS_OF_VECTORS,
    LEAKED_KEY,
    SLOW,
    Asked,
    ModelServer,
    first_extract,
    marked_up,
    upheld,
)
from toys import SOURCE, STANDARD, section, toy_brief
from wires import PROVIDER_FAULTS, WIRES

from quire.graphs.document.document_graph import build
from quire.graphs.run.run import open_run
from quire.nodes.config.settings import Settings
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.model.kinds import KINDS
from quire.nodes.model.providers import PROVIDERS

PLANTED: Final = "Zzyzxplanted"
"""Stands in every broken reply; the evidence holds it nowhere."""
JUDGES: Final = ("verifier", "again", "reviewer", "compliance", "editor", "guest", "quoted")
"""Whose reading goes wrong: ``again`` is the verifier asked once more about a claim that its first answer left out, and
``quoted`` the reviewer of a draft whose claims nobody can judge."""
EMBEDDING: Final = "embedding"
"""Where vectors are asked for: of what passages mean, and of queries."""
SITES: Final = ("records", "survey", "plan", "weighed", "queries", "outline", "draft", "part", *JUDGES)
PLANNED: Final = frozenset({"survey", "plan"})
"""Sites of a document whose plan is open."""
ONCE: Final = frozenset({"survey", "outline"})
"""Sites at which a document asks once, whatever comes of it."""
WORDED_IN_TEXT: Final = ("draft", "part")
"""Sites that ask for words and not for JSON. They alone are streamed while somebody listens."""
OF_JSON: Final = frozenset(
    {"bad-json", "wrong-schema", "prose", "extra-keys", "not-a-number", "twice-the-key", "deep-json"}
)
"""Faults of JSON. Where words are asked for these are words, and what cannot be bound is sent back like any other."""
_OF_REPLIES: Final = ("stream-", "choices-", "finish-", "refusal", "flood", *OF_JSON)
_OF_CONTENT: Final = frozenset({"empty-content", "null-content", "blank-content", "nul-character"})
OF_EMBEDDINGS: Final = sorted(
    {*FAULTS_OF_VECTORS, *(f for f in FAULTS if not f.startswith(_OF_REPLIES) and f not in _OF_CONTENT)}
)
"""Faults that an embedding model's endpoint can have."""
PLACES: Final = ("first", "middle", "last")
LEFT_TO_TIME: Final = SLOW - {"flood"} | {"rate-limit-hour"}
"""Faults that nothing ends but the call's own deadline."""
CALL_TIMEOUT: Final = 60.0
"""Seconds that no good reply needs, on any machine."""
IMPATIENT: Final = (5.0, 20.0)
"""Seconds instead, where a cell's fault is left to time: at first, and on a machine on which good replies missed it."""
DEADLINE: Final = 300.0
"""Seconds for a whole document. Three waits of three times the longest of these fit."""
TIMES: Final = 3
"""How often each document asks at the place that is looked at."""
WORKERS: Final = 6
"""Documents made side by side, each on an event loop of its own. Most of them wait."""


NOTES: Final = "\n\n".join(f"Fence number {n} stands in the village and is painted white." for n in range(60))
LONG: Final = {**SOURCE, "text": f"{SOURCE['text']}\n## 2 Fences\n\n{NOTES}\n"}
"""A source that no prompt holds whole, where the budget of one is small."""
WORDED: Final = ("plainly", "openly", "clearly", "often")
"""Each draft is worded in its own way where its claims are to be read anew, or are to be what code leaves open."""
REWORDED: Final = frozenset({"verifier", "again", "quoted"})


PROPOSED: Final = tuple(
    f"PROPOSE: {title} | no section says anything of it [E1]" for title in ("Fences and walls", "Old trees", "Paint")
)
"""One of the first drafts' each, in a document that weighs what is proposed."""


class Cell(NamedTuple):
    """One fault at one call."""

    fault: str
    site: str
    place: str
    streamed: bool
    provider: str = "openai"
    """Whose protocol the server speaks, and whose client asks."""

    @property
    def number(self) -> int:
        """Which of the calls at the site goes wrong, from 1."""
        if self.site in ONCE:
            return 1
        return 1 + PLACES.index(self.place) * (TIMES - 1) // (len(PLACES) - 1)


@dataclass
class Made:
    """What came of a cell."""

    markdown: str
    told: str
    """All that a reader may see: the document, its events, how its sections ended."""
    used: str
    """The replies that the ledger holds as good."""
    said: list[str]
    """Reasons and warnings."""
    kinds: set[str]
    """How attempts ended."""
    faults: int


@dataclass
class Script:
    """What the server answers, and which request goes wrong."""

    site: str
    fault: str = ""
    number: int = 0
    asked: dict[str, int] = field(default_factory=dict)
    broken: set[int] = field(default_factory=set)
    judged: dict[str, int] = field(default_factory=dict)
    """By the words of claims, the request that first asked a judge about them."""

    def fault_of(self, asked: Asked) -> str | None:
        """Break the request that is the cell's, once."""
        site = self.site_of(asked)
        self.asked[site] = self.asked.get(site, 0) + 1
        if not self.fault or self.broken or site != self.site or self.asked[site] != self.number:
            return None
        self.broken.add(asked.n)
        return self.fault

    def site_of(self, asked: Asked) -> str:
        """Tell which call it is of this document."""
        site = site_of(asked)
        if (site, self.site) == ("verifier", "again"):
            claims = " ".join(re.findall(r"<<\w+ c\d+>>\n(.*)", asked.prompt.partition("The claims:")[2]))
            return "again" if self.judged.setdefault(claims, asked.n) < asked.n else site
        return "quoted" if (site, self.site) == ("reviewer", "quoted") else site

    def reply(self, asked: Asked) -> str:
        """Say what the evidence says; object where that makes the document ask again."""
        site = self.site_of(asked)
        word = f" {PLANTED}" if asked.n in self.broken else ""
        if site == "outline":
            parts = [{"title": f"Part {n}{word}", "instructions": "Height.", "words": 500} for n in range(1, 4)]
            return json.dumps({"parts": parts[: 2 if self.site == "outline" else 3]})
        if site in {"survey", "plan", "weighed"}:
            return json.dumps(self._planned(site, word))
        if site == "queries":
            # sections that ask the same words pay for their vectors once
            own = f" {self.asked[site]}" if self.site == EMBEDDING else ""
            return json.dumps({"queries": [f"height of a building{own}{word}", f"yard and parking{own}{word}"]})
        if site == "records":
            return self.records(asked, word)
        if site in {"draft", "part"}:
            found = first_extract(asked.prompt)
            worded = f"It is said {WORDED[self.asked[site] % len(WORDED)]}: " if self.site in REWORDED else ""
            said = [{"text": worded + (found or "Nothing is known.") + word, "evidence": ["E1"]}]
            said *= self.asked[site] if self.site == "editor" else 1  # the same text is not read twice
            proposes = self.site == "weighed" and self.asked[site] <= len(PROPOSED)
            return marked_up(said, asked) + (f"\n{PROPOSED[self.asked[site] - 1]}\n" if proposes else "")
        return json.dumps(self._read(site, asked, word))

    def records(self, asked: Asked, word: str) -> str:
        """Give one record of the height."""
        number = int(re.findall(r"^E(\d+): The height of a building", asked.prompt, re.MULTILINE)[0])
        said = [("standard", f"height{word}"), ("value", "40 feet")]
        fields = [{"name": n, "value": v, "quote": "", "passage": number, "column": ""} for n, v in said]
        return json.dumps({"records": [{"passage": number, "quote": "", "fields": fields}]})

    def _planned(self, site: str, word: str) -> dict[str, Any]:
        """Survey, plan, and decline what is proposed; of a plan that is asked for again only the last is of use."""
        if site == "survey":
            blank = dict.fromkeys(("what", "date", "date_words", "status_words", "period", "period_words"), "")
            contents = [f"front yard{word}"]
            return {"sources": [{"source": "S1", **blank, "status": "current", "contents": contents}]}
        if site == "weighed":
            blank = dict.fromkeys(("title", "purpose"), "")
            return {"accept": False, "reason": f"Nobody needs it.{word}", **blank, "questions": []}
        good = self.asked[site] - len(self.broken) * (site == self.site)
        answers = ["Q1"] if self.site != "plan" or good >= TIMES or word else []
        told = {"purpose": f"Say how high.{word}", "questions": ["How high?"], "answers": answers, "form": "prose"}
        planned = {"id": "height", "title": "Height", **told, "words": 120 + good, "sources": ["S1"], "after": []}
        return {"sections": [planned], "unused": [], "drop": []}

    def judge(self, asked: Asked) -> str:
        """Uphold every claim; leave all out where it is the second question that is looked at."""
        if self.site == "again" and self.site_of(asked) == "verifier":
            return json.dumps({"verdicts": []})
        said = json.loads(upheld(asked))
        said["verdicts"][0]["missing"] = PLANTED if asked.n in self.broken else ""
        return json.dumps(said)

    def _read(self, site: str, asked: Asked, word: str) -> dict[str, Any]:
        """Object, in earlier calls of the judge that the document is asked again for."""
        good = self.asked[site] - len(self.broken) * (site == self.site)
        judge = {"outline": "editor", "editor": "editor", "quoted": "quoted"}.get(self.site, "reviewer")
        once = self.site in {
            "part",
            "queries",
            EMBEDDING,
            "weighed",
            *PLANNED,
        }  # no draft goes back there: which of three is read first is chance
        if word or site != judge or once or good >= TIMES:
            objections = [objection_of(asked, f"It is unclear.{word}")] if word else []
            return {"grade": 1 if word else 5, "objections": objections}
        return {"grade": 1, "objections": [objection_of(asked, "It is unclear.")]}


def objection_of(asked: Asked, problem: str) -> dict[str, str]:
    """Object to the first words of what is to be read."""
    place = {name: part["enum"][0] for name, part in reading_of(asked).items() if "enum" in part}
    quote = re.findall(r"<<\w+ (?:draft|height)>>\n(.{6})", asked.prompt)[0]
    return {**place, "quote": quote, "problem": problem}


def reading_of(asked: Asked) -> dict[str, Any]:
    """Give the properties of an objection, for requests that ask for some."""
    properties = (asked.schema or {}).get("properties", {})
    return dict(properties.get("objections", {"items": {"properties": {}}})["items"]["properties"])


def site_of(asked: Asked) -> str:
    """Tell from a request which call it is."""
    if asked.texts:
        return EMBEDDING
    if asked.drafts:
        return "part" if "“Part " in asked.prompt else "draft"
    name = asked.body["response_format"]["json_schema"]["name"]
    if name == "verdicts":
        return "verifier"
    if name == "reading":
        reading, prompt = reading_of(asked), asked.prompt
        judges = {
            "compliance": "rule" in reading,
            "guest": "You read one section of a document" in prompt,
            "editor": "a whole report" in prompt,
        }
        return next((judge for judge, fits in judges.items() if fits), "reviewer")
    return str(name)


def brief_for(site: str) -> dict[str, Any]:
    """Give the smallest brief that asks three times at a site."""
    if site in {"queries", EMBEDDING}:
        return toy_brief(
            *(section(name) for name in ("height", "yards", "parking")), sources=[LONG], options={"max_rounds": 1}
        )
    if site == "records":
        shown = section("height", kind="table", show=[{"kind": "table", "of": f"standard_{n}"} for n in range(TIMES)])
        records = {f"standard_{n}": {**STANDARD, "title": f"Standards {n}"} for n in range(TIMES)}
        return toy_brief(shown, blueprint={"records": records})
    if site in PLANNED:
        frame = section("intro", kind="template", instructions="Read on.", frame=True)
        opened = toy_brief(frame, section("height"), blueprint={"plan": "open"}, options={"max_rounds": 1})
        return {**opened, "facts": {"question": "How high may a building be?"}}
    if site == "weighed":
        return toy_brief(*(section(name) for name in ("height", "yards", "parking")), options={"max_rounds": 1})
    large = site in {"outline", "part"}
    spec = section("height", words=1600 if large else 120, rules=["plain"] if site == "compliance" else [])
    rules = [{"id": "plain", "text": "Every sentence is plain.", "read": True, "severity": "warning"}]
    guests = [{"name": "proofreader", "handles": ["section-drafted"], "prompt": "Read it for mistakes."}]
    blueprint: dict[str, Any] = {"rules": rules if site == "compliance" else []}
    blueprint |= {"agents": guests} if site == "guest" else {}
    return toy_brief(spec, blueprint=blueprint, options={"max_rounds": 1 if site == "part" else TIMES})


def settings_for(provider: str, server: ModelServer, patience: float, site: str) -> Settings:
    """Give the settings with which a provider's client asks a server for a site's document."""
    if provider == "openai":
        asked = {"openai_base_url": server.url, "openai_api_key": "sk-ours"}
    else:
        place = PROVIDERS[provider]
        said = {place.url_variable: server.root} | ({place.key_variable: "sk-ours"} if place.key_variable else {})
        asked = {"model": f"{provider}:some-model", "provider_variables": said}
    asked |= {"verify": "code"} if site == "quoted" else {}
    asked |= {"embedding_model": "embed-1"} if site == EMBEDDING else {}
    return Settings.model_validate({**asked, "call_timeout": patience, "evidence_tokens": 500})


async def _made(brief: dict[str, Any], script: Script, provider: str, *, streamed: bool, patience: float) -> Made:
    with ModelServer(script.reply, script.fault_of, judge=script.judge, wire=WIRES.get(provider)) as server:
        record, run_id = MemoryRecord(), f"cell-{server.port}-{random.getrandbits(48):x}"
        run = open_run(run_id, record)
        run.settings = settings_for(provider, server, patience, script.site)
        listening = run.listeners.heard_by(lambda _: None) if streamed else nullcontext()
        with listening:
            out = await asyncio.wait_for(build().ainvoke({**brief, "id": run_id}, context=run), DEADLINE)
        events = await record.events(run_id)
        attempts = [attempt for _, attempt in await record.ledger(run_id)]
    said = [s.get("reason", "") for s in out["sections"]] + list((out["document"] or {"warnings": []})["warnings"])
    said += [str(e["data"].get(why, "")) for e in events for why in ("reason", "by_words_alone")]
    told = json.dumps([out, events], ensure_ascii=False, default=str)
    used = json.dumps([a.get("text") for a in attempts if a["ended"] == "ok"])
    kinds = {a["kind"] for a in attempts if a["kind"] in KINDS}
    return Made(out["markdown"] or "", told, used, said, kinds, len(script.broken))


def made(
    site: str, script: Script, provider: str = "openai", *, streamed: bool = False, patience: float = CALL_TIMEOUT
) -> Made:
    """Make the document that asks three times at a site.

    Args:
        site: which.
        script: what the server answers.
        provider: whose protocol it speaks.
        streamed: somebody listens, so replies are asked for as streams.
        patience: seconds within which a reply must be there.

    Raises:
        TimeoutError: it took longer than its deadline.

    """
    return asyncio.run(_made(brief_for(site), script, provider, streamed=streamed, patience=patience))


@cache
def right(site: str, provider: str = "openai") -> Made:
    """Make the document without a fault."""
    return made(site, Script(site), provider)


def wrong_with(cell: Cell) -> str:
    """Make a cell's document and say what is wrong with how it ended; empty if nothing is."""
    try:
        came = _met(cell)
    except TimeoutError:
        return f"{cell}: no end within {DEADLINE:g} seconds"
    named = any(KINDS[kind].said.partition(";")[0] in said for kind in came.kinds for said in came.said)
    faults = {
        "the fault was never met": came.faults != 1,
        "a broken reply was used": PLANTED in came.used,
        "a broken reply shows": PLANTED in came.told,
        "a server's words show": LEAKED_KEY in came.told + came.used,
        "another document, and no fault is named": came.markdown != right(cell.site, cell.provider).markdown
        and not named,
    }
    return "; ".join(f"{cell}: {what}" for what, holds in faults.items() if holds)


def _met(cell: Cell) -> Made:
    """Make a cell's document; once more, with more time, if good replies came too late for its fault to come at all."""
    for patience in IMPATIENT if cell.fault in LEFT_TO_TIME else (CALL_TIMEOUT,):
        script = Script(cell.site, cell.fault, cell.number)
        came = made(cell.site, script, cell.provider, streamed=cell.streamed, patience=patience)
        if came.faults:
            break
    return came


def all_cells() -> list[Cell]:
    """Give every cell; faults that only a stream can have are not asked for plainly."""
    crossed = (Cell(*c) for c in product(sorted(FAULTS), SITES, PLACES, (False, True)))
    return [c for c in crossed if can_be(c)]


def provider_cells() -> list[Cell]:
    """Give every cell over the clients of other providers."""
    crossed = (Cell(*c) for c in product(PROVIDER_FAULTS, SITES, PLACES, (False, True), sorted(WIRES)))
    return [c for c in crossed if can_be(c, always_streams=WIRES[c.provider].always_streams)]


def embedding_cells() -> list[Cell]:
    """Give every cell of an embedding model's endpoint."""
    return [Cell(fault, EMBEDDING, place, streamed=False) for fault in OF_EMBEDDINGS for place in PLACES]


def can_be(cell: Cell, *, always_streams: bool = False) -> bool:
    """Tell whether a fault can come at a site: streams break where there are any, and JSON likewise."""
    if cell.site in ONCE and cell.place != "first":
        return False
    text = cell.site in WORDED_IN_TEXT
    if cell.fault.startswith("stream-"):
        return always_streams or (cell.streamed and text)
    return not (text and cell.fault in OF_JSON)


def some_cells(count: int, seed: int = 0, among: Sequence[Cell] = ()) -> list[Cell]:
    """Choose cells so that every fault comes at many sites, in turn; the same ones for the same seed.

    Args:
        count: how many.
        seed: of the choice.
        among: what is chosen from; empty: OpenAI's protocol.

    """
    cells = list(among) or all_cells()
    random.Random(seed).shuffle(cells)
    by_fault: dict[str, list[Cell]] = {}
    for cell in cells:
        by_fault.setdefault(cell.fault, []).append(cell)
    turns = (cell for turn in range(max(map(len, by_fault.values()))) for cell in _turn(by_fault, turn))
    return [cell for _, cell in zip(range(count), turns, strict=False)]


def _turn(by_fault: dict[str, list[Cell]], turn: int) -> Iterable[Cell]:
    return (cells[turn] for cells in by_fault.values() if turn < len(cells))


def tried(cells: Sequence[Cell]) -> list[str]:
    """Make the documents of some cells and give what is wrong with any."""
    for site, provider in sorted({(cell.site, cell.provider) for cell in cells}):
        right(site, provider)
    with ThreadPoolExecutor(WORKERS) as pool:
        return [wrong for wrong in pool.map(wrong_with, cells) if wrong]
