"""The vendor's CRM exports: the clean world as HubSpot-like files, with the mess that real ones
have.

Comes in: a `World` and a seed. Goes out: text frames ready for CSV. Separate from `northwind.py`:
the mess can change without changing what happened.
"""

from __future__ import annotations

import law
import mess
import numpy as np
import pandas as pd
import words
from northwind import AS_OF, World

Random = np.random.Generator

STAGES = (
    "Appointment Scheduled",
    "Qualified to Buy",
    "Presentation Scheduled",
    "Decision Maker Bought-In",
    "Contract Sent",
)
GAPS: dict[str, float] = {  # share missing among customers; five points more among everyone else
    "Industry": 0.05,
    "Number of Employees": 0.06,
    "Annual Revenue": 0.09,
    "Country/Region": 0.03,
    "Region": 0.03,
    "CRM used": 0.08,
    "Cloud provider": 0.09,
    "Tech stack": 0.07,
    "Funding stage": 0.08,
    "Headcount growth (12 months)": 0.08,
    "Open roles": 0.09,
    "Business model": 0.06,
    "Has technical contact": 0.06,
    "Original Source": 0.04,
    "Year founded": 0.07,
}
MORE_AMONG_OTHERS = 0.04
DUPLICATES, NAMED_DIFFERENTLY, UNMATCHED, WITHOUT_ID = 18, 140, 9, 150


def export_accounts(world: World, seed: int) -> pd.DataFrame:
    """accounts.csv: one row an account and some twice."""
    rng = np.random.default_rng([seed, 5])
    accounts, n = world.accounts, len(world.accounts)
    frame = pd.DataFrame(
        {
            "Record ID": accounts["id"].astype(str),
            "Company name": accounts["name"],
            "Company Domain Name": accounts["name"].str.replace(" ", "").str.lower() + ".example",
            "Type": accounts["kind"].str.capitalize(),
            "Company owner": rng.choice(np.array(words.OWNERS), n),
            "Create Date": _created(rng, world),
        }
    )
    frame = pd.concat(
        [frame, _export_attributes(rng, accounts), _export_metrics(rng, accounts)], axis=1
    )
    return _duplicate(rng, frame)


def _created(rng: Random, world: World) -> pd.Series:
    """A while before the first deal; anywhen in the window for accounts without one."""
    first = world.deals.groupby("row")["created"].min().reindex(world.accounts.index)
    first = first.where(
        world.accounts["since"].isna() | (first < world.accounts["since"]), world.accounts["since"]
    )
    anywhen = pd.Series(
        AS_OF - pd.to_timedelta(rng.integers(5, 1090, len(first)), unit="D"), first.index
    )
    known = first - pd.to_timedelta(rng.integers(1, 90, len(first)), unit="D")
    return known.fillna(anywhen).dt.strftime("%Y-%m-%d")


def _export_attributes(rng: Random, accounts: pd.DataFrame) -> pd.DataFrame:
    columns: dict[str, pd.Series] = {name: accounts[name].astype(object) for name in GAPS}
    for name in ("Industry", "CRM used", "Cloud provider", "Funding stage"):
        columns[name] = mess.vary_spelling(rng, accounts[name])
    columns["Number of Employees"] = mess.write_headcount(
        rng, accounts["Number of Employees"], accounts["headcount"]
    )
    columns["Annual Revenue"] = mess.write_company_revenue(rng, accounts["Annual Revenue"])
    columns["Headcount growth (12 months)"] = accounts["Headcount growth (12 months)"].map(
        "{:.0f}%".format
    )
    other = MORE_AMONG_OTHERS * (accounts["kind"] != "customer").to_numpy()
    return pd.DataFrame(
        {name: mess.leave_gaps(rng, columns[name], GAPS[name] + other) for name in GAPS}
    )


def _export_metrics(rng: Random, accounts: pd.DataFrame) -> pd.DataFrame:
    """Value metrics, churn, and a column that only customers have filled (the leak)."""
    is_customer = accounts["kind"] == "customer"
    forecast = np.where(
        rng.random(len(accounts)) < law.probability(accounts["value"].to_numpy()),
        "Likely",
        "At risk",
    )
    money = {
        name: accounts[column].map(mess.write_money, na_action="ignore")
        for name, column in (("ARR", "arr"), ("LTV", "ltv"))
    }
    return pd.DataFrame(
        {
            **money,
            "NRR": accounts["nrr"].map("{:.0f}%".format, na_action="ignore"),
            "NPS": accounts["nps"].map("{:.0f}".format, na_action="ignore"),
            "Support tickets (12 months)": accounts["tickets"].map(
                "{:.0f}".format, na_action="ignore"
            ),
            "Onboarding days": accounts["onboarding"].map("{:.0f}".format, na_action="ignore"),
            "Customer since": accounts["since"].dt.strftime("%Y-%m-%d"),
            "Churned": np.where(
                is_customer, np.where(accounts["churn_date"].notna(), "Yes", "No"), ""
            ),
            "Churn date": accounts["churn_date"].dt.strftime("%Y-%m-%d"),
            "Renewal forecast": np.where(is_customer, forecast, ""),
        }
    )


def _duplicate(rng: Random, frame: pd.DataFrame) -> pd.DataFrame:
    """Some accounts appear a second time under the same id, half of the copies with cells emptied."""
    copies = frame.iloc[np.sort(rng.choice(len(frame), DUPLICATES, replace=False))].copy()
    emptied = rng.random(copies.shape) < 0.3
    emptied[:, :4] = False
    emptied[::2] = False
    return pd.concat([frame, copies.mask(emptied, "")], ignore_index=True)


