"""How long a report should be for who asked: by its questions, and by what there is to tell. Pure."""

from collections.abc import Iterable, Sequence

A_QUESTION = 100
"""Words that an answer takes, before anything is told of what it rests on."""
SHARE = 6
"""One word in so many of a source's is worth telling."""
LEAST_OF_A_SOURCE, MOST_OF_A_SOURCE = 20, 120
LEAST, MOST = 200, 3000
STEP = 50
"""Nobody plans to the word."""


def length_of(questions: Sequence[str], sources: Iterable[int]) -> int:
    """Give about how many words all planned sections should have together.

    Six files of three hundred words each and three questions make six hundred, beside the sections that frame them.

    Args:
        questions: that the report must answer.
        sources: how many words each source has that still holds.

    """
    told = sum(min(max(words // SHARE, LEAST_OF_A_SOURCE), MOST_OF_A_SOURCE) for words in sources)
    wanted = A_QUESTION * len(questions) + told
    return min(max(round(wanted / STEP) * STEP, LEAST), MOST)
