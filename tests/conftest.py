"""One finished study of the sample, shared by the tests that only read it."""

from pathlib import Path

import pytest

import icp_engine as icp

SAMPLE = Path(__file__).parents[1] / "sample_data"


@pytest.fixture(scope="session")
def sample_study():
    return icp.Study.open(
        *(SAMPLE / f"{name}.csv" for name in ("accounts", "deals", "contacts", "notes"))
    )