def export_deals(world: World, seed: int) -> pd.DataFrame:
    """deals.csv: HubSpot-like; open deals carry an expected close date, as they do in life."""
    rng = np.random.default_rng([seed, 7])
    deals, n = world.deals, len(world.deals)
    account = world.accounts.iloc[deals["row"]].reset_index(drop=True)
    open_stage = np.array(STAGES, dtype=object)[rng.integers(len(STAGES), size=n)]
    won, lost = deals["outcome"] == "won", deals["outcome"] == "lost"
    frame = pd.DataFrame(
        {
            "Record ID": deals["id"].astype(str),
            "Deal Name": account["name"] + " - " + deals["type"],
            "Pipeline": np.where(deals["type"] == "Renewal", "Renewals", "Sales Pipeline"),
            "Deal Stage": np.select([won, lost], ["Closed Won", "Closed Lost"], open_stage),
            "Deal Type": deals["type"],
            "Amount": deals["amount"].map(mess.write_money),
            "Create Date": deals["created"].dt.strftime("%Y-%m-%d"),
            "Close Date": deals["closed"].dt.strftime("%Y-%m-%d"),
            "Deal owner": np.array(words.OWNERS, dtype=object)[
                rng.integers(len(words.OWNERS), size=n)
            ],
            "Associated Company": account["name"],
            "Associated Company IDs": account["id"].astype(str),
            "Lead Source": account["Original Source"],
            "Closed Lost Reason": _lost_reasons(rng, deals, account),
            "Handover complete": np.where(won, np.where(rng.random(n) < 0.92, "Yes", "No"), ""),
        }
    )
    frame.loc[rng.random(n) < 0.04, "Amount"] = ""
    return _name_differently(rng, frame)


def _lost_reasons(rng: Random, deals: pd.DataFrame, account: pd.DataFrame) -> list[str]:
    reasons = []
    for kind, outcome, bad in zip(deals["type"], deals["outcome"], account["bad"], strict=True):
        table = words.LOST_REASONS[bad]  # −1 is everybody else, the last table
        reason = rng.choice(list(table), p=list(table.values()))
        if kind == "Renewal":
            reason = words.CHURN_REASONS[rng.integers(len(words.CHURN_REASONS))]
        reasons.append(str(reason) if outcome == "lost" and rng.random() < 0.9 else "")
    return reasons


def _name_differently(rng: Random, frame: pd.DataFrame) -> pd.DataFrame:
    """Some deals name the account in another spelling, some lack its id, a few cannot be matched at
    all.
    """
    frame = frame.copy()
    chosen = rng.permutation(len(frame))
    retyped = chosen[:NAMED_DIFFERENTLY]
    frame.loc[retyped, "Associated Company"] = [
        mess.retype_name(rng, name) for name in frame.loc[retyped, "Associated Company"]
    ]
    frame.loc[chosen[UNMATCHED : UNMATCHED + WITHOUT_ID], "Associated Company IDs"] = ""
    lost = np.flatnonzero(frame["Deal Stage"] == "Closed Lost")[:: max(1, len(frame) // 40)][
        :UNMATCHED
    ]
    frame.loc[lost, "Associated Company"] = frame.loc[lost, "Associated Company"].map(
        mess.rename_loosely
    )
    frame.loc[lost, "Associated Company IDs"] = ""
    return frame


def export_contacts(world: World, seed: int) -> pd.DataFrame:
    """contacts.csv: one to three people at seven accounts in ten; titles follow the segment."""
    rng = np.random.default_rng([seed, 9])
    rows = []
    for account in world.accounts.itertuples():
        titles = words.JOB_TITLES[account.segment if account.segment >= 0 else 3]
        for title in rng.permutation(titles)[
            : int(rng.integers(1, 4)) if rng.random() < 0.7 else 0
        ]:
            first, last = rng.choice(words.FIRST_NAMES), rng.choice(words.LAST_NAMES)
            domain = account.name.replace(" ", "").lower() + ".example"
            rows.append(
                {
                    "First Name": first,
                    "Last Name": last,
                    "Email": f"{first}.{last}@{domain}".lower(),
                    "Job Title": title,
                    "Associated Company": account.name,
                    "Associated Company IDs": str(account.id),
                    "Lifecycle Stage": "Customer" if account.kind == "customer" else "Lead",
                }
            )
    frame = pd.DataFrame(rows)
    frame.insert(0, "Record ID", [str(3_100_001 + 2 * row) for row in range(len(frame))])
    return frame


def export_notes(world: World, seed: int) -> pd.DataFrame:
    """notes.csv: interviews with customers and what was said when a deal was lost."""
    rng = np.random.default_rng([seed, 13])
    rows = []
    for account in world.accounts[world.accounts["kind"] == "customer"].itertuples():
        if rng.random() < (0.7 if account.segment >= 0 else 0.22):
            notes = (
                words.BAD_NOTES[account.bad]
                if account.bad >= 0
                else words.SEGMENT_NOTES[account.segment]
            )
            rows.append(
                (
                    account.Index,
                    "Customer interview",
                    AS_OF - pd.Timedelta(days=int(rng.integers(400))),
                    notes[rng.integers(len(notes))],
                )
            )
    lost = world.deals[(world.deals["outcome"] == "lost") & (world.deals["type"] == "New Business")]
    for deal in lost.itertuples():
        bad = int(world.accounts["bad"].iloc[deal.row])
        if bad >= 0 and rng.random() < 0.3:
            rows.append(
                (deal.row, "Loss review", deal.closed, words.BAD_NOTES[bad][rng.integers(4)])
            )
    frame = pd.DataFrame(rows, columns=["row", "Source", "Date", "Note"])
    frame["Date"] = frame["Date"].dt.strftime("%Y-%m-%d")
    frame.insert(0, "Company name", world.accounts["name"].to_numpy()[frame.pop("row")])
    return frame.sort_values(["Date", "Company name"], kind="stable")
