"""Recommendation: what must be settled before the decision, what may follow it, what must first be found out."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.computations.particulars import fact, stated
from quire.nodes.computations.blocks import capitalized, counted, heading, listing, note, paragraph, section
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, Value, claim


class _Purpose(NamedTuple):
    """What a purpose asks for: the act it is about, and the words for before and after it."""

    words: str
    act: str
    before: str


_PURPOSES = (
    _Purpose(r"loan|lend|mortgage|financ|underwrit|refinanc", "the loan be made", "Before funds are advanced"),
    _Purpose(r"purchas|acqui|buy|sale", "the purchase be completed", "Before completion of the purchase"),
    _Purpose(r"lease|tenan", "the lease be entered into", "Before the lease is entered into"),
    _Purpose(r"varianc|permit|applic|entitle|rezon|approval", "the application be made", "With the application"),
)
_GENERAL = _Purpose("", "the proposal be pursued", "Before the decision")
_AFTER = "To be provided for afterwards"
_UNKNOWN = "To be found out"
_NO_PROMISE = (
    "No approval named here is assured; each is decided by the body that has the power to decide it. The "
    "recommendation rests on the findings and falls with them if a source proves wrong."
)
_NO_FINDINGS = "The findings were not completed, so nothing is recommended."
_CLEAR = "The sources show no zoning matter that stands against the purpose of this report."
_PROHIBITED = "The proposed use is not allowed under the present zoning; nothing is recommended that relies on it."


class _Found(NamedTuple):
    number: int
    weight: str
    status: str
    condition: str
    key: str
    how: str
    derivation: str
    matter: Value


def compute(materials: Materials) -> SectionContent:
    """Recommend for the stated purpose, each condition traced to its finding."""
    findings = materials.inputs.get("findings")
    if findings is None:
        return section([note(claim(_NO_FINDINGS, "open"), level="warning")], open_questions=[_NO_FINDINGS])
    found = list(_read(findings["values"]))
    asked = fact(materials, "purpose").casefold()
    purpose = next((p for p in _PURPOSES if re.search(p.words, asked)), _GENERAL)
    parts = ((purpose.before, ("High", "Medium")), (_AFTER, ("Low",)), (_UNKNOWN, ("Unknown",)))
    blocks: list[Block] = [paragraph(*_opening(materials, purpose, found))]
    for title, weights in parts:
        conditions = [_condition(f) for f in found if f.weight in weights]
        blocks += [heading(title), listing(conditions)] if conditions else []
    return section([*blocks, paragraph(claim(_NO_PROMISE, "fixed"))])


def _read(values: dict[str, Value]) -> Iterator[_Found]:
    for name, value in values.items():
        if re.fullmatch(r"finding\.\d+", name):
            parts = {
                part: values[f"{name}.{part}"]["text"] for part in ("status", "condition", "key", "how", "derivation")
            }
            yield _Found(int(name.rpartition(".")[2]), str(value["value"]), matter=value, **parts)


def _opening(materials: Materials, purpose: _Purpose, found: Sequence[_Found]) -> Iterator[Claim]:
    asked = stated(materials, "purpose", "The recommendation is made for the stated purpose: {}.")
    if asked:
        yield asked
    pressing = [f for f in found if f.weight in {"High", "Medium"}]
    evidence = [f.matter["evidence"][0] for f in pressing if f.matter["evidence"]]
    how = f"{len(pressing)} findings of weight High or Medium, of {len(found)} in all"
    if any(f.key == "standard.use_proposed" and f.status == "Nonconforming" for f in found):
        yield claim(_PROHIBITED, "computed", *evidence, how=how)
    elif pressing:
        text = f"It is recommended that {purpose.act} only if {counted(len(pressing), 'matter')} "
        text += "is settled first" if len(pressing) == 1 else "are settled first"
        yield claim(f"{text}, as listed here.", "computed", *evidence, how=how)
    elif unknown := sum(f.weight == "Unknown" for f in found):
        text = f"The sources leave {counted(unknown, 'matter')} undetermined; a decision should wait for them."
        yield claim(text, "computed", how=f"{how}; {unknown} Unknown")
    else:
        yield claim(_CLEAR, "computed", how=how)


def _condition(found: _Found) -> Claim:
    text = f"{capitalized(found.condition)} (finding {found.number})."
    how = f"finding {found.number}: {found.matter['text']} ({found.status}); {found.how}"
    how += f"; {found.derivation}" if found.derivation else ""
    return claim(text, "computed", *found.matter["evidence"], how=how)
