"""A sentence is cited at the line on which it begins, in every kind of source that has lines."""

import pytest

from quire.nodes.author.extracts import extract
from quire.nodes.language.catalogue import words_in
from quire.nodes.sources.passage import address_of
from quire.nodes.sources.read import read
from quire.nodes.support.grounding import locate

TEXT = (
    "Memo of the finance team\n\nRevenue fell by EUR 1,850 in the\nfirst quarter. Churn was 4.7 %. We\n"
    "recommend a plan at EUR 99. The basic\nplan is at EUR 49.\n"
)
MARKED = TEXT.replace("Memo", "# Memo").replace("fell", "*fell*").replace("4.7 %", "**4.7 %**")
LISTED = "# Memo\n\n- Revenue fell in the\n  first quarter. Churn was 4.7 %. We\n  recommend a plan.\n"
NUMBERED = "# 12.3 Plans\n\n(a) Revenue fell in the\nfirst quarter. Churn was 4.7 %.\nThe plan stays.\n"


@pytest.mark.parametrize(
    ("name", "text", "places"),
    [
        ("memo.txt", TEXT, ["line 3", "line 4", "line 4", "line 5"]),
        ("memo.md", MARKED, ["line 3", "line 4", "line 4", "line 5"]),
        ("memo.md", LISTED, ["line 3", "line 4", "line 4"]),
        ("memo.md", NUMBERED, ["§ 12.3(a), line 3", "§ 12.3(a), line 4", "§ 12.3(a), line 5"]),
        ("memo.txt", NUMBERED.removeprefix("# "), ["§ 12.3(a), line 3", "§ 12.3(a), line 4", "§ 12.3(a), line 5"]),
    ],
    ids=["plain text", "Markdown", "a list", "a numbered section", "one in plain text"],
)
def test_a_sentence_is_cited_at_its_own_line(name: str, text: str, places: list[str]) -> None:
    reading = read(name, text.encode())
    passage = next(p for p in reading["passages"] if "Revenue" in p["text"])
    whole = {"source": name, "address": passage["address"], "quote": passage["text"], "hash": reading["hash"]}

    (block,) = extract("Memo", [whole], None, words_in("en"), [reading])["blocks"]  # type: ignore[list-item] # an Evidence

    found = [claim["evidence"][0] for claim in block["claims"]]
    assert places == [e["address"] for e in found]
    assert all(locate(e["quote"], reading, e["address"]) for e in found)
    assert not locate(found[0]["quote"], reading, places[-1])


def test_words_that_are_not_in_a_passage_have_its_address() -> None:
    passage = read("memo.txt", TEXT.encode())["passages"][-1]

    assert "line 3" == address_of(passage, "nowhere")
