"""Fixed wording that is filled in."""

import pytest

from quire.nodes.author.templates import fill
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import claims_of


@pytest.mark.parametrize(
    ("subject", "said"),
    [("Hale B.V.", "Of Hale B.V. Today."), ("Hale", "Of Hale. Today."), ("Hale...", "Of Hale.... Today.")],
)
def test_a_value_that_ends_with_a_stop_ends_its_sentence(subject: str, said: str) -> None:
    content = fill("Of {{ facts.subject }}. Today.", Materials("Review", {"id": "s"}, {"subject": subject}, (), {}))

    (made,) = claims_of(content["blocks"][0])
    assert (said, 1) == (made["text"], len(made["evidence"]))
