"""What was found in markets with known traits."""

from pathlib import Path

import pandas as pd
import pytest

import icp_engine as icp
from benchmarks.trait_markets import make_market
from icp_engine.settings import Settings
from icp_engine.traits.find import find_traits


@pytest.fixture(scope="session")
def find():
    """Traits of a market under default settings."""

    def run(market, **changes):
        outcomes = pd.DataFrame({"won": market.won_weight, "lost": market.lost_weight})
        settings = Settings(**changes)
        return find_traits(market.indicators, market.attributes, market.best, outcomes, settings)

    return run


@pytest.fixture(scope="session")
def planted(find):
    """A planted market of 4,000 accounts and what was found in it."""
    market = make_market(31, 4000, planted=True)
    return market, find(market)


@pytest.fixture(scope="session")
def sample_study():
    """A study of the sample exports."""
    folder = Path(__file__).parents[2] / "sample_data"
    return icp.Study.open(
        *(folder / f"{name}.csv" for name in ("accounts", "deals", "contacts", "notes"))
    )
