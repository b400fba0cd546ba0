"""What is made of a study or a result is made once, and leaves with it."""

import gc

from ui.answers.made import MadeOf, MadeOnce


class State:
    """Stands for a study in one state."""


def test_what_was_made_of_a_state_is_made_once_and_leaves_with_it():
    kept, study, other, made = MadeOnce(), State(), State(), []

    def make():
        made.append(1)
        return State()

    assert kept.find(study, "chart") is None
    first = kept.get(study, "chart", make)
    assert kept.find(study, "chart") is first and kept.find(study, "table") is None
    assert kept.get(study, "chart", make) is first and kept.get(other, "chart", make) is not first
    del study
    gc.collect()
    assert len(kept) == 1 and len(made) == 2


def test_what_was_made_of_a_result_serves_this_very_result_only_and_is_bounded():
    made, one, equal = MadeOf(bound=2), [1], [1]
    assert made.get(one, "sum", lambda: "first") == "first"
    assert made.get(one, "sum", lambda: "again") == "first"
    assert made.get(equal, "sum", lambda: "another") == "another"
    made.get([2], "sum", lambda: "third")
    assert len(made) == 2 and made.get(one, "sum", lambda: "made anew") == "made anew"
