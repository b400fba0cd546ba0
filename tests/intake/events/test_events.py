"""What an order line is worth: its total where one stands, returns against it."""

import pandas as pd
import pytest

import icp_engine as icp


def lines(total, names=("Order ID", "Customer ID", "Order Date", "Quantity", "Unit Price")):
    rows = range(40)
    frame = pd.DataFrame(
        {
            names[0]: [f"S{n}" for n in rows],
            names[1]: [f"K{n % 8}" for n in rows],
            names[2]: [f"2023-{1 + n % 12:02d}-05" for n in rows],
            names[3]: [1 + n % 6 for n in rows],
            names[4]: [100 + n for n in rows],
        }
    )
    product = frame[names[3]] * frame[names[4]]
    return (frame if total is None else frame.assign(**{total: product * 0.8})), product


@pytest.mark.parametrize("total", ["Ext Price", "Gesamt", "row sum"])
@pytest.mark.parametrize("turned", [False, True])
def test_the_lines_total_is_the_amount_whatever_it_is_called(total, turned):
    frame, product = lines(total)
    study = icp.Study.open({"orders": frame[frame.columns[::-1]] if turned else frame})
    assert study.intake.events["orders"]["amount"].sum() == pytest.approx(0.8 * product.sum())


def test_a_cost_is_no_total():
    frame, product = lines(None)
    study = icp.Study.open({"orders": frame.assign(Weight=[3 + n % 7 for n in range(40)])})
    assert study.intake.events["orders"]["amount"].sum() == product.sum()


def test_one_piece_that_came_back_counts_against():
    frame, _ = lines(None)
    frame.loc[:3, "Quantity"] = -1
    study = icp.Study.open({"orders": frame})
    expected = (frame["Quantity"] * frame["Unit Price"]).sum()
    assert study.intake.events["orders"]["amount"].sum() == expected
