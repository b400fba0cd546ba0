"""What happens to clean values on their way through a CRM: spellings, ranges, money as text, gaps.

Comes in: clean columns. Goes out: text as exported. Separate so that the law of the market stays
readable.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

Random = np.random.Generator

MISSING_WORDS = ("", "", "", "N/A", "Unknown", "-", "Select")
VARIANTS: dict[str, tuple[str, ...]] = {
    "FinTech": ("fintech", "Fin-tech", "FINTECH"),
    "E-commerce": ("eCommerce", "E-Commerce", "ecommerce "),
    "Healthcare": ("healthcare", "Health care"),
    "Public sector": ("Public Sector",),
    "Media": ("media",),
    "Manufacturing": ("manufacturing", "Manufacturing "),
    "Salesforce": ("salesforce", "SalesForce"),
    "HubSpot": ("Hubspot", "hubspot"),
    "On-premises": ("On premises", "on-premises"),
    "AWS": ("aws",),
    "Series B": ("series B", "Series-B"),
    "Private equity": ("Private Equity",),
}


def vary_spelling(rng: Random, values: pd.Series, share: float = 0.18) -> pd.Series:
    """Some cells in another spelling of the same level; the commonest spelling stays the planted
    one.
    """
    picks = rng.random((2, len(values)))
    result = [
        VARIANTS[value][int(which * len(VARIANTS[value]))]
        if value in VARIANTS and change < share
        else value
        for value, change, which in zip(values, *picks, strict=True)
    ]
    return pd.Series(result, index=values.index, dtype=object)


def write_headcount(rng: Random, band: pd.Series, headcount: pd.Series) -> pd.Series:
    """Mostly the band as text, sometimes the plain number or another way to write the band."""
    how = rng.random(len(band))
    result = band.astype(object).copy()
    result[how < 0.10] = headcount[how < 0.10].astype(str)
    spaced = (how >= 0.10) & (how < 0.16)
    result[spaced] = band[spaced].str.replace("-", " - ", regex=False)
    worded = (how >= 0.16) & (how < 0.19)
    result[worded] = band[worded] + " employees"
    return result


def write_money(amount: float) -> str:
    """“$12,400”."""
    return f"${amount:,.0f}"


def write_company_revenue(rng: Random, revenue: pd.Series) -> pd.Series:
    """“$4.2M”, “$850K” or the plain dollar amount."""
    plain = rng.random(len(revenue)) < 0.15
    short = [
        f"${value / 1e6:.1f}M" if value >= 1e6 else f"${value / 1e3:.0f}K" for value in revenue
    ]
    return pd.Series(
        np.where(plain, [f"${value:,.0f}" for value in revenue.round(-4)], short),
        index=revenue.index,
    )


def leave_gaps(rng: Random, values: pd.Series, share: np.ndarray) -> pd.Series:
    """Empty each cell with its own chance; what stands there instead is a missing word or nothing."""
    gone = rng.random(len(values)) < share
    words = np.array(MISSING_WORDS, dtype=object)[
        rng.integers(len(MISSING_WORDS), size=len(values))
    ]
    return pd.Series(np.where(gone, words, values.to_numpy(object)), index=values.index)


def retype_name(rng: Random, name: str) -> str:
    """A company name as somebody else typed it; still the same letters."""
    return (name.upper(), name.lower(), f" {name}", name.replace(" ", "  "), f"{name}.")[
        rng.integers(5)
    ]


def rename_loosely(name: str) -> str:
    """A name that nobody can match by spelling alone."""
    return name.split()[0] + " Group (new parent)"
