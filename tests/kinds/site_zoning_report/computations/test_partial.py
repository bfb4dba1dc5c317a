"""A report from whatever there is: a single source, or none, makes every section, and nothing unfounded."""

import pytest
from zoning_report import BRIEF, SPECS, Report, bare_report, example_readings

from quire.nodes.checks.grounded import ungrounded
from quire.nodes.language.catalogue import words_in


@pytest.mark.parametrize("source", [reading["source"] for reading in example_readings()])
def test_one_source_alone_makes_a_grounded_report(source: str) -> None:
    alone = Report(BRIEF["facts"], tuple(r for r in example_readings() if r["source"] == source))

    for section in SPECS:
        assert [] == ungrounded(section, alone[section], alone.readings, words_in("en"))


def test_nothing_at_all_makes_a_report_of_what_is_not_determined() -> None:
    empty = bare_report()

    for section in SPECS:
        assert empty[section]["blocks"]
        assert [] == ungrounded(section, empty[section], (), words_in("en"))
    assert len(empty["header"]["open_questions"]) > 4
