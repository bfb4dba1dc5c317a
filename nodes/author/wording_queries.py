"""Wording the queries of a section with a model: what to look for in sources that are too many to be read whole."""

from collections.abc import Mapping, Sequence
from typing import Any

from quire.nodes.model.request import Fenced, Request
from quire.nodes.search.pack import Survey
from quire.nodes.survey.survey import described

MOST_QUERIES = 6
MOST_SOURCES = 60
"""Sources that the prompt describes."""
MOST_CONTENTS = 8
"""Headings or columns of each."""
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "queries": {
            "type": "array",
            "items": {"type": "string", "minLength": 2, "maxLength": 200},
            "minItems": 2,
            "maxItems": MOST_QUERIES,
        }
    },
    "required": ["queries"],
    "additionalProperties": False,
}


def request_queries(
    title: str,
    section: Mapping[str, Any],
    questions: Sequence[str],
    survey: Survey,
    models: tuple[str, str | None],
    system: str,
) -> Request:
    """Ask for the queries of a section.

    Args:
        title: of the document.
        section: its specification.
        questions: that it has to answer.
        survey: of the sources that it may use.
        models: who is asked, and who instead.
        system: our instructions.

    """
    asked: list[str | Fenced] = [f"The section “{section['title']}” of “{title}”."]
    if questions:
        asked += ["Questions that it must answer:", Fenced("questions", "\n".join(questions))]
    if section["instructions"]:
        asked.append(f"What it must do: {section['instructions']}")
    return Request(
        model=models[0],
        fallback_model=models[1],
        system=system,
        user=tuple(asked),
        evidence=tuple(Fenced("sources", line) for line in _listed(survey)),
        schema=SCHEMA,
        schema_name="queries",
        max_tokens=512,
    )


def _listed(survey: Survey) -> list[str]:
    shown = list(survey.values())[:MOST_SOURCES]
    more = [f"and {len(survey) - len(shown)} more"] if len(survey) > len(shown) else []
    return [*(f"{s['source']}: {described(s)}; {'; '.join(s['contents'][:MOST_CONTENTS])}" for s in shown), *more]
