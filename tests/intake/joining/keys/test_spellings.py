"""Ids that two tools write differently are one id, and ids that only look alike are not."""

import pandas as pd
import pytest

from icp_engine.intake.joining.keys.spellings import respell


def met(asked, known):
    found = respell(pd.Series(asked, dtype="str"), pd.Index(known, dtype="str"))
    return [None if pd.isna(value) else value for value in found]


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("001Hs00000000aB", "001Hs00000000aBIAQ"),
        ("001Hs00000000aBIAQ", "001Hs00000000aB"),
        ("4617", "00004617"),
        ("00004617", "4617"),
        ("12.0", "12"),
        ("acc-0012", "ACC-0012"),
        ("ACC 0012", "ACC-0012"),
        (" K7 ", "k7"),
        ("ACC-12", "ACC-0012"),
        ("D-00731", "D731"),
    ],
)
def test_spellings_of_one_id_meet(asked, known):
    assert met([asked], [known, "ZZ-999999"]) == [known]


def test_a_prefix_that_one_table_leaves_out_is_no_other_id():
    assert met(["12", "13"], ["ACC-0012", "ACC-0013"]) == ["ACC-0012", "ACC-0013"]
    assert met(["KD0012", "KD0013"], ["12", "13"]) == ["12", "13"]


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("S0001", ["L0001", "L0002"]),  # two prefixes
        ("1-2", ["12", "13"]),
        ("1.2", ["12", "13"]),
        ("7", ["007", "07"]),  # two ids share the shape
        ("001Hs00000000AB", ["001Hs00000000aBIAQ", "001Hs00000000AbIAQ"]),  # case counts there
    ],
)
def test_ids_that_only_look_alike_do_not_meet(asked, known):
    assert met([asked], known) == [None]


def test_a_few_numbers_that_meet_by_chance_are_left():
    assert met([str(n) for n in range(40)], ["ACC-0012", "ACC-0013"]) == [None] * 40
