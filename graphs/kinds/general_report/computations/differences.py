"""Where the sources differ: each quantity with its values, what counts, and what is older, disputed or not in force."""

from collections.abc import Iterator, Mapping, Sequence

from quire.nodes.computations.blocks import note, paragraph, section, table, yielding
from quire.nodes.computations.materials import Materials
from quire.nodes.differences.differing import Difference, Told, is_conflict
from quire.nodes.differences.wording import quantity_in_words
from quire.nodes.evidence.content import Block, Claim, Evidence, SectionContent, claim
from quire.nodes.language.catalogue import Words

MOST_LISTED = 40


def compute(materials: Materials) -> SectionContent:
    """List the quantities with more than one value, those first between which nothing decides."""
    words, found = materials.words, sorted(materials.differences, key=lambda one: not is_conflict(one))
    if not found:
        return section(_nothing(words))
    hashes = {reading["source"]: reading["hash"] for reading in materials.readings}
    over_time = [one for one in found if _is_over_time(one)]
    differing = [one for one in found if one not in over_time]
    tables = [*_table(differing, "differs.caption", hashes, words), *_series(over_time, hashes, words)]
    if not differing:
        tables = [*_nothing(words), *tables]
    return section(tables)


def _nothing(words: Words) -> list[Block]:
    """Say that nothing was found to differ in the same words: below a text that tells of what does it would deny it."""
    return yielding(paragraph(claim(words("differs.nothing"), "fixed")))


def _is_over_time(one: Difference) -> bool:
    """Whether each value is of a period of its own: a series, in which no source contradicts another."""
    periods = [told["period"] for told in (*one["holds"], *one["differs"], *one["outdated"])]
    return all(periods) and len(set(periods)) == len(periods)


def _series(found: Sequence[Difference], hashes: Mapping[str, str], words: Words) -> list[Block]:
    """Show what moved from period to period, where nobody writes it into a text."""
    return [{**block, "offered": True} for block in _table(found, "differs.over-time", hashes, words)]


def _table(found: Sequence[Difference], caption: str, hashes: Mapping[str, str], words: Words) -> Iterator[Block]:
    if not found:
        return
    titles = [words(f"differs.{column}") for column in ("quantity", "value", "source", "date")]
    yield table(words(caption), titles, (row for one in found[:MOST_LISTED] for row in _rows(one, hashes, words)))
    if (left := len(found) - MOST_LISTED) > 0:
        yield note(claim(words("differs.left", n=left), "fixed"))


def _rows(one: Difference, hashes: Mapping[str, str], words: Words) -> Iterator[list[Claim]]:
    named = quantity_in_words(one)
    for told, status in _with_status(one, words):
        dated = told["date"] or words("differs.undated")
        evidence = Evidence(
            source=told["source"], address=told["address"], quote=told["quote"], hash=hashes[told["source"]]
        )
        value = claim(told["text"], "source", evidence, status=status)
        yield [claim(named, "fixed"), value, claim(told["source"], "fixed"), claim(dated, "fixed")]
        named = ""


def _with_status(one: Difference, words: Words) -> Iterator[tuple[Told, str]]:
    for told in one["holds"]:
        yield told, words("differs.counts")
    for told in one["differs"]:
        yield told, words("standing.disputed-alone")
    for told in one["outdated"]:
        status = "older" if told["status"] == "current" else told["status"].replace(" ", "-")
        yield told, words(f"standing.{status}")
