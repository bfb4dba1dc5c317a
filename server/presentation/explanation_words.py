"""An explanation in words: the lines of ``quire explain``, and what the page and HTTP tell of each cause. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from quire.graphs.insight.explanation import Calls, Cause, Explanation
from quire.nodes.event_store.port import Usage
from quire.nodes.evidence.claims import kind_of
from quire.nodes.evidence.content import Claim, Judged
from quire.server.presentation.event_line import because_of


def lines_of(told: Explanation) -> Iterator[str]:
    """Put an explanation into lines."""
    yield f"{told['section'] or told['id']}: {told['status']}"
    yield ""
    yield "Why"
    for cause in told["causes"]:
        yield from _cause(cause, whole=told["section"] is None)
    yield ""
    yield "What it says, and what carries it"
    yield from _claims(told) if told["section"] else _sections(told)
    if told["questions"]:
        yield ""
        yield "Questions, and the evidence that speaks of them"
        yield from _questions(told)
    yield ""
    yield "Model calls"
    yield from [_call(c) for c in told["calls"]] or ["  none"]
    if told["calls"]:
        yield f"  in all {_spent(told['usage'])}; answered by {', '.join(told['models']) or 'no model'}"


def _cause(cause: Cause, *, whole: bool) -> Iterator[str]:
    where = f"{cause['section'] or 'document'}: " if whole else ""
    yield f"  {cause['n']:>4}  {where}{said_of(cause)}{because_of(cause['because'])}"
    yield from (f"          {line}" for line in details_of(cause))


def said_of(cause: Cause) -> str:
    """Say in one line who said what."""
    return f"{cause['agent']} said {cause['type']}{_detail(cause['said'])}"


def details_of(cause: Cause) -> Iterator[str]:
    """Give what belongs to it: findings, why it is not as before, what was searched for, how questions are covered."""
    for finding in cause["said"].get("findings", ()):
        yield f"{'remark' if finding.get('remark') else finding['severity']} {finding['rule']}: {finding['message']}"
    for reason in cause["said"].get("because", ()):
        yield f"not as before: {reason}"
    if queries := cause["said"].get("queries"):
        yield f"searched for: {'; '.join(queries)}"
    for question, numbers in cause["said"].get("covered", {}).items():
        found = (
            f"words of it stand in {_passages(len(numbers))}" if numbers else "no passage shares enough of its words"
        )
        yield f"“{question}”: {found}"


def _passages(count: int) -> str:
    return f"{count} passage{'' if count == 1 else 's'}"


def _detail(said: Mapping[str, Any]) -> str:
    words = [f"{said['words']} words"] if "words" in said else []
    words += [_passages(said["evidence_count"])] if "evidence_count" in said else []
    asked = [said["question"], *said.get("more", ())] if said.get("question") else []
    words += [f"it asks “{' '.join(asked)}”"] if asked else []
    words += [f"{'judged' if 'verdicts' in said else 'written'} by {said['model']}"] if said.get("model") else []
    words += ["it may not stand"] if said.get("blocks") else []
    words += [f"reads {', '.join(said['inputs'])}"] if said.get("inputs") else []
    words += [str(said[k]) for k in ("decision", "note", "reason") if said.get(k)]
    words += [f"without {', '.join(said['drop'])}"] if said.get("drop") else []
    words += [f"{said['holds']} holds"] if said.get("holds") else []
    words += ["stands as in the version before"] if said.get("kept") is not None else []
    return f" ({'; '.join(words)})" if words else ""


def _sections(told: Explanation) -> Iterator[str]:
    for s in told["sections"]:
        claims = ", ".join(f"{count} {basis}" for basis, count in s["claims"].items()) or "nothing"
        yield f"  {s['id']}: {s['status']}, rounds {s['rounds']}, {s['words']} words; claims: {claims}"


def _questions(told: Explanation) -> Iterator[str]:
    for one in told["questions"]:
        yield f"  {one['question']}"
        for speaking in one["evidence"]:
            at, used = speaking["evidence"], "" if speaking["cited"] else "  [not cited]"
            yield f"      {at['source']}, {at['address']}: “{at['quote']}”{used}"
        if not one["evidence"]:
            yield "      no passage that was gathered speaks of it"


def _claims(told: Explanation) -> Iterator[str]:
    texts = {claim["id"]: claim["text"] for claim in told["claims"] if "id" in claim}
    for claim in told["claims"]:
        yield from _claim(claim, texts)


def _claim(claim: Claim, texts: Mapping[str, str]) -> Iterator[str]:
    how = f": {claim['how']}" if claim.get("how") else ""
    yield f"  {claim['text']}  [{claim['basis']}{how}]"
    if person := claim.get("person"):
        instead = f", instead of “{person['was']}”" if person["was"] else ""
        yield f"      the words of {person['by'] or 'a person'}{instead}"
    if judged := claim.get("verdict"):
        yield f"      {_judged(kind_of(claim), judged, quoted=claim.get('quoted', False))}"
    yield from (f"      rests on “{texts[name]}”" for name in claim.get("premises", ()) if name in texts)
    if claim.get("looked"):
        yield f"      looked for in: {claim['looked']}"
    for e in claim["evidence"]:
        yield f"      {e['source']}, {e['address']}: “{e['quote']}”"


def _judged(kind: str, judged: Judged, *, quoted: bool) -> str:
    """Say what a claim is, what was found of it, by whom, and by which words."""
    unsure = "" if judged["sure"] else ", not sure"
    words = f", by the words “{judged['words']}”" if judged["words"] and not quoted else ""
    instead = ": its source's own words, as nobody could judge the author's" if quoted else ""
    return f"{kind}, {judged['verdict']} ({judged['by']}{unsure}){words}{instead}"


def _call(calls: Calls) -> str:
    ended = ", ".join(f"{count} {kind}" for kind, count in calls["ended"].items())
    who = f"{calls['section']}: {calls['agent']} ({calls['step']}) asked {calls['model']}"
    uses = [f"{count} {'came to nothing' if use == 'nothing' else use}" for use, count in calls["came_to"].items()]
    return f"  {who}: {'; '.join([ended, *uses, _spent(calls['usage'])])}"


def _spent(usage: Usage) -> str:
    money = "price unknown" if usage["usd"] is None else f"${usage['usd']:.4f}"
    about = "about " if usage["estimated"] else ""
    cached = f" ({usage['cached_tokens']:,} cached)" if "cached_tokens" in usage else ""
    return f"{about}{usage['prompt_tokens']:,}{cached} + {usage['completion_tokens']:,} tokens, {money}"
