import pytest

from quire.nodes.author.drafting import Ground, content_from
from quire.nodes.author.outlining import Part, joined
from quire.nodes.author.reading import WITHHELD, quoting
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Evidence, SectionContent, claim
from quire.nodes.evidence.figures.conventions import convention_of
from quire.nodes.language.catalogue import words_in
from quire.nodes.support.carried import carried, invents_figures

GERMAN = convention_of("de")
EVIDENCE = Evidence(source="a.md", address="line 1", quote="1.234 euros", hash="x")
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


def test_an_open_question_brings_no_figure_in() -> None:
    grounds = {"E1": Ground((), SAID, "source")}
    asked = ["Who decides beyond 40 feet?", "Is the budget 9,999,777 dollars?", "Is it ④ dollars?"]
    content = content_from(
        {"paragraphs": [], "open_questions": asked}, grounds, Materials("T", {"title": "Height"}, {}, (), {})
    )

    assert ["Who decides beyond 40 feet?", "What is to be known of “Height”?"] == content["open_questions"]


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


@pytest.mark.parametrize(
    ("language", "said", "basis"),
    [
        ("de", "The lease of the mill costs 1.234 euros.", "source"),
        ("de", "The lease of the mill costs 1,234 euros.", "unsupported"),
        ("en", "The lease of the mill costs 1,234 euros.", "source"),
        ("en", "The lease of the mill costs 1.234 euros.", "unsupported"),
    ],
)
def test_a_claim_is_read_as_the_documents_language_writes_and_its_evidence_as_its_source_does(
    language: str, said: str, basis: str
) -> None:
    grounds = {"E1": Ground((EVIDENCE,), "Die Pacht: the lease of the mill costs 1.234 euros.", "source", GERMAN)}
    made = Materials("T", {"title": "Lease"}, {}, (), {}, words=words_in(language))
    drafted = {"paragraphs": [{"sentences": [{"text": said, "evidence": ["E1"]}]}], "open_questions": []}

    (block,) = content_from(drafted, grounds, made)["blocks"]

    assert [basis] == [claim["basis"] for claim in block["claims"]]
