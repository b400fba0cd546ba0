"""No page has more than five tabs, and what only an analyst reads stands behind the last."""

import pytest

from tests.pages.reading import table
from ui.answers.steps import STEPS
from ui.frame.layout import ANALYSTS

MOST = 5
KEYS = [step.key for step in STEPS if step.key != "home"]


@pytest.fixture(params=KEYS)
def labels(request, visit, fresh_sample):
    return [tab.label for tab in visit(request.param, fresh_sample).tabs]


def test_a_page_has_at_most_five_tabs_and_the_analysts_one_is_the_last(labels):
    assert len(labels) <= MOST
    assert ANALYSTS not in labels[:-1]


def test_pairs_of_traits_stand_beneath_the_traits_with_their_counts(open_tab, words):
    at = open_tab("best_customers", "What sets them apart", "all_pairs")
    counts = table(at, "Pair")["Best, of those with both"]
    assert counts.str.fullmatch(r"\d+ of \d+").all()
    assert "No pair is proven to say more" in words(at)


def test_won_against_lost_says_how_many_attributes_tell_them_apart(open_tab, words):
    at = open_tab("anti_icp", "Won against lost", "all_won_lost")
    told = int((table(at, "Won v lost")["What it says"] != "not proven").sum())
    assert f"{told} traits tell won accounts from lost ones" in words(at)
