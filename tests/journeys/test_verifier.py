"""Every claim that a model writes is held against what it names: in code, then by whoever reads it there."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from model_server import Asked, ModelServer, is_verifying, marked_up, upheld
from toys import events_of, section, toy_brief

from quire.graphs.document.document_graph import build
from quire.nodes.author.reading import text_of

HEIGHT = "The height of a building shall not exceed 40 feet."
REWORDED = "No building may be higher than 40 feet."
TURNED = "Towers of more than 40 feet are welcome."
INVENTED = "The height of a building shall not exceed 45 feet."
YARD = "The front yard shall be at least 20 feet deep."
BRIEF = toy_brief(section("height"), options={"max_rounds": 1})


def writing(*drafts: list[str]) -> Callable[[Asked], str]:
    """Write one draft after the other, the last one again and again; object to nothing."""
    left = list(drafts)

    def reply(asked: Asked) -> str:
        if not asked.drafts:
            return json.dumps({"grade": 5, "objections": []})
        said = left.pop(0) if len(left) > 1 else left[0]
        return marked_up([{"text": text, "evidence": ["E1"]} for text in said])

    return reply


def judging(verdicts: Mapping[str, Mapping[str, str]]) -> Callable[[Asked], str]:
    """Judge claims by their words; those that are not named hold."""

    def judge(asked: Asked) -> str:
        said = json.loads(upheld(asked))
        for given in said["verdicts"]:
            text = re.findall(rf"<<\w+ {given['claim']}>>\n(.*)", asked.prompt)[0]
            given.update(verdicts.get(text, {}))
        return json.dumps(said)

    return judge


async def run_of(brief: Mapping[str, Any] = BRIEF) -> list[dict[str, Any]]:
    return [e async for e in events_of(build(), brief)]


def of(events: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [e["data"] for e in events if e["type"] == kind]


def published(events: list[dict[str, Any]]) -> str:
    (approved,) = of(events, "SectionApproved")
    return text_of(approved["content"])


def readings(server: ModelServer) -> list[Asked]:
    return [asked for asked in server.asked if is_verifying(asked)]


async def test_a_rewording_stands_where_a_judge_says_so(online: ModelServer) -> None:
    online.reply = writing([REWORDED])

    events = await run_of()

    (verified,) = of(events, "ClaimsVerified")
    assert REWORDED == published(events)
    assert ("supported", "model") == (verified["verdicts"]["c1"]["verdict"], verified["verdicts"]["c1"]["by"])
    (claim,) = of(events, "SectionApproved")[0]["content"]["blocks"][0]["claims"]
    assert ("c1", "supported") == (claim["id"], claim["verdict"]["verdict"])


async def test_words_of_a_source_need_no_judge(online: ModelServer) -> None:
    online.reply = writing([HEIGHT])

    events = await run_of()

    assert [] == readings(online)
    assert HEIGHT == published(events)


async def test_the_judge_sees_each_claim_beside_its_passage_and_what_stands_around_it(online: ModelServer) -> None:
    online.reply = writing([REWORDED])

    await run_of()

    (asked,) = readings(online)
    for shown in (
        REWORDED,
        "c1 is of the kind fact and rests on E1.",
        "Source code.md (Zoning code, undated, current)",
        f"[Zoning code > 1.01 Height]\nE1: {HEIGHT}",
        "The front yard shall be",
    ):
        assert shown in asked.prompt


async def test_what_is_contradicted_is_out_at_once(online: ModelServer) -> None:
    online.reply = writing([HEIGHT, TURNED])
    online.judge = judging({TURNED: {"verdict": "contradicted", "words": "shall not exceed 40 feet"}})

    events = await run_of({**BRIEF, "options": {"max_rounds": 3}})

    (approved,) = of(events, "SectionApproved")
    assert (HEIGHT, 1) == (published(events), approved["rounds"])
    assert [("c2", TURNED, "contradicted")] == [(s["id"], s["text"], s["verdict"]) for s in approved["struck"]]
    assert "“shall not exceed 40 feet” says otherwise (code.md" in approved["struck"][0]["reason"]


async def test_what_turns_a_passage_into_its_opposite_is_out_though_a_judge_agrees(online: ModelServer) -> None:
    turned = "The height of a building may exceed 40 feet."
    online.reply = writing([HEIGHT, turned])

    events = await run_of({**BRIEF, "options": {"max_rounds": 3}})

    (approved,) = of(events, "SectionApproved")
    assert HEIGHT == published(events)
    assert [("contradicted", True)] == [(s["verdict"], "code.md, " in s["reason"]) for s in approved["struck"]]


async def test_what_is_not_carried_goes_back_with_its_reason_and_is_mended(online: ModelServer) -> None:
    online.reply = writing([HEIGHT, TURNED], [HEIGHT, REWORDED])
    online.judge = judging({TURNED: {"verdict": "insufficient", "missing": "It does not say that one may."}})

    events = await run_of()

    (sent,) = of(events, "RevisionRequested")
    (approved,) = of(events, "SectionApproved")
    assert [f"c2 “{TURNED}” is not carried: It does not say that one may."] == [f["message"] for f in sent["findings"]]
    assert "It does not say that one may." in [a for a in online.asked if a.drafts][1].prompt
    assert (f"{HEIGHT} {REWORDED}", 2, True) == (published(events), approved["rounds"], sent["for_evidence"])
    assert "struck" not in approved


async def test_only_the_claim_that_is_objected_to_goes_back_whatever_words_others_share_with_the_reason(
    online: ModelServer,
) -> None:
    parking = "One space is needed for each 250 square feet of floor area."
    wrong = "The front yard shall be at least 250 square feet deep."
    numbers = {parking: "1.03 Parking", wrong: "1.02 Yards"}

    def reply(asked: Asked) -> str:
        if not asked.drafts:
            return json.dumps({"grade": 5, "objections": []})
        under = {title: number for title in numbers.values() for number in numbers_under(title, asked.prompt)}
        return marked_up([{"text": text, "evidence": [under[title]]} for text, title in numbers.items()])

    online.reply = reply

    await run_of()

    again = [asked.prompt for asked in online.asked if asked.drafts][1]
    assert f"{parking} [" in again
    assert ["stands", "goes back"] == re.findall(r"\{c[12] (stands|goes back)\}", again)


async def test_a_code_that_stands_in_nothing_is_named_whole(online: ModelServer) -> None:
    online.reply = writing([HEIGHT, "District VLX-500 allows 40 feet."])

    events = await run_of()

    reasons = of(events, "ClaimsVerified")[0]["verdicts"]["c2"]["reasons"]
    assert ["“VLX-500” stands in nothing that it names"] == reasons


async def test_a_callout_is_shown_as_one_when_its_draft_goes_back(online: ModelServer) -> None:
    def reply(asked: Asked) -> str:
        if not asked.drafts:
            return json.dumps({"grade": 5, "objections": []})
        (number,) = numbers_under("1.01 Height", asked.prompt)
        sent = f"> [!WARNING]\n> {HEIGHT[:-1]} [{number}].\n\n{INVENTED[:-1]} [{number}].\n"
        return sent if "sent back" not in asked.prompt else f"{HEIGHT[:-1]} [{number}].\n"

    online.reply = reply

    await run_of()

    again = [asked.prompt for asked in online.asked if asked.drafts][1]
    assert f"> [!WARNING]\n> {HEIGHT} [" in again


def numbers_under(title: str, prompt: str) -> list[str]:
    """Give the numbers of what stands under a heading."""
    return re.findall(rf"^\[[^\n]*{title}\]\n(E\d+)", prompt, re.MULTILINE)


async def test_a_claim_may_say_of_when_its_source_is_and_whether_it_holds(online: ModelServer) -> None:
    dated = "The report of April 2026, a draft, says that the height of a building shall not exceed 40 feet."
    text = (
        "# Report (draft)\n\nDate: 14 April 2026\n\n## Height\n\nThe height of a building shall not exceed 40 feet.\n"
    )
    other = dated.replace("April", "May")

    def reply(asked: Asked) -> str:
        if not asked.drafts:
            return json.dumps({"grade": 5, "objections": []})
        (number,) = numbers_under("Height", asked.prompt)
        return marked_up([{"text": said, "evidence": [number]} for said in (dated, other)])

    online.reply = reply

    events = await run_of({**BRIEF, "sources": [{"name": "report.md", "text": text}]})

    verdicts = of(events, "ClaimsVerified")[0]["verdicts"]
    assert ("supported", "model") == (verdicts["c1"]["verdict"], verdicts["c1"]["by"])
    assert ["“May 2026” stands in nothing that it names"] == verdicts["c2"]["reasons"]


async def test_a_cell_that_does_not_hold_is_named_by_its_row_and_column(online: ModelServer) -> None:
    table = "| What | At most |\n|---|---|\n| Height | 45 feet [E1] |\n| A building | 40 feet [E1] |\n"
    online.reply = lambda asked: table if asked.drafts else json.dumps({"grade": 5, "objections": []})

    events = await run_of()

    (struck,) = of(events, "SectionApproved")[0]["struck"]
    assert "Height, At most: 45 feet" == struck["text"]
    assert "“Height, At most: 45 feet” is not carried" in of(events, "RevisionRequested")[0]["findings"][0]["message"]


async def test_code_and_judge_speak_in_one_message(online: ModelServer) -> None:
    online.reply = writing([INVENTED, TURNED], [HEIGHT])
    online.judge = judging({TURNED: {"verdict": "insufficient", "missing": "Nothing allows it."}})

    events = await run_of()

    (sent,) = of(events, "RevisionRequested")
    assert ["height, c1", "height, c2"] == [f["where"] for f in sent["findings"]]
    assert "“45 feet” stands in nothing that it names" in sent["findings"][0]["message"]


async def test_two_drafts_for_evidence_at_most_then_it_is_struck(online: ModelServer) -> None:
    online.reply = writing([HEIGHT, INVENTED])

    events = await run_of()

    (approved,) = of(events, "SectionApproved")
    assert [True, True] == [sent["for_evidence"] for sent in of(events, "RevisionRequested")]
    assert (HEIGHT, 3) == (published(events), approved["rounds"])
    assert [INVENTED] == [s["text"] for s in approved["struck"]]


async def test_no_judge_makes_a_figure_true(online: ModelServer) -> None:
    online.reply = writing([HEIGHT, INVENTED])
    online.judge = upheld

    assert INVENTED not in published(await run_of())


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"words": "buildings may be any height"}, id="words that stand nowhere"),
        pytest.param({"passage": ""}, id="no passage"),
        pytest.param({"words": ""}, id="no words"),
    ],
)
async def test_a_judge_that_quotes_what_is_not_there_is_not_heard(online: ModelServer, given: dict[str, str]) -> None:
    online.reply = writing([HEIGHT, REWORDED])
    online.judge = judging({REWORDED: given})

    events = await run_of()

    assert HEIGHT == published(events)
    assert "nobody has confirmed it" in of(events, "SectionApproved")[0]["struck"][0]["reason"]


async def test_a_judge_that_quotes_another_passage_of_its_claim_is_heard_and_that_one_is_named(
    online: ModelServer,
) -> None:
    online.reply = lambda asked: (
        f"{HEIGHT[:-1]} [E1]. {TURNED[:-1]} [E1, E2].\n" if asked.drafts else json.dumps({"grade": 5, "objections": []})
    )
    online.judge = judging({TURNED: {"verdict": "contradicted", "passage": "E2", "words": "shall not exceed 40 feet"}})

    (approved,) = of(await run_of(), "SectionApproved")

    (struck,) = approved["struck"]
    assert (TURNED, "contradicted") == (struck["text"], struck["verdict"])
    assert re.search(r"“shall not exceed 40 feet” says otherwise \(code\.md.*1\.01 Height", struck["reason"])


def skipping(skips: int, *texts: str) -> Callable[[Asked], str]:
    """Leave claims out of the first answers."""
    left = [skips]

    def judge(asked: Asked) -> str:
        said = json.loads(upheld(asked))
        left[0] -= 1
        if left[0] >= 0:
            under = {v["claim"]: re.findall(rf"<<\w+ {v['claim']}>>\n(.*)", asked.prompt)[0] for v in said["verdicts"]}
            said["verdicts"] = [v for v in said["verdicts"] if under[v["claim"]] not in texts]
        return json.dumps(said)

    return judge


async def test_a_judge_that_skips_a_claim_is_asked_about_it_once_more(online: ModelServer) -> None:
    online.reply = writing([HEIGHT, REWORDED, TURNED])
    online.judge = skipping(1, TURNED)

    events = await run_of()

    asked = [re.findall(r"^(c\d+) is of the kind", a.prompt, re.MULTILINE) for a in readings(online)]
    assert [["c2", "c3"], ["c3"]] == asked
    assert f"{HEIGHT} {REWORDED} {TURNED}" == published(events)


async def test_what_a_judge_skips_twice_is_published_as_where_nobody_judges(online: ModelServer) -> None:
    concluded = "Towers are hardly possible."
    online.judge = skipping(9, REWORDED, concluded)
    online.reply = lambda asked: (
        f"{REWORDED[:-1]} [E1].\n\n{concluded[:-1]} [⇒ E1].\n"
        if asked.drafts
        else json.dumps({"grade": 5, "objections": []})
    )

    events = await run_of()

    (approved,) = of(events, "SectionApproved")
    assert (f"“{HEIGHT}”", 1) == (published(events), approved["rounds"])
    assert ["it is a conclusion, and nobody could judge it"] == [s["reason"] for s in approved["struck"]]


async def test_what_did_not_change_is_not_judged_again(online: ModelServer) -> None:
    online.reply = writing([REWORDED, INVENTED], [REWORDED, HEIGHT])

    events = await run_of()

    assert 2 == len(of(events, "ClaimsVerified"))
    assert 1 == len(readings(online))


async def test_where_nothing_is_left_the_sources_are_quoted(online: ModelServer) -> None:
    online.reply = writing([INVENTED])

    events = await run_of()

    assert HEIGHT in published(events)
    assert [INVENTED] == [s["text"] for s in of(events, "SectionApproved")[0]["struck"]]


async def test_what_takes_judgement_is_left_out_where_nothing_of_it_holds(online: ModelServer) -> None:
    online.reply = writing([INVENTED])
    brief = toy_brief(section("yards"), section("height", needs_model=True), options={"max_rounds": 1})
    held = online.reply
    online.reply = lambda a: f"{YARD[:-1]} [E2].\n" if a.drafts and "“Yards”" in a.prompt else held(a)

    events = await run_of(brief)

    assert [{"section": "height", "reason": "The section is empty"}] == [
        {"section": e["section"], "reason": e["data"]["reason"].partition(": ")[2].rstrip(".")}
        for e in events
        if e["type"] == "SectionFailed"
    ]
    assert YARD == published(events)
    assert [] == [a for a in online.asked if "“Height” of" in a.prompt and not a.drafts and not is_verifying(a)]


async def test_claims_are_judged_in_batches_of_twenty(online: ModelServer) -> None:
    online.reply = writing([f"No building may be higher than 40 feet, remark {word}." for word in WORDS])

    await run_of()

    counts = [len(re.findall(r"^c\d+ is of the kind", a.prompt, re.MULTILINE)) for a in readings(online)]
    assert [20, 1] == counts


WORDS = re.findall(r"\w+", "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november")
WORDS += re.findall(r"\w+", "oscar papa quebec romeo sierra tango uniform")


async def test_a_judge_that_says_yes_or_no(online: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIRE_MODEL_VERIFIER", "bespoke-minicheck")
    write = writing([HEIGHT, REWORDED, TURNED])
    online.reply = lambda asked: (
        ("No" if TURNED in asked.prompt else "Yes") if asked.model == "bespoke-minicheck" else write(asked)
    )

    events = await run_of()

    asked = [a.prompt for a in online.asked if a.model == "bespoke-minicheck"]
    assert f"{HEIGHT} {REWORDED}" == published(events)
    assert all(re.search(r"Document: (?s:.*)\nClaim: (No building|Towers)", prompt) for prompt in asked)


async def test_without_a_judge_what_is_open_is_published_as_a_quotation(
    online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_VERIFY", "code")
    online.reply = writing([HEIGHT, REWORDED, TURNED])

    events = await run_of()

    (approved,) = of(events, "SectionApproved")
    copied, quoted = [c for block in approved["content"]["blocks"] for c in block["claims"]]
    assert [] == readings(online)
    assert (HEIGHT, f"“{HEIGHT}”", True) == (copied["text"], quoted["text"], quoted["quoted"])
    assert [HEIGHT] == [e["quote"] for e in quoted["evidence"]]
    assert {"supported"} == {v["verdict"] for v in of(events, "ClaimsVerified")[0]["verdicts"].values()}
    assert (1, False) == (approved["rounds"], "struck" in approved)
    assert approved["digest"] != of(events, "SectionDrafted")[0]["digest"]


async def test_a_quotation_gives_every_sentence_in_which_the_statement_has_its_names_and_figures(
    online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_VERIFY", "code")
    first, second = "The dredging of the basin took 12 weeks.", "The contractor was Delta Marine."
    text = f"# Minutes\n\n{first} {second} Fenders were painted white in the spring.\n"
    online.reply = writing(["In 12 weeks the whole basin was dredged, a job of Delta Marine."])

    events = await run_of({**BRIEF, "sources": [{"name": "minutes.md", "text": text}]})

    assert f"“{first} {second}”" == published(events)


async def test_without_a_judge_no_draft_is_asked_for_because_of_a_conclusion(
    online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_VERIFY", "code")
    online.reply = lambda asked: (
        f"{HEIGHT[:-1]} [E1].\n\nTowers are hardly possible [⇒ E1].\n"
        if asked.drafts
        else json.dumps({"grade": 5, "objections": []})
    )

    events = await run_of()

    (approved,) = of(events, "SectionApproved")
    assert (1, ["Towers are hardly possible."]) == (approved["rounds"], [s["text"] for s in approved["struck"]])


@pytest.mark.parametrize("verify", ["code", "model"])
async def test_the_document_says_of_a_conclusion_that_nobody_confirmed_it(
    verify: str, online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_VERIFY", verify)
    concluded = "Towers are hardly possible."
    online.judge = judging({concluded: {"verdict": "insufficient", "missing": "It does not follow."}})
    online.reply = lambda asked: (
        f"{HEIGHT[:-1]} [E1].\n\n{concluded[:-1]} [⇒ E1].\n\n{INVENTED[:-1]} [E1].\n"
        if asked.drafts
        else json.dumps({"grade": 5, "objections": []})
    )

    markdown = (await build().ainvoke(dict(BRIEF)))["markdown"]

    assert (
        "1 conclusion was left out, because nobody confirmed that it follows from the evidence (Height: 1)." in markdown
    )
    assert "1 statement was left out, because the evidence does not carry it (Height: 1)." in markdown
    assert "1 conclusion left out here: nobody confirmed that it follows." in markdown
    assert concluded not in markdown


async def test_two_fifths_of_a_section_may_be_conclusions_and_more_where_the_blueprint_allows_it(
    online: ModelServer,
) -> None:
    concluded = [f"Towers are hardly possible {where}" for where in ("here", "there", "anywhere")]

    def reply(asked: Asked) -> str:
        if not asked.drafts:
            return json.dumps({"grade": 5, "objections": []})
        height, yard = (numbers_under(title, asked.prompt)[0] for title in ("1.01 Height", "1.02 Yards"))
        said = [f"{HEIGHT[:-1]} [{height}].", f"The front yard shall be at least 20 feet deep [{yard}]."]
        return "\n\n".join([*said, *(f"{text} [⇒ {height}]." for text in concluded)])

    online.reply = reply
    kinds = []
    for more in ({}, {"inferences": 0.6}):
        (approved,) = of(await run_of(toy_brief(section("height", **more))), "SectionApproved")
        kinds.append([c["kind"] for b in approved["content"]["blocks"] for c in b["claims"]])

    assert ["fact", "fact", "inference", "inference", "fact"] == kinds[0], "what is too much is judged as a fact"
    assert ["fact", "fact", *["inference"] * 3] == kinds[1]
    assert "c5 is of the kind fact" in readings(online)[0].prompt


async def test_readers_are_asked_only_about_a_draft_whose_claims_hold_or_the_last(online: ModelServer) -> None:
    online.reply = writing([HEIGHT, INVENTED])

    await run_of()

    drafts = [n for n, a in enumerate(online.asked) if a.drafts]
    reviews = [n for n, a in enumerate(online.asked) if "You read one section of a professional" in a.prompt]
    assert 3 == len(drafts)
    assert 1 == len(reviews)
    assert reviews[0] > drafts[-1]


JUDGES = {
    "reviewer": "You read one section of a professional",
    "compliance": "You hold one section of a professional",
    "declared agent": "You read one section of a document",
}
"""Words that only this one's prompt begins with."""


