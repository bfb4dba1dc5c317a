"""What code says of a claim beside its evidence: the verdict, and reasons that a writer can act on."""

import pytest

from quire.nodes.evidence.content import Evidence
from quire.nodes.evidence.figures.conventions import convention_of
from quire.nodes.support.verdicts import check_claim, decided, judge


def said(quote: str, header: str = "", label: str = "") -> Evidence:
    return Evidence(source="notes.md", address="line 1", quote=quote, hash="", header=header, label=label)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The pipeline was disabled, since the team was aware of the risk.",
         ["Did not disable pipeline despite being aware of the risk"]),
        ("Time to recovery was 1415 minutes.", ["Time to detection: 1415 minutes", "Time to recovery: 25 minutes"]),
        ("The building may exceed 40 feet.", ["The building shall not exceed 40 feet."]),
        ("Dwellings are prohibited in B-2 and permitted in R-1.",
         ["Dwellings are permitted in B-2 and prohibited in R-1."]),
        ("Borealis sued Acme on 3 May 2024.", ["Acme sued Borealis on 3 May 2024."]),
        ("Acme was sued by Borealis.", ["Acme sued Borealis."]),
        ("The service reached 434 authorizations and was reused 36 times.", ["Authorizations: 36; Reuse: 434"]),
        ("Most action items ask for monitoring.", ["Add monitoring.", "Ask for monitoring of disks."]),
        ("The fee is 3 million euros.", ["The fee is 3 billion euros."]),
        ("The rate rose by 3 percentage points.", ["The rate rose by 3 percent."]),
        ("At least 40 people came.", ["At most 40 people came."]),
        ("All tenants pay monthly.", ["Some tenants pay monthly."]),
        ("Applicants may appeal within 30 days.", ["Applicants must appeal within 30 days."]),
        ("Signs are permitted.", ["Signs are permitted if the owner agrees in writing."]),
        ("The pump failed because nobody renewed the contract.", ["The pump failed."]),
        ("The reliable new pump failed on 2 May 2024.", ["The pump failed on 2 May 2024."]),
        ("The lease ends in 2031.", ["The lease ends in 2029.", "The lift is renewed in 2031."]),
        ("Three plants make pumps.", ["Four plants make pumps: Kassel, Linz, Basel and Bern."]),
        ("The largest order came from Lund.", ["An order came from Lund."]),
    ],
)  # fmt: skip
def test_what_the_evidence_does_not_say_is_not_supported(claim: str, evidence: list[str]) -> None:
    assert check_claim(claim, [said(quote) for quote in evidence])["verdict"] != "supported"


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("On 22 June the trigger was a deploy.", ["22nd June 2021: the trigger was a deploy."]),
        ("At 09:10 the alarm rang.", ["09:10: the alarm rang"]),
        ("The meetings were on 15 and 19 February.", ["Meetings on 15 February and on 19 February."]),
        ("Two policies speak of encryption.", ["Policy A speaks of encryption.", "Policy B requires encryption."]),
        ("Borealis was sued by Acme on 3 May 2024.", ["On 3 May 2024 Acme sued Borealis."]),
        ("No more than 40 people came.", ["At most 40 people came."]),
        ("Some tenants pay monthly.", ["All tenants pay monthly."]),
        ("The line runs at 230 kilovolts.", ["The line runs at 230 kV."]),
    ],
)
def test_what_the_evidence_says_in_other_words_stands(claim: str, evidence: list[str]) -> None:
    assert check_claim(claim, [said(quote) for quote in evidence])["verdict"] == "supported"


@pytest.mark.parametrize(
    ("claim", "evidence", "leaning"),
    [
        pytest.param(
            "The northern ferry carried 40 cars by order of the council.",
            ["The northern ferry carried 40 cars in each of its four crossings.", "It runs by order of the council."],
            "insufficient",
            id="the beginning of one sentence and the end of another",
        ),
        pytest.param(
            "The northern ferry carried 40 cars in its four crossings.",
            ["The northern ferry carried 40 cars in each of its four crossings."],
            "supported",
            id="the end is its own",
        ),
        pytest.param(
            "Of all the ferries the northern one is the loudest.",
            ["The northern ferry is loud; the other ferries have silencers."],
            "insufficient",
            id="a superlative by its form",
        ),
        pytest.param(
            "The northern ferry carried more cars than ever.",
            ["The northern ferry carried 40 cars on Monday, more cars on Tuesday."],
            "insufficient",
            id="a record",
        ),
        pytest.param(
            "Five ferries need a permit.",
            ["Three ferries need a permit. The piers are five feet high."],
            "contradicted",
            id="a number of other things",
        ),
    ],
)
def test_what_code_leans_to(claim: str, evidence: list[str], leaning: str) -> None:
    assert judge(claim, [said(quote) for quote in evidence]).leaning == leaning


