"""The statuses in which comparisons end, each used in one sense."""

from typing import Final

CONFORMING: Final = "Conforming"
LEGAL_NONCONFORMING: Final = "Legal nonconforming"
NONCONFORMING: Final = "Nonconforming"
NOT_BINDING: Final = "Does not bind"
INDETERMINATE: Final = "Indeterminate"
MEANINGS: Final = {
    CONFORMING: "What is there or proposed meets the requirement.",
    LEGAL_NONCONFORMING: "It does not meet the requirement, and an authority regards that as lawful.",
    NONCONFORMING: "It does not meet the requirement, and no source shows that this is lawful.",
    NOT_BINDING: "The requirement is for sites, buildings or work of another sort.",
    INDETERMINATE: "The sources lack what the comparison needs. Nothing is assumed in its place.",
}
COUNTED: Final = {
    CONFORMING: ("conforms", "conform"),
    LEGAL_NONCONFORMING: ("is lawfully nonconforming", "are lawfully nonconforming"),
    NONCONFORMING: ("does not conform", "do not conform"),
    NOT_BINDING: ("does not bind", "do not bind"),
    INDETERMINATE: ("is not determined", "are not determined"),
}
"""How one standard, and several, are said to be."""
DEPARTURES: Final = (NONCONFORMING, LEGAL_NONCONFORMING)
