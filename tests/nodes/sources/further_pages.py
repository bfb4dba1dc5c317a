"""Pages, mail, tables and texts of other languages and kinds, with what stands in them, written down before."""

from base64 import encodebytes
from email.message import EmailMessage
from quopri import encodestring

from reader_inputs import Input

HEAD = "From: Office <o@example.org>\nDate: Mon, 4 May 2026 09:10:00 +0200\nMIME-Version: 1.0\n"


# --- mail ------------------------------------------------------------------------------------------------------------


def slovene_letters() -> bytes:
    subject = "Subject: =?iso-8859-2?Q?Cenik_za_=B9portno?=\n =?iso-8859-2?Q?_dvorano?=\n"
    kind = "Content-Type: text/plain; charset=iso-8859-2\nContent-Transfer-Encoding: quoted-printable\n"
    body = encodestring(
        "Uporaba dvorane stane 25 € na uro.\nČas je do 30. junija.\n".replace("€", "EUR").encode("iso-8859-2")
    )
    return (HEAD + subject + kind + "\n").encode() + body


def latvian_flowed() -> bytes:
    kind = "Subject: Noma\nContent-Type: text/plain; charset=utf-8; format=flowed\nContent-Transfer-Encoding: 8bit\n"
    body = "Zāles noma maksā 40 eiro \nstundā, un par to jāmaksā \niepriekš.\n\nAr cieņu,\nAnna\n"
    return (HEAD + kind + "\n" + body).encode()


def estonian_twice() -> bytes:
    mail = EmailMessage()
    mail["From"] = "Vald <vald@example.org>"
    mail["Subject"] = "Tasu"
    mail.set_content("Tasu on 12 eurot tunnis.\n")
    mail.add_alternative("<html><body><p>Tasu on <b>12 eurot</b> tunnis.</p></body></html>", subtype="html")
    return mail.as_bytes()


def persian_page() -> bytes:
    page = '<html dir="rtl"><body><p>اجاره سالن ۱۲۰ هزار تومان است.</p><p>تا پایان خرداد.</p></body></html>'
    kind = "Subject: =?utf-8?B?2KfYrNin2LHZhw==?=\nContent-Type: text/html; charset=utf-8\n"
    return (HEAD + kind + "Content-Transfer-Encoding: base64\n\n").encode() + encodebytes(page.encode())


def welsh_invitation() -> bytes:
    mail = EmailMessage()
    mail["From"] = "Cyngor <cyngor@example.org>"
    mail["Subject"] = "Cyfarfod"
    mail.set_content("Bydd y cyfarfod am 7 yr hwyr.\n")
    event = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260504T190000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    mail.add_attachment(event.encode(), maintype="text", subtype="calendar", filename="cyfarfod.ics")
    return mail.as_bytes()


# --- pages -----------------------------------------------------------------------------------------------------------


def kazakh_old_letters() -> bytes:
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><title>Баға</title>'
        "</head><body><h1>Баға</h1><p>Залдың бағасы 4500 теңге.</p></body></html>"
    )
    return page.encode("windows-1251", "xmlcharrefreplace")


def azerbaijani_groups() -> bytes:
    return """<!doctype html><html><body><table>
<thead><tr><th rowspan="2">Rayon</th><th colspan="2">2025</th></tr><tr><th>Plan</th><th>Fakt</th></tr></thead>
<tfoot><tr><td>Cəmi</td><td>30</td><td>27</td></tr></tfoot>
<tbody><tr><td>Şəki</td><td>10</td><td>9</td></tr><tr><td>Quba</td><td>20</td><td>18</td></tr></tbody>
</table></body></html>""".encode()


def bengali_formula() -> bytes:
    return """<!doctype html><html><body><p>ক্ষেত্রফল <math xmlns="http://www.w3.org/1998/Math/MathML"><mi>A</mi><mo>=</mo>
<mfrac><mrow><mi>b</mi><mi>h</mi></mrow><mn>2</mn></mfrac></math> বর্গমিটার।</p></body></html>""".encode()


