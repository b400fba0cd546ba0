"""Markets with a planted answer, for tests: what a study should find, and what it must not.

Comes in: a seed and a size. Goes out: a `Market` of plain frames (accounts, deals) beside the truth
behind them. Separate from `sample_data/`, which adds the mess of real exports: here only the
statistics are tested. `accounts` counts customers; with deals, the accounts that never bought come
on top. They have no value metrics, but may carry a segment's profile, and `segment` says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

AS_OF = pd.Timestamp("2026-09-30")
LAST_CLOSE = pd.Timestamp("2026-03-25")  # every customer is older than 180 days at AS_OF
YEARS = 4.5

LEVELS: dict[str, dict[str, float]] = {
    "industry": {
        "FinTech": 0.1,
        "Retail": 0.1,
        "Healthcare": 0.1,
        "Manufacturing": 0.22,
        "Media": 0.14,
        "Education": 0.15,
        "Government": 0.08,
        "Logistics": 0.11,
    },
    "employees": {
        "1-10": 0.14,
        "11-50": 0.34,
        "51-200": 0.14,
        "201-500": 0.12,
        "501-1000": 0.12,
        "1001-5000": 0.14,
    },
    "region": {
        "North America": 0.4,
        "DACH": 0.2,
        "Nordics": 0.12,
        "UK & Ireland": 0.18,
        "APAC": 0.1,
    },
    "crm": {
        "Salesforce": 0.18,
        "HubSpot": 0.22,
        "Dynamics": 0.13,
        "Pipedrive": 0.29,
        "Spreadsheet": 0.18,
    },
    "cloud": {"AWS": 0.2, "Azure": 0.13, "Google Cloud": 0.22, "On-premises": 0.18, "Mixed": 0.27},
    "funding_stage": {
        "None": 0.3,
        "Seed": 0.22,
        "Series A": 0.2,
        "Series B": 0.1,
        "Private equity": 0.1,
        "Listed": 0.08,
    },
    "business_model": {
        "Subscription": 0.28,
        "Marketplace": 0.12,
        "Services": 0.27,
        "Usage-based": 0.18,
        "Licence": 0.15,
    },
    "sales_motion": {"Inside": 0.35, "Field": 0.25, "Partner-led": 0.2, "Self-serve": 0.2},
    "public_api": {"yes": 0.4, "no": 0.6},
}
TAGS: dict[str, float] = {
    "Kafka": 0.12,
    "Snowflake": 0.15,
    "Shopify": 0.12,
    "SAP": 0.13,
    "Epic": 0.08,
    "PostgreSQL": 0.2,
    "Mainframe": 0.1,
    "Docker": 0.3,
    "Jira": 0.35,
    "Slack": 0.9,
}
SEGMENT_PROFILES: tuple[dict[str, str], ...] = (
    {
        "industry": "FinTech",
        "employees": "51-200",
        "crm": "Salesforce",
        "cloud": "AWS",
        "funding_stage": "Series B",
    },
    {
        "industry": "Retail",
        "employees": "501-1000",
        "crm": "Dynamics",
        "cloud": "Azure",
        "funding_stage": "Private equity",
        "business_model": "Marketplace",
    },
    {
        "industry": "Healthcare",
        "employees": "201-500",
        "crm": "Salesforce",
        "cloud": "AWS",
        "funding_stage": "Private equity",
    },
)
SEGMENT_TAGS: tuple[tuple[str, ...], ...] = (
    ("Snowflake",),
    ("SAP",),
    ("Epic", "Snowflake"),
)
SEGMENT_GROWTH = (40.0, 8.0, 35.0)
BAD_PROFILES: tuple[dict[str, str], ...] = (
    {
        "employees": "1-10",
        "funding_stage": "None",
        "crm": "Spreadsheet",
        "business_model": "Services",
    },
    {"industry": "Government", "cloud": "On-premises", "business_model": "Licence"},
)
BAD_TAGS: tuple[tuple[str, ...], ...] = ((), ("Mainframe",))
GROWTH_MARGIN = (12.0, 15.0)  # mean and spread in percent a year


@dataclass(frozen=True)
class Market:
    """A market and its truth.

    accounts: a row an account: account_id (text), account_type, attributes, ltv, nrr, nps, churned,
        churn_date, customer_since (empty for prospects).
    deals: deal_id, account_id, deal_type, stage, amount, created_date, closed_date; may be empty.
    segment: by account_id, planted label 0… or −1. bad_fit: by account_id, planted kind of bad fit
    or −1. traits: (attribute, level or tag, “icp” | “anti”) with a planted effect. ranges:
    (attribute, low, high, direction) for numbers. noise: attributes that have nothing to do with
    anything. win_probability: by deal_id, new business only (open deals too). value: by account_id,
    the planted worth of a customer (a z-like score), before luck in its metrics.
    """

    accounts: pd.DataFrame
    deals: pd.DataFrame
    segment: pd.Series
    traits: frozenset[tuple[str, str, str]]
    win_probability: pd.Series
    value: pd.Series
    bad_fit: pd.Series
    ranges: frozenset[tuple[str, float, float, str]] = frozenset()
    noise: frozenset[str] = frozenset()

    @property
    def customers(self) -> pd.Index:
        """account_ids of customers."""
        return pd.Index(self.accounts.loc[self.accounts["customer_since"].notna(), "account_id"])

    @property
    def attributes(self) -> list[str]:
        """Columns of `accounts` that describe an account before the sale."""
        return [name for name in self.accounts.columns if name not in NOT_ATTRIBUTES]

    def best_fifth(self) -> pd.Index:
        """account_ids of the fifth of customers with the highest planted value that did not churn."""
        frame = self.accounts.set_index("account_id").loc[self.customers]
        value = self.value.loc[self.customers]
        kept = value[(frame["churned"] != "yes").to_numpy()]
        return kept.nlargest(len(value) // 5).index


NOT_ATTRIBUTES = (
    "account_id",
    "account_type",
    "ltv",
    "nrr",
    "nps",
    "churned",
    "churn_date",
    "customer_since",
    "onboarding_plan",
)


def planted_market(
    seed: int,
    accounts: int = 1500,
    overlap: float = 0.35,
    deals: bool = True,
    missing: float = 0.03,
) -> Market:
    """Three overlapping segments among the best fifth, two kinds of bad fit, and win odds that
    follow both.

    `accounts`: customers. `overlap`: chance that a member takes a characteristic attribute from the
    market at large instead of its segment's profile. `missing`: share of attribute cells left
    empty. With `deals=False` there are customers only.
    """
    rng = np.random.default_rng([seed, 11])
    pool = _pool_size(accounts)
    segment, bad = _plant_groups(rng, pool)
    frame = _draw_attributes(rng, segment, bad, overlap)
    fit = _additive_fit(frame)
    chance = _sigmoid(-0.3 + 0.6 * fit + 0.8 * (segment >= 0) - 0.6 * (bad >= 0))
    value = 0.35 * fit + 2.4 * (segment >= 0) - 1.3 * (bad >= 0) + rng.normal(0, 0.75, pool)
    won = rng.random(pool) < chance
    rows = _prefix_with(won, accounts) if deals else np.flatnonzero(won)[:accounts]
    frame = _blank(rng, frame, missing)
    market = _assemble(rng, frame, won, chance, value, segment, bad, rows, deals)
    return replace(market, traits=planted_traits(), ranges=PLANTED_RANGES, noise=NOISE)


def null_market(seed: int, accounts: int = 600, deals: bool = True) -> Market:
    """A market where no attribute has to do with value or outcome, with everything that fakes it.

    Luck differs by account (and stays with it over all its deals), five accounts have forty deals
    each, attributes are correlated with one another, customers of one region signed later (their
    LTV is lower), and two columns are filled only after the sale (`onboarding_plan` on accounts,
    `handover_complete` on deals).
    """
    rng = np.random.default_rng([seed, 23])
    pool = _pool_size(accounts)
    nobody = np.full(pool, -1)
    frame = _correlate(rng, _draw_attributes(rng, nobody, nobody, 1.0))
    chance = _sigmoid(rng.normal(-0.3, 1.0, pool))
    value = rng.normal(0, 1, pool)
    won = rng.random(pool) < chance
    rows = _prefix_with(won, accounts) if deals else np.flatnonzero(won)[:accounts]
    frame = _blank(rng, frame, 0.05)
    late = (frame["region"] == "APAC").to_numpy()
    market = _assemble(rng, frame, won, chance, value, nobody, nobody, rows, deals, late)
    market = replace(market, noise=frozenset(frame.columns))
    return _add_leaks(rng, _add_heavy_accounts(rng, market, chance[rows]) if deals else market)


def shrink(market: Market, n: int, seed: int = 0) -> Market:
    """A random `n` of the market's customers with their deals, and prospects in the market's
    proportion.
    """
    rng = np.random.default_rng([seed, 37])
    customers = market.customers
    if n > len(customers):
        raise ValueError(f"{n} customers asked for, the market has {len(customers)}")
    ids = market.accounts["account_id"]
    prospects = pd.Index(ids[~ids.isin(customers)])
    n_prospects = round(len(prospects) * n / len(customers))
    keep = {
        *rng.choice(customers, n, replace=False),
        *rng.choice(prospects, n_prospects, replace=False),
    }
    accounts = market.accounts[ids.isin(keep)].reset_index(drop=True)
    deals = market.deals[market.deals["account_id"].isin(keep)].reset_index(drop=True)
    index = pd.Index(accounts["account_id"])
    chance = market.win_probability
    return replace(
        market,
        accounts=accounts,
        deals=deals,
        segment=market.segment.loc[index],
        value=market.value.loc[index],
        bad_fit=market.bad_fit.loc[index],
        win_probability=chance[chance.index.isin(deals["deal_id"])],
    )


def planted_traits() -> frozenset[tuple[str, str, str]]:
    """Levels and tags whose share the segments (icp) or the bad fits (anti) raise."""
    found = set()
    planted = (("icp", SEGMENT_PROFILES, SEGMENT_TAGS), ("anti", BAD_PROFILES, BAD_TAGS))
    for direction, profiles, tags in planted:
        for profile, own_tags in zip(profiles, tags, strict=True):
            found |= {(attribute, level, direction) for attribute, level in profile.items()}
            found |= {("tech_stack", tag, direction) for tag in own_tags}
    return frozenset(found)


PLANTED_RANGES = frozenset({("growth_pct", 30.0, 200.0, "icp")})
NOISE = frozenset({"region", "sales_motion", "public_api", "year_founded"})


def _pool_size(customers: int) -> int:
    """Enough accounts that `customers` of them surely win (about four in ten do)."""
    return int(customers * 3.2) + 80


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def _plant_groups(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Segment (6.6 % of the pool in all) and bad-fit kind (28 %), never both; −1 is neither."""
    group = rng.choice(6, n, p=[0.023, 0.023, 0.02, 0.14, 0.14, 0.654])
    return np.where(group < 3, group, -1), np.where((group == 3) | (group == 4), group - 3, -1)


