"""Won, lost and open are told by where a day and a reason are filled, in words nobody knows."""

import numpy as np
import pandas as pd
import pytest

from icp_engine import Study
from icp_engine.intake.columns.column_types import infer_rule
from icp_engine.intake.columns.evidence.course import Course, find_course

ROWS = 120
WORDS = {"won": "blau", "lost": "gelb", "open": "grün"}


def rows(**columns):
    rng = np.random.default_rng(3)
    state = pd.Series(rng.choice(["won", "lost", "open"], ROWS, p=[0.4, 0.45, 0.15]))
    days = pd.date_range("2024-01-03", periods=ROWS, freq="3D")
    frame = {
        "Zettel": [f"Z{900 + n}" for n in range(ROWS)],
        "Wer": [f"Q-{n % 37}" for n in range(ROWS)],
        "Farbe": state.map(WORDS),
        "Summe": [f"{1000 + 37 * n},00 €" for n in range(ROWS)],
        "hinein": days.strftime("%d.%m.%Y"),
        "heraus": (days + pd.Timedelta(days=40)).strftime("%d.%m.%Y").where(state != "open"),
        "warum": pd.Series(rng.choice(["Preis", "Zeit"], ROWS)).where(state == "lost"),
    }
    return pd.DataFrame({**frame, **columns}), state


def course_of(frame):
    return find_course(frame, {column: infer_rule(frame[column], column)[0] for column in frame})


def test_the_state_its_day_and_its_reason_are_found_by_where_they_are_filled():
    frame, _ = rows()
    assert course_of(frame) == Course("Farbe", "heraus", "warum")


@pytest.mark.parametrize("column", ["heraus", "warum"])
def test_a_column_filled_everywhere_or_at_random_tells_no_course(column):
    frame, _ = rows()
    everywhere = frame[column].ffill().bfill()
    assert course_of(frame.assign(**{column: everywhere})) is None
    at_random = everywhere.where(np.random.default_rng(1).random(ROWS) < 0.5)
    assert course_of(frame.assign(**{column: at_random})) is None


def test_what_the_states_mean_is_asked_and_the_likeliest_answer_is_right():
    frame, state = rows()
    study = Study.open({"Liste": frame})
    assert study.facts.tables.value == {"Liste": "deals"}
    assert study.facts.won.value == 0 and study.questions[0].grave
    answered = study.replace(**study.questions[0].answers[0].settings)
    assert answered.facts.won.value == (state == "won").sum()
    assert answered.facts.lost.value == (state == "lost").sum()
    assert answered.facts.open.value == (state == "open").sum()


def test_orders_that_came_back_for_a_reason_stay_orders():
    frame, _ = rows()
    frame = frame.rename(columns={"Zettel": "Order number", "hinein": "Order date"})
    assert Study.open({"Liste": frame}).facts.tables.value == {"Liste": "orders"}
