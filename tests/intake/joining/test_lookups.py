"""Tables of products and teams join the deals by what these name."""

import pandas as pd

from icp_engine.intake.build import understand
from icp_engine.settings import Filter, Settings

DEALS = pd.DataFrame(
    {
        "Opportunity ID": [f"O{n}" for n in range(12)],
        "Account": [f"Firm {n}" for n in range(12)],
        "Product": ["GTXPro", "MG Basic", "Other"] * 4,
        "Sales Agent": ["Ann", "Bob"] * 6,
        "Stage": ["Won", "Lost"] * 6,
    }
)
PRODUCTS = pd.DataFrame(
    {"product": ["GTX Pro", "MG Basic"], "series": ["GTX", "MG"], "sales_price": [100, 20]}
)
TEAMS = pd.DataFrame({"sales_agent": ["Ann", "Bob", "Eve"], "office": ["East", "West", "East"]})


def opened(**settings):
    return understand({"deals": DEALS, "products": PRODUCTS, "teams": TEAMS}, Settings(**settings))


def test_products_and_teams_stand_beside_the_deals_whatever_the_spelling():
    intake = opened()
    assert intake.deals.loc["O0", ["series", "sales_price", "office"]].tolist() == [
        "GTX",
        100.0,
        "East",
    ]
    assert pd.isna(intake.deals.loc["O2", "series"])
    assert "table-unused" not in {problem.code for problem in intake.problems}


def test_what_was_not_found_is_listed():
    join = next(join for join in opened().joins if join.table == "products")
    assert (join.named, join.matched, [lost.key for lost in join.unmatched]) == (12, 8, ["Other"])


def test_a_looked_up_column_describes_only_when_a_person_says_so():
    assert "series" not in opened().deal_columns
    assert (
        opened(roles={"products": {"series": "attribute"}}).deal_columns["series"].role
        == "attribute"
    )


def test_the_scope_may_use_a_looked_up_column():
    assert set(opened(scope=(Filter(column="office", values=("East",)),)).deals["owner"]) == {"Ann"}


def test_a_table_that_repeats_its_key_is_no_lookup():
    doubled = pd.concat([TEAMS, TEAMS])
    intake = understand({"deals": DEALS, "teams": doubled}, Settings())
    assert "office" not in intake.deals and "table-unused" in {
        problem.code for problem in intake.problems
    }
