import pytest

from quire.nodes.author.binding import Desk, bind
from quire.nodes.author.claim_checks import checked
from quire.nodes.author.composing import compose
from quire.nodes.author.drafting import Ground
from quire.nodes.author.outlining import Part, joined
from quire.nodes.author.reading import WITHHELD, quoting
from quire.nodes.evidence.content import Block, SectionContent, claim
from quire.nodes.language.catalogue import words_in
from quire.nodes.support.carried import carried, invents_figures

SAID = "The height of a building shall not exceed 40 feet."
SAYING = "The height of a building shall not exceed {} feet."


@pytest.mark.parametrize(
    "number",
    [
        *(
            "45",
            "\uff14\uff15",
            "\U0001d7d2\U0001d7d3",
            "⁴⁵",
            "④⑤",
            "㊺",
            "XLV",
            "Ⅳ",
            "forty-five",
            "fortyfive",
            "fourscore",
            "٤٥",
            "४५",
            "4O",
            "l0",
        ),
        *(
            "0x2D",
            "4e1",
            "四十五",
            "4 5",
            "half of 40",
            "twice 40",
            "a dozen",
            "40,000",
            "40%",
            "4\u200b5",
            "hundreds of",
        ),
    ],
)
def test_no_other_number_is_carried_whatever_it_is_dressed_in(number: str) -> None:
    assert not carried(SAYING.format(number), [SAID], "Height")


@pytest.mark.parametrize("number", ["40", "forty"])
def test_the_number_itself_is_carried(number: str) -> None:
    assert carried(SAYING.format(number), [SAID], "Height")


@pytest.mark.parametrize(
    "text", ["Type XLV walls of m² are half timbered.", "A dozen of ④ feet", "District B-2 and lot 4O", "第二十條"]
)
def test_what_is_said_as_the_source_says_it_is_carried(text: str) -> None:
    assert not invents_figures(text, [f"It reads: {text}"])


def test_a_gap_brings_no_figure_in() -> None:
    desk = Desk(grounds={"E1": Ground((), SAID, "source")}, title="Height")
    asked = ["Who decides is not said", "The budget of 9,999,777 dollars is not said", "④ dollars are not explained"]
    bound = bind("\n\n".join(f"{a} [∅ looked: code]." for a in asked), desk, checked)

    assert ["Who decides is not said."] == compose(bound.blocks, {}, None, last=True).content["open_questions"]


def test_a_judges_words_bring_no_figure_in() -> None:
    objections = [{"quote": "40 feet", "problem": problem} for problem in ("40 feet of what?", "It must be 45 feet.")]

    assert ["40 feet of what?", WITHHELD] == [o["problem"] for o in quoting(objections, SAID)]
    assert ["It must be 45 feet."] == [o["problem"] for o in quoting(objections[1:], SAID, "Rule: at most 45 feet")]


def test_the_title_of_a_part_brings_no_figure_in() -> None:
    said = SectionContent(
        blocks=[Block(kind="paragraph", claims=[claim(SAID, "source")])], values={}, open_questions=[]
    )
    parts = [Part(title=title, instructions="x", words=100) for title in ("Up to 40 feet", "A budget of 9,999,777")]

    assert ["Up to 40 feet", "Part 2"] == [
        b["text"] for b in joined(parts, [said, said], words_in("en"))["blocks"] if "text" in b
    ]
