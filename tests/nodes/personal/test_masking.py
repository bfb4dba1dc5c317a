"""Personal data is withheld wherever it stands, and nothing is that only looks like it."""

from pathlib import Path

import pytest

from quire.nodes.personal.masking import masked
from quire.nodes.personal.policy import Policy
from quire.nodes.sources.passage import Reading
from quire.nodes.sources.read import read

HERE = Path(__file__).parent
LOOKALIKES = sorted((HERE / "lookalikes").iterdir())
"""Tables that look as if they named people, and name none."""
PEOPLE: dict[str, tuple[list[str], dict[str, str]]] = {
    "leases": (["Winter", "Korvald"], {"tenant": "name"}),
    "a-parcel-sheet": (
        ["Tamsin", "Oakley", "P.O. Box 88"],
        {"Owner of record": "name", "Owner mailing address": "address"},
    ),
    "permits": (
        ["Ola", "Winter", "555-0101", "Hale", "John", "555-0188"],
        {"applicant": "name", "applicant phone": "telephone number"},
    ),
    "employees": (
        ["Ola", "Winter", "1961", "ola.winter", "Elm Court", "078-05-1120", "O'Neil", "1970-01-02", "joneil"],
        {
            "Name": "name",
            "Date of birth": "date of birth",
            "E-mail": "e-mail address",
            "Home address": "address",
            "SSN": "identity number",
        },
    ),
    "patients": (["Ola", "Winter", "03/05/1961", "Meer", "1970-01-02"], {"patient": "name", "DOB": "date of birth"}),
    "tenants": (["Ola", "Winter"], {"tenant_name": "name"}),
    "first-and-last-names": (
        ["Ola", "Winter", "900123"],
        {"firstName": "name", "lastName": "name", "mobile": "telephone number"},
    ),
    "mieterliste": (
        ["Jörg", "Groß", "03.05.1961", "1234567", "DE89"],
        {"Mieter": "name", "Geburtsdatum": "date of birth", "Telefon": "telephone number", "IBAN": "account number"},
    ),
    "personalliste": (
        ["Jörg", "Groß", "12 345 678 901", "Am Kai 1"],
        {"Vorname": "name", "Nachname": "name", "Steuer-ID": "identity number", "Wohnanschrift": "address"},
    ),
    "eigentuemer": (["Anna", "Thun"], {"Name des Eigentümers": "name", "Grundstueckseigentuemer": "name"}),
    "patienten": (["Groß", "A123456780"], {"Patientenname": "name", "Versichertennummer": "identity number"}),
}
"""What must not be left of a table, and the columns whose values are withheld, by what they are."""


def shown(*sources: tuple[str, str], policy: Policy = Policy()) -> tuple[list[Reading], str]:  # noqa: B008 - frozen
    """Give the readings without personal data, and all of their words."""
    readings = masked([read(name, text.encode()) for name, text in sources], policy).readings
    return [*readings], repr([(r["title"], r["passages"]) for r in readings])


def test_there_are_twenty_tables_that_only_look_personal() -> None:
    assert len(LOOKALIKES) >= 20


@pytest.mark.parametrize("path", LOOKALIKES, ids=lambda path: path.stem)
def test_a_table_that_only_looks_personal_stays_whole(path: Path) -> None:
    reading = read("table.csv", path.read_bytes())

    assert (reading,) == masked([reading], Policy()).readings