def tamil_folded() -> bytes:
    return """<!doctype html><html><body><details><summary>கட்டணம்</summary><ul><li>அரங்கம்
<ul><li>காலை: ₹500</li><li>மாலை: ₹750</li></ul></li></ul></details></body></html>""".encode()


def macedonian_xml() -> bytes:
    return """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="mk"><head><title>Цени</title>
<style type="text/css"><![CDATA[ p { color: red } ]]></style></head>
<body><p>Салата чини 1.500&nbsp;денари &mdash; за час.</p></body></html>""".encode()


# --- Markdown --------------------------------------------------------------------------------------------------------


def albanian_pipes() -> bytes:
    return r"""# Çmimet

| Shërbimi | Kodi | Çmimi |
|:---------|:----:|------:|
| Salla \| oborri | `a|b` | 1 200 lekë |
| Parkimi | | 100 lekë |
""".replace("`a|b`", r"`a\|b`").encode()


def maltese_notes() -> bytes:
    return """Il-kera hija 300 ewro[^kera] fix-xahar.

[^kera]: Bla VAT.

    Titħallas bil-quddiem.

Dan jgħodd mill-2026.
""".encode()


def afrikaans_lines() -> bytes:
    return """---
title: Tariewe
datum: 2026-05-04
---

Saal
====

Die saal kos R450 per uur, sien [die reëls][1].

<!-- Ou prys: R400 -->

Parkering
---------

Parkering is gratis.

[1]: https://reels.example "Reëls"
""".encode()


def esperanto_terms() -> bytes:
    return """# Kotizoj

Plenaĝulo
: 24 eŭroj jare

Infano
: 12 eŭroj jare
: ĝis 14 jaroj
""".encode()


def luxembourgish_tabs() -> bytes:
    return """# Präisser

=== "Wanter"

    De Sall kascht 60 Euro.

=== "Summer"

    De Sall kascht 45 Euro.

!!! danger

    | Dag | Präis |
    |-----|-------|
    | Méindeg | 5 Euro |
""".encode()


# --- tables and texts ------------------------------------------------------------------------------------------------


def malay_wide_letters() -> bytes:
    text = 'Dewan,Alamat,Sewa\r\n"Dewan A","Jalan Satu,\r\nIpoh",RM 120\r\nDewan B,Jalan Dua,RM 80\r\n'
    return b"\xff\xfe" + text.encode("utf-16-le")


def tagalog_bars() -> bytes:
    return b"Silid|Upa|Buwan|\nMalaki|1.250,50|Enero|\nMaliit|750,00|Marso|\n"


def somali_remarks() -> bytes:
    return b"# Soo saaray: 4 May 2026\n# Lacagta: USD\nHool\tKirada\nWeyn\t120\nYar\t45\n"


def mongolian_clauses() -> bytes:
    return """ДҮРЭМ

1. Танхимын төлбөр нэг
   цагт 25 000 төгрөг байна.
2. Төлбөрийг урьдчилан
   төлнө.
""".encode()


