"""Reference data keep margins and correlations and have no clusters."""

import numpy as np
import pandas as pd

from icp_engine.attributes.model import Attribute
from icp_engine.segments.features import learn_encoding
from icp_engine.segments.reference import fit_copula
from icp_engine.values.rule import ColumnRule

ATTRIBUTES = tuple(
    Attribute(name, "firmographic", measure, (), ColumnRule())
    for name, measure in (("a", "number"), ("b", "number"), ("c", "category"))
)


def _drawn(rows=800):
    rng = np.random.default_rng(3)
    a = rng.normal(size=rows)
    frame = pd.DataFrame(
        {
            "a": a,
            "b": a + 0.5 * rng.normal(size=rows),
            "c": rng.choice(["x", "y", "z"], rows, p=[0.6, 0.3, 0.1]),
        }
    )
    frame.loc[:99, "c"] = None
    encoding = learn_encoding(frame, ATTRIBUTES, 12)
    memberships = encoding.encode(frame)
    return memberships, fit_copula(memberships, encoding).draw(rng)


def test_margins_are_those_of_the_data():
    data, drawn = _drawn()
    assert np.allclose(drawn.mean(axis=0), data.mean(axis=0), atol=0.02)


def test_correlation_of_two_numbers_stays():
    data, drawn = _drawn()
    position = np.arange(5)
    found = [
        np.corrcoef(matrix[:, :5] @ position, matrix[:, 5:10] @ position)[0, 1]
        for matrix in (data, drawn)
    ]
    assert abs(found[0] - found[1]) < 0.05


def test_unknown_answers_stay_as_many():
    data, drawn = _drawn()
    assert (drawn[:, 10:].sum(axis=1) == 0).sum() == (data[:, 10:].sum(axis=1) == 0).sum() == 100