@pytest.mark.parametrize("name", list(PEOPLE))
def test_personal_data_of_a_table_is_withheld_and_counted(name: str) -> None:
    text, (secrets, columns) = (HERE / "people" / f"{name}.csv").read_text(), PEOPLE[name]

    (reading,), words = shown(("table.csv", text))

    assert [] == [secret for secret in secrets if secret in words]
    assert columns == {told["field"]: told["what"] for told in reading["withheld"] if told["field"]}
    assert len(read("table.csv", text.encode())["passages"]) == len(reading["passages"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Owner: Ola Winter, 41 Mill Lane.", "Owner: [name withheld], 41 Mill Lane."),
        ("The applicant: Ms. Ola R. Winter; decision: issued", "The applicant: [name withheld]; decision: issued"),
        ("Contact person: Winter, Ola", "Contact person: [name withheld]"),
        ("Write to ola.winter@acme.example today.", "Write to [e-mail address withheld] today."),
        ("Call (216) 555-0188 or +49 40 1234567.", "Call [telephone number withheld] or [telephone number withheld]."),
        ("Her SSN is 078-05-1120.", "Her SSN is [identity number withheld]."),
        ("Tax ID: 12 345 678 901, issued 2019", "Tax ID: [identity number withheld], issued 2019"),
        ("Born 3 May 1961, she sold it.", "Born [date of birth withheld], she sold it."),
        ("Date of birth: 1961-05-03", "Date of birth: [date of birth withheld]"),
        ("Home address: 9 Elm Court, Alder Falls", "Home address: [address withheld]"),
        ("Zahlung an DE89 3704 0044 0532 0130 00 bis Mai.", "Zahlung an [account number withheld] bis Mai."),
        ("Mieter: Jörg Groß, Einheit 3", "Mieter: [name withheld], Einheit 3"),
        ("Eigentümerin: Frau Anna von Thun", "Eigentümerin: [name withheld]"),
        ("Frau Groß, geboren am 03.05.1961", "Frau Groß, geboren am [date of birth withheld]"),
        ("Owner: Ola Winter Applicant: Jan Korvald", "Owner: [name withheld] Applicant: [name withheld]"),
        ("Telefon: 040 123456-7", "Telefon: [telephone number withheld]"),
    ],
)
def test_running_text_is_read_by_its_labels_and_forms(text: str, left: str) -> None:
    (reading,), _ = shown(("note.md", text))

    assert [left] == [passage["text"] for passage in reading["passages"]]


@pytest.mark.parametrize(
    "text",
    [
        "Owner: Marlow Steel Works. Tenant: Hale Motors, Inc.",
        "Owner: City of Alder Falls. Applicant: Mill Street Partners.",
        "The owner shall keep the lot clean. Each tenant may appeal.",
        "Part 216-555-0188 replaces part 078-05-1120.",
        "Write to permits@village.example or info@acme.example.",
        "Address: 41 Mill Lane. Date: 3 May 1961. Number: 12 345 678 901.",
        "The firm was founded on 3 May 1961 in Ada Lovelace Way.",
        "Patient monitors: 12. Owner's manual: none. Contact: see page 4.",
        "Eigentümer: Stadt Hamburg. Mieter: Nordlicht GmbH. Telefon: siehe Anlage.",
    ],
)
def test_running_text_that_names_nobody_stays_whole(text: str) -> None:
    reading = read("note.md", text.encode())

    assert (reading,) == masked([reading], Policy()).readings


def test_a_name_that_one_source_gives_away_is_withheld_in_all() -> None:
    rows = "applicant,decision\nOla R. Winter,Issued\n"
    text = "# The case of OLA R. WINTER\n\nMs. Winter came in winter. Winter, Ola R. signed; Ola Winter left.\n"

    readings, words = shown(("permits.csv", rows), ("minutes.md", text))

    assert "winter" == words.lower().partition("came in ")[2][:6]
    assert 1 == words.lower().count("winter")
    assert "The case of [name withheld]" == readings[1]["title"]
    assert [{"field": "", "what": "name", "count": 4}] == readings[1]["withheld"]


def test_masks_keep_every_place() -> None:
    text = (HERE / "people" / "permits.csv").read_text()
    before = read("permits.csv", text.encode())

    (reading,), _ = shown(("permits.csv", text))

    assert [p["address"] for p in before["passages"]] == [p["address"] for p in reading["passages"]]
    told = "date: 2 May 2019; permit: Z-1; applicant: [name withheld]"
    assert reading["passages"][0]["text"].startswith(told)
    assert reading["passages"][0]["fields"]["decision"] == "Issued"
