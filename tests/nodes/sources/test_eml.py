"""Mail: what its sender says, what it quotes, and what it carries."""

from email.message import EmailMessage

import pytest

from quire.nodes.sources.attachments import attached
from quire.nodes.sources.passage import Reading
from quire.nodes.sources.read import read

HEAD = "From: Rosa Hale <rosa@example.org>\nSubject: The fence\n"


def reading(text: str) -> Reading:
    return read("a.eml", text.encode())


def said(found: Reading) -> list[tuple[str, str]]:
    return [(p["address"], p["text"]) for p in found["passages"] if p["kind"] == "text"]


def quoted(found: Reading) -> list[tuple[str, str, str]]:
    return [(p["address"], p["text"], p["headings"][-1]) for p in found["passages"] if p["kind"] == "note"]


@pytest.mark.parametrize(
    "announcement",
    [
        "On Mon, 4 May 2026 at 09:10, the office <o@example.org>\nwrote:",
        "Am 04.05.2026 um 09:10 schrieb das Amt:",
        "Le 4 mai 2026 à 09:10, la mairie a écrit :",
        "2026年5月4日 09:10、役所さんは書きました\uff1a",
    ],
)
def test_a_reply_s_quotes_are_not_its_sender_s(announcement: str) -> None:
    found = reading(f"{HEAD}\nSix feet, please.\n\n{announcement}\n> Four feet.\n>\n> > Five feet.\n")
    whose = f"Quoted: {' '.join(announcement.split())}"
    first = 5 + announcement.count("\n") - 1
    assert said(found) == [("body, line 1", "Six feet, please.")]
    assert quoted(found) == [
        (f"body, line {first}, quoted", "Four feet.", whose),
        (f"body, line {first + 2}, quoted", "Five feet.", whose),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "-----Original Message-----\nFrom: office",
        "________________________________\nVon: Amt <amt@example.org>\nGesendet: Montag, 4. Mai 2026\nAn: Rosa Hale",
        "De : Mairie <m@example.org>\nEnvoyé : lundi 4 mai 2026\nÀ : Rosa Hale",
    ],
)
def test_what_stands_below_another_mail_s_head_is_quoted(head: str) -> None:
    found = reading(f"{HEAD}\nSix feet, please.\n\n{head}\n\nYou may build four feet.\n")
    assert ("body, line 1", "Six feet, please.") in said(found)
    assert not any("four feet" in text for _, text in said(found))
    assert any(text == "You may build four feet." for _, text, _ in quoted(found))


def test_a_letter_with_labelled_lines_is_its_sender_s() -> None:
    found = reading(f"{HEAD}\nHeight: 6 feet\nLength: 40 feet\nColour: green\n")
    assert any("6 feet" in text for _, text in said(found))
    assert quoted(found) == []


def test_a_page_s_quotes_are_not_its_sender_s() -> None:
    page = (
        '<p>Six feet.</p><div class="gmail_quote"><div>On Monday the office wrote:</div>'
        "<blockquote>Four feet.</blockquote></div>"
    )
    found = reading(f"{HEAD}Content-Type: text/html\n\n<html><body>{page}</body></html>")
    assert said(found) == [("body, paragraph 1", "Six feet.")]
    assert ("body, paragraph 2, quoted", "Four feet.", "Quoted: an earlier message") in quoted(found)


def test_a_text_that_only_points_to_the_page_gives_way_to_it() -> None:
    mail = EmailMessage()
    mail["From"] = "a@example.org"
    mail.set_content("See HTML.")
    mail.add_alternative(f"<p>{'The fence is six feet high. ' * 5}</p>", subtype="html")
    found = read("a.eml", mail.as_bytes())
    assert said(found)[0][0] == "body, paragraph 1"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_mark_before_the_head_does_not_hide_it(encoding: str) -> None:
    found = read("a.eml", f"{HEAD}\nSix feet.\n".encode(encoding))
    assert (found["title"], said(found)) == ("The fence", [("body, line 1", "Six feet.")])


def test_encoded_words_and_dates_that_are_none_are_kept() -> None:
    found = reading(
        "From: =?utf-8?q?Ren=C3=A9?= <r@example.org>\nSubject: =?x?q?a?=\nDate: 2026-05-04T09:10Z\n\nSix feet.\n"
    )
    fields = {name: value for p in found["passages"] for name, value in p.get("fields", {}).items()}
    assert fields == {"From": "René <r@example.org>", "Date": "2026-05-04T09:10Z", "Subject": "=?x?q?a?="}


def test_an_encrypted_message_says_so() -> None:
    found = reading(
        f"{HEAD}Content-Type: multipart/encrypted; boundary=b\n\n--b\nContent-Type: text/plain\n\nx\n--b--\n"
    )
    assert found["warnings"] == [
        "the message is encrypted, and its text was not read",
        "the message has no text of its own",
    ]


def test_attachments_are_named_without_folders_and_apart() -> None:
    mail = EmailMessage()
    mail["From"] = "a@example.org"
    mail.set_content("Words.")
    for name in ("../../etc/passwd.md", "plan.md", "plan.md", "größe.md"):
        mail.add_attachment(b"Words.", maintype="text", subtype="markdown", filename=name)
    assert [file.name for file in attached("a.eml", mail.as_bytes())] == [
        "a.eml/.. .. etc passwd.md",
        "a.eml/plan.md",
        "a.eml/plan (2).md",
        "a.eml/größe.md",
    ]
