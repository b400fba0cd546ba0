"""The law of the invented market: who is what, what that looks like, and how it drives deals, value
and churn.

Comes in: a random generator and a number of accounts. Goes out: clean attributes, planted groups
and log odds of winning. Separate from `northwind.py`, which turns them into the tables of a CRM,
and `mess.py`, which dirties them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

Random = np.random.Generator

OVERLAP = 0.35  # chance that a member takes a characteristic attribute from the market at large
SEGMENT_SHARES = (0.038, 0.036, 0.034)
BAD_SHARES = (0.12, 0.11)

LEVELS: dict[str, dict[str, float]] = {
    "Industry": {
        "FinTech": 0.11,
        "E-commerce": 0.11,
        "Healthcare": 0.1,
        "Manufacturing": 0.19,
        "Media": 0.11,
        "Education": 0.12,
        "Public sector": 0.08,
        "Logistics": 0.1,
        "Travel": 0.08,
    },
    "Number of Employees": {
        "1-10": 0.15,
        "11-50": 0.31,
        "51-200": 0.15,
        "201-500": 0.13,
        "501-1000": 0.11,
        "1001-5000": 0.1,
        "5001+": 0.05,
    },
    "Region": {
        "North America": 0.42,
        "DACH": 0.17,
        "UK & Ireland": 0.19,
        "Nordics": 0.1,
        "Southern Europe": 0.12,
    },
    "CRM used": {
        "Salesforce": 0.18,
        "HubSpot": 0.15,
        "Microsoft Dynamics": 0.12,
        "Pipedrive": 0.27,
        "Spreadsheets": 0.16,
        "Zoho": 0.12,
    },
    "Cloud provider": {
        "AWS": 0.21,
        "Azure": 0.17,
        "Google Cloud": 0.2,
        "On-premises": 0.16,
        "Several": 0.26,
    },
    "Funding stage": {
        "Bootstrapped": 0.34,
        "Seed": 0.19,
        "Series A": 0.17,
        "Series B": 0.1,
        "Private equity": 0.11,
        "Listed": 0.09,
    },
    "Business model": {
        "Subscription": 0.25,
        "Marketplace": 0.13,
        "Services": 0.3,
        "Licence": 0.16,
        "Hardware": 0.16,
    },
    "Original Source": {
        "Organic search": 0.27,
        "Referral": 0.14,
        "Paid social": 0.19,
        "Event": 0.15,
        "Outbound": 0.25,
    },
    "Has technical contact": {"Yes": 0.38, "No": 0.62},
}
TAGS: dict[str, float] = {
    "Google Analytics": 0.72,
    "Slack": 0.55,
    "Jira": 0.3,
    "Snowflake": 0.14,
    "Kafka": 0.1,
    "Shopify": 0.12,
    "Klaviyo": 0.1,
    "Epic": 0.07,
    "SAP": 0.14,
    "Excel macros": 0.12,
}
SEGMENTS: tuple[dict[str, str], ...] = (
    {
        "name": "FinTech scale-ups",
        "Industry": "FinTech",
        "Number of Employees": "51-200",
        "CRM used": "Salesforce",
        "Cloud provider": "AWS",
        "Funding stage": "Series B",
        "Has technical contact": "Yes",
    },
    {
        "name": "Online retailers",
        "Industry": "E-commerce",
        "Number of Employees": "201-500",
        "CRM used": "HubSpot",
        "Business model": "Marketplace",
        "Original Source": "Referral",
        "Funding stage": "Private equity",
    },
    {
        "name": "Hospital groups",
        "Industry": "Healthcare",
        "Number of Employees": "501-1000",
        "CRM used": "Microsoft Dynamics",
        "Cloud provider": "Azure",
        "Funding stage": "Private equity",
        "Has technical contact": "Yes",
    },
)
SEGMENT_TAGS: tuple[tuple[str, ...], ...] = (
    ("Snowflake", "Kafka"),
    ("Shopify", "Klaviyo"),
    ("Epic", "Snowflake"),
)
SEGMENT_GROWTH = (42.0, 26.0, 12.0)
BAD_FITS: tuple[dict[str, str], ...] = (
    {
        "name": "too small to adopt",
        "Number of Employees": "1-10",
        "CRM used": "Spreadsheets",
        "Funding stage": "Bootstrapped",
        "Business model": "Services",
    },
    {
        "name": "slow and on-premises",
        "Industry": "Public sector",
        "Cloud provider": "On-premises",
        "Business model": "Licence",
        "Has technical contact": "No",
    },
)
BAD_TAGS: tuple[tuple[str, ...], ...] = (("Excel macros",), ("SAP",))
BAD_GROWTH = (-4.0, 1.0)
MARKET_GROWTH = (11.0, 15.0)
COUNTRIES: dict[str, tuple[str, ...]] = {
    "North America": ("United States", "USA", "United States", "Canada"),
    "DACH": ("Germany", "Austria", "Switzerland"),
    "UK & Ireland": ("United Kingdom", "UK", "Ireland"),
    "Nordics": ("Sweden", "Denmark", "Norway", "Finland"),
    "Southern Europe": ("Spain", "Italy", "Portugal"),
}
HEADCOUNT: dict[str, tuple[int, int]] = {
    "1-10": (3, 10),
    "11-50": (11, 50),
    "51-200": (51, 200),
    "201-500": (201, 500),
    "501-1000": (501, 1000),
    "1001-5000": (1001, 5000),
    "5001+": (5001, 14000),
}
INFORMATIVE = (
    "Industry",
    "Number of Employees",
    "CRM used",
    "Cloud provider",
    "Funding stage",
    "Business model",
    "Has technical contact",
    "Tech stack",
    "Headcount growth (12 months)",
)
# follow headcount and growth, add nothing of their own
CORRELATED = ("Annual Revenue", "Open roles")
NOISE = ("Region", "Country/Region", "Year founded")


def plant_groups(rng: Random, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Segment number and kind of bad fit by account; −1 is none, and nobody is both."""
    rest = 1 - sum(SEGMENT_SHARES) - sum(BAD_SHARES)
    group = rng.choice(6, n, p=[*SEGMENT_SHARES, *BAD_SHARES, rest])
    return np.where(group < 3, group, -1), np.where((group == 3) | (group == 4), group - 3, -1)


