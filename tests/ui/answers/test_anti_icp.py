"""Won against lost in a sentence: proven, too few, nothing found, nothing to compare."""

import pandas as pd

from ui.answers.anti_icp import won_lost_sentence


def row(direction="none", won=40, lost=30):
    lift = 0.5 if direction == "anti" else 2.0
    return {
        "direction": direction,
        "lift": lift,
        "of_best": won,
        "of_rest": lost,
        "sentence": "Clearly so.",
    }


def said(*rows):
    return won_lost_sentence(pd.DataFrame(rows))


def test_what_is_proven_is_counted_and_the_clearest_told():
    assert said(row("icp"), row("anti"), row()) == (
        "2 traits tell won accounts from lost ones: 1 commoner among won, 1 among lost. Clearly so."
    )


def test_no_difference_is_said_with_what_it_rests_on():
    assert said(row(), row()) == (
        "Not one of 2 traits tells won accounts from lost ones beyond chance, among 40 won and 30 lost accounts."
    )


def test_too_few_deals_say_how_many_it_takes():
    assert "6 won and 30 lost" in said(row(won=6)) and "at least 10 of each" in said(row(won=6))


def test_without_closed_deals_nothing_is_compared():
    assert "cannot be compared" in said(row(won=0)) and "cannot be compared" in said()
