"""A table of the visits that the sources tell of."""

from quire import Materials, SectionContent, cite, claim, section, table


def compute(materials: Materials) -> SectionContent:
    """Give each passage of each source a row."""
    rows = [
        [claim(passage["text"], "source", cite(reading, passage))]
        for reading in materials.readings
        for passage in reading["passages"]
    ]
    return section([table("Visits", ["Visit"], rows)])
