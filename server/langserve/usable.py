"""Whether the inputs of a request can be used, said before anything begins: in the words of every other interface.

LangServe checks an input against the graph's schema alone, stops at the first field, and of a batch makes a fault of
the program; it starts those inputs of a batch that it can use beside one that it cannot.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from quire.nodes.decode.located import Located, Place, field_name, shown
from quire.nodes.faults import BadInput, refuse
from quire.server.langserve.graphs import Served, plain


def require_usable(body: Mapping[str, Any], served: Served) -> None:
    """Check the input of a request, or every input of a batch: none of them begins unless all can be used.

    Raises:
        BadInput: everything that is wrong with any of them, each at its field.

    """
    if "inputs" not in body:
        if "input" in body:  # else LangServe says that it is missing
            refuse(_problems_of(body["input"], (), served))
        return
    problems: list[BadInput] = []
    for number, asked in enumerate(body["inputs"]):
        problems += _problems_of(asked, ("inputs", number), served)
    refuse(problems)


def _problems_of(asked: Any, place: Place, served: Served) -> list[BadInput]:
    """Find what is wrong with an input, named by where it stands in a batch."""
    at = Located(asked, root=place)
    if not isinstance(asked, dict):
        return [at.fault((), f"must be a mapping, not {shown(asked)}", "give what `invoke` takes as its input")]
    try:
        served.check(plain(asked))
        served.get_input_schema().model_validate(asked)
    except BadInput as refused:
        name = field_name(place)
        return [BadInput(p.problem, field=_within(name, p.field), hint=p.hint) for p in refused.problems]
    except ValidationError as unfit:
        return [at.fault(problem["loc"], problem["msg"]) for problem in unfit.errors(include_url=False)]
    return []


def _within(part: str, field: str) -> str:
    """Name a field of a part of the whole."""
    if not part:
        return field
    return f"{part}.{field}" if field and not field.startswith("[") else f"{part}{field}"
