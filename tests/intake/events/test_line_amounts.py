"""A line comes to price times quantity less the discount, whatever its header calls the price."""

import numpy as np
import pandas as pd
import pytest

import icp_engine as icp

RNG = np.random.default_rng(5)
PRICES = RNG.lognormal(3, 1, 12).round(2)


def lines(rows=240):
    """Order lines of twelve articles, with what they came to."""
    article, quantity = RNG.integers(0, 12, rows), RNG.integers(1, 9, rows)
    discount = RNG.choice([0.0, 0.0, 0.05, 0.2], rows)
    return pd.DataFrame(
        {
            "Order No": [f"A{row // 3}" for row in range(rows)],
            "Customer": [f"Firm {row // 3 % 30}" for row in range(rows)],
            "Order Date": [f"2025-{1 + row // 60:02}-{1 + row % 28:02}" for row in range(rows)],
            "Article": [f"Part {number}" for number in article],
            "Quantity": quantity,
            "price": PRICES[article],
            "discount": discount,
            "total": (PRICES[article] * quantity * (1 - discount)).round(4),
        }
    )


def revenue(frame):
    return float(icp.Study.open({"orders": frame}).accounts["ltv"].sum())


@pytest.mark.parametrize("price", ["Unit Price", "Price", "Price Each"])
@pytest.mark.parametrize("percent", [False, True])
def test_price_times_quantity_less_the_discount(price, percent):
    made = lines()
    sold = made.drop(columns="total").rename(columns={"price": price, "discount": "Discount"})
    if percent:
        sold["Discount"] = [f"{share * 100:g} %" for share in sold["Discount"]]
    assert revenue(sold) == pytest.approx(made["total"].sum(), rel=1e-6)


def test_a_column_named_price_that_grows_with_the_quantity_is_the_lines_total():
    made = lines()
    sold = made.drop(columns=["price", "discount"]).rename(columns={"total": "Price"})
    assert revenue(sold) == pytest.approx(made["total"].sum(), rel=1e-6)


def test_a_discount_in_money_takes_no_share_off():
    made = lines()
    sold = made.drop(columns=["total", "discount"]).assign(Discount=RNG.integers(5, 90, len(made)))
    sold = sold.rename(columns={"price": "Unit Price"})
    assert revenue(sold) == pytest.approx((made["price"] * made["Quantity"]).sum(), rel=1e-6)
