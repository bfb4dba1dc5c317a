"""Which version this is."""

from importlib.metadata import PackageNotFoundError, version


def released() -> str:
    """Give the version that is installed; ``0`` where Quire runs from its folder."""
    try:
        return version("quire-documents")
    except PackageNotFoundError:
        return "0"
