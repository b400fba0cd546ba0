import pandas as pd
import pytest

import icp_engine as icp
from icp_engine.settings import Settings
from icp_engine.traits.reasons import (
    check_reasons,
    group_reasons,
    list_recorded,
    reason_patterns,
    reasons_in,
)

USUAL = [
    "no budget owner or decision-maker",
    "exploring for two quarters or more",
    "missing technical requirements",
    "no resources to implement",
    "undefined success metrics",
    "slow adoption or unclear return",
    "price too high for their size",
    "heavy support or custom demands",
    "industry or technology we cannot support",
]


def remarks(*rows):
    frame = pd.DataFrame(rows, columns=["account_id", "kind", "text"])
    return frame.assign(source=frame["kind"], date=pd.NaT)


def checklist(*rows, **settings):
    chosen = Settings(**settings)
    return check_reasons(group_reasons(remarks(*rows), chosen), chosen).set_index("reason")


def test_the_usual_reasons_are_those_of_the_field():
    assert list(reason_patterns()) == USUAL


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("No budget owner", 0),
        ("Nobody owns a budget; the founder liked the demo.", 0),
        ("Kein Budget", 0),
        ("Exploring for two quarters", 1),
        ("Nur informiert", 1),
        ("Missing technical requirements", 2),
        ("missing features", 2),
        ("No resources to implement", 3),
        ("They had no one to set it up", 3),
        ("manque de ressources", 3),
        ("Undefined success metrics", 4),
        ("Slow adoption", 5),
        ("Unclear return", 5),
        ("Price too high", 6),
        ("pricing", 6),
        ("Zu teuer!", 6),
        ("Demasiado caro", 6),
        ("Trop cher pour eux", 6),
        ("Heavy support needs", 7),
        ("Asked for custom hosting", 7),
        ("Must run on-premises behind their firewall", 8),
        ("Nicht unterstützt", 8),
    ],
)
def test_a_remark_falls_into_its_reason(text, reason):
    assert reasons_in(text) == (USUAL[reason],)


@pytest.mark.parametrize(
    "text", ["Lost to competitor", "Bad timing", "Great support team", "", "…", "価格"]
)
def test_other_remarks_fall_into_none(text):
    assert reasons_in(text) == ()


def test_words_of_two_sentences_make_no_reason():
    assert reasons_in("They said no. Budget planning is in May.") == ()


def test_an_account_is_counted_once_and_the_rest_is_not_recorded():
    table = checklist(
        ("a", "lost reason", "Too expensive"),
        ("a", "note", "too expensive again"),
        ("b", "lost reason", "Lost to competitor"),
    )
    assert list(table.index) == USUAL
    assert tuple(table.loc[USUAL[6], ["seen", "of", "finding"]]) == (
        1,
        2,
        "seen in your data: 1 of 2",
    )
    assert table.loc[USUAL[6], "source"] == "lost reason · note"
    assert (table["finding"].drop(USUAL[6]) == "not recorded").all()


def test_a_person_regroups_a_reason():
    groups = {"lost to competitor": "Competitor", "Price": ""}
    table = checklist(
        ("a", "lost reason", "Lost to competitor"),
        ("b", "lost reason", "Price"),
        reason_groups=groups,
    )
    assert table.loc["Competitor", "finding"] == "seen in your data: 1 of 2"
    assert table.loc[USUAL[6], "finding"] == "not recorded"


def test_recorded_reasons_are_listed_with_their_group():
    grouped = group_reasons(
        remarks(
            ("a", "lost reason", "Price"),
            ("b", "lost reason", "Price"),
            ("c", "note", "Hi"),
            ("c", "churn reason", "Moved away"),
        ),
        Settings(),
    )
    rows = list_recorded(grouped)[["text", "accounts", "reason"]].to_numpy().tolist()
    assert rows == [["Price", 2, USUAL[6]], ["Moved away", 1, ""]]


def test_without_remarks_nothing_is_recorded():
    table = check_reasons(group_reasons(remarks(), Settings()), Settings())
    assert table["reason"].tolist() == USUAL and set(table["finding"]) == {"not recorded"}


def open_small():
    ids = ["a1", "a2", "a3", "a4"]
    accounts = pd.DataFrame(
        {
            "account_id": ids,
            "account_name": ["Ax", "Bex", "Cex", "Dex"],
            "churn_reason": ["No resources", "unknown", None, None],
            "churned": ["yes", "yes", "no", "no"],
        }
    )
    deals = pd.DataFrame(
        {
            "deal_id": ["d1", "d2", "d3", "d4"],
            "account_id": ids,
            "stage": ["Closed Won", "Closed Won", "Closed Won", "Closed Lost"],
            "closed_date": ["2024-01-01"] * 4,
            "lost_reason": [None, None, "Price too high", "Price too high"],
        }
    )
    notes = pd.DataFrame(
        {
            "account_id": ["a3", "a4"],
            "date": ["2024-02-01"] * 2,
            "note": ["Said it is too expensive, bought anyway.", "No budget left."],
        }
    )
    return icp.Study.open({"accounts": accounts, "deals": deals, "notes": notes})


def test_reasons_come_from_lost_deals_churn_columns_and_notes_on_the_lost():
    table = open_small().reasons.set_index("reason")
    # not the note of a customer who stayed, not the won deal's lost reason
    assert table.loc[USUAL[6], "seen"] == 1
    assert (
        table.loc[USUAL[3], "source"] == "accounts, churn_reason"
        and table.loc[USUAL[0], "seen"] == 1
    )
    assert table["of"].iloc[0] == 2


def test_the_sample_holds_its_planted_reasons(sample_study):
    table = sample_study.reasons.set_index("reason")
    assert (table["finding"] != "not recorded").sum() == 9 and table["seen"].idxmax() == USUAL[6]
    lost = sample_study.deals[sample_study.deals["lost_reason"] == "No budget owner"]
    assert table.loc[USUAL[0], "seen"] >= lost["account_id"].nunique()
