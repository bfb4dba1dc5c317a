"""A version of what a play came to: a fact or a source is another one, persons have edited, and the rest must stand."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from quire.graphs.run.earlier import Earlier
from quire.graphs.run.edits import edit_to_make, is_words
from quire.nodes.event_store.port import Envelope
from quire.nodes.evidence.claims import named
from quire.nodes.evidence.content import SectionContent
from quire.nodes.evidence.persons import nameable, persons_of
from simulation.draws import Draws
from simulation.edits import wanted
from simulation.oracle import behind
from simulation.scenario import EDITS, FACTS, STATED, STATED_ANEW, Scenario, edits_drawn

IN_VERSION = 20
"""Number of the first edit while a version is written."""


class Version(Scenario):
    """What a version is about: the same plan, other troubles, something that changed, and persons' edits.

    Args:
        before: what the play was about.
        earlier: how its document stands.
        journal: of the play.

    """

    def __init__(self, before: Scenario, earlier: Earlier, journal: Sequence[Envelope]) -> None:
        super().__init__(before.seed)
        self.is_followed = False
        self.draws = Draws((before.seed, "version"))
        self.outside = edits_drawn(self.draws, [s["id"] for s in self.sections], IN_VERSION)
        self.stood = {
            name: cast("SectionContent", section["approval"]["content"])
            for name, section in earlier["sections"].items()
            if "approval" in section
        }
        self.wanted = {name: wanted(journal, name) for name in self.stood}
        self.stated = STATED_ANEW if self.draws.happens(0.5, "source") else STATED
        self.changed = self.draws.some_of(FACTS, 1, "fact")
        edited = [name for name in self.stood if self.draws.happens(0.4, "edited", name)]
        self.edits = [edit for name in edited for edit in self._edits(name)]
        self._earlier, self._asked, self._was_timed = earlier, before.brief, before.timed

    @property
    def timed(self) -> bool:
        """Whether the outcome may depend on when things happen, in this version or before."""
        return self._was_timed or bool(self.outside)

    @property
    def brief(self) -> dict[str, Any]:
        """The brief of the play with what is another one now, how its document stands, and persons' edits of it."""
        facts = self._asked["facts"] | {name: f"{name}-anew" for name in self.changed}
        changed = {"facts": facts, "sources": self.sources, "earlier": self._earlier}
        return self._asked | changed | ({"edits": self.edits} if self.edits else {})

    @property
    def faced(self) -> set[str]:
        """Persons' words on what the note said, where it says something else now."""
        if self.stated == STATED:
            return set()
        before = [c for content in self.stood.values() for c in persons_of(content)]
        edits = [(e["text"], e["was"]) for e in self.edits if not e["behind"]]
        return {c["text"] for c in before if c["evidence"]} | {text for text, was in edits if text and STATED in was}

    def reached(self, journal: Sequence[Envelope]) -> set[str]:
        """Give the sections that may say something else than before."""
        after = {s["id"]: {item.partition(".")[0] for item in s["after"]} for s in self.sections}
        own = {s["id"] for s in self.sections if set(self.changed) & set(s["instructions"].split())}
        own |= {e["section"] for e in journal if e["type"] in {"SectionEdited", "SectionReopened"}}
        if self.approve or (self.restates and self.stated != STATED):
            own |= after.keys()
        own |= after.keys() - self.stood.keys()
        return {s for s in after if own & (behind(s, after) | {s})}

    def _edits(self, section: str) -> list[dict[str, Any]]:
        content = self.stood[section]
        claims = [c for c in named(nameable(content)) if is_words(c)]
        if not claims:
            return []
        kind = self.draws.one_of(EDITS, "edit", section)
        edit = {
            "claim": self.draws.one_of(claims, "claim", section)["id"],
            "text": "" if kind == "taken out" else f"Words on {section} of a person.",
            "behind": kind == "put in",
        }
        return [{**edit_to_make(section, content, edit).model_dump(mode="json"), "section": section}]


def version_violations(version: Version, journal: Sequence[Envelope], sections: Mapping[str, Any]) -> Iterator[str]:
    """Give what does not hold of a version, beside all that must hold of every play."""
    reached = version.reached(journal)
    for name, content in version.stood.items():
        drafted = any(e["type"] == "SectionDrafted" and e["section"] == name for e in journal)
        if name not in reached and (drafted or sections.get(name, content) != content):
            yield f"{name} is another one, and nothing that changed reaches it"
    for name, content in sections.items():
        for own in (c for c in persons_of(content) if c["text"] in version.faced):
            then, now = own["person"].get("then"), own["person"].get("now")
            if (then, now) != (STATED, version.stated):
                yield f"{name} shows “{own['text']}” beside {then} and {now}, and not what the note said and says"
