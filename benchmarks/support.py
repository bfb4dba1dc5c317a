"""Measures the check of claims by code: which false ones it would publish, and which true ones it would keep.

``python benchmarks/support/make.py > pairs.jsonl``, then ``python benchmarks/support.py pairs.jsonl`` reads lines::

    {"claim": "…", "evidence": [{"text": "…", "source": "…", "heading": "…"}], "true": false, "kind": "antonym",
     "lang": "en", "split": "development"}

``--split held_out`` takes the other part: look at it once, when the rules are done. ``--natural FILE`` reads sentences
as a writer drafted them, with ``label``: ``supported | contradicted | insufficient | inference | gap``. ``--wice FILE``
reads claims of WiCE, with ``label``: ``supported | partially_supported | not_supported``. ``--wrong KIND`` shows what
is decided wrongly there. Accepted means that code alone would publish it:
where the verdict is open, its leaning counts.
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from quire.nodes.evidence.content import Evidence
from quire.nodes.evidence.figures.conventions import convention_of
from quire.nodes.support.verdicts import Finding, judge

Line = dict[str, Any]
Found = list[tuple[Line, Finding]]


def main() -> None:
    """Judge the lines and print both columns by kind."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("pairs", nargs="?", type=Path, help="JSON lines of pairs")
    parser.add_argument("--split", default="development", choices=["development", "held_out"])
    parser.add_argument("--natural", type=Path)
    parser.add_argument("--wice", type=Path)
    parser.add_argument("--wrong", metavar="KIND", help="show what of a kind is decided wrongly")
    parser.add_argument("--rules", action="store_true", help="print what each rule alone costs and catches")
    asked = parser.parse_args()
    if asked.pairs:
        found = _judged(line for line in _lines(asked.pairs) if line.get("split", asked.split) == asked.split)
        _print_pairs(found)
        _print_wrong(found, asked.wrong)
        if asked.rules:
            _print_rules(found)
    if asked.natural:
        natural = _judged({**line, "true": line["label"] == "supported"} for line in _lines(asked.natural))
        _print_natural(natural)
        _print_wrong(natural, asked.wrong, field="label")
        if asked.rules:
            _print_rules(natural)
            _print_curve(natural)
            _print_shares(natural)
    if asked.wice:
        _print_wice(_judged({**line, "true": line["label"] == "supported"} for line in _lines(asked.wice)))


def _lines(file: Path) -> list[Line]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def _judged(lines: Iterable[Line]) -> Found:
    listed = list(lines)
    began = time.process_time()
    found = [(line, _judge(line)) for line in listed]
    print(f"{len(found)} pairs, {(time.process_time() - began) / max(1, len(found)) * 1000:.1f} ms of CPU a pair")
    return found


def _judge(line: Line) -> Finding:
    return judge(line["claim"], _evidence(line["evidence"]), convention=convention_of(line.get("lang", "en")))


def _evidence(given: Sequence[Any]) -> list[Evidence]:
    if given and isinstance(given[0], str):
        return [Evidence(source="page", address="", quote="\n".join(given), hash="")]
    made = []
    for one in given:
        evidence = Evidence(source=one.get("source", ""), address="", quote=one["text"], hash="")
        for field in ("heading", "header", "label", "what", "date", "status"):
            if one.get(field):
                evidence[field] = one[field]
        made.append(evidence)
    return made


def _accepted(finding: Finding) -> bool:
    return finding.leaning == "supported"


def _print_pairs(found: Found) -> None:
    kinds: dict[tuple[bool, str], Found] = defaultdict(list)
    for line, finding in found:
        kinds[line["true"], line["kind"]].append((line, finding))
    for true, title in ((True, "kept"), (False, "accepted")):
        print(f"\n{'true' if true else 'false'}: kind                 n   {title}   yes   no")
        for (sort, kind), part in sorted(kinds.items()):
            if sort is true:
                _print_share(kind, part)
        _print_share("all", [one for one in found if one[0]["true"] is true])


def _print_curve(found: Found) -> None:
    """Print what would be kept and accepted without one rule after the other, the dearest for true ones first.

    A claim that nothing else speaks against would then stand.
    """
    left, dropped = list(found), set[str]()
    rules = {rule for _, finding in found for rule in finding.rules}
    print("\nwithout            true kept  others accepted")
    while True:
        stands = [(line["true"], _accepted(f) or (bool(f.rules) and set(f.rules) <= dropped)) for line, f in left]
        kept, passed = ([ok for true, ok in stands if true is sort] for sort in (True, False))
        print(
            f"  {', '.join(sorted(dropped)) or 'none':40} {sum(kept) / len(kept):6.1%} {sum(passed) / len(passed):6.1%}"
        )
        dearest = Counter(rule for line, f in left if line["true"] for rule in set(f.rules) - dropped)
        if not dearest or not rules - dropped:
            return
        dropped.add(dearest.most_common(1)[0][0])


_PARTS = (1.6, 1.4, 1.2, 1.0, 0.8, 0.6, 0.4, 0.0)


def _print_shares(found: Found) -> None:
    """Print what would be kept and accepted if more or fewer of a claim's words had to stand in its evidence."""
    print("\nshare of words     true kept  others accepted")
    for part in _PARTS:
        stands = [(line["true"], not set(f.rules) - {"share"} and f.shared >= part) for line, f in found]
        kept, passed = ([ok for true, ok in stands if true is sort] for sort in (True, False))
        print(f"  {part:3.1f} of what is asked {sum(kept) / len(kept):8.1%} {sum(passed) / len(passed):8.1%}")


def _print_share(name: str, part: Found) -> None:
    if not part:
        return
    accepted = sum(_accepted(f) for _, f in part) / len(part)
    yes = sum(f.verdict == "supported" for _, f in part) / len(part)
    no = sum(f.verdict in ("contradicted", "insufficient") for _, f in part) / len(part)
    print(f"  {name:20} {len(part):5}  {accepted:6.1%} {yes:6.1%} {no:6.1%}")


def _print_natural(found: Found) -> None:
    print("\nnatural: label             n accepted   yes   no")
    for label, _ in Counter(line["label"] for line, _ in found).most_common():
        _print_share(label, [one for one in found if one[0]["label"] == label])


def _print_wice(found: Found) -> None:
    kept = [_accepted(finding) for line, finding in found if line["true"]]
    passed = [_accepted(finding) for line, finding in found if not line["true"]]
    supported, unsupported = sum(kept) / len(kept), 1 - sum(passed) / len(passed)
    balanced = (supported + unsupported) / 2
    print(f"WiCE: supported kept {supported:.1%}, others caught {unsupported:.1%}, balanced {balanced:.1%}")


def _print_wrong(found: Found, kind: str | None, field: str = "kind") -> None:
    for line, finding in found:
        if kind and line.get(field) == kind and _accepted(finding) is not line["true"]:
            said = " / ".join(one if isinstance(one, str) else one["text"] for one in line["evidence"])
            print(f"\n{line['claim']}\n   evidence: {said}\n   {finding.verdict} {finding.rules} {finding.reasons}")


def _print_rules(found: Found) -> None:
    """Print for each rule how many false claims it alone catches, and how many true ones it alone refuses."""
    alone: dict[str, Counter[bool]] = defaultdict(Counter)
    for line, finding in found:
        if len(finding.rules) == 1:
            alone[finding.rules[0]][line["true"]] += 1
    print("\nrule alone           false caught  true refused")
    for rule, counted in sorted(alone.items(), key=lambda one: -one[1][False]):
        print(f"  {rule:20} {counted[False]:8} {counted[True]:12}")


if __name__ == "__main__":
    main()