@pytest.mark.parametrize("judge", JUDGES)
async def test_judges_see_what_they_judge_against(judge: str, online: ModelServer) -> None:
    online.reply = lambda asked: _of_two(asked) if asked.drafts else json.dumps({"grade": 5, "objections": []})
    purpose, asked_for = "Whether two storeys fit.", "How high may it be?"
    spec = section("height", "yards", instructions="Say how high.", words=90, rules=["plain"], purpose=purpose)
    rule = {"id": "plain", "text": "Every sentence is plain.", "read": True, "severity": "warning"}
    reader = {"name": "proofreader", "handles": ["section-drafted"], "prompt": "Read it for mistakes."}

    await run_of(
        toy_brief(
            section("yards"),
            spec,
            blueprint={"rules": [rule], "agents": [reader]},
            facts={"question": asked_for},
            options={"max_rounds": 1},
        )
    )

    (read,) = [a.prompt for a in online.asked if JUDGES[judge] in a.prompt and "“Height” of" in a.prompt]
    what_they_judge_against = {
        "question": asked_for,
        "purpose": purpose,
        "instructions": "Say how high.",
        "length": "90 words",
        "evidence": "One parking space is required",
        "draft": f"draft>>\n{HEIGHT}",
        "verdicts": "(1 hold)",
        "what does not hold": INVENTED,
        "why": "stands in nothing that it names",
        "neighbours' claims": f"section yards>>\nP1: {YARD}",
    }
    assert [] == [name for name, shown in what_they_judge_against.items() if shown not in read]


