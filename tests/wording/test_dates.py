"""Days are written one way for people and one way for programs."""

import datetime

import pandas as pd
import pytest

from icp_engine.wording.dates import date, iso_day, time_of_day
from icp_engine.wording.numbers import NOT_KNOWN

DAY = datetime.date(2026, 9, 3)


@pytest.mark.parametrize("value", ["2026-09-03", DAY, pd.Timestamp(2026, 9, 3, 14, 5)])
def test_a_day_is_read_from_any_kind_of_value(value):
    assert (date(value), iso_day(value)) == ("3 Sep 2026", "2026-09-03")


@pytest.mark.parametrize("value", [None, pd.NaT, "soon", "2026-13-40"])
def test_what_is_no_day_is_not_known(value):
    assert (date(value), time_of_day(value), iso_day(value)) == (NOT_KNOWN, NOT_KNOWN, "")


def test_the_time_of_day_has_hours_and_minutes():
    assert time_of_day(pd.Timestamp(2026, 9, 3, 4, 5)) == "04:05"
