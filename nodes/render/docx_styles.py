"""The Word edition's styles: real ones, by name, so that a user can restyle the document in Word."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from quire.nodes.render.docx_xml import XML, element, measure
from quire.nodes.render.numbered import Tone

SERIF, SANS = "Cambria", "Calibri"
INK, QUIET, ACCENT, LINE, ZEBRA = "20262E", "5B6470", "17456B", "D5D2CA", "F7F6F2"
TONES: dict[Tone, tuple[str, str]] = {
    "good": ("17613A", "E2F1E6"),
    "caution": ("7A4A00", "FCEFD3"),
    "bad": ("9B1C24", "FBE5E4"),
    "unknown": ("4D5560", "E9EAEC"),
    "neutral": ("4D5560", "EEF0F3"),
}
TABLE = "Report Table"
_BEFORE_SHADING = ("w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang", "w:eastAsianLayout", "w:specVanish")
_BEFORE_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")


@dataclass(frozen=True)
class Look:
    """How a paragraph style looks; measures in points."""

    name: str
    font: str = SERIF
    size: float = 10.5
    color: str = INK
    bold: bool | None = False
    """None where the table decides."""
    italic: bool = False
    before: float = 0
    after: float = 6
    left: float = 0
    hanging: float = 0
    keep_with_next: bool = False
    lines: float = 1.25

    @property
    def quiet(self) -> bool:
        """Whether its letters are paler than the text's."""
        return self.color == QUIET


_MARKS: Sequence[tuple[str, str, Sequence[str]]] = (
    ("Open", QUIET, ("italic",)),
    ("Citation", "", ("superscript",)),
    ("Quiet", QUIET, ()),
    ("Number", "", ()),
    ("Strong", "", ("bold",)),
    ("Emphasis", "", ("italic",)),
)
"""Styles of words within a line: their colour, and what else sets them apart."""
_LOOKS = (
    Look("Normal", bold=None, after=7),
    Look("Title", size=28, bold=True, after=14, lines=1.1),
    Look("Subtitle", font=SANS, size=11, color=ACCENT, bold=True, before=120, after=10),
    Look("TOC Heading", size=18, bold=True, after=10, keep_with_next=True),
    Look("Heading 1", size=18, bold=True, before=24, after=9, keep_with_next=True, lines=1.1),
    Look("Heading 2", size=13, bold=True, before=14, after=5, keep_with_next=True, lines=1.1),
    Look("Heading 3", size=11.5, bold=True, before=11, after=4, keep_with_next=True, lines=1.1),
    Look("Heading 4", size=10.5, bold=True, italic=True, before=9, after=3, keep_with_next=True, lines=1.1),
    Look("Caption", font=SANS, size=9.5, color=QUIET, before=10, after=4, keep_with_next=True),
    Look("List Bullet", after=3, left=18, hanging=14),
    Look("List Number", after=3, left=18, hanging=14),
    Look("Quote", italic=True, before=6, after=2, left=14),
    Look("Attribution", font=SANS, size=9, color=QUIET, after=10, left=14),
    Look("Small Print", font=SANS, size=9.5, color=QUIET),
    Look("Reference", font=SANS, size=9.5, after=5, left=34, hanging=34, lines=1.15),
    Look("Cell", font=SANS, size=9.5, bold=None, after=0, lines=1.1),
    Look("Header", font=SANS, size=8.5, color=QUIET, after=0),
    Look("Footer", font=SANS, size=8.5, color=QUIET, after=0),
    Look("toc 1", after=3, lines=1.1),
    Look("toc 2", font=SANS, size=9.5, color=QUIET, after=2, left=24, lines=1.1),
)


def set_styles(word: Word, locale: str) -> None:
    """Give the document our styles and its language."""
    _set_language(word, locale)
    for look in _LOOKS:
        _dress(_paragraph_style(word, look.name), look)
    for tone in TONES:
        _notice(word, tone, SANS)
        _status(word, tone).font.name = SANS
    _set_marks(word, frozenset())
    for name, font, color in (("Citation", SANS, ACCENT), ("Number", None, ACCENT)):
        mark = cast("CharacterStyle", word.styles[name])
        mark.font.name, mark.font.color.rgb = font, RGBColor.from_string(color)
    _contents_tabs(word, ("toc 1", "toc 2"))
    _bordered(word, "Quote", LINE)
    word.styles.element.append(parse_xml(_TABLE_STYLE))


def complete_styles(word: Word, locale: str) -> dict[str, str]:
    """Give a template the styles that it lacks, in its own letters and colours, and the document's language.

    Returns:
        By our style's id, the id of the template's style of that name.

    """
    _set_language(word, locale)
    theirs = {style.name: str(style.style_id) for style in word.styles if style.name}
    for look in _LOOKS:
        if look.name not in theirs:
            _dress(_paragraph_style(word, look.name), replace(look, font="", color=look.color if look.quiet else ""))
    _contents_tabs(word, [name for name in ("toc 1", "toc 2") if name not in theirs])
    for tone in TONES:
        if f"Notice {tone}" not in theirs:
            _notice(word, tone, "")
        if f"Status {tone}" not in theirs:
            _status(word, tone)
    _set_marks(word, frozenset(theirs))
    if TABLE not in theirs:
        word.styles.element.append(parse_xml(_TABLE_STYLE.replace(ACCENT, "auto")))
    return {name.replace(" ", ""): number for name, number in theirs.items() if name.replace(" ", "") != number}