def _draw_attributes(
    rng: np.random.Generator, segment: np.ndarray, bad: np.ndarray, overlap: float
) -> pd.DataFrame:
    """All attributes, no gaps: from the profile with chance 1 − overlap, else from the market's
    margin.
    """
    n = len(segment)
    columns: dict[str, object] = {}
    for name, levels in LEVELS.items():
        drawn = rng.choice(
            np.array(list(levels), dtype=object), n, p=np.array(list(levels.values()))
        )
        for group, profiles in ((segment, SEGMENT_PROFILES), (bad, BAD_PROFILES)):
            for label, profile in enumerate(profiles):
                if name in profile:
                    takes = (group == label) & (rng.random(n) >= overlap)
                    drawn[takes] = profile[name]
        columns[name] = drawn
    columns["tech_stack"] = _draw_tags(rng, segment, bad, overlap)
    columns["growth_pct"] = _draw_growth(rng, segment, overlap)
    columns["data_volume_gb"] = _draw_volume(rng, columns["employees"])
    columns["year_founded"] = rng.integers(1985, 2022, n)
    return pd.DataFrame(columns)


def _draw_tags(
    rng: np.random.Generator, segment: np.ndarray, bad: np.ndarray, overlap: float
) -> np.ndarray:
    n = len(segment)
    held = {tag: rng.random(n) < share for tag, share in TAGS.items()}
    for group, tags in ((segment, SEGMENT_TAGS), (bad, BAD_TAGS)):
        for label, own in enumerate(tags):
            for tag in own:
                held[tag] |= (group == label) & (rng.random(n) >= overlap)
    text = np.full(n, "", dtype=object)
    for tag, has in held.items():
        text = text + np.where(has, tag + "; ", "").astype(object)
    return np.array([row.removesuffix("; ") or None for row in text], dtype=object)


