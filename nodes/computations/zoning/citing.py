"""Evidence for what zoning computations say: places in sources, and the brief's facts."""

import hashlib
import json

from nodes.computations.materials import Materials
from nodes.content import Evidence
from nodes.sources.passage import Passage, Reading


def cite(reading: Reading, passage: Passage, quote: str = "", field: str = "") -> Evidence:
    """Cite a passage: all of it, the ``quote`` in it, or one cell of a row (``row 4, height``)."""
    if field and passage["kind"] == "row":
        return Evidence(
            source=reading["source"],
            address=f"{passage['address']}, {field}",
            quote=passage.get("fields", {})[field],
            hash=reading["hash"],
        )
    return Evidence(
        source=reading["source"], address=passage["address"], quote=quote or passage["text"], hash=reading["hash"]
    )


def cite_fact(materials: Materials, name: str) -> Evidence | None:
    """Cite a fact of the brief, or nothing if it was not given."""
    stated = materials.facts.get(name)
    if stated is None or stated == "":
        return None
    spelled = stated if isinstance(stated, str) else json.dumps(stated, ensure_ascii=False)
    written = json.dumps(stated, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(written.encode()).hexdigest()
    return Evidence(source="brief", address=f"facts.{name}", quote=spelled, hash=digest)
