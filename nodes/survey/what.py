"""What a source is, in a plain word: minutes, price list, report, letter. From its title and its name. Pure."""

import re
from collections.abc import Sequence
from typing import Final

from quire.nodes.survey.heads import Head

_KINDS: Final = """
minutes: minutes | protokoll | sitzungsprotokoll | niederschrift
price list: price list | pricing | rate card | preisliste | preisblatt
tariff: tariff | tariffs | tarif | tarife
release notes: release notes | changelog | change log | versionshinweise
memo: memo | memorandum | aktennotiz | vermerk
letter: letter | brief an | schreiben | anschreiben
e-mail: e-mail | email | mail
policy: policy | policies | richtlinie | regelung
FAQ: faq | faqs | questions and answers | häufige fragen
calendar: calendar | kalender | termine
checklist: checklist | checkliste
runbook: runbook | playbook
manual: handbook | manual | handbuch | anleitung | betriebsanleitung
guidelines: guideline | guidelines | guide | leitfaden
bulletin: bulletin | newsletter | rundschreiben
notice: notice | announcement | bekanntmachung | mitteilung
contract: contract | agreement | lease | vertrag | mietvertrag | vereinbarung
invoice: invoice | rechnung
quotation: quotation | quote | offer | bid | angebot
order: purchase order | bestellung | auftrag
budget: budget | haushaltsplan | haushalt | wirtschaftsplan
balance sheet: balance sheet | annual accounts | bilanz | jahresabschluss
log: log | logbook | logbuch | journal
incident report: post-mortem | postmortem | incident report | incident review | störungsbericht
review: review | audit | assessment | gutachten | prüfbericht | prüfung
survey: survey | questionnaire | umfrage | vermessung
minutes of hearing: hearing
permit: permit | licence | license | approval | approvals | genehmigung | bescheid
ordinance: ordinance | regulations | regulation | statute | bylaw | satzung | verordnung
chapter: chapter | kapitel
plan: plan | roadmap | strategy | konzept | zeitplan
concept: concept | one-pager
brief: product brief | brief | datasheet | data sheet | datenblatt | factsheet | fact sheet | steckbrief
specification: specification | spec | lastenheft | pflichtenheft | spezifikation
process: process | procedure | verfahren | verfahrensanweisung | prozess
matrix: matrix
programme: program | programme | programm
rotation: rotation | rota | schedule | dienstplan
overview: overview | profile | überblick | übersicht
report: report | bericht | jahresbericht | geschäftsbericht
presentation: presentation | slides | präsentation
article: article | blog | artikel
notes: notes | notizen | protokollnotiz
"""
_NORMS: Final = frozenset(
    [
        *(
            "price list",
            "tariff",
            "policy",
            "guidelines",
            "runbook",
            "manual",
            "checklist",
            "plan",
            "specification",
            "process",
            "matrix",
        ),
        *(
            "programme",
            "rotation",
            "overview",
            "brief",
            "concept",
            "FAQ",
            "budget",
            "ordinance",
            "contract",
            "calendar",
        ),
    ]
)
"""Kinds of which a newer edition takes the older one's place. Of a report or minutes each stands for its own time."""


_UNLESS: Final = {"log": r"(?![- ](?:in|into|out|on|off)\b)"}
"""What makes another word of a kind's name: who logs in keeps no log."""


def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = [line.partition(":") for line in _KINDS.strip().splitlines()]
    return tuple((kind, _naming(kind, [word.strip() for word in words.split(" | ")])) for kind, _, words in rows)


def _naming(kind: str, words: Sequence[str]) -> re.Pattern[str]:
    named = "|".join(map(re.escape, words))
    return re.compile(rf"(?<!\w)(?:{named})(?!\w){_UNLESS.get(kind, '')}", re.IGNORECASE)


_PATTERNS: Final = _compiled()


def what_of(head: Head, title: str) -> str:
    """Say what a source is: the last kind named in the first part of its title or name that names any; else its title.

    ``Sales Memo: 2026 Strategy`` is a memo, ``ERP Migration - Status Notes`` are notes.
    """
    for part in (part for text in (*head.titles, head.stem) for part in re.split(r":|[(\[]| [-\u2013\u2014|] ", text)):
        found = [(match.end(), kind) for kind, pattern in _PATTERNS for match in pattern.finditer(part)]
        if found:
            return max(found, key=lambda at: at[0])[1]
    return title


def is_replaced_by_newer(what: str) -> bool:
    """Whether a newer edition of such a source takes the older one's place."""
    return what in _NORMS
