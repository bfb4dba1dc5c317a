"""What stands in sources of many kinds is what is read of them."""

import pytest
from reader_inputs import INPUTS, Input

from quire.nodes.sources.read import read
from quire.nodes.support.grounding import locate
from tests.nodes.sources.further_office import OFFICE
from tests.nodes.sources.further_pages import PAGES
from tests.nodes.sources.further_pdfs import PDFS

ALL = [*INPUTS, *OFFICE, *PAGES, *PDFS]


@pytest.mark.parametrize("given", ALL, ids=[given.name for given in ALL])
def test_what_stands_there_is_what_is_read(given: Input) -> None:
    found = read(given.name, given.make())
    texts = {passage["address"]: passage["text"] for passage in found["passages"]}

    assert {address: texts.get(address) for address in given.texts} == given.texts
    assert {address: value for address, value in given.cells.items() if not locate(value, found, address)} == {}
    told = [" ".join([*passage["headings"], passage["text"]]) for passage in found["passages"]]
    stood = [words for words in given.together if not any(all(word in text for word in words) for text in told)]
    assert stood == []
    assert {word: sum(word in text for text in texts.values()) for word in given.once} == dict.fromkeys(given.once, 1)
    assert [word for word in given.absent if any(word in text for text in texts.values())] == []
    assert [word for word in given.warned if not any(word in warning for warning in found["warnings"])] == []


def test_no_two_inputs_are_alike() -> None:
    assert len(INPUTS) == 20
    assert len(ALL) == 60
    assert len({given.language for given in ALL}) == len({given.kind for given in ALL}) == len(ALL)
