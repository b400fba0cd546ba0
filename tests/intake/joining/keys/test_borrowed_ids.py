"""Whose id a column holds is told by its values: an account's key is no deal's id."""

import uuid

import pandas as pd

import icp_engine as icp

FIRMS = [f"lead_{n:05}" for n in range(30)]


def accounts(ids):
    return pd.DataFrame(
        {
            "id": ids,
            "display_name": [f"Firm {n} Ltd" for n in range(len(ids))],
            "industry": ["Retail", "Health", "Energy"] * (len(ids) // 3),
        }
    )


def deals(ids, key="lead_id"):
    rows = range(120)
    won = [("won", "lost", "active")[row % 3] for row in rows]
    return pd.DataFrame(
        {
            "id": [f"oppo_{row:05}" for row in rows],
            key: [ids[row % len(ids)] for row in rows],
            "status_type": won,
            "value": [100 + row for row in rows],
            "date_created": [f"2025-01-{1 + row % 28:02}" for row in rows],
            "date_won": [f"2025-02-{1 + row % 28:02}" if row % 3 == 0 else "" for row in rows],
            "date_lost": [f"2025-03-{1 + row % 28:02}" if row % 3 == 1 else "" for row in rows],
        }
    )


def test_a_repeated_id_of_the_accounts_is_no_deals_id_and_both_closing_days_count():
    study = icp.Study.open({"leads": accounts(FIRMS), "opportunities": deals(FIRMS)})
    assert study.roles["opportunities"]["lead_id"] == "account_id"
    assert study.roles["opportunities"]["id"] == "deal_id"
    assert len(study.deals) == 120 and len(study.accounts) == 30
    closed = study.deals["closed_date"]
    assert closed.notna().sum() == 80 and closed.max() == pd.Timestamp("2025-03-28")


def test_ids_in_braces_and_capitals_are_the_same_ids():
    ids = [str(uuid.UUID(int=7_919 * n + 1)) for n in range(30)]
    braced = [f"{{{one.upper()}}}" for one in ids]
    study = icp.Study.open({"account": accounts(ids), "deals": deals(braced, "account_ref")})
    assert len(study.accounts) == 30 and study.deals["account_id"].notna().all()
