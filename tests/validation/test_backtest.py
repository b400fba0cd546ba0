"""Ageing is measured on the same accounts, and an easy quarter does not pass for youth."""

import numpy as np
import pytest

from icp_engine.validation.backtest import Cell, backtest_table


def cells(strength, quarters=4, size=120, seed=1):
    """Rubrics of `quarters` ends score the following quarters; strength(age, quarter) is how well
    they rank.
    """
    generator, found = np.random.default_rng(seed), []
    won = np.repeat([1.0, 0.0], size // 2)
    for scored in range(1, quarters + 1):
        noise = generator.normal(size=size)
        for age in range(1, scored + 1):
            score = noise + strength(age, scored) * won
            accounts = np.arange(size) + size * scored
            found.append(
                Cell(f"Q{scored - age}", age, f"Q{scored}", 100, accounts, score, won, 1 - won)
            )
    return found


def test_planted_ageing_is_found():
    table = backtest_table(cells(lambda age, _: 1.6 - 0.4 * age), 3)
    value, _, high = table.attrs["decay"]
    assert value < -0.05 and high < 0
    assert "Derive it anew every quarter" in table.attrs["sentence"]


def test_an_easier_quarter_is_not_youth():
    table = backtest_table(cells(lambda _, scored: 0.5 * scored), 3)
    assert table.attrs["decay"][0] == pytest.approx(0, abs=1e-12)
    assert "No ageing is shown" in table.attrs["sentence"]


def test_one_row_a_rubric_and_distance():
    table = backtest_table(cells(lambda *_: 1.0), 3)
    assert len(table) == 10 and set(table["ahead"]) == {1, 2, 3, 4}
    assert (table["low"] < table["auc"]).all() and (table["auc"] < table["high"]).all()


def test_a_single_quarter_shows_no_ageing_and_none_says_so():
    assert (
        "cannot be told yet"
        in backtest_table(cells(lambda *_: 1.0, quarters=1), 3).attrs["sentence"]
    )
    assert "nothing can be tested backwards" in backtest_table([], 3).attrs["sentence"]