def _draw_growth(rng: np.random.Generator, segment: np.ndarray, overlap: float) -> np.ndarray:
    n = len(segment)
    growth = rng.normal(*GROWTH_MARGIN, n)
    for label, mean in enumerate(SEGMENT_GROWTH):
        takes = (segment == label) & (rng.random(n) >= overlap)
        growth[takes] = rng.normal(mean, 8, takes.sum())
    return growth.round(1)


def _draw_volume(rng: np.random.Generator, employees: object) -> np.ndarray:
    """Data volume follows headcount (a correlated attribute that adds nothing of its own)."""
    rank = (
        pd.Series(employees)
        .map({level: i for i, level in enumerate(LEVELS["employees"])})
        .to_numpy(float)
    )
    return np.exp(rng.normal(3 + 0.5 * rank, 0.6)).round(1)


def _additive_fit(frame: pd.DataFrame) -> np.ndarray:
    """Share-corrected count of good minus bad levels held: what a rubric can learn."""
    fit = np.zeros(len(frame))
    for attribute, level, direction in sorted(planted_traits()):
        sign = 0.8 if direction == "icp" else -1.0
        if attribute == "tech_stack":
            fit += (
                sign
                * 0.6
                * frame[attribute].fillna("").str.contains(level, regex=False).to_numpy(float)
            )
        else:
            fit += sign * (frame[attribute] == level).to_numpy(float)
    return fit - fit.mean()


