"""A shop's transactions: first choices decide who comes back.

Comes in: a seed. Goes out: the orders table and its truth. Separate from the vendor's CRM:
transactions alone are another way in.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

Random = np.random.Generator

CUSTOMERS = 1200
START, END = pd.Timestamp("2024-04-01"), pd.Timestamp("2026-09-30")
CATEGORIES = {
    "Coffee beans": 0.24,
    "Equipment": 0.18,
    "Gift sets": 0.2,
    "Tea": 0.22,
    "Accessories": 0.16,
}
CHANNELS = {"Newsletter": 0.18, "Organic search": 0.3, "Marketplace": 0.22, "Paid social": 0.3}
# log rate of return
EFFECTS = {"Coffee beans": 0.85, "Gift sets": -0.8, "Newsletter": 0.7, "Marketplace": -0.7}
PRICES = {
    "Coffee beans": 24.0,
    "Equipment": 68.0,
    "Gift sets": 39.0,
    "Tea": 17.0,
    "Accessories": 21.0,
}
RETURNS_A_YEAR = 1.9


def make_shop(seed: int) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Orders (one row an order) and the truth: effects and each customer's expected orders a year."""
    rng = np.random.default_rng([seed, 3])
    customers = _draw_customers(rng)
    orders = pd.concat(
        [_first_orders(customers), _repeat_orders(rng, customers)], ignore_index=True
    )
    orders = _price(
        rng, orders.sort_values(["date", "customer", "first"], kind="stable").reset_index(drop=True)
    )
    truth = {
        "customers": CUSTOMERS,
        "orders": len(orders),
        "from": str(START.date()),
        "to": str(END.date()),
        "effects_on_log_return_rate": EFFECTS,
        "base_returns_a_year": RETURNS_A_YEAR,
        "traits": [
            {
                "attribute": "Category" if name in CATEGORIES else "Channel",
                "value": name,
                "of": "first order",
                "direction": "icp" if effect > 0 else "anti",
            }
            for name, effect in EFFECTS.items()
        ],
        "returns_a_year": {
            f"C{row.Index + 1:05d}": round(float(row.rate), 3) for row in customers.itertuples()
        },
    }
    return orders, truth


def _draw_customers(rng: Random) -> pd.DataFrame:
    """First choices, first date and rate of return (with luck of its own) by customer."""
    category = rng.choice(
        np.array(list(CATEGORIES), dtype=object), CUSTOMERS, p=list(CATEGORIES.values())
    )
    channel = rng.choice(
        np.array(list(CHANNELS), dtype=object), CUSTOMERS, p=list(CHANNELS.values())
    )
    effect = np.array(
        [EFFECTS.get(c, 0) + EFFECTS.get(d, 0) for c, d in zip(category, channel, strict=True)]
    )
    luck = rng.gamma(3.0, 1 / 3.0, CUSTOMERS)
    days = (END - START).days
    return pd.DataFrame(
        {
            "category": category,
            "channel": channel,
            "rate": RETURNS_A_YEAR * np.exp(effect) * luck,
            "start": START + pd.to_timedelta(rng.integers(0, days - 60, CUSTOMERS), unit="D"),
        }
    )


def _first_orders(customers: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer": customers.index,
            "first": 0,
            "date": customers["start"],
            "category": customers["category"],
            "channel": customers["channel"],
        }
    )


def _repeat_orders(rng: Random, customers: pd.DataFrame) -> pd.DataFrame:
    """Poisson returns until the last day; later choices keep to the first one two times in three."""
    years = (END - customers["start"]).dt.days.to_numpy() / 365.25
    who = np.repeat(customers.index.to_numpy(), rng.poisson(customers["rate"] * years))
    start = customers["start"].to_numpy()[who]
    offset = (rng.random(len(who)) * (END - pd.DatetimeIndex(start)).days.to_numpy()).astype(
        int
    ) + 1
    keeps = rng.random(len(who)) < 2 / 3
    category = rng.choice(
        np.array(list(CATEGORIES), dtype=object), len(who), p=list(CATEGORIES.values())
    )
    channel = rng.choice(
        np.array(list(CHANNELS), dtype=object), len(who), p=list(CHANNELS.values())
    )
    date = np.minimum(pd.DatetimeIndex(start) + pd.to_timedelta(offset, unit="D"), END)
    return pd.DataFrame(
        {
            "customer": who,
            "first": 1,
            "date": date,
            "category": np.where(keeps, customers["category"].to_numpy(object)[who], category),
            "channel": np.where(keeps, customers["channel"].to_numpy(object)[who], channel),
        }
    )


def _price(rng: Random, orders: pd.DataFrame) -> pd.DataFrame:
    """The exported table: ids, quantity, discount and what was paid."""
    n = len(orders)
    quantity = 1 + rng.poisson(0.6, n)
    discount = rng.choice([0, 0, 0, 5, 10, 20], n)
    unit_price = orders["category"].map(PRICES).to_numpy(float) * np.exp(rng.normal(0, 0.25, n))
    return pd.DataFrame(
        {
            "Order ID": [f"O{number:06d}" for number in range(1, n + 1)],
            "Customer ID": [f"C{number + 1:05d}" for number in orders["customer"]],
            "Order date": orders["date"].dt.strftime("%Y-%m-%d"),
            "Category": orders["category"],
            "Channel": orders["channel"],
            "Quantity": quantity,
            "Discount": [f"{share}%" for share in discount],
            "Amount": [f"{value:.2f}" for value in unit_price * quantity * (1 - discount / 100)],
        }
    )