def test_a_german_superlative_is_told_by_its_form() -> None:
    quote = "Die Fähre im Norden ist laut, die anderen Fähren haben Dämpfer."

    found = judge("Die Fähre im Norden ist am lautesten.", [said(quote)], convention=convention_of("de"))

    assert ("superlative",) == found.rules


def test_what_names_the_evidence_counts_as_its_words() -> None:
    area = said("14,200 sq ft", label="surveyed lot area")
    row = said("R-1 | 844 | 32", header="District | Minimum lot size (sq ft) | Maximum height (ft)")

    assert judge("The surveyed lot area is 14,200 sq ft.", [area]).verdict == "supported"
    assert judge("The minimum lot size in R-1 is 844 sq ft.", [row]).verdict == "supported"
    assert judge("The minimum lot size in R-1 is 32 sq ft.", [row]).verdict != "supported"


def test_a_figure_of_another_row_is_named_with_both_rows() -> None:
    header = "School | Pupils"
    rows = [said("Lincoln | 750", header=header), said("Harbor | 216", header=header)]

    found = judge("Harbor has 750 pupils.", rows)

    assert found.leaning == "contradicted"
    assert "E1 says 750" in found.reasons[0]


@pytest.mark.parametrize(
    ("claim", "quote", "verdict"),
    [
        ("Der Antrag wurde genehmigt.", "Der Antrag wurde nicht genehmigt.", "contradicted"),
        ("Die Miete beträgt mindestens 1.200 €.", "Die Miete beträgt höchstens 1.200 €.", "contradicted"),
        ("Der Antrag wurde am 3. Mai 2024 genehmigt.", "Am 3. Mai 2024 wurde der Antrag genehmigt.", "supported"),
        ("Frau Thoma wurde von der Feuerwehr informiert.", "Die Feuerwehr informierte Frau Thoma.", "supported"),
    ],
)
def test_german_is_read_word_for_word(claim: str, quote: str, verdict: str) -> None:
    assert judge(claim, [said(quote)], convention=convention_of("de")).verdict == verdict


def test_of_other_languages_only_copies_are_sure() -> None:
    evidence = [said("Le conseil a rejeté la demande le 3 mai 2024.")]
    french = convention_of("fr")

    assert judge("Le conseil a rejeté la demande le 3 mai 2024.", evidence, convention=french).verdict == "supported"
    assert judge("Le conseil a accepté la demande le 3 mai 2024.", evidence, convention=french).verdict == "open"
    assert judge("Le conseil a rejeté la demande le 4 mai 2024.", evidence, convention=french).verdict == "insufficient"


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("The fence is 45 feet high.", "E10 says 40 feet, the sentence 45 feet"),
        ("The fence is permitted.", "E10 says “prohibited”, the sentence “permitted”"),
        ("The fence was paid for by lenders from Malta.", "nothing in E10 speaks of “Malta”"),
    ],
)
def test_reasons_name_the_evidence_and_both_words(claim: str, reason: str) -> None:
    evidence = [said("The fence is prohibited. The fence is 40 feet high.")]

    assert reason in judge(claim, evidence, names=["E10"]).reasons


def test_what_is_open_is_decided_leniently_and_not_sure() -> None:
    found = judge(
        "The council turned the request of the school down.", [said("The council refused the school's request.")]
    )

    assert found.verdict == "open"
    assert found.reasons
    assert decided(found) == {
        "verdict": found.leaning, "by": "code", "sure": False, "words": found.words, "reasons": found.reasons
    }  # fmt: skip


def test_a_claim_without_evidence_is_insufficient() -> None:
    assert check_claim("The sky is blue.", [])["verdict"] == "insufficient"