def _correlate(rng: np.random.Generator, frame: pd.DataFrame) -> pd.DataFrame:
    """CRM and cloud follow headcount for half of the accounts: correlated, yet without meaning."""
    rank = (
        frame["employees"]
        .map({level: i for i, level in enumerate(LEVELS["employees"])})
        .to_numpy(int)
    )
    result = frame.copy()
    for name in ("crm", "cloud", "funding_stage"):
        levels = np.array(list(LEVELS[name]), dtype=object)
        follows = rng.random(len(frame)) < 0.5
        by_rank = levels[np.minimum(rank, len(levels) - 1)]
        result[name] = np.where(follows, by_rank, frame[name].to_numpy(object))
    return result


def _prefix_with(won: np.ndarray, customers: int) -> np.ndarray:
    """Row numbers up to the one that wins for the `customers`-th time: no outcome is thrown away."""
    reached = np.flatnonzero(np.cumsum(won) >= customers)
    if not len(reached):
        raise ValueError("the pool holds too few customers")
    return np.arange(reached[0] + 1)


def _blank(rng: np.random.Generator, frame: pd.DataFrame, share: float) -> pd.DataFrame:
    """Empty a share of the cells at random."""
    return frame.mask(rng.random(frame.shape) < share)


def _assemble(
    rng: np.random.Generator,
    frame: pd.DataFrame,
    won: np.ndarray,
    chance: np.ndarray,
    value: np.ndarray,
    segment: np.ndarray,
    bad: np.ndarray,
    rows: np.ndarray,
    deals: bool,
    late: np.ndarray | None = None,
) -> Market:
    """Cut to `rows`, add dates, value metrics and deals, and keep the truth beside them."""
    won, chance, value = won[rows], chance[rows], value[rows]
    ids = pd.Index(
        [f"A{number:06d}" for number in rng.permutation(len(rows)) + 1], name="account_id"
    )
    closed = _draw_closing(rng, len(rows), late[rows] if late is not None else None)
    accounts = pd.DataFrame(
        {"account_id": ids, "account_type": np.where(won, "Customer", "Prospect")}
    )
    described = frame.iloc[rows].reset_index(drop=True)
    accounts = pd.concat([accounts, described, _draw_metrics(rng, value, won, closed)], axis=1)
    table, probability = _draw_deals(rng, ids, won, chance, value, closed) if deals else _no_deals()
    return Market(
        accounts=accounts,
        deals=table,
        traits=frozenset(),
        segment=pd.Series(segment[rows], ids, name="segment"),
        win_probability=probability,
        value=pd.Series(np.where(won, value, np.nan), ids, name="value"),
        bad_fit=pd.Series(bad[rows], ids, name="bad_fit"),
    )


