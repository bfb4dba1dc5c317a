"""What the parts of a blueprint must agree on, each disagreement with the place it stands at."""

import difflib
import inspect
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, get_args

from quire.graphs.intake.blueprint_models import Blueprint, Rule, SectionSpec, Translation
from quire.graphs.intake.ordering import cycles
from quire.graphs.intake.record_checks import of_records
from quire.nodes.decode.expressions import (
    named_in_condition,
    named_in_template,
    problems_of_condition,
    problems_of_template,
)
from quire.nodes.decode.located import Place
from quire.nodes.decode.patterns import problem_of_pattern
from quire.nodes.personal.titles import plain
from quire.nodes.plugins.functions import function_of


class Flaw(NamedTuple):
    """Something that does not fit, and what to do about it."""

    place: Place
    problem: str
    hint: str = ""
    rests_on: tuple[Place, ...] = ()
    """What it is concluded from beside what stands at its own place: where one of these is wrong, it may be none."""

    def rests_on_any(self, spoilt: Sequence[Place]) -> bool:
        """Whether one of these places is among what it is concluded from."""
        return any(_related(one, other) for one in (self.place, *self.rests_on) for other in spoilt)


def _related(one: Place, other: Place) -> bool:
    """Whether one of two places is the other, or in it."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def flaws(blueprint: Blueprint) -> list[Flaw]:
    """Find everything that does not fit together, in the order of the document."""
    found = [
        *_twice("rules", [rule.id for rule in blueprint.rules]),
        *_twice("agents", [agent.name for agent in blueprint.agents]),
        *_twice("sections", [section.id for section in blueprint.sections]),
        *_of_agents(blueprint),
        *_of_personal(blueprint),
        *_of_facts(blueprint),
        *_of_plan(blueprint),
        *_of_languages(blueprint),
        *(Flaw(*wrong) for wrong in of_records(blueprint)),
    ]
    for number, rule in enumerate(blueprint.rules):
        found += _of_rule(rule, ("rules", number))
    for number, section in enumerate(blueprint.sections):
        found += _of_section(section, ("sections", number), blueprint)
    return [*found, *_of_order(blueprint.sections)]


def _twice(part: str, names: Sequence[str]) -> Iterator[Flaw]:
    key = "name" if part == "agents" else "id"
    for number, name in enumerate(names):
        first = names.index(name)
        if first < number:
            yield Flaw((part, number, key), f"{name!r} is already the {key} of {part}[{first}]", "choose another")


def _of_agents(blueprint: Blueprint) -> Iterator[Flaw]:
    for number, agent in enumerate(blueprint.agents):
        if (agent.prompt is None) == (not agent.checklist):
            yield Flaw(("agents", number), "must have either a prompt or a checklist")


def _of_personal(blueprint: Blueprint) -> Iterator[Flaw]:
    for number, title in enumerate(blueprint.show_personal):
        if plain(title) in map(plain, blueprint.personal):
            yield Flaw(("show_personal", number), f"{title!r} also stands under personal", "leave it in one of the two")


def _of_facts(blueprint: Blueprint) -> Iterator[Flaw]:
    for number, group in enumerate(blueprint.require_one_of):
        yield from _unknown(group, list(blueprint.facts), "fact", ("require_one_of", number), ("facts",))


def _of_plan(blueprint: Blueprint) -> Iterator[Flaw]:
    """See to it that an open plan has something to replace, and that nothing is said to a plan that is fixed."""
    framing = [number for number, section in enumerate(blueprint.sections) if section.frame]
    if blueprint.plan == "open" and len(framing) == len(blueprint.sections):
        hint = "sections without it are written where no model plans"
        yield Flaw(("plan",), "is open, and every section frames it", hint, (("sections",),))
    if blueprint.plan == "fixed":
        hint = "write plan: open, or leave it out"
        if blueprint.guidance:
            yield Flaw(("guidance",), "guides a plan, and the plan is fixed", hint, (("plan",),))
        for number in framing:
            yield Flaw(("sections", number, "frame"), "frames a plan, and the plan is fixed", hint, (("plan",),))


def _of_languages(blueprint: Blueprint) -> Iterator[Flaw]:
    for language in blueprint.languages[1:]:
        if language not in blueprint.translations:
            yield Flaw(("languages",), f"there is no translation into {language!r}", "add it to `translations`")
    for language, said in blueprint.translations.items():
        if language not in blueprint.languages[1:]:
            problem = f"{language!r} is none of its further `languages`"
            yield Flaw(("translations", language), problem, "name it there, behind its own")
        yield from _of_translation(said, ("translations", language), blueprint)


def _of_translation(said: Translation, place: Place, blueprint: Blueprint) -> Iterator[Flaw]:
    yield from _named(list(said.facts), list(blueprint.facts), "fact", (*place, "facts"))
    yield from _named(list(said.rules), [rule.id for rule in blueprint.rules], "rule", (*place, "rules"))
    yield from _named(list(said.sections), [s.id for s in blueprint.sections], "section", (*place, "sections"))
    for section in blueprint.sections:
        words = said.sections.get(section.id)
        if words and words.instructions and section.kind == "template":
            translated = section.model_copy(update={"instructions": words.instructions})
            yield from _of_template(translated, (*place, "sections", section.id, "instructions"), blueprint)
    for rule, worded in said.rules.items():
        for way in ("forbid", "require"):
            problems = enumerate(map(problem_of_pattern, getattr(worded, way)))
            yield from (Flaw((*place, "rules", rule, way, n), problem) for n, problem in problems if problem)


def _named(names: Sequence[str], known: Sequence[str], what: str, place: Place) -> Iterator[Flaw]:
    for name in names:
        if name not in known:
            yield Flaw((*place, name), f"there is no {what} {name!r}", _nearest(name, known))


def _of_rule(rule: Rule, place: Place) -> Iterator[Flaw]:
    ways = {"check": rule.check, "forbid": rule.forbid, "require": rule.require, "read": rule.read}
    given = [way for way, value in ways.items() if value]
    if len(given) != 1:
        seen = " and ".join(given) or "none of them"
        yield Flaw(place, f"must have exactly one of check, forbid, require and read, and has {seen}")
    if rule.check:
        from quire.nodes.computations.materials import Check, DocumentCheck  # noqa: PLC0415 - a check loads it anyway

        function = function_of("quire.checks", rule.check)
        kind = DocumentCheck if rule.scope == "document" else Check
        if not function or not _takes(function, kind):
            problem = f"there is no check {rule.check!r} of a {rule.scope}"
            yield Flaw((*place, "check"), problem, "a check is module.function of an installed package")
    for way in ("forbid", "require"):
        for number, pattern in enumerate(getattr(rule, way)):
            problem = problem_of_pattern(pattern)
            if problem:
                yield Flaw((*place, way, number), problem)


def _of_section(section: SectionSpec, place: Place, blueprint: Blueprint) -> Iterator[Flaw]:
    yield from _of_waiting(section, place, [other.id for other in blueprint.sections])
    yield from _of_rules(section, place, blueprint)
    yield from _of_making(section, place)
    if section.when is not None:
        yield from _of_condition(section.when, (*place, "when"), blueprint)
    if section.kind == "template" and section.instructions:
        yield from _of_template(section, (*place, "instructions"), blueprint)


def _of_waiting(section: SectionSpec, place: Place, ids: Sequence[str]) -> Iterator[Flaw]:
    for number, needed in enumerate(item.partition(".")[0] for item in section.after):
        if needed not in ids:
            problem = f"there is no section {needed!r}"
            yield Flaw((*place, "after", number), problem, _nearest(needed, ids), _all("sections", len(ids)))
    for needed, count in Counter(item.partition(".")[0] for item in section.after).items():
        if count > 1:
            yield Flaw((*place, "after"), f"names {needed!r} {count} times", "name it once")
    for needed in section.wait_failed if isinstance(section.wait_failed, dict) else ():
        if needed not in section.needs:
            problem = f"{section.id!r} does not wait for {needed!r}"
            hint = "name sections that stand in `after`"
            yield Flaw((*place, "wait_failed", needed), problem, hint, ((*place, "after"),))


def _of_rules(section: SectionSpec, place: Place, blueprint: Blueprint) -> Iterator[Flaw]:
    scopes = {rule.id: rule.scope for rule in blueprint.rules}
    for number, rule in enumerate(section.rules or ()):
        if rule not in scopes:
            hint, every = _nearest(rule, list(scopes)), _all("rules", len(blueprint.rules))
            yield Flaw((*place, "rules", number), f"there is no rule {rule!r}", hint, every)
        elif scopes[rule] == "document":
            yield Flaw((*place, "rules", number), f"the rule {rule!r} is for the whole document", "leave it out")


def _of_making(section: SectionSpec, place: Place) -> Iterator[Flaw]:
    if section.kind == "template" and not section.instructions.strip():
        hint = "a template section's instructions are its template"
        yield Flaw((*place, "instructions"), "is missing", hint, (place,))
    if section.kind == "template" and section.compute:
        yield Flaw((*place, "compute"), "a template section is not computed", "make it kind table or prose")
    if section.kind == "table" and not section.compute and not section.show:
        hint = "a table section is computed; name its computation, or what it shows of records"
        yield Flaw((*place, "compute"), "is missing", hint, (place,))
    if section.compute and not function_of("quire.computations", section.compute, "compute"):
        hint = "a computation is family.name of an installed package"
        yield Flaw((*place, "compute"), f"there is no computation {section.compute!r}", hint)


def _of_condition(condition: str, place: Place, blueprint: Blueprint) -> Iterator[Flaw]:
    problems = problems_of_condition(condition)
    yield from (Flaw(place, problem) for problem in problems)
    if not problems:
        yield from _undeclared(named_in_condition(condition), blueprint, place)


def _of_template(section: SectionSpec, place: Place, blueprint: Blueprint) -> Iterator[Flaw]:
    problems = problems_of_template(section.instructions)
    yield from (Flaw(place, problem) for problem in problems)
    if not problems:
        yield from _undeclared(named_in_template(section.instructions, "facts"), blueprint, place)
        inputs = named_in_template(section.instructions, "inputs")
        yield from _unknown(inputs, section.needs, "input", place, (*place[:-1], "after"))
        for needed in inputs if section.frame else ():
            if needed in {other.id for other in blueprint.sections if not other.frame}:
                hint = "let that section frame the plan as well, or do not name it"
                yield Flaw(place, f"names the input {needed!r}, which a plan may replace", hint, (("sections",),))


def _undeclared(named: Sequence[str], blueprint: Blueprint, place: Place) -> Iterator[Flaw]:
    """Hold named facts against those that the blueprint knows. One that declares none leaves them to the brief."""
    if blueprint.facts:
        yield from _unknown(named, list(blueprint.facts), "fact", place, ("facts",))


def _unknown(named: Sequence[str], known: Sequence[str], what: str, place: Place, source: Place) -> Iterator[Flaw]:
    declared = "the blueprint declares no fact" if what == "fact" else "`after` names no section"
    for name in named:
        if name not in known:
            yield Flaw(place, f"{declared} {name!r}", _nearest(name, known), (source,))


def _all(part: str, count: int) -> tuple[Place, ...]:
    """Give the places where all ids of a part stand."""
    return tuple((part, number, "id") for number in range(count))


def _of_order(sections: Sequence[SectionSpec]) -> Iterator[Flaw]:
    """Find sections that wait for each other; one of which another bears the name may not be meant."""
    ids = [section.id for section in sections]
    for ring in cycles(sections):
        if any(ids.count(section) > 1 for section in ring):
            continue
        number = ids.index(ring[0])
        problem = f"sections wait for each other: {' -> '.join(ring)}"
        yield Flaw(("sections", number, "after"), problem, "take one of these out of its `after`")


def _nearest(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f"did you mean {near[0]}?" if near else ""


def _takes(function: Callable[..., object], kind: object) -> bool:
    """Whether a function is declared with the arguments and the result of a type such as ``Check``."""
    arguments, result = get_args(kind)
    declared = inspect.signature(function)
    return [*(p.annotation for p in declared.parameters.values()), declared.return_annotation] == [*arguments, result]
