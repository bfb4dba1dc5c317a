"""What a section asks of its sources, where no model words it: its questions, else its title. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

MOST_QUESTIONS = 6
_QUESTION = "question"


def questions_of(section: Mapping[str, Any], facts: Mapping[str, Any]) -> list[str]:
    """Give the questions of a section: its own, else the question of the brief, taken apart where it holds several."""
    own = [str(question) for question in section.get("questions", ())]
    stated = facts.get(_QUESTION)
    asked = own or ([stated] if isinstance(stated, str) else [])
    parts = [" ".join(part.split()) for text in asked for part in re.split(r"(?<=\?)\s+", text)]
    return list(dict.fromkeys(part for part in parts if part))[:MOST_QUESTIONS]


def plain_queries(section: Mapping[str, Any], questions: Sequence[str]) -> list[str]:
    """Word the queries of a section without a model.

    Instructions tell a writer what to do with any sources, and as a query find what is worded like them: they are
    asked only where there is no question. Facts of the brief are not asked at all.
    """
    title = section["title"]
    if questions:
        return [f"{question} {question} {title}" for question in questions]
    return [f"{title} {title} {section['instructions']}"]
