"""Which of the types that a route has a client accepts (RFC 9110, 12.5.1)."""

from collections.abc import Iterable, Sequence

from quire.server.http.problems import NotAcceptable

ANYTHING = "*/*"


def accepted(accept: str | None, offered: Sequence[str]) -> str:
    """Choose among media types; without a wish it is the first.

    Args:
        accept: the header.
        offered: types without parameters, the usual one first.

    Raises:
        NotAcceptable: the client takes none of them.

    """
    ranges = list(_ranges(accept or ANYTHING))
    weights = {media: _weight(media, ranges) for media in offered}
    best = max(weights.values())
    if not best:
        raise NotAcceptable(f"this is to be had as {', '.join(offered)}")
    return next(media for media in offered if weights[media] == best)


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    for part in accept.split(","):
        media, *parameters = (word.strip().lower() for word in part.split(";"))
        weight = next((word[2:] for word in parameters if word.startswith("q=")), "1")
        try:
            yield media, min(max(float(weight), 0.0), 1.0)
        except ValueError:
            yield media, 0.0


def _weight(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Give how much a type is wanted: what names it goes before what names its family, and that before anything."""
    for wanted in (media, f"{media.partition('/')[0]}/*", ANYTHING):
        if weights := [weight for named, weight in ranges if named == wanted]:
            return weights[0]
    return 0.0
