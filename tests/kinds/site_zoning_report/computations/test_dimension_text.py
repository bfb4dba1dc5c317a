from zoning_report import Report


def test_under_the_departures_stand_departures_alone(report: Report) -> None:
    blocks = report["dimensions"]["blocks"]
    titles = [n for n, block in enumerate(blocks) if block["kind"] == "heading"]
    quoted = [n for n, block in enumerate(blocks) if block["kind"] == "quote"]
    above = {max(title for title in titles if title < n) for n in quoted}

    assert quoted
    assert {"Departures", "Not determined"}.isdisjoint(blocks[title]["text"] for title in above)
