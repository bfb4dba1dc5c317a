from zoning_report import Bare, Changed, Report, TextOf, told

from quire.nodes.evidence.content import SectionContent


def _status(content: SectionContent, key: str) -> str:
    return content["values"][f"standard.{key}.status"]["text"]


def test_the_flood_statement_names_zone_panel_date_and_elevation(report: Report) -> None:
    rows = told(report["overlays"])

    assert "AE" == rows["Zone of the rear part of the parcel"]
    assert "99041C0217F" == rows["Map panel"]
    assert "14 March 2019" == rows["Effective date of panel"]
    assert "703.0 feet NAVD 88" == rows["Base flood elevation"]


def test_the_required_floor_is_worked_out_and_an_unmeasured_one_stays_indeterminate(report: Report) -> None:
    values = report["overlays"]["values"]

    assert 705.0 == values["standard.floor_elevation.required"]["value"]
    assert values["standard.floor_elevation.actual"]["value"] is None
    assert "Indeterminate" == _status(report["overlays"], "floor_elevation")


def test_a_measured_floor_is_compared(changed: Changed, example_text: TextOf) -> None:
    survey = example_text("survey.csv")
    unmeasured = "Lowest floor elevation,,ft,Not measured; no elevation certificate furnished"
    high = changed(replaced={"survey.csv": survey.replace(unmeasured, "Lowest floor elevation,706.2,ft,")})
    low = changed(replaced={"survey.csv": survey.replace(unmeasured, "Lowest floor elevation,704.9,ft,")})

    assert "Conforming" == _status(high["overlays"], "floor_elevation")
    assert "Nonconforming" == _status(low["overlays"], "floor_elevation")


def test_outside_the_hazard_area_no_floor_is_asked_for(changed: Changed) -> None:
    letter = "# Flood zone determination\n\nThe parcel lies in Zone X on Flood Insurance Rate Map panel 99041C0217F, "
    letter += "effective 14 March 2019. It is outside the flood hazard area.\n"
    dry = changed(replaced={"flood.md": letter}, without=("flood_overlay.pdf",))["overlays"]

    assert "X" == told(dry)["Flood zone"]
    assert "standard.floor_elevation.status" not in dry["values"]


def test_the_historic_overlay_makes_changes_subject_to_a_certificate(report: Report) -> None:
    assert "Conforming subject to a certificate of appropriateness for exterior changes" == _status(
        report["overlays"], "historic_review"
    )


def test_the_stream_setback_is_compared(report: Report) -> None:
    values = report["overlays"]["values"]

    assert (50.0, 118.0) == (
        values["standard.stream_setback.required"]["value"],
        values["standard.stream_setback.actual"]["value"],
    )
    assert "Conforming" == _status(report["overlays"], "stream_setback")


def test_silence_is_not_taken_for_absence(report: Report) -> None:
    overlays = report["overlays"]
    said = [c["text"] for block in overlays["blocks"] for c in block.get("claims", [])]

    assert any("wetlands" in text and "not determined" in text for text in said)
    assert any("wetlands" in question for question in overlays["open_questions"])


def test_without_any_statement_the_flood_zone_is_not_determined(bare: Bare) -> None:
    overlays = bare({"code.md": "# Chapter 5: Districts\n\n## 5.1 Uses\n\nShops are permitted.\n"})["overlays"]

    assert (
        "No source states the flood zone of the site. It is not determined."
        == overlays["blocks"][1]["claims"][0]["text"]
    )
    assert any("flood zone determination" in question for question in overlays["open_questions"])
