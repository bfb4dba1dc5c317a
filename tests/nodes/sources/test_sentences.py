import pytest
from hypothesis import given
from hypothesis import strategies as st

from quire.nodes.sources.sentences import sentences


@pytest.mark.parametrize(
    "parts",
    [
        ["Forty feet maximum."],
        ["Main buildings.", "Forty feet maximum"],
        ["See Sec. 4 of the code.", "It applies."],
        ["It is 20 ft. wide.", "Doors open out."],
        ["At least 20 ft.", "The rear is larger."],
        ["Ord. No. 2019-39 was passed.", "No. 7 was not."],
        ["It is so.", "(Ord. 2019-39. Passed 8-13-19.)"],
        ["Uses, e.g. Bakeries, are permitted.", "Others are not."],
        ["The U.S. Department agreed.", "It said so in the U.S.", "The rest is history."],
        ["Drawn by J. B. Hale in 2019.", "Checked later."],
        ["The ratio is 0.35.", "The area is 3.5 acres."],
        ["As in Section 4.2.", "The limit is 1.5."],
        ["1. Height is limited.", "2. So is width."],
        ["(a) Height.", "Forty feet."],
        ['"Lot" means land.', '"Yard" means space.'],
        ["Is it?", "It is!", "Good."],
        ["To the R.O.W. Line it is 20."],
        ["See P. & Z. Ch. 1107.", "It defines it."],
        [
            "Refuse - see GEN. OFF. 521.10",
        ],
        ["Open 9 a.m. to 5 p.m. daily.", "Closed at noon."],
        ["It is state of the art.", "Nothing else is."],
        ["Approved 12 Nov. 2026.", "Filed."],
        ["Store by Hale Inc. and others.", "Sold by Hale Inc.", "The end."],
        ["§ 4.2 applies.", "§ 4.3 does not."],
        ["Unclosed (bracket. And more."],
        ["Der Vertrag wurde am 4. Mai 2026 geschlossen.", "Er gilt."],
        ["Das Budget beträgt 3,2 Mio. Euro.", "Es reicht."],
        ["Es sind 3 Mrd.", "Das ist viel."],
        ["Die Länge ist 2,50 m.", "Es gilt z. B. § 5 Abs. 2 BauO."],
        ["Im 3. Obergeschoss sind 4 Zimmer.", "Vom 5. bis 7. März ist zu."],
        ["Siehe Nr. 4 und Ziff. 7.", "Danach nicht."],
        ["Le 14 juil. 2020, env. Mille personnes.", "Fin."],
        ["It has 4.", "May it grow."],
    ],
)
def test_text_is_split_where_a_reader_would(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_sentences_without_spaces_between_them_are_split_too() -> None:
    text = "家賃は月額12万円です。契約は2026年5月4日。「はい。」と言った。"

    assert sentences(text) == ["家賃は月額12万円です。", "契約は2026年5月4日。", "「はい。」", "と言った。"]


def test_nothing_is_in_nothing() -> None:
    assert sentences(" \n ") == []


@given(st.text(alphabet="aB1.?! ()\"'\n§", max_size=80))
def test_no_word_is_lost_or_made(text: str) -> None:
    assert " ".join(sentences(text)) == " ".join(text.split())


def test_a_bracket_that_never_closes_does_not_swallow_the_rest() -> None:
    assert len(sentences("It (began. " + "Then it went on. " * 200)) > 100
