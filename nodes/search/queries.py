"""What a section asks of its sources, where no model words it: its questions, else its title. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

MOST_QUESTIONS = 6
_QUESTION, _SUBJECT = "question", "subject"


def questions_of(section: Mapping[str, Any], facts: Mapping[str, Any]) -> list[str]:
    """Give the questions of a section: its own, else the question of the brief, taken apart where it holds several."""
    own = [str(question) for question in section.get("questions", ())]
    stated = facts.get(_QUESTION)
    asked = own or ([stated] if isinstance(stated, str) else [])
    parts = [" ".join(part.split()) for text in asked for part in re.split(r"(?<=\?)\s+", text)]
    return list(dict.fromkeys(part for part in parts if part))[:MOST_QUESTIONS]


def subject_of(facts: Mapping[str, Any]) -> list[str]:
    """Give what the brief says that the document is about; searched for where nothing is asked."""
    stated = facts.get(_SUBJECT)
    return [" ".join(stated.split())] if isinstance(stated, str) and stated.strip() else []


def plain_queries(section: Mapping[str, Any], questions: Sequence[str]) -> list[str]:
    """Word the queries of a section without a model.

    Instructions tell a writer what to do with any sources, and as a query find what is worded like them: they are
    asked only where there is no question. Other facts of the brief than question and subject are not asked at all.
    """
    title = section["title"]
    if questions:
        return [f"{question} {question} {title}" for question in questions]
    return [f"{title} {title} {section['instructions']}"]
