"""A timeline on the scale of work, so that a long wait for a person does not squeeze everything else. Pure."""

from quire.graphs.insight.timeline import Idle, Span, Timeline


def without_pauses(told: Timeline) -> Timeline:
    """Put a timeline on the scale of work: each pause is a moment, and what comes after it moves up."""

    def worked_until(at: float) -> float:
        idle = sum(min(at, p["end"]) - p["start"] for p in told["pauses"] if p["start"] < at)
        return round(at - idle, 3)

    def moved(span: Span) -> Span:
        return {**span, "start": worked_until(span["start"]), "end": worked_until(span["end"])}

    moments = [(worked_until(pause["start"]), pause["why"]) for pause in told["pauses"]]
    return {
        **told,
        "seconds": worked_until(told["seconds"]),
        "pauses": [Idle(start=at, end=at, why=why) for at, why in moments],
        "lanes": [{**row, "spans": [moved(span) for span in row["spans"]]} for row in told["lanes"]],
    }
