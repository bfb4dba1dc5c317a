"""In which languages a blueprint can be had, and what it is in one of them."""

from collections.abc import Sequence

from quire.graphs.intake.blueprint_models import Blueprint, FactSpec, Rule, SectionSpec, Translation
from quire.nodes.language.catalogue import LANGUAGES


def languages_of(blueprint: Blueprint) -> Sequence[str]:
    """Give the languages that a brief may ask for; a blueprint that declares none takes every one."""
    return blueprint.languages or LANGUAGES


def language_for(blueprint: Blueprint, found: str) -> str:
    """Give the language of a document from sources in one: the blueprint's own, if it is not written in theirs."""
    known = languages_of(blueprint)
    return found if found in known else known[0]


def in_language(blueprint: Blueprint, language: str) -> Blueprint:
    """Give the blueprint in a language, and without the others."""
    alone: dict[str, object] = {"languages": [], "translations": {}}
    said = next((words for name, words in blueprint.translations.items() if name == language), None)
    if said is None:
        return blueprint.model_copy(update=alone)
    worded = {
        "title": said.title,
        "facts": {name: _fact(name, spec, said) for name, spec in blueprint.facts.items()},
        "rules": [_rule(rule, said) for rule in blueprint.rules],
        "sections": [_section(section, said) for section in blueprint.sections],
    }
    return blueprint.model_copy(update=alone | worded)


def _fact(name: str, spec: FactSpec, said: Translation) -> FactSpec:
    return spec.model_copy(update={"label": said.facts.get(name, spec.label)})


def _rule(rule: Rule, said: Translation) -> Rule:
    words = said.rules.get(rule.id)
    return rule.model_copy(update={name: said for name, said in words if said}) if words else rule


def _section(section: SectionSpec, said: Translation) -> SectionSpec:
    words = said.sections.get(section.id)
    if words is None:
        return section
    instructions = section.instructions if words.instructions is None else words.instructions
    return section.model_copy(update={"title": words.title, "instructions": instructions})
