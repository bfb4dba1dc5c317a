import pytest

from quire.nodes.author.claim_checks import check_gap, with_its_kind
from quire.nodes.author.outlining import Part, joined
from quire.nodes.author.reading import for_readers, quoting
from quire.nodes.evidence.content import Block, Claim, Evidence, SectionContent, claim
from quire.nodes.evidence.figures.conventions import ENGLISH
from quire.nodes.language.catalogue import words_in
from quire.nodes.sources.read import read
from quire.nodes.support.carried import invents_figures
from quire.nodes.support.grounding import Given
from quire.nodes.support.verdicts import check_claim

SAID = "The height of a building shall not exceed 40 feet."
EVIDENCE = Evidence(source="code.md", address="§ 1", quote=SAID, hash="")
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
    assert check_claim(SAYING.format(number), [EVIDENCE])["verdict"] != "supported"


@pytest.mark.parametrize("number", ["40", "forty"])
def test_the_number_itself_is_carried(number: str) -> None:
    assert check_claim(SAYING.format(number), [EVIDENCE])["verdict"] == "supported"


@pytest.mark.parametrize(
    "text", ["Type XLV walls of m² are half timbered.", "A dozen of ④ feet", "District B-2 and lot 4O", "第二十條"]
)
def test_what_is_said_as_the_source_says_it_is_carried(text: str) -> None:
    assert not invents_figures(text, [f"It reads: {text}"])


def test_a_conclusion_may_name_what_was_asked_about_and_brings_no_figure_in() -> None:
    premises = [Given("The fund pays at most EUR 90,000.", ENGLISH)]
    asked = "Will the Rural Access Fund pay 10 per cent of it?"

    def kind_of(text: str, asked: str = "") -> str:
        made = Claim(text=text, basis="inference", evidence=[EVIDENCE], kind="inference")
        return with_its_kind(made, premises, ENGLISH, asked)["kind"]

    assert ["fact", "inference"] == [kind_of("So the Rural Access Fund is enough.", a) for a in ("", asked)]
    assert "fact" == kind_of("So the fund is enough for 10 per cent.", asked)
    assert "fact" == kind_of("So the Road Fund is enough.", asked)


def test_a_gap_brings_no_figure_in() -> None:
    asked = ["Who decides is not said", "The budget of 9,999,777 dollars is not said", "④ dollars are not explained"]

    assert ["open", "insufficient", "insufficient"] == [check_gap(text, []).verdict for text in asked]


@pytest.mark.parametrize(
    ("text", "lenient"),
    [
        pytest.param("Which of the two depots is older is not stated.", False, id="a count in words"),
        pytest.param("No source says who owns the 47 vans.", True, id="a figure of a source"),
        pytest.param("What the vans cost in 2027 is not stated.", True, id="a figure of the question"),
    ],
)
def test_a_gap_may_number_what_it_is_about(text: str, lenient: bool) -> None:  # noqa: FBT001 - a parameter of a case
    vans = read("vans.md", b"# Fleet\n\nThere are 47 vans.\n")

    checked = check_gap(text, [vans], asked=["What will the vans cost in 2027?"])

    assert ("open", lenient) == (checked.verdict, checked.lenient)


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("The fund pays neither for connecting the depot to the grid nor for costs of running it.", "open"),
        ("The fund pays EUR 90,000. It pays neither for connecting the depot to the grid nor for costs of it.", "open"),
        ("Connecting the depot to the grid costs EUR 9,000.", "insufficient"),
        ("Connecting the depot to the grid is planned. The cost is EUR 9,000.", "insufficient"),
    ],
)
def test_what_has_no_figure_does_not_say_what_something_costs(said: str, verdict: str) -> None:
    fund = read("fund.md", f"# Fund\n\n{said}\n".encode())

    assert verdict == check_gap("What the grid connection costs is in none of the sources.", [fund]).verdict


def test_a_gap_names_no_figure_that_is_another_things() -> None:
    paint = read("paint.md", b"# Paint\n\nThe fence takes 47 litres.\n")

    assert "insufficient" == check_gap("No source says who owns the 47 vans.", [paint]).verdict


def test_a_judges_words_are_kept_whole_where_they_are_about_something() -> None:
    objections = [{"quote": "40 feet", "problem": "It must be 45 feet."}, {"quote": "50 feet", "problem": "Why?"}]

    assert ["It must be 45 feet."] == [o["problem"] for o in quoting(objections, SAID)]


def test_numbers_of_passages_say_nothing_to_a_reader() -> None:
    said = "“40 feet”: the list prices end before that (E340, E338; E324) [E7], and “40 feet” may change."
    finding = {"rule": "review", "message": said, "read": True}

    (told,) = for_readers([finding], ["at most 40 feet"])
    assert "“40 feet”: the list prices end before that, and “40 feet” may change." == told["message"]


def test_of_a_judges_words_that_bring_a_figure_in_what_they_are_about_is_named_without_the_rule() -> None:
    said = "Both values are named. “40 feet”: the letter says 45 feet."
    finding = {"rule": "names-conflicts", "message": said, "read": True}

    (told,) = for_readers([finding], ["at most 40 feet"])
    assert told["message"].startswith("A reader objected to “40 feet”, in words")


def test_the_title_of_a_part_brings_no_figure_in() -> None:
    said = SectionContent(
        blocks=[Block(kind="paragraph", claims=[claim(SAID, "source")])], values={}, open_questions=[]
    )
    parts = [Part(title=title, instructions="x", words=100) for title in ("Up to 40 feet", "A budget of 9,999,777")]

    assert ["Up to 40 feet", "Part 2"] == [
        b["text"] for b in joined(parts, [said, said], words_in("en"))["blocks"] if "text" in b
    ]
