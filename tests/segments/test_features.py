"""Accounts as memberships: known answers sum to one, unknown ones to nothing."""

import numpy as np
import pandas as pd

from icp_engine.attributes.model import Attribute
from icp_engine.segments.features import fit_embedding, hats, known_blocks, learn_encoding
from icp_engine.values.rule import ColumnRule


def _attribute(name, measure, levels=()):
    return Attribute(name, "firmographic", measure, tuple(levels), ColumnRule())


ATTRIBUTES = (
    _attribute("industry", "category"),
    _attribute("size", "ordered", ("1-10", "11-50", "51-200")),
    _attribute("growth", "number"),
    _attribute("tech", "tags"),
    _attribute("api", "boolean"),
)


def _frame(rows=60):
    rng = np.random.default_rng(1)
    return pd.DataFrame(
        {
            "industry": rng.choice(["FinTech", "Retail", "Media"], rows),
            "size": rng.choice(["1-10", "11-50", "51-200"], rows),
            "growth": rng.normal(size=rows),
            "tech": rng.choice(["AWS; SAP", "AWS", "Jira; SAP"], rows),
            "api": pd.array(rng.random(rows) < 0.5, dtype="boolean"),
        },
        index=[f"a{i}" for i in range(rows)],
    )


def test_known_answers_of_a_block_sum_to_one():
    encoding = learn_encoding(_frame(), ATTRIBUTES, 12)
    sums = np.add.reduceat(encoding.encode(_frame()), encoding.start, axis=1)
    assert np.allclose(sums, 1)


def test_missing_columns_and_values_are_unknown():
    frame = _frame()
    encoding = learn_encoding(frame, ATTRIBUTES, 12)
    assert not encoding.encode(frame[[]]).any()
    frame.loc["a0", "industry"] = None
    assert not encoding.encode(frame)[0, :3].any()


def test_an_unseen_level_is_unknown_when_nothing_was_pooled():
    encoding = learn_encoding(_frame(), ATTRIBUTES[:1], 12)
    assert not encoding.encode(pd.DataFrame({"industry": ["Space"]})).any()


def test_levels_order_follows_the_attribute_and_rare_levels_pool():
    frame = pd.DataFrame({"industry": ["A"] * 20 + ["B"] * 9 + ["C", "D", "E"]})
    block = learn_encoding(frame, ATTRIBUTES[:1], 12).blocks[0]
    assert block.levels == ("A", "B", "other")


def test_a_number_lies_between_its_neighbouring_knots():
    assert np.allclose(
        hats(np.array([1.5, np.nan, 99.0]), (1.0, 2.0, 3.0)), [[0.5, 0.5, 0], [0, 0, 0], [0, 0, 1]]
    )


def test_unknown_accounts_lie_in_the_middle_of_the_map():
    frame = _frame()
    encoding = learn_encoding(frame, ATTRIBUTES, 12)
    memberships = encoding.encode(frame)
    embedding = fit_embedding(memberships, encoding.block_of, 3)
    assert np.allclose(embedding.place(np.zeros((1, encoding.width)), encoding.block_of), 0)
    assert known_blocks(memberships, encoding.block_of).all()


def test_constant_columns_make_no_block():
    frame = pd.DataFrame({"industry": ["A"] * 30, "growth": [2.0] * 30})
    assert learn_encoding(frame, ATTRIBUTES, 12).width == 0
