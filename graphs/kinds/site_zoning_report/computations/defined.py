"""How a code measures: its definitions of the things that are compared."""

import re
from collections.abc import Iterable, Sequence

from quire.graphs.kinds.site_zoning_report.computations.measures import measure_named
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision

_MEANS = re.compile(r"^\W*(?P<term>[A-Z][\w\s,'-]{2,45}?)[\"”]?,?\s+means\b")
_DEFINITIONS = re.compile(r"\bdefin\w*|\bterms\b|\bmeasure\w*", re.IGNORECASE)


def definitions_for(keys: Iterable[str], code: Sequence[Provision]) -> list[Provision]:
    """Find the definitions of measures, one each: ``"Height of building" means the vertical distance …``."""
    wanted = list(dict.fromkeys(keys))
    found: dict[str, Provision] = {}
    for provision in code:
        term = _MEANS.match(provision.text) if provision.passage["kind"] == "text" else None
        is_thing = term and not term["term"].endswith("line") and _is_defining(provision)
        named = measure_named(term["term"]) if term and is_thing else None
        if named and named.key in wanted:
            found.setdefault(named.key, provision)
    return [found[key] for key in wanted if key in found]


def _is_defining(provision: Provision) -> bool:
    return any(_DEFINITIONS.search(title) for title in provision.titles)