def _draw_closing(rng: np.random.Generator, n: int, late: np.ndarray | None) -> pd.DatetimeIndex:
    """Closing date of each account's first deal, even over the years; `late` accounts in the last
    third.
    """
    age = rng.random(n) * YEARS * 365
    if late is not None:
        age = np.where(late, age / 3, age)
    return LAST_CLOSE - pd.to_timedelta(age.astype(int), unit="D")


def _draw_metrics(
    rng: np.random.Generator, value: np.ndarray, won: np.ndarray, closed: pd.DatetimeIndex
) -> pd.DataFrame:
    """LTV (grows with tenure), NRR in percent, NPS (a fifth missing), churn; empty for prospects."""
    n = len(value)
    years = (AS_OF - closed).days.to_numpy() / 365.25
    churned = rng.random(n) < _sigmoid(-2.0 - 1.1 * value)
    lived = np.where(churned, years * rng.uniform(0.2, 0.95, n), years)
    ltv = np.exp(9 + 0.55 * value + rng.normal(0, 0.3, n)) * lived
    nps = np.clip(np.round(25 + 17 * value + rng.normal(0, 22, n)), -100, 100)
    ended = closed + pd.to_timedelta((lived * 365.25).astype(int), unit="D")
    return pd.DataFrame(
        {
            "ltv": np.where(won, ltv.round(0), np.nan),
            "nrr": np.where(won, (98 + 11 * value + rng.normal(0, 9, n)).round(1), np.nan),
            "nps": np.where(won & (rng.random(n) < 0.8), nps, np.nan),
            "churned": np.where(won, np.where(churned, "yes", "no"), None),
            "churn_date": ended.where(won & churned),
            "customer_since": closed.where(won),
        }
    )


DEAL_COLUMNS = [
    "deal_id",
    "account_id",
    "deal_type",
    "stage",
    "amount",
    "created_date",
    "closed_date",
]


def _no_deals() -> tuple[pd.DataFrame, pd.Series]:
    return pd.DataFrame(columns=DEAL_COLUMNS), pd.Series(dtype=float, name="win_probability")


def _draw_deals(
    rng: np.random.Generator,
    ids: pd.Index,
    won: np.ndarray,
    chance: np.ndarray,
    value: np.ndarray,
    closed: pd.DatetimeIndex,
) -> tuple[pd.DataFrame, pd.Series]:
    """One new-business deal an account, renewals for customers, and open deals for a tenth of the
    lost.
    """
    n = len(ids)
    amount = np.exp(9 + 0.35 * value + rng.normal(0, 0.4, n)).round(-1)
    created = closed - pd.to_timedelta(rng.integers(15, 150, n), unit="D")
    first = pd.DataFrame(
        {
            "account_id": ids,
            "deal_type": "New business",
            "stage": np.where(won, "Closed Won", "Closed Lost"),
            "amount": amount,
            "created_date": created,
            "closed_date": closed,
            "chance": chance,
        }
    )
    table = pd.concat(
        [first, _renewals(rng, first, won), _open_deals(rng, first, won)], ignore_index=True
    )
    table = table.iloc[rng.permutation(len(table))].reset_index(drop=True)
    table.insert(0, "deal_id", [f"D{number:06d}" for number in range(1, len(table) + 1)])
    new = table[table["deal_type"] == "New business"]
    probability = pd.Series(
        new["chance"].to_numpy(), pd.Index(new["deal_id"]), name="win_probability"
    )
    return table[DEAL_COLUMNS], probability


