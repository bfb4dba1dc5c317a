from zoning_report import Bare, Report, rows, said, told


def test_every_source_is_registered_with_its_kind_and_hash(report: Report) -> None:
    listed = rows(report["sources"], "Source register")

    assert len(report.readings) == len(listed)
    assert [r["hash"][:8] for r in report.readings] == [row[3] for row in listed]
    assert "Survey" == next(row[1] for row in listed if row[0] == "survey.csv")


def test_places_that_are_cited_are_named(report: Report) -> None:
    listed = {row[0]: row[4] for row in rows(report["sources"], "Source register")}

    assert "§ 1251.04" in next(places for name, places in listed.items() if "Flood Hazard Overlay" in name)


def test_the_codes_definitions_of_words_in_use_are_quoted(report: Report) -> None:
    glossary = told(report["sources"])

    assert glossary["Bakery with seating"].startswith("An establishment that bakes")
    assert not [term for term, meaning in glossary.items() if meaning.casefold().startswith(term.casefold())]
    assert "Indeterminate" in glossary


def test_without_sources_the_register_says_so(bare: Bare) -> None:
    assert "No source was supplied." in said(bare(client="A")["sources"])