def _set_language(word: Word, locale: str) -> None:
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)


def _set_marks(word: Word, theirs: frozenset[str]) -> None:
    """Add the styles of words within a line, but for those that there are."""
    for name, color, font in _MARKS:
        if name not in theirs and name not in word.styles:
            made = _character_style(word, name, color)
            for one in font:
                setattr(made.font, one, True)


def _status(word: Word, tone: Tone) -> CharacterStyle:
    color, fill = TONES[tone]
    made = _character_style(word, f"Status {tone}", color)
    made.font.bold = True
    _shade(made, fill)
    return made


def _paragraph_style(word: Word, name: str) -> ParagraphStyle:
    if name in word.styles:
        return cast("ParagraphStyle", word.styles[name])
    made = cast("ParagraphStyle", word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc")))
    made.base_style = cast("ParagraphStyle", word.styles["Normal"])
    return made


def _character_style(word: Word, name: str, color: str) -> CharacterStyle:
    made = cast("CharacterStyle", word.styles.add_style(name, WD_STYLE_TYPE.CHARACTER))
    if color:
        made.font.color.rgb = RGBColor.from_string(color)
    return made


def _dress(style: ParagraphStyle, look: Look) -> None:
    font, layout = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(look.size), look.bold, look.italic
    if look.font:
        font.name = look.font
        _leave_theme(style)
    if look.color:
        font.color.rgb = RGBColor.from_string(look.color)
    font.cs_bold, font.cs_italic = look.bold, look.italic  # Arabic and Hebrew go by these
    style.element.rPr.find(qn("w:sz")).addnext(element("szCs", val=str(round(look.size * 2))))
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.left_indent, layout.first_line_indent = Pt(look.left), Pt(-look.hanging)
    layout.keep_with_next = look.keep_with_next
    layout.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    layout.line_spacing = look.lines
    for tag in ("w:pBdr", "w:tabs"):  # the template's rule under the title, its stops in heads and feet
        _remove(style, tag)


def _leave_theme(style: ParagraphStyle) -> None:
    """Drop the theme's fonts, which Word prefers to a style's own."""
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]


def _remove(style: ParagraphStyle, tag: str) -> None:
    for found in style.element.findall(f".//{tag}", style.element.nsmap):
        found.getparent().remove(found)


def _shade(style: CharacterStyle, fill: str) -> None:
    style.element.rPr.insert_element_before(element("shd", val="clear", color="auto", fill=fill), *_BEFORE_SHADING)


def _notice(word: Word, tone: Tone, font: str) -> None:
    name, (color, fill) = f"Notice {tone}", TONES[tone]
    _dress(_paragraph_style(word, name), Look(name, font=font, size=10, after=0, left=10, lines=1.2))
    _bordered(word, name, color, fill)
    properties: XML = word.styles[name].element.pPr
    properties.insert_element_before(element("shd", val="clear", color="auto", fill=fill), *_BEFORE_BORDERS[1:])


def _bordered(word: Word, name: str, color: str, fill: str = "") -> None:
    """Draw a bar at the left; with a fill, room above and below in its colour."""
    borders = element("pBdr")
    if fill:
        borders.append(element("top", val="single", sz="4", space="4", color=fill))
    borders.append(element("left", val="single", sz="24", space="8", color=color))
    if fill:
        borders.append(element("bottom", val="single", sz="4", space="5", color=fill))
    word.styles[name].element.pPr.insert_element_before(borders, *_BEFORE_BORDERS)


def _contents_tabs(word: Word, names: Sequence[str]) -> None:
    for name in names:
        number = {"toc 1": 24, "toc 2": 52}[name]
        stops = cast("ParagraphStyle", word.styles[name]).paragraph_format.tab_stops
        stops.add_tab_stop(Pt(number))
        stops.add_tab_stop(Pt(measure(word)), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.SPACES)


_TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">
  <w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>
  <w:tblPr>
    <w:tblStyleRowBandSize w:val="1"/>
    <w:tblBorders>
      <w:bottom w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="50" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>
      <w:bottom w:w="60" w:type="dxa"/><w:right w:w="90" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/></w:rPr>
    <w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="12" w:space="0" w:color="{ACCENT}"/></w:tcBorders></w:tcPr>
  </w:tblStylePr>
  <w:tblStylePr w:type="band2Horz">
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{ZEBRA}"/></w:tcPr>
  </w:tblStylePr>
</w:style>
"""
