"""What writing the sections of a plan would take: calls of models, and tokens. Pure.

An estimate for a document whose drafts stand at once. It counts what each call is shown and says, in tokens of four
characters, as endpoints' tokenizers come to for English.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from quire.graphs.intake.blueprint import SectionSpec
from quire.nodes.author.outlining import LONGEST
from quire.nodes.checks.checking import rules_for
from quire.nodes.sources.passage import Reading

INSTRUCTIONS = 350
"""Tokens of what a call is told before its material."""
PER_WORD = 1.5
"""Tokens of a word of prose, with the space and the sign behind it."""
BOUND = 1.6
"""Times the tokens of the words alone that a draft takes, whose sentences name their evidence."""
VERDICT = 60
"""Tokens of a judge's reply that objects to little."""
PASSAGES = 12
"""That a draft is shown at most."""
USUAL_WORDS = 250


class Forecast(NamedTuple):
    """What would be asked of models."""

    calls: int
    prompt_tokens: int
    completion_tokens: int


def forecast(sections: Sequence[SectionSpec], readings: Sequence[Reading], judges: Mapping[str, int]) -> Forecast:
    """Estimate what the sections take.

    Args:
        sections: those that would be written.
        readings: the sources.
        judges: by section: how many models read a draft of it (:func:`judges_of`).

    """
    words = {s.id: float(s.words or USUAL_WORDS) for s in sections}
    evidence = _evidence(readings)
    calls, prompt, completion = 0, 0.0, 0.0
    for section in (s for s in sections if s.kind == "prose"):
        own = PER_WORD * words[section.id]
        drafts = math.ceil(words[section.id] / LONGEST)
        inputs = sum(PER_WORD * words.get(needed, 0) for needed in section.needs)
        calls += drafts + int(drafts > 1) + judges[section.id]
        prompt += drafts * (INSTRUCTIONS + evidence + inputs) + judges[section.id] * (INSTRUCTIONS + own)
        completion += own * BOUND + judges[section.id] * VERDICT
    if calls:  # the editor reads the whole once
        whole = INSTRUCTIONS + PER_WORD * sum(words.values())
        calls, prompt, completion = calls + 1, prompt + whole, completion + VERDICT
    return Forecast(calls, round(prompt), round(completion))


def judges_of(section: SectionSpec, blueprint: Mapping[str, Any]) -> int:
    """Count the models that read a draft: the reviewer, compliance if rules are to be read, declared agents."""
    held = rules_for(section.model_dump(mode="json"), cast("Any", blueprint["rules"]))
    judges = ["reviewer", *(agent["name"] for agent in blueprint["agents"])]
    judges += ["compliance"] if any(rule["read"] for rule in held) else []
    return sum(section.agents is None or name in section.agents for name in judges)


def _evidence(readings: Sequence[Reading]) -> float:
    """Give the tokens of the passages that a draft is shown."""
    texts = [p["text"] for r in readings for p in r["passages"] if p["kind"] != "heading"]
    if not texts:
        return 0.0
    mean = sum(map(len, texts)) / len(texts)
    return (mean / 4 + 10) * min(PASSAGES, len(texts))
