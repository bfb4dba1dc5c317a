"""What code says of the claims of a draft, and what of them is left to a reader. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from quire.graphs.run.fates import fate_of_claim
from quire.nodes.author.claim_checks import check_gap
from quire.nodes.computations.materials import Finding
from quire.nodes.evidence.claims import kind_of, premises_of
from quire.nodes.evidence.content import Claim, Judged
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.sources.passage import Reading
from quire.nodes.support.claim_check import Checked, check_claim

RULE = "evidence"
"""The rule of a finding that says why a claim does not hold."""
UNREAD = "nobody has confirmed it"
NO_JUDGE = "it is a conclusion, and nobody could judge it"


class Measured(NamedTuple):
    """What code has decided, and what it left open."""

    decided: dict[str, Judged]
    left: dict[str, Checked]


class Written(NamedTuple):
    """What a draft was written for, and from."""

    readings: Sequence[Reading]
    """The sources that its section may use."""
    convention: Convention
    about: str = ""
    """Titles of its document and section."""
    asked: Sequence[str] = ()
    """What its section was asked, in words."""
    under: Mapping[str, str] = MappingProxyType({})
    """By claim: what names it where it stands."""


def measure(claims: Sequence[Claim], written: Written) -> Measured:
    """Hold each claim against what it names. A gap that no source speaks of is left open."""
    texts = {c["id"]: c["text"] for c in claims}
    decided: dict[str, Judged] = {}
    left: dict[str, Checked] = {}
    for made in claims:
        premises = premises_of(made, texts)
        checked = _checked(made, written, premises)
        if checked.verdict == "open":
            left[made["id"]] = checked
        else:
            decided[made["id"]] = Judged(
                verdict=checked.verdict, by="code", sure=True, words=checked.words, reasons=list(checked.reasons)
            )
    return Measured(decided, left)


def without_a_judge(
    claims: Sequence[Claim], left: Mapping[str, Checked], quotations: Collection[str] = ()
) -> dict[str, Judged]:
    """Decide on what code left open where nobody can read.

    What is published in the words of its evidence stands. Cells and figures that were worked out are decided
    leniently. Conclusions are left out: only a reader can tell whether they follow.
    """
    kinds = {c["id"]: kind_of(c) for c in claims}
    return {
        name: _lenient(NO_JUDGE)
        if kinds[name] == "inference"
        else _read(checked._replace(lenient=checked.lenient or name in quotations))
        for name, checked in left.items()
    }


def unheard(ids: Iterable[str]) -> dict[str, Judged]:
    """Judge what a judge has judged in words that stand nowhere."""
    return {name: _lenient(UNREAD) for name in ids}


def resting(claims: Sequence[Claim], verdicts: Mapping[str, Judged]) -> dict[str, Judged]:
    """Take back what rests on claims that do not hold, however far down."""
    judged, grows = dict(verdicts), True
    while grows:
        fallen = {name for name, v in judged.items() if v["verdict"] != "supported"}
        more = {
            c["id"]: fault
            for c in claims
            if c["id"] not in fallen and (fault := sorted(fallen.intersection(c.get("premises", ()))))
        }
        judged |= {name: _lenient(f"it rests on {', '.join(on)}, which does not hold") for name, on in more.items()}
        grows = bool(more)
    return judged


def refused(
    claims: Sequence[Claim], verdicts: Mapping[str, Judged], section: str, texts: Mapping[str, str]
) -> tuple[list[str], list[Finding], bool]:
    """Give what does not hold: the claims' names, why, and whether another draft may mend any of it.

    A conclusion that nobody can judge is not sent back: it could be judged no better the next time.

    Args:
        claims: that were judged.
        verdicts: by claim.
        section: whose they are.
        texts: by claim its words, under what names it where it stands (``quire.nodes.evidence.claims.in_context``).

    """
    fallen = [c for c in claims if verdicts[c["id"]]["verdict"] != "supported"]
    mendable = [c for c in fallen if NO_JUDGE not in verdicts[c["id"]]["reasons"]]
    fates = [fate_of_claim(verdicts[c["id"]]["verdict"], kind_of(c), may_follow=True) for c in mendable]
    findings = [
        Finding(rule=RULE, severity="error", message=_told(c, verdicts[c["id"]], texts), where=f"{section}, {c['id']}")
        for c in fallen
    ]
    return [c["id"] for c in fallen], findings, "back" in fates


def _checked(made: Claim, written: Written, premises: Sequence[str]) -> Checked:
    readings, convention = written.readings, written.convention
    if kind_of(made) == "gap":
        return check_gap(made["text"], readings, written.asked, convention)
    return check_claim(made, readings, convention, premises, written.about, written.under.get(made["id"], ""))


def _read(checked: Checked) -> Judged:
    if checked.lenient:
        return Judged(verdict="supported", by="code", sure=False, words=checked.words, reasons=[])
    return Judged(verdict="insufficient", by="code", sure=False, words="", reasons=list(checked.reasons))


def _lenient(reason: str) -> Judged:
    return Judged(verdict="insufficient", by="code", sure=False, words="", reasons=[reason])


def _told(made: Claim, judged: Judged, texts: Mapping[str, str]) -> str:
    reasons = "; ".join(reason.rstrip(".") for reason in judged["reasons"]) or "what it names does not carry it"
    said = "is contradicted" if judged["verdict"] == "contradicted" else "is not carried"
    return f"{made['id']} “{texts.get(made['id'], made['text'])}” {said}: {reasons}."
