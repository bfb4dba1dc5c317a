from zoning_report import SPECS, Report, rows, said

from quire.graphs.kinds.site_zoning_report.computations.assessment import assessments_in


def test_everything_indeterminate_is_listed_with_what_would_settle_it(report: Report) -> None:
    compared = [a for name in SPECS["limitations"]["after"] for a in assessments_in(report[name]["values"])]
    undetermined = [a.label for a in compared if a.status.startswith("Indeterminate")]
    listed = rows(report["limitations"], "Standards not determined")

    assert undetermined == [row[0] for row in listed]
    assert all(row[3] for row in listed)
    assert "Lowest floor in flood area" in undetermined


def test_the_clauses_are_fixed_wording(report: Report) -> None:
    clauses = report["limitations"]["blocks"][0]["claims"]

    assert {"fixed"} == {clause["basis"] for clause in clauses}
    assert "Accessibility is not certified." in said(report["limitations"])
