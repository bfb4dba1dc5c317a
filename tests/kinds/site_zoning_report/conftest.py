"""The example's report, as it stands and changed."""

import pytest
from zoning_report import Changed, Report, changed_report, example_report


@pytest.fixture(scope="session")
def report() -> Report:
    return example_report()


@pytest.fixture(scope="session")
def changed() -> Changed:
    return changed_report
