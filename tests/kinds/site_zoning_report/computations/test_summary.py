from zoning_report import SPECS, Bare, Changed, Report, TextOf, rows, said

from quire.graphs.kinds.site_zoning_report.computations.assessment import assessments_in


def test_the_matrix_has_a_row_for_every_standard_and_no_other(report: Report) -> None:
    compared = [a for name in SPECS["summary"]["after"] for a in assessments_in(report[name]["values"])]

    assert [a.label for a in compared] == [row[0] for row in rows(report["summary"], "Conformance matrix")]
    assert len(compared) > 25


def test_every_row_cites_the_code(report: Report) -> None:
    assert all("§" in row[4] for row in rows(report["summary"], "Conformance matrix"))


def test_the_counts_are_those_of_the_matrix(report: Report) -> None:
    statuses = [row[3] for row in rows(report["summary"], "Conformance matrix")]
    values = report["summary"]["values"]

    assert sum(status == "Conforming" for status in statuses) == values["summary.conforming"]["value"]
    assert sum(status == "Nonconforming" for status in statuses) == values["summary.nonconforming"]["value"]
    assert f"Of {len(statuses)} standards compared" in said(report["summary"])


def test_district_use_and_date_come_first(report: Report) -> None:
    first = report["summary"]["blocks"][0]["claims"]

    assert "41 Mill Lane, Alder Falls lies in the MX Mill Street Mixed-Use District." == first[0]["text"]
    assert "conforming subject to" in report["summary"]["blocks"][1]["claims"][0]["text"]


def test_a_new_violation_reaches_the_summary(changed: Changed, example_text: TextOf) -> None:
    added = example_text("violations.csv") + "1 October 2026,B-26-003,Building,Loose lintel over the rear door,,Open,\n"

    assert "Loose lintel" in said(changed(replaced={"violations.csv": added})["summary"])


def test_without_sources_nothing_is_summed_up(bare: Bare) -> None:
    summary = bare(client="A", proposed_use="bakery")["summary"]

    assert "The zoning district of the site is not determined." in said(summary)
    assert "conformance is not determined" in said(summary)
