"""What would lift an account: the fewest changes, in words, and they really do."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from icp_engine.rubric.lift import lift_to_next_band
from icp_engine.rubric.model import Criterion, Flag, Level, Match, Rubric
from icp_engine.rubric.scoring import Fits, find_fits, score_fits

LEVELS = {
    "Industry": ("Software", "Retail"),
    "Cloud": ("AWS", "On-premises"),
    "CRM": ("HubSpot", "none"),
}


def level(label: str, fit: int, *values: str) -> Level:
    return Level(label=label, fit=fit, tests=(Match(values=values),))


def make_rubric(**changes: object) -> Rubric:
    criteria = (
        Criterion(
            name="Industry",
            group="must_have",
            weight=50,
            attributes=("Industry",),
            unknown_fit=10,
            levels=(level("Software", 20, "Software"), level("Retail", 10, "Retail")),
        ),
        Criterion(
            name="Cloud",
            group="technical",
            weight=30,
            attributes=("Cloud",),
            unknown_fit=10,
            levels=(level("AWS, Azure", 20, "AWS", "Azure"), level("GCP", 16, "GCP")),
        ),
        Criterion(
            name="Tools: Kafka",
            group="technical",
            weight=20,
            attributes=("Tools",),
            unknown_fit=0,
            levels=(level("Kafka", 20, "Kafka"),),
        ),
    )
    return Rubric(criteria=criteria, **changes)


def lifted(rubric: Rubric, row: dict[str, object], fixed: tuple[str, ...] = ("Industry",)):
    frame = (
        pd.DataFrame([row], index=["a"])
        .astype("str")
        .where(pd.DataFrame([row], index=["a"]).notna())
    )
    return lift_to_next_band(rubric, find_fits(rubric, frame, clean=True), fixed).loc["a"]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            {"Industry": "Software", "Cloud": "Bare metal", "Tools": "Excel"},
            "If Tools included Kafka (+20) it would be Yellow.",
        ),
        (
            {"Industry": "Software", "Cloud": "Bare metal", "Tools": "Kafka"},
            "If Cloud were AWS, Azure or GCP (+24 or more) it would be Green.",
        ),
        (
            {"Industry": "Retail", "Cloud": "AWS", "Tools": "Kafka"},
            "If Industry were Software (+25) it would be Green; "
            "Industry hardly changes: look for it in other accounts.",
        ),
        (
            {"Industry": "Software", "Cloud": None, "Tools": "Excel"},
            "Ask for Cloud: if it were AWS or Azure (+15) it would be Green.",
        ),
        (
            {"Industry": None, "Cloud": "AWS", "Tools": None},
            "Not rated: ask for Industry; with the best answers it would be Green.",
        ),
        (
            {"Industry": "Software", "Cloud": "AWS", "Tools": "Kafka"},
            "Green already: there is no band above.",
        ),
    ],
)
def test_the_sentence_names_the_cheapest_way_up(row, sentence):
    # row 3 scores 75: Cloud and Tools are at their best, only the industry is left
    assert lifted(make_rubric(), row)["sentence"] == sentence


def test_what_no_value_is_named_for_is_no_way_up():
    """“Any other” would do, yet the sentence names values, so their points stand beside them."""
    other = Level(label="any other", fit=9, tests=(Match(),))
    cloud = Criterion(
        name="Cloud",
        group="technical",
        weight=50,
        attributes=("Cloud",),
        unknown_fit=10,
        levels=(level("AWS", 20, "AWS"), level("Bare metal", 0, "Bare metal"), other),
    )
    industry = make_rubric().criteria[0]
    row = {"Industry": "Software", "Cloud": "Bare metal"}
    found = lifted(Rubric(criteria=(industry, cloud), green=70, yellow=40), row)
    assert (
        found["sentence"] == "If Cloud were AWS (+50) it would be Green." and found["points"] == 50
    )


def test_asking_is_preferred_to_changing():
    # 65: either Cloud or Tools would do
    row = {"Industry": "Software", "Cloud": None, "Tools": "Excel"}
    assert lifted(make_rubric(), row)["criteria"] == ("Cloud",)


def test_a_disqualified_account_is_not_promised_a_band():
    flag = Flag(
        attribute="Cloud", test=Match(values=("On-premises",)), strength="disqualifier", on=True
    )
    found = lifted(
        make_rubric(flags=(flag,)),
        {"Industry": "Software", "Cloud": "On-premises", "Tools": "Kafka"},
    )
    assert (found["changes"], found["sentence"]) == (
        0,
        "Held at Red by a disqualifier: no score lifts it.",
    )


@pytest.mark.parametrize("policy", ["average", "zero", "leave_out"])
def test_the_changes_reach_the_band_and_no_smaller_set_does(policy):
    rng = np.random.default_rng(3)
    sizes = rng.multinomial(60, [1 / 6] * 6) + np.array([7, 7, 7, 7, 6, 6])
    criteria = tuple(
        Criterion(
            name=f"c{i}",
            group="growth",
            weight=int(size),
            attributes=(f"c{i}",),
            unknown_fit=8,
            levels=(level("x", 20, "x"), level("y", 9, "y")),
        )
        for i, size in enumerate(sizes)
    )
    rubric = Rubric(criteria=criteria, missing_policy=policy, coverage_floor=0.0)
    fits = Fits(
        pd.RangeIndex(200), rng.choice([-1, 0, 9, 20], (200, 6)), *np.zeros((2, 200), bool), ()
    )
    band = score_fits(rubric, fits)["band"]
    for position, row in enumerate(lift_to_next_band(rubric, fits).itertuples()):
        if band[position] == "Green":
            continue
        threshold = row.next_band
        smaller = [s for k in range(row.changes) for s in combinations(range(6), k)]
        chosen = tuple(int(name[1:]) for name in row.criteria)
        after = score_fits(rubric, at_best(fits, position, [*smaller, chosen]))["band"].tolist()
        reached = [one in ("Green", threshold) for one in after]
        assert reached[-1] and not any(reached[:-1])


def at_best(fits: Fits, position: int, sets: list[tuple[int, ...]]) -> Fits:
    rows = np.repeat(fits.fits[[position]], len(sets), axis=0)
    for i, members in enumerate(sets):
        rows[i, list(members)] = 20
    return Fits(pd.RangeIndex(len(sets)), rows, *np.zeros((2, len(sets)), bool), ())
