"""Figures from a source to a document: none is lost, none is another, and no section fails for how they are written."""

from typing import Any

import pytest

from quire.graphs.document.document_graph import build
from quire.nodes.faults import BadInput

GERMAN = """# Gutachten

Die Miete beträgt 1.234,56 € im Monat. Der Anteil liegt bei 12,5 %. Die Fläche misst 80,5 m². Der Vertrag wurde am
4. Mai 2026 geschlossen, die Frist endet am 30.06.2026. Es sind 12.500 Einwohner. Das Budget beträgt 3,2 Mio. Euro. Die
Länge ist 2,50 m. Z. B. gilt § 5 Abs. 2 BauO. Im 3. Obergeschoss sind 4 Zimmer.
"""
UNITS = """# Data

The dose is 5 mg/kg. The line carries 230 kV and 12 MW. The tank holds 15 L. The crate weighs 1,200 kg. The site used
24 kWh.
"""
NUMBERED = "# Budget of the parks\n\nText.\n\n# 1. Scope\n\nThe text goes on.\n\n# 2. Costs\n\nMore.\n"
LEAKS = "# Leaks\n\nThe cost of a leak rose in 2013 by 15% to $9.4 million. The fence is 40 feet long.\n"


async def written(text: str, **brief: Any) -> dict[str, Any]:
    sources = [{"name": "s.md", "text": text}]
    asked = {"blueprint": "general-report", "title": "T", "facts": {"subject": "leaks"}, "sources": sources, **brief}
    return await build().ainvoke(asked)


def status(out: dict[str, Any], section_id: str) -> str:
    return next(str(section["status"]) for section in out["sections"] if section["id"] == section_id)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            GERMAN,
            [
                *("| 1.234,56 € im Monat", "| 12,5 %", "| 80,5 m²", "Mai 2026; 30.06.2026", "| 12.500 Einwohner"),
                *("| 3,2 Mio. Euro", "| 2,50 m", "| 4 Zimmer"),
            ],
        ),
        (UNITS, ["| 5 mg/kg", "| 230 kV; 12 MW", "| 15 L", "| 1,200 kg", "| 24 kWh"]),
        (LEAKS, ["| 15%; \\$9.4 million", "| 40 feet"]),
    ],
)
async def test_every_figure_is_stated_as_the_source_has_it(text: str, stated: list[str]) -> None:
    out = await written(text)

    assert status(out, "figures") == "approved"
    assert [] == [figure for figure in stated if figure not in out["markdown"]]


async def test_numbered_headings_fail_no_section() -> None:
    out = await written(NUMBERED)

    assert status(out, "scope") == "approved"


async def test_the_brief_says_how_a_source_is_meant_that_does_not_tell() -> None:
    told, untold = [await written("Total 1.234 kg\n", **more) for more in ({"locale": "de"}, {})]

    assert "is ambiguous" not in told["markdown"]
    assert "“1.234 kg” is ambiguous, and read as 1.234" in untold["markdown"]


async def test_a_locale_that_nobody_knows_is_refused() -> None:
    with pytest.raises(BadInput, match="must be a language, or a language and a country") as refused:
        await written(LEAKS, locale="de-XX")

    assert refused.value.field == "locale"
