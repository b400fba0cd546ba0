"""The sample, opened once for the tests of scoring lists, forms and pipelines."""

from pathlib import Path

import pytest

from icp_engine import Study

SAMPLE = Path(__file__).parents[2] / "sample_data"


@pytest.fixture(scope="session")
def sample():
    return Study.open(SAMPLE / "accounts.csv", SAMPLE / "deals.csv", SAMPLE / "contacts.csv")


@pytest.fixture(scope="session")
def accounts_file():
    return SAMPLE / "accounts.csv"