PAGES = [
    Input(
        "cenik.eml",
        "Slovene",
        "letters of an older set, and a subject in two pieces",
        slovene_letters,
        texts={"header subject": "Cenik za športno dvorano"},
        together=(("Uporaba dvorane stane 25 EUR na uro.",), ("Čas je do 30. junija.",)),
    ),
    Input(
        "noma.eml",
        "Latvian",
        "lines that flow",
        latvian_flowed,
        texts={"body, line 1": "Zāles noma maksā 40 eiro stundā, un par to jāmaksā iepriekš."},
        together=(("Anna",),),
    ),
    Input("tasu.eml", "Estonian", "one text in two forms", estonian_twice, once=("12 eurot",)),
    Input(
        "ejareh.eml",
        "Persian",
        "a packed page from right to left",
        persian_page,
        texts={"header subject": "اجاره", "body, paragraph 1": "اجاره سالن ۱۲۰ هزار تومان است."},
    ),
    Input(
        "cyfarfod.eml",
        "Welsh",
        "an invitation",
        welsh_invitation,
        texts={"body, line 1": "Bydd y cyfarfod am 7 yr hwyr."},
        absent=("VCALENDAR",),
    ),
    Input(
        "baga.html",
        "Kazakh",
        "letters that the page's head names",
        kazakh_old_letters,
        texts={"paragraph 1": "Залдың бағасы 4500 теңге."},
    ),
    Input(
        "rayon.html",
        "Azerbaijani",
        "a foot that stands before the body, and grouped titles",
        azerbaijani_groups,
        together=(("Rayon: Şəki", "Plan: 10", "Fakt: 9"), ("Rayon: Cəmi", "Fakt: 27")),
    ),
    Input(
        "kshetro.html",
        "Bengali",
        "a formula of MathML",
        bengali_formula,
        texts={"paragraph 1": "ক্ষেত্রফল A = bh/2 বর্গমিটার।"},
    ),
    Input(
        "kattanam.html",
        "Tamil",
        "a folded part with lists in lists",
        tamil_folded,
        together=(("கட்டணம்",), ("அரங்கம்",), ("காலை: ₹500",), ("மாலை: ₹750",)),
    ),
    Input(
        "ceni.xhtml",
        "Macedonian",
        "a page of XML with entities",
        macedonian_xml,
        texts={"paragraph 1": "Салата чини 1.500 денари — за час."},
        absent=("CDATA", "color"),
    ),
    Input(
        "cmimet.md",
        "Albanian",
        "bars that part no cells",
        albanian_pipes,
        texts={"line 5": "Shërbimi: Salla | oborri; Kodi: a|b; Çmimi: 1 200 lekë"},
        cells={"line 6, Çmimi": "100 lekë"},
    ),
    Input(
        "kera.md",
        "Maltese",
        "a note of two paragraphs",
        maltese_notes,
        together=(("Bla VAT.",), ("Titħallas bil-quddiem.",), ("Dan jgħodd mill-2026.",), ("300 ewro¹ fix-xahar.",)),
        absent=("[^",),
    ),
    Input(
        "tariewe.md",
        "Afrikaans",
        "underlined headings and a remark that does not show",
        afrikaans_lines,
        texts={"line 9": "Die saal kos R450 per uur, sien die reëls.", "line 16": "Parkering is gratis."},
        absent=("R400", "===", "https"),
    ),
    Input(
        "kotizoj.md",
        "Esperanto",
        "terms with a colon below",
        esperanto_terms,
        together=(("Plenaĝulo", "24 eŭroj jare"), ("Infano", "12 eŭroj jare"), ("Infano", "ĝis 14 jaroj")),
        absent=(": 24", ": 12 e ", "Plenaĝulo : 24"),
    ),
    Input(
        "prasser.md",
        "Luxembourgish",
        "tabs, and a table within an admonition",
        luxembourgish_tabs,
        together=(
            ("De Sall kascht 60 Euro.",),
            ("De Sall kascht 45 Euro.",),
            ("Wanter",),
            ("Dag: Méindeg", "Präis: 5 Euro"),
        ),
        absent=("===", "!!!"),
    ),
    Input(
        "sewa.csv",
        "Malay",
        "wide letters and a cell of two lines",
        malay_wide_letters,
        cells={"row 2, Alamat": "Jalan Satu, Ipoh", "row 3, Sewa": "RM 80"},
    ),
    Input(
        "upa.csv",
        "Tagalog",
        "bars between cells and one behind the last",
        tagalog_bars,
        texts={"row 2": "Silid: Malaki; Upa: 1.250,50; Buwan: Enero"},
        cells={"row 3, Upa": "750,00"},
        absent=("column 4",),
    ),
    Input(
        "kirada.tsv",
        "Somali",
        "remarks before the header",
        somali_remarks,
        cells={"row 4, Kirada": "120", "row 5, Hool": "Yar"},
        together=(("Lacagta: USD",),),
    ),
    Input(
        "durem.txt",
        "Mongolian",
        "clauses on several lines",
        mongolian_clauses,
        together=(("Танхимын төлбөр нэг цагт 25 000 төгрөг байна.",), ("Төлбөрийг урьдчилан төлнө.",)),
    ),
]
