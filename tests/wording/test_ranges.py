"""Ranges read as people write them."""

import pytest

from icp_engine.wording.ranges import show_range, show_value


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ((10_000_000, 60_000_000), "10M–60M"),
        ((200_000_000, None), "200M or more"),
        ((None, 800_000), "under 800k"),
        ((-7, -2), "−7 to −3"),
        ((-2, 3), "−2 to 2"),
        ((50, 201), "50–200"),
        ((3, 4), "3"),
        ((None, None), "any value"),
    ],
)
def test_limits_become_words(limits, expected):
    assert show_range(*limits) == expected


def test_fractions_keep_their_end():
    assert show_range(0.5, 1.5, whole=False) == "0.5–1.5"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("10000000–29999999", "10M–30M"),
        ("-32–-5", "−32 to −5"),
        ("51–200", "51–200"),
        ("27353 or more", "27.4k or more"),
        ("under 4", "under 4"),
        ("100", "100"),
        ("FinTech", "FinTech"),
        ("2019–2024", "2019–2024"),
    ],
)
def test_plain_values_are_shown_for_people(value, expected):
    assert show_value(value) == expected
