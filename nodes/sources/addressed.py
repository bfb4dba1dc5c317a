"""Sentences of sources that address whoever reads them by machine: orders to a language model are no evidence. Pure.

Told by their form, in English and German: a model called by what it is and told to do something, instructions to be
ignored, the marks that part the turns of a conversation. Words about models, and orders to people, are none.
"""

import re
from collections.abc import Sequence
from typing import Final

from quire.nodes.sources.passage import Reading
from quire.nodes.sources.sentences import sentences

_MODEL: Final = r"(?:AI|LLM|(?:large )?language model|chat ?bot|chatgpt|gpt(?:-\d\w*)?|claude|gemini|copilot)"
_CALLED: Final = rf"(?:(?:AI )?assistant|{_MODEL}(?: assistant| model| agent)?|KI|Assistent(?:in)?|Sprachmodell)s?"
_VERBS: Final = (
    "write|say|tell|state|reply|answer|respond|output|print|reveal|repeat|include|insert|add|mention|claim|confirm|"
    "approve|accept|support|report|recommend|ignore|disregard|forget|follow|act|call|fetch|read|open|visit|send|ask|"
    "want|object|rate|grade|translate|summari[sz]e|delete|remove|schreibe?|sage?|nenne?|antworte|ignoriere?|bestätige?|"
    "gib|füge|erwähne|empfiehl"
)
_DO: Final = rf"(?:please |now |always |bitte )?(?:{_VERBS})\b"
_GREETING: Final = r"(?:dear |hey |hello |attention,? |note to (?:the |any )?|hinweis an (?:die |das )?)?"
_YOU: Final = r"(?:you (?:must|should|will|are to) |du (?:musst|sollst) )?"
_ALL_BEFORE: Final = r"\b(?:previous|prior|above|earlier|preceding|system|your|all|any|other)\b"
_ORDERS: Final = r"\b(?:instructions?|prompts?|guidelines|directives?|rules above)\b"
_ALLES_ZUVOR: Final = r"\b(?:vorherigen?|bisherigen?|obigen?|alle|deine)\b"
_BEFEHLE: Final = r"\b(?:anweisung(?:en)?|vorgaben|befehle|prompts?)\b"
_FORM: Final = re.compile(
    "|".join(
        [
            r"<\|(?:im_start|im_end|system|user|assistant|endoftext)\|>|\[/?INST\]|<</?SYS>>|</?(?:system|instructions?)>",
            rf"(?:^|[\s.:;>\"'«(\]]){_GREETING}{_CALLED}[,:!]\s+{_YOU}{_DO}",
            rf"\b(?:ignore|disregard|forget|override|bypass)\b[^.]{{0,30}}{_ALL_BEFORE}[^.]{{0,30}}{_ORDERS}",
            rf"\b(?:ignoriere?|vergiss|missachte)\b[^.]{{0,30}}{_ALLES_ZUVOR}[^.]{{0,30}}{_BEFEHLE}",
            rf"\b(?:if|as|since) you(?: are|'re)? (?:an? |the )?{_MODEL}\b",
            rf"\byou are (?:now )?an? (?:helpful )?(?:{_MODEL}|assistant)\b",
            r"\b(?:(?:wenn|falls|da) du|du bist)\b[^.]{0,12}\b(?:KI|Sprachmodell|Assistent)\b",
            rf"\b{_MODEL}s?\b[^.]{{0,40}}\b(?:reading|processing|summari[sz]ing|that reads?|who reads?) (?:this|it)\b",
            r"\b(?:reveal|print|repeat|output|show) (?:me )?(?:your|the) (?:system )?(?:prompt|hidden instructions)\b",
            rf"\bwhen \w+ing (?:from )?this (?:document|page|file|text|source)\b[^.]{{0,20}},[^.]{{0,20}}\b{_DO}",
        ]
    ),
    re.IGNORECASE,
)


def addresses_model(text: str) -> bool:
    """Whether a text tells a language model what to do."""
    return _FORM.search(text) is not None


def without_orders(text: str) -> str:
    """Give the sentences of a text that address no model; the text as it stands where none does."""
    if not addresses_model(text):
        return text
    return " ".join(sentence for sentence in sentences(text) if not addresses_model(sentence))


def ordering(readings: Sequence[Reading]) -> list[str]:
    """Name the sources in which a model is addressed, in their text or their name."""
    return [r["source"] for r in readings if _orders(r)]


def _orders(reading: Reading) -> bool:
    return addresses_model(reading["source"]) or any(addresses_model(p["text"]) for p in reading["passages"])
