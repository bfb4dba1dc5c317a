"""Consistency with the comprehensive plan: what its policies encourage and limit, quoted and not weighed."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.computations.particulars import fact
from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.graphs.kinds.site_zoning_report.computations.statements import Statement, first_said, said, statements
from quire.nodes.computations.blocks import counted, heading, note, paragraph, section, table, value
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Claim, SectionContent, claim

_NUMBERED = re.compile(
    r"^(?P<number>(?:(?:Policy|Goal|Objective|Strategy|Action)\s)?(?:[A-Z]{1,4}[-. ]?)?\d{1,2}(?:[.-]\d{1,2})*)"
    r"[.:)]?\s+(?P<words>[A-Z].*)"
)
_ENCOURAGING = re.compile(
    r"\b(?:encourag|support|promot|allow|welcom|expand|foster|favor|favour|retain|strengthen|share|reuse|attract)\w*",
    re.IGNORECASE,
)
_LIMITING = re.compile(
    r"\b(?:protect|limit|discourag|avoid|prevent|reduc|minimi[sz]|restrict|prohibit|buffer|mitigat|preserv)\w*",
    re.IGNORECASE,
)
_SUBJECTS = (
    ("Food and drink", r"bak(?:ery|eries)|food|eating|restaurant|grocer|caf[eé]"),
    ("Shops and workplaces", r"\bshops?\b|retail|store|business|commerc|workplace|office|ground floors?"),
    ("Existing buildings", r"\bbuildings?\b|historic|reuse|preserv"),
    ("Parking and access", r"parking|driveway|sidewalk|traffic|on foot|walk|transit"),
    ("Neighbors", r"\bhomes?\b|neighbo|residential|odou?r|noise"),
    ("Environment", r"flood|stream|creek|river|paved|impervious|tree|stormwater|habitat|slope"),
)
_DESIGNATION = r"\bdesignat\w*|future land use"
_NO_LAW = r"\bplan\b.*\b(?:guide|does not regulate|not regulat|advisory|creates no right)"
_GUIDES = (
    "The comprehensive plan guides discretionary decisions; the zoning code governs the use of the site. A policy "
    "quoted here neither permits nor forbids a use."
)
_NOTHING = "No comprehensive plan was supplied. Consistency with it is not determined."
_ASK = "What does the comprehensive plan designate the site, and which of its policies bear on the proposed use?"


class _Policy(NamedTuple):
    number: str
    words: str
    statement: Statement


def compute(materials: Materials) -> SectionContent:
    """Quote the designation and the policies, sorted by their verbs, and say what they can be weighed in."""
    plans = with_role(materials.readings, "comprehensive plan")
    if not plans:
        blocks = [note(claim(_NOTHING, "open"), level="warning"), paragraph(claim(_GUIDES, "fixed"))]
        return section(blocks, open_questions=[_ASK])
    policies = list(_policies(materials))
    encouraging = [p for p in policies if _wording(p)[0] == "Encouraging"]
    limiting = [p for p in policies if _wording(p)[0] == "Limiting"]
    designation = first_said(plans, _DESIGNATION)
    blocks = [
        paragraph(*([designation.claim] if designation else []), *_standing(materials)),
        heading("Policies"),
        paragraph(*_sum(materials, policies, encouraging, limiting)),
        table("Policies of the comprehensive plan", ["Policy", "Text", "Subject", "Wording"], map(_row, policies)),
    ]
    values = {
        "plan.policies_encouraging": value(counted(len(encouraging), "policy", "policies"), figure=len(encouraging)),
        "plan.policies_limiting": value(counted(len(limiting), "policy", "policies"), figure=len(limiting)),
    }
    missing = [] if designation else ["What does the comprehensive plan designate the site?"]
    return section(blocks, values, [*missing, *([] if policies else [_ASK])])


def _standing(materials: Materials) -> Iterator[Claim]:
    """Say in the law's own words, where they are supplied, that the plan is a guide."""
    law = with_role(materials.readings, "zoning code")
    for statement in said(law, _NO_LAW)[:1]:
        yield statement.claim
    yield claim(_GUIDES, "fixed")


def _policies(materials: Materials) -> Iterator[_Policy]:
    plans = with_role(materials.readings, "comprehensive plan")
    numbered = [
        _Policy(found["number"], found["words"], s) for s in statements(plans) if (found := _NUMBERED.match(s.text))
    ]
    if numbered:
        yield from numbered
        return
    verbs = [s for s in statements(plans) if _ENCOURAGING.search(s.text) or _LIMITING.search(s.text)]
    yield from (_Policy(s.evidence["address"], s.text, s) for s in verbs if not re.search(_DESIGNATION, s.text))


def _wording(policy: _Policy) -> tuple[str, str]:
    """Sort a policy by the verb that comes first, and give the verb."""
    kinds = (("Encouraging", _ENCOURAGING), ("Limiting", _LIMITING))
    found = [(match.start(), kind, match.group()) for kind, verbs in kinds if (match := verbs.search(policy.words))]
    return min(found)[1:] if found else ("Neutral", "")


def _row(policy: _Policy) -> list[Claim]:
    evidence = policy.statement.evidence
    subjects = [name for name, words in _SUBJECTS if re.search(words, policy.words, re.IGNORECASE)]
    wording, verb = _wording(policy)
    how = f"the verb is “{verb}”" if verb else "no verb that encourages or limits"
    return [
        claim(policy.number, "source", evidence),
        claim(policy.words, "source", evidence),
        claim("; ".join(subjects[:2]) or "General", "computed", evidence, how="told by the words of the policy"),
        claim(wording, "computed", evidence, how=how),
    ]


def _sum(
    materials: Materials, policies: Sequence[_Policy], encouraging: Sequence[_Policy], limiting: Sequence[_Policy]
) -> Iterator[Claim]:
    if not policies:
        yield claim("The supplied part of the plan states no policy that could be told apart.", "open")
        return
    text = (
        f"The supplied part of the plan states {counted(len(policies), 'policy', 'policies')}, {len(encouraging)} of "
        f"them worded in encouragement and {len(limiting)} in limitation. They are sorted by verb and not weighed."
    )
    cited = [policy.statement.evidence for policy in policies]
    yield claim(text, "computed", *cited, how=f"{len(policies)} policies, each sorted by its first such verb")
    yield from _weight(materials)


def _weight(materials: Materials) -> Iterator[Claim]:
    """Say where policies can count: in an approval that is a matter of judgment."""
    uses = materials.inputs.get("uses")
    status = uses["values"].get("use.proposed.status") if uses else None
    if status and status["value"] == "Conditional":
        text = "The proposed use needs a conditional approval, in which the deciding body may weigh these policies."
        yield claim(text, "computed", *status["evidence"], how=f"status of the proposed use: {status['text']}")
    elif not fact(materials, "proposed_use"):
        yield claim("No proposed use was stated against which the policies could be read.", "open")
