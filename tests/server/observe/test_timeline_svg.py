"""A timeline as a picture and in words."""

from journals import JournalByHand
from lxml import etree

from quire.graphs.insight.timeline import timeline
from quire.graphs.run.journal import Journal
from quire.server.presentation.timeline_svg import svg_of
from quire.server.presentation.timeline_words import seconds

SVG = "{http://www.w3.org/2000/svg}"


def drawn(title: str = "r") -> etree._Element:
    journal = JournalByHand().begin(("a", []), ("b<&>", ["a"])).open(1, "a").write("a", 2, 3, 4, 4)
    journal.open(4, "b<&>", a="a.SectionApproved").write("b<&>", 5, 9, 10, 10).end(11, "b<&>.SectionApproved")
    return etree.fromstring(svg_of(timeline(Journal(journal.events), ""), title).encode())


def test_it_says_in_words_what_it_shows() -> None:
    svg = drawn()

    title, desc = (svg.find(f"{SVG}{name}") for name in ("title", "desc"))
    assert ("img", "Timeline of r") == (svg.get("role"), title is not None and title.text)
    assert desc is not None
    assert desc.text is not None
    assert "The run took 12 s; “a” could be read after 4.00 s." in desc.text
    assert "Shorter by 4.00 s if the writer of “b<&>” took no time (it took 4.00 s)" in desc.text


def test_it_stands_alone_and_knows_the_dark() -> None:
    text = etree.tostring(drawn("<script>alert(1)</script>"), encoding="unicode")

    assert "prefers-color-scheme: dark" in text
    assert not [word for word in ("<script", "href", "url(", "@import") if word in text]


def test_the_critical_path_is_marked() -> None:
    marked = [r.find(f"{SVG}title") for r in drawn().iter(f"{SVG}rect") if r.get("class") == "critical"]

    said = [t.text for t in marked if t is not None and t.text]
    assert "writer, work: 4.00 s" in said
    assert "planner, work: 1.00 s" in said


def test_lengths_of_time_read_as_people_say_them() -> None:
    assert ["0.42 s", "42 s", "3 min 5 s", "2 h 4 min"] == [seconds(s) for s in (0.42, 42, 185, 7_440)]
