"""Reasons, words and "afterwards" as tables: counts stay, what is not recorded says so."""

import numpy as np
import pandas as pd

from icp_engine.charts import remarks


def reasons(*seen):
    names = [f"reason {number}" for number in range(len(seen))]
    return pd.DataFrame(
        {
            "reason": names,
            "seen": seen,
            "of": 50,
            "source": "lost reasons",
            "finding": [f"seen in your data: {n} of 50" if n else "not recorded" for n in seen],
        }
    )


def test_the_commonest_reason_is_named_with_its_count():
    assert "2 of 3 usual reasons" in remarks.reason_sentence(reasons(3, 0, 9))
    assert "“reason 2”, named for 9 of 50 accounts" in remarks.reason_sentence(reasons(3, 0, 9))
    assert remarks.reason_table(reasons(3, 0, 9))["In your data"].tolist()[1] == "not recorded"


def test_nothing_recorded_is_said():
    assert remarks.reason_sentence(reasons(0, 0)).startswith("No usual reason is recorded")


def test_words_keep_their_counts_and_quotes():
    words = pd.DataFrame(
        {
            "phrase": ["no budget", "alerts"],
            "group": ["worst", "best"],
            "z": [-3.0, 2.5],
            "q": [0.001, 0.02],
            "accounts_best": [0, 9],
            "accounts_worst": [12, 1],
            "of_best": 20,
            "of_worst": 80,
            "sources": "notes",
            "quotes": [("No budget.", "no budget yet"), ()],
        }
    )
    table = remarks.word_table(words, ("worst",))
    assert table["Worst and lost"].tolist() == ["12 of 80"]
    assert table["For example"].tolist() == ["“No budget.” · “no budget yet”"]


def afterwards(**changes):
    row = {
        "attribute": "Onboarding days",
        "value": "",
        "measure": "median",
        "differs": True,
        "part_of_best": False,
        "sentence": "s",
        **{
            f"{g}{p}": v
            for g in ("best", "rest", "worst")
            for p, v in (("", 22.0), ("_low", 21.0), ("_high", 24.0), ("_n", 98))
        },
    }
    return pd.DataFrame([row | changes])


def test_a_figure_stands_with_its_interval_and_its_count():
    table = remarks.afterwards_table(afterwards(worst=np.nan, worst_n=0))
    assert table["Best"][0] == "median 22 (21–24), of 98"
    assert table["Worst"][0] == "not known"
    assert table["What it says"][0] == "best and rest differ"


def test_what_chose_the_best_is_never_called_a_difference():
    assert "chosen" in remarks.afterwards_table(afterwards(part_of_best=True))["What it says"][0]
