"""Exports nobody would make on purpose: every result is there or refused, and none contradicts
another. `make prove` examines 5,000 of them.
"""

import pytest

from icp_engine import Study
from sample_data.markets import planted_market
from tests.known_answers.exports_examined import examine
from tests.known_answers.exports_fuzzed import make_export, open_export

SEEDS = range(700_000, 700_012)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_result_is_there_or_refused(seed):
    assert examine(open_export(make_export(seed))) == []


def test_a_good_export_has_no_fault():
    market = planted_market(3, accounts=45)
    assert examine(Study.open({"accounts": market.accounts, "deals": market.deals})) == []


def test_equal_seeds_make_equal_exports():
    first, again = (open_export(make_export(SEEDS[1])) for _ in range(2))
    assert first.settings == again.settings and list(first.raw) == list(again.raw)
    assert all(first.raw[name].equals(again.raw[name]) for name in first.raw)


class Spoilt(Study):
    """A study with a result that raises and one that contradicts the others."""

    @property
    def roles(self):
        raise KeyError("somewhere")

    @property
    def scores(self):
        return super().scores.assign(score=float("nan"))


def test_what_raises_and_what_contradicts_is_found():
    market = planted_market(3, accounts=25)
    study = Study.open({"accounts": market.accounts, "deals": market.deals})
    faults = examine(Spoilt(study.raw, study.settings))
    assert any("roles: KeyError" in fault for fault in faults)
    assert any("a score outside 0–100" in fault for fault in faults)