def _of_two(asked: Asked) -> str:
    """Write the yards rightly, and of the height one thing that stands nowhere."""
    under, said = ("1.02 Yards", [YARD]) if "section “Yards”" in asked.prompt else ("1.01 Height", [HEIGHT, INVENTED])
    (number,) = numbers_under(under, asked.prompt)
    return marked_up([{"text": text, "evidence": [number]} for text in said])


async def test_a_true_gap_stands_though_it_counts_what_it_is_about(online: ModelServer) -> None:
    gap = "No source says which of the two storeys has the bakery."
    online.reply = lambda asked: (
        f"{HEIGHT[:-1]} [E1].\n\n{gap[:-1]} [∅ looked: bakery, storeys].\n"
        if asked.drafts
        else json.dumps({"grade": 5, "objections": []})
    )

    events = await run_of()

    (approved,) = of(events, "SectionApproved")
    assert (f"{HEIGHT}\n\n{gap}", 1) == (published(events), approved["rounds"])


async def test_the_editor_sees_what_the_whole_is_judged_against(online: ModelServer) -> None:
    online.reply = writing([HEIGHT, INVENTED])
    spec = section("height", instructions="Say how high.", words=90)

    await run_of(toy_brief(spec, facts={"question": "How high may it be?"}, options={"max_rounds": 1}))

    (whole,) = [a.prompt for a in online.asked if "You read a whole report" in a.prompt]
    assert INVENTED not in whole  # it must not be put back
    for shown in ("How high may it be?", "Say how high.", "90 words", HEIGHT, "1 of its claims did not hold"):
        assert shown in whole


async def test_what_readers_say_reaches_the_writer_whole_and_what_stays_open_the_reader(online: ModelServer) -> None:
    problem = f"It leaves out who is meant, {'and on, ' * 60}and by when."

    def reply(asked: Asked) -> str:
        if asked.drafts:
            return marked_up([{"text": HEIGHT, "evidence": ["E1"]}])
        objections = [{"quote": "The height of a building", "problem": problem}]
        return json.dumps({"grade": 2, "objections": objections if REVIEW in asked.prompt else []})

    online.reply = reply

    events = await run_of({**BRIEF, "options": {"max_rounds": 2}})

    again = [a.prompt for a in online.asked if a.drafts][1]
    (approved,) = of(events, "SectionApproved")
    assert problem in again
    assert [f"“The height of a building”: {problem}"] == [f["message"] for f in approved["findings"]]


REVIEW = "You read one section of a professional"