def draw_attributes(rng: Random, segment: np.ndarray, bad: np.ndarray) -> pd.DataFrame:
    """Clean attributes of every account, nothing missing yet."""
    frame = pd.DataFrame({name: _draw_levels(rng, name, segment, bad) for name in LEVELS})
    frame["Tech stack"] = _draw_tags(rng, segment, bad)
    growth = _draw_growth(rng, segment, bad)
    frame["Headcount growth (12 months)"] = growth
    frame["headcount"] = [
        rng.integers(low, high + 1) for low, high in frame["Number of Employees"].map(HEADCOUNT)
    ]
    per_head = np.exp(rng.normal(11.8, 0.4, len(frame)))
    frame["Annual Revenue"] = frame["headcount"] * per_head
    frame["Open roles"] = rng.poisson(
        np.maximum(0.3, frame["headcount"] ** 0.5 * (0.15 + growth / 100))
    )
    frame["Country/Region"] = [
        COUNTRIES[region][rng.integers(len(COUNTRIES[region]))] for region in frame["Region"]
    ]
    frame["Year founded"] = 2022 - np.minimum(60, rng.gamma(2.0, 7.0, len(frame))).astype(int)
    return frame


def _takes_profile(rng: Random, group: np.ndarray, label: int) -> np.ndarray:
    """Which accounts take the next attribute from their group's profile."""
    return (group == label) & (rng.random(len(group)) >= OVERLAP)


def _draw_levels(rng: Random, name: str, segment: np.ndarray, bad: np.ndarray) -> np.ndarray:
    levels = LEVELS[name]
    drawn = rng.choice(np.array(list(levels), dtype=object), len(segment), p=list(levels.values()))
    for group, profiles in ((segment, SEGMENTS), (bad, BAD_FITS)):
        for label, profile in enumerate(profiles):
            if name in profile:
                drawn[_takes_profile(rng, group, label)] = profile[name]
    return drawn


def _draw_tags(rng: Random, segment: np.ndarray, bad: np.ndarray) -> list[str]:
    n = len(segment)
    held = {tag: rng.random(n) < share for tag, share in TAGS.items()}
    for group, tags in ((segment, SEGMENT_TAGS), (bad, BAD_TAGS)):
        for label, own in enumerate(tags):
            for tag in own:
                held[tag] |= _takes_profile(rng, group, label)
    return [";".join(tag for tag in TAGS if held[tag][row]) for row in range(n)]


def _draw_growth(rng: Random, segment: np.ndarray, bad: np.ndarray) -> np.ndarray:
    growth = rng.normal(*MARKET_GROWTH, len(segment))
    for group, means in ((segment, SEGMENT_GROWTH), (bad, BAD_GROWTH)):
        for label, mean in enumerate(means):
            takes = _takes_profile(rng, group, label)
            growth[takes] = rng.normal(mean, 8, takes.sum())
    return np.round(growth)


def planted_traits() -> list[dict[str, str]]:
    """Every level and tag that the segments (icp) or the bad fits (anti) make more likely."""
    found = []
    for direction, profiles, tags in (
        ("icp", SEGMENTS, SEGMENT_TAGS),
        ("anti", BAD_FITS, BAD_TAGS),
    ):
        pairs = {
            (key, level) for profile in profiles for key, level in profile.items() if key != "name"
        }
        pairs |= {("Tech stack", tag) for own in tags for tag in own}
        found += [{"attribute": a, "value": v, "direction": direction} for a, v in sorted(pairs)]
    return found


def attribute_fit(frame: pd.DataFrame) -> np.ndarray:
    """Good minus bad levels held, weighted and centred: the part of the odds that attributes carry."""
    fit = 0.02 * (frame["Headcount growth (12 months)"].to_numpy(float) - MARKET_GROWTH[0])
    for trait in planted_traits():
        weight = {"icp": 0.6, "anti": -0.75}[trait["direction"]]
        if trait["attribute"] == "Tech stack":
            holds = (
                frame["Tech stack"].str.split(";").map(lambda tags, tag=trait["value"]: tag in tags)
            )
            fit = fit + 0.6 * weight * holds.to_numpy(float)
        else:
            fit = fit + weight * (frame[trait["attribute"]] == trait["value"]).to_numpy(float)
    return fit - fit.mean()


def win_logit(fit: np.ndarray, segment: np.ndarray, bad: np.ndarray) -> np.ndarray:
    """Log odds of winning one new-business deal with the account, the same in every year."""
    return -0.3 + 0.62 * fit + 0.9 * (segment >= 0) - 0.2 * (bad >= 0)


def customer_value(
    rng: Random, fit: np.ndarray, segment: np.ndarray, bad: np.ndarray
) -> np.ndarray:
    """Worth as a customer, in standard deviations or so: drives revenue, retention, satisfaction,
    churn.
    """
    return 0.4 * fit + 2.0 * (segment >= 0) - 1.5 * (bad >= 0) + rng.normal(0, 0.7, len(fit))


def probability(logit: np.ndarray) -> np.ndarray:
    """Log odds to probability."""
    return 1 / (1 + np.exp(-logit))
