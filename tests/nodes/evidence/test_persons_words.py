"""Persons' words are in every draft, exactly once, whatever was drafted around them; what they took out is in none."""

import random

import pytest

from quire.nodes.evidence.claims import in_their_words, with_ids
from quire.nodes.evidence.content import Block, Claim, Evidence, Person, SectionContent, claims_of
from quire.nodes.evidence.persons import Edit, edited, kept, persons_of

WORDS = [
    "roof",
    "wall",
    "pump",
    "cellar",
    "slate",
    "brick",
    "water",
    "north",
    "old",
    "new",
    "leaks",
    "stands",
    "holds",
    "moves",
]


class Story:
    """A section that persons edit and somebody drafts anew, and what must stand in it then."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.content = self.draft()
        self.stands: dict[str, str] = {}
        """By a person's words: those that they replaced."""
        self.gone: set[str] = set()

    def sentence(self) -> str:
        return f"{' '.join(self.rng.choices(WORDS, k=4))} {self.rng.randrange(10**6)}."

    def draft(self) -> SectionContent:
        """Draft anew: some claims of before are kept under their names, some reworded, some left out, some new."""
        before = [] if not hasattr(self, "content") else [c for b in self.content["blocks"] for c in claims_of(b)]
        claims = [self._again(c) for c in before if self.rng.random() < 2 / 3]
        claims += [Claim(text=self.sentence(), basis="source", evidence=[]) for _ in range(self.rng.randint(1, 4))]
        if self.rng.random() < 1 / 3:
            self.rng.shuffle(claims)
        blocks: list[Block] = []
        while claims:
            some, claims = claims[: self.rng.randint(1, 3)], claims[3:] if len(claims) > 3 else []
            blocks.append(self._block(some))
        return with_ids(SectionContent(blocks=blocks, values={}, open_questions=[]))

    def _again(self, made: Claim) -> Claim:
        """Say a claim again as a writer or code might: without a person's mark, and perhaps in other words."""
        text = made["text"] if self.rng.random() < 1 / 2 else self.sentence()
        again = Claim(text=text, basis="source", evidence=[])
        if "id" in made and self.rng.random() < 2 / 3:
            again["id"] = made["id"]
        return again

    def _block(self, claims: list[Claim]) -> Block:
        if self.rng.random() < 1 / 4:
            return {"kind": "table", "columns": [], "rows": [[c] for c in claims]}
        return {"kind": "list" if self.rng.random() < 1 / 3 else "paragraph", "claims": claims}

    def edit(self) -> None:
        """Have a person replace, add or take out something of what stands, as the person sees it."""
        named = [c for b in with_ids(self.content)["blocks"] for c in claims_of(b) if c["text"]]
        if not named:
            return
        target = self.rng.choice(named)
        takes_out, behind = self.rng.random() < 1 / 4, self.rng.random() < 1 / 4
        text = "" if takes_out else self.sentence()
        self.content = edited(self.content, [Edit(target["id"], target["text"], text, behind=behind and not takes_out)])
        if takes_out:
            self.gone.add(target["text"])
        if takes_out or not behind:
            self.stands.pop(target["text"], None)
        if text:
            self.stands[text] = target["text"]

    def move(self) -> None:
        """Have a person put one statement behind another."""
        named = [c for b in with_ids(self.content)["blocks"] for c in claims_of(b) if c["text"]]
        if len(named) < 2:
            return
        moving, target = self.rng.sample(named, 2)
        again = Edit(target["id"], target["text"], moving["text"], behind=True, moves=moving["id"])
        self.content = edited(self.content, [again])
        assert self.content == edited(self.content, [again])
        self.stands.setdefault(moving["text"], moving["text"])

    def redraft(self) -> None:
        self.content = kept(self.draft(), self.content)

    def check(self) -> None:
        texts = [c["text"] for b in self.content["blocks"] for c in claims_of(b)]
        assert dict.fromkeys(self.stands, 1) == {text: texts.count(text) for text in self.stands}
        assert set(self.stands) == {c["text"] for c in persons_of(self.content)}
        assert not self.gone & set(texts)
        names = [c["id"] for b in self.content["blocks"] for c in claims_of(b) if "id" in c]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("seed", range(200))
def test_no_edit_is_lost_or_overwritten_in_any_order_of_edits_and_drafts(seed: int) -> None:
    story = Story(seed)
    for _ in range(12):
        story.rng.choice([story.edit, story.edit, story.move, story.redraft, story.redraft])()
        story.check()


def test_they_are_not_put_into_the_words_of_a_source_where_nobody_can_judge() -> None:
    evidence = Evidence(source="a.md", address="line 1", quote="Pump 0 moves 20 litres.", hash="0")
    own = Claim(id="c1", text="It moves.", basis="source", evidence=[evidence], person=Person(was="", by="Ada"))
    model = Claim(id="c2", text="It moves a bit.", basis="source", evidence=[evidence])
    content = SectionContent(blocks=[Block(kind="paragraph", claims=[own, model])], values={}, open_questions=[])
    left = in_their_words(content, {"c1": [evidence], "c2": [evidence]}, str)

    assert ["It moves.", "Pump 0 moves 20 litres."] == [c["text"] for b in left["blocks"] for c in claims_of(b)]
