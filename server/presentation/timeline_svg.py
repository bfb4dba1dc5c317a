"""A timeline as a picture: SVG that stands alone, reads in light and dark, and says in words what it shows. Pure."""

from xml.sax.saxutils import escape, quoteattr

from quire.graphs.insight.timeline import Span, Timeline, TimelineRow
from quire.server.presentation.timeline_scale import without_pauses
from quire.server.presentation.timeline_words import described, length_of, saving_of, seconds

ROW, BAR, LABEL, WIDTH, TOP = 22, 12, 240, 720, 56
"""In pixels: a row, the bar in it, the room for labels, the room for time, and the head."""
PAUSE = 6
"""Pixels of a time in which nobody worked, however long it was."""
TICKS = 6
NAME = 31
"""Characters of a label."""
STYLE = """
.quire-timeline { color-scheme: light dark;
  --ink: #1c1f23; --dim: #5c6670; --paper: #ffffff; --line: #d5dae0; --wait: #c3cad2; --person: #a15c00;
  --work: #4a7fb5; --critical: #b3261e; --pause: #dfe3e8 }
@media (prefers-color-scheme: dark) { .quire-timeline {
  --ink: #e8eaed; --dim: #a4adb7; --paper: #15181c; --line: #333a42; --wait: #4d5660; --person: #e0a040;
  --work: #6fa3d8; --critical: #ff7b72; --pause: #2b323a } }
.quire-timeline text { font: 12px system-ui, sans-serif; fill: var(--ink) }
.quire-timeline .dim { fill: var(--dim) }
.quire-timeline .paper { fill: var(--paper) }
.quire-timeline .tick { stroke: var(--line) }
.quire-timeline .pause { fill: var(--pause) }
.quire-timeline .work { fill: var(--work) }
.quire-timeline .wait { fill: var(--wait) }
.quire-timeline .person { fill: var(--person) }
.quire-timeline .critical { fill: var(--critical); stroke: var(--ink); stroke-width: 1 }
.quire-timeline .open { opacity: .55 }
"""
LEGEND = (
    ("critical", "on the critical path"), ("work", "at work"), ("wait", "waits"), ("person", "waits for a person"),
    ("pause", "nobody worked"),
)  # fmt: skip


def svg_of(told: Timeline, title: str) -> str:
    """Draw a timeline.

    Args:
        told: the timeline.
        title: what it is of: the run's id, or the document's title.

    """
    words, bottom, scaled = described(told, title), TOP + ROW * len(told["lanes"]), without_pauses(told)
    height = bottom + 40 + 18 * (1 + len(told["shorter"]))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LABEL + WIDTH + 40} {height}" class="quire-timeline" ',
        'role="img" aria-labelledby="timeline-title timeline-desc">',
        f'<title id="timeline-title">{escape(words["title"])}</title>',
        f'<desc id="timeline-desc">{escape(words["desc"])}</desc>',
        f'<style>{STYLE}</style><rect class="paper" width="100%" height="100%"/>',
        _text(12, 20, f"{title}: {length_of(told)}"),
        *_legend(),
        *_pauses(scaled, bottom),
        *_ticks(scaled, bottom),
        *(part for row, shown in enumerate(scaled["lanes"]) for part in _row(scaled, row, shown)),
        *(_text(12, bottom + 46 + 18 * n, line) for n, line in enumerate(_shorter(told))),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _shorter(told: Timeline) -> list[str]:
    return ["It would have been shorter by:", *map(saving_of, told["shorter"])] if told["shorter"] else []


def _legend() -> list[str]:
    marks, x = [], float(LABEL)
    for kind, text in LEGEND:
        marks += [f'<rect class="{kind}" x="{x:.0f}" y="30" width="10" height="10"/>', _text(x + 15, 39, text, "dim")]
        x += 30 + 6.2 * len(text)
    return marks


def _pauses(told: Timeline, bottom: int) -> list[str]:
    return [
        f'<rect class="pause" x="{_x(told, p["start"]) - PAUSE / 2:.1f}" y="{TOP}" height="{bottom - TOP}" '
        f'width="{PAUSE}"/>'
        for p in told["pauses"]
    ]


def _ticks(told: Timeline, bottom: int) -> list[str]:
    times = [told["seconds"] * n / TICKS for n in range(TICKS + 1)]
    lines = [f'<path class="tick" d="M{_x(told, t):.1f} {TOP}V{bottom}"/>' for t in times]
    return [*lines, *(_text(_x(told, t) - 12, bottom + 16, seconds(t), "dim") for t in times)]


def _row(told: Timeline, row: int, shown: TimelineRow) -> list[str]:
    y = TOP + ROW * row
    again = f" · {shown['epoch']}" if shown["epoch"] > 1 else ""
    name = shown["title"] if len(shown["title"]) <= NAME else f"{shown['title'][: NAME - 1]}…"
    return [_text(12, y + 15, name + again), *(_bar(told, y, span) for span in shown["spans"])]


def _bar(told: Timeline, y: int, span: Span) -> str:
    start, end = _x(told, span["start"]), _x(told, span["end"])
    marks = "critical" if span["critical"] and span["kind"] != "wait" else span["kind"]
    tall = BAR if span["kind"] != "wait" else 3
    top = y + (ROW - tall) / 2
    said = f"{span['agent'] or 'under way'}, {span['kind']}: {seconds(span['end'] - span['start'])}"
    return (
        f'<rect class={quoteattr(marks + (" open" if span["open"] else ""))} x="{start:.1f}" y="{top:.1f}" '
        f'width="{max(1.0, end - start):.1f}" height="{tall}"><title>{escape(said)}</title></rect>'
    )


def _x(told: Timeline, at: float) -> float:
    return LABEL + WIDTH * (at / told["seconds"] if told["seconds"] else 0.0)


def _text(x: float, y: float, text: str, kind: str = "") -> str:
    marked = f" class={quoteattr(kind)}" if kind else ""
    return f'<text x="{x:.0f}" y="{y:.0f}"{marked}>{escape(text)}</text>'
