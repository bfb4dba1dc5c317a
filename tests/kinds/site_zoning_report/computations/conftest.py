"""The example's report, as it stands and changed."""

import pytest
from zoning_report import EXAMPLE, Bare, Changed, Report, TextOf, bare_report, changed_report, example_report


@pytest.fixture(scope="session")
def report() -> Report:
    return example_report()


@pytest.fixture(scope="session")
def changed() -> Changed:
    return changed_report


@pytest.fixture(scope="session")
def bare() -> Bare:
    return bare_report


@pytest.fixture(scope="session")
def example_text() -> TextOf:
    return lambda name: (EXAMPLE / name).read_text()
