"""A claim beside its evidence, as the agents ask about it: what code decides, and what it leaves to a reader."""

import pytest

from quire.nodes.evidence.content import Claim, Evidence
from quire.nodes.evidence.figures.conventions import ENGLISH
from quire.nodes.support.claim_check import Checked, check_claim


def checked(text: str, quote: str, source: str = "notes.md", heading: str = "", about: str = "") -> Checked:
    evidence = Evidence(source=source, address="line 1", quote=quote, hash="", heading=heading)
    return check_claim(Claim(text=text, basis="source", evidence=[evidence]), [], ENGLISH, about=about)


@pytest.mark.parametrize(
    "named", [{"source": "sheets/rx-700_data.pdf"}, {"heading": "RX-700 > Use"}, {"about": "The RX-700 in use"}]
)
def test_a_code_that_names_the_evidence_is_not_brought_in(named: dict[str, str]) -> None:
    text, quote = "The RX-700 lifts 40 kg.", "It lifts 40 kg."

    assert checked(text, quote, **named).verdict == "open"
    assert checked(text, quote).reasons == ("“RX-700” stands in nothing that it names",)


def test_a_figure_in_the_name_of_a_source_carries_no_figure() -> None:
    assert checked("It lifts 700 kg.", "It lifts weights.", source="rx-700.pdf").verdict == "insufficient"


def test_what_turns_a_near_copy_is_out_whatever_a_judge_would_say() -> None:
    assert checked("The lift may exceed 40 kg.", "The lift shall not exceed 40 kg.").verdict == "contradicted"
    assert checked("Heavier loads than 40 kg are not for it.", "It lifts up to 40 kg.").verdict == "open"


def test_a_part_in_words_is_left_to_a_reader() -> None:
    assert checked("More than half of the lamps failed.", "Of 400 lamps 300 failed.").verdict == "open"