def _renewals(rng: np.random.Generator, first: pd.DataFrame, won: np.ndarray) -> pd.DataFrame:
    """Nearly always won: whoever counts them as new business gets rates that are too good."""
    is_due = (
        won & ((LAST_CLOSE - first["closed_date"]).dt.days > 380) & (rng.random(len(first)) < 0.6)
    )
    due = first[is_due].copy()
    due["closed_date"] = due["closed_date"] + pd.Timedelta(days=365)
    due["created_date"] = due["closed_date"] - pd.Timedelta(days=40)
    due["deal_type"] = "Renewal"
    due["stage"] = np.where(rng.random(len(due)) < 0.9, "Closed Won", "Closed Lost")
    return due


def _open_deals(rng: np.random.Generator, first: pd.DataFrame, won: np.ndarray) -> pd.DataFrame:
    """A second try with accounts lost before; created in the months up to AS_OF."""
    retry = first[~won & (rng.random(len(first)) < 0.12)].copy()
    stages = np.array(["Qualification", "Proposal", "Negotiation"], dtype=object)
    retry["stage"] = rng.choice(stages, len(retry))
    retry["created_date"] = AS_OF - pd.to_timedelta(rng.integers(0, 170, len(retry)), unit="D")
    retry["closed_date"] = pd.NaT
    return retry


def _add_heavy_accounts(rng: np.random.Generator, market: Market, chance: np.ndarray) -> Market:
    """Five customers with forty more new-business deals each, all with the account's own luck."""
    luck = pd.Series(chance, market.accounts["account_id"])
    heavy = np.repeat(
        rng.choice(market.customers, min(5, len(market.customers)), replace=False), 40
    )
    closed = LAST_CLOSE - pd.to_timedelta(rng.integers(0, 900, len(heavy)), unit="D")
    won = rng.random(len(heavy)) < luck.loc[heavy].to_numpy()
    more = pd.DataFrame(
        {
            "deal_id": [f"H{number:06d}" for number in range(1, len(heavy) + 1)],
            "account_id": heavy,
            "deal_type": "New business",
            "stage": np.where(won, "Closed Won", "Closed Lost"),
            "amount": np.exp(rng.normal(9, 0.5, len(heavy))).round(-1),
            "created_date": closed - pd.Timedelta(days=45),
            "closed_date": closed,
        }
    )
    probability = pd.Series(
        luck.loc[heavy].to_numpy(), pd.Index(more["deal_id"]), name="win_probability"
    )
    return replace(
        market,
        deals=pd.concat([market.deals, more], ignore_index=True),
        win_probability=pd.concat([market.win_probability, probability]),
    )


def _add_leaks(rng: np.random.Generator, market: Market) -> Market:
    """Columns that are filled in by the outcome: a plan for customers, a handover for won deals."""
    accounts, deals = market.accounts.copy(), market.deals.copy()
    plans = rng.choice(np.array(["Light", "Standard", "Guided"], dtype=object), len(accounts))
    accounts["onboarding_plan"] = np.where(accounts["customer_since"].notna(), plans, None)
    if len(deals):
        done = rng.choice(np.array(["yes", "no"], dtype=object), len(deals), p=[0.9, 0.1])
        deals["handover_complete"] = np.where(deals["stage"] == "Closed Won", done, None)
    return replace(market, accounts=accounts, deals=deals)
