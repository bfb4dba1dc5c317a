"""The example's report for the rules that read it."""

import pytest
from zoning_report import Report, example_report


@pytest.fixture(scope="session")
def report() -> Report:
    return example_report()
