"""Chinese, Japanese and Korean in PDFs: of the fonts that the extra ``cjk`` brings, the signs that a document needs.

Noto Sans has one font for each of these languages, of some ten megabytes and with all its weights in one file. So the
signs of one document are cut out of it, in the regular weight, and embedded; a document that has none costs nothing.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources
from importlib.util import find_spec
from io import BytesIO
from threading import Lock
from types import MappingProxyType
from typing import cast

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_PACKAGE = "justmytype_intl_cjk"
_FILES = {
    "Japanese": "notosansjp/NotoSansJP[wght].ttf",
    "Simplified": "notosanssc/NotoSansSC[wght].ttf",
    "Traditional": "notosanstc/NotoSansTC[wght].ttf",
    "Korean": "notosanskr/NotoSansKR[wght].ttf",
}
_REGULAR = 400
_POSTSCRIPT_NAME, _WINDOWS = 6, (3, 1, 0x409)
_EAST_ASIAN = re.compile(
    "[\u1100-\u11ff\u2e80-\u303f\u3040-\u31ff\u3200-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f"
    "\uff00-\uffef\U0001b000-\U0001b16f\U00020000-\U0003134f]"
)
_KANA = re.compile("[\u3041-\u30ff\u31f0-\u31ff]")
_NONE: Mapping[str, str] = MappingProxyType({})
_IN_USE: Counter[str] = Counter()
"""How many documents that are being written use a font, by its name."""
_CHANGING = Lock()
_LENT: ContextVar[Mapping[str, str]] = ContextVar("signs of the document that is being written", default=_NONE)


def is_east_asian(character: str) -> bool:
    """Whether a character belongs to Chinese, Japanese or Korean, its signs and its wide forms."""
    return bool(_EAST_ASIAN.match(character))


def installed() -> bool:
    """Whether the fonts are there, and what cuts them."""
    return find_spec(_PACKAGE) is not None and find_spec("fontTools") is not None


def lent() -> Mapping[str, str]:
    """Give, for each sign of the document that is being written, the name of the font that shows it."""
    return _LENT.get()


@contextmanager
def lending(texts: Iterable[str]) -> Iterator[None]:
    """Have the fonts for all signs of a document known to the PDF library while it is being written."""
    signs = {sign for text in texts for sign in _EAST_ASIAN.findall(text)}
    fonts = _fonts_for(signs) if signs and installed() else {}
    token = _LENT.set({sign: _name(font, own) for font, own in fonts.items() for sign in own})
    try:
        for font, own in fonts.items():
            _register(font, own)
        yield
    finally:
        _LENT.reset(token)
        for font, own in fonts.items():
            _give_up(_name(font, own))


def _register(font: str, signs: str) -> None:
    """Make a font known under a name that tells its signs; the PDF library finds fonts by name, process-wide."""
    name = _name(font, signs)
    with _CHANGING:
        _IN_USE[name] += 1
        if _IN_USE[name] == 1:
            pdfmetrics.registerFont(TTFont(name, BytesIO(_cut(font, signs, name))))
            pdfmetrics.registerFontFamily(name, name, name, name, name)


def _give_up(name: str) -> None:
    with _CHANGING:
        _IN_USE[name] -= 1
        if not _IN_USE[name]:
            del _IN_USE[name]
            cast("TTFont", pdfmetrics.getFont(name)).unregister()


def _name(font: str, signs: str) -> str:
    return f"Quire{font}-{hashlib.sha256(signs.encode()).hexdigest()[:16]}"


def _fonts_for(signs: set[str]) -> dict[str, str]:
    """Share the signs between the fonts: where there is kana, ideographs are Japanese, else Chinese."""
    order = ["Japanese", "Simplified"] if any(map(_KANA.match, signs)) else ["Simplified", "Japanese"]
    left, shared = set(signs), {}
    for font in (*order, "Traditional", "Korean"):
        own = {sign for sign in left if ord(sign) in _signs_of(font)}
        if own:
            shared[font] = "".join(sorted(own))
        left -= own
    return shared


@cache
def _signs_of(font: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont as Whole  # noqa: PLC0415 - comes with the extra

    with resources.as_file(_file(font)) as path, Whole(str(path), lazy=True) as whole:
        return frozenset(whole.getBestCmap())


def _file(font: str) -> resources.abc.Traversable:
    return resources.files(_PACKAGE) / "fonts" / "ofl" / _FILES[font]


def _cut(font: str, signs: str, name: str) -> bytes:
    """Cut signs out of a font and name what is left. The same signs give the same bytes."""
    from fontTools import subset  # noqa: PLC0415 - comes with the extra
    from fontTools.ttLib import TTFont as Whole  # noqa: PLC0415
    from fontTools.varLib import instancer  # noqa: PLC0415

    options = subset.Options()
    options.layout_features, options.notdef_outline = [], True
    cutter = subset.Subsetter(options)
    cutter.populate(text=signs)
    with resources.as_file(_file(font)) as path, Whole(str(path), lazy=True, recalcTimestamp=False) as whole:
        cutter.subset(whole)
        regular, made = instancer.instantiateVariableFont(whole, {"wght": _REGULAR}, inplace=True), BytesIO()
        regular["name"].setName(name, _POSTSCRIPT_NAME, *_WINDOWS)
        regular.save(made)
    return made.getvalue()
