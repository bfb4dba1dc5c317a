"""What must stand of persons' edits, worked out from the events alone: no word is lost, doubled, or said again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from quire.nodes.event_store.port import Envelope


class Wanted(NamedTuple):
    """What persons want of a section's text."""

    words: list[str]
    """Their own, each of which stands once."""
    gone: set[str]
    """What they said otherwise or took out, which nobody says again."""


def wanted(journal: Sequence[Envelope], section: str, before: Wanted | None = None) -> Wanted:
    """Give what persons want of a section, one edit after the other; the same once more is no other."""
    words, gone = ([*before.words], {*before.gone}) if before else (list[str](), set[str]())
    for edit in (e["data"] for e in journal if e["type"] == "SectionEdited" and e["section"] == section):
        if not edit.get("behind"):
            if edit["was"] in words:
                words.remove(edit["was"])
            else:
                gone.add(edit["was"])
        if edit["text"] and edit["text"] not in words:
            words.append(edit["text"])
    return Wanted(words, gone)


def persons_words(wants: Mapping[str, Wanted], sections: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Give what is wrong with persons' words in the sections that stand."""
    for section, content in sections.items():
        own, gone = wants[section]
        claims = [c for block in content["blocks"] for c in block.get("claims", ())]
        said = [c["text"] for c in claims if "person" in c]
        if sorted(said) != sorted(own):
            yield f"{section} says {said} as persons' words and should say {own}"
        if again := gone & {c["text"] for c in claims if "person" not in c}:
            yield f"{section} says again {sorted(again)}, which a person said otherwise or took out"
