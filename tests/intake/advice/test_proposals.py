"""Missing words and meanings are visible and a person's to set; questions are asked where words do
not say.
"""

import pandas as pd

from icp_engine import Settings, Study

SIZE = 60
ACCOUNTS = pd.DataFrame(
    {
        "Account ID": [f"A{n}" for n in range(SIZE)],
        "CRM": ["HubSpot", "None", "Unknown", ""] * 15,
        "Status": ["Live", "Paused", "Offboarded"] * 20,
        "LTV": [str(900 + n) for n in range(SIZE)],
    }
)
DEALS = pd.DataFrame(
    {
        "Deal - ID": [str(n) for n in range(SIZE)],
        "Deal - Organization ID": [f"A{n}" for n in range(SIZE)],
        "Deal - Stage": ["Booked", "Pitch", "Gone"] * 20,
        "Deal - Value": [str(100 + n) for n in range(SIZE)],
        "Deal - Deal created": "2024-01-02",
    }
)


def question(study, code):
    return next(problem for problem in study.problems if problem.code == code)


def test_what_counted_as_missing_is_listed_with_its_rows_and_none_is_a_level():
    study = Study.open({"a": ACCOUNTS})
    (listed,) = [words for words in study.proposals.missing if words.column == "CRM"]
    assert (listed.words, listed.blank_rows, listed.suspects) == (
        (("Unknown", 15),),
        15,
        (("None", 15),),
    )
    assert set(study.accounts["CRM"].dropna()) == {"HubSpot", "None"}


def test_words_are_added_and_kept_by_settings():
    settings = Settings(missing_words={"CRM": ("none",)}, kept_words={"CRM": ("unknown",)})
    study = Study.open({"a": ACCOUNTS}, settings=settings)
    assert set(study.accounts["CRM"].dropna()) == {"HubSpot", "Unknown"}


def test_who_left_is_asked_where_words_do_not_say_and_the_answer_is_used():
    study = Study.open({"a": ACCOUNTS})
    assert "“Paused” (20), “Offboarded” (20)" in question(study, "churn-unsure").message
    told = study.replace(
        meanings={"Status": {"Offboarded": "churned", "Paused": "staying", "Live": "staying"}}
    )
    assert told.accounts["churned"].sum() == 20 and not told.problems
    assert {meaning.meaning for meaning in told.proposals.meanings if meaning.given} == {
        "churned",
        "staying",
    }


def test_which_stage_is_won_is_asked_and_the_answer_is_used():
    study = Study.open({"d": DEALS})
    assert "“Booked” (20)" in question(study, "outcome-unsure").message
    told = study.replace(meanings={"Deal - Stage": {"Booked": "won", "Gone": "lost"}})
    assert told.deals["won"].sum() == 20 and told.deals["won"].isna().sum() == 20


def test_pipedrives_status_beats_its_stage_and_deleted_deals_leave():
    deals = DEALS.assign(**{"Deal - Status": ["won", "lost", "open", "deleted"] * 15})
    study = Study.open({"d": deals})
    assert (study.deals["won"].sum(), study.deals["won"].isna().sum(), len(study.deals)) == (
        15,
        15,
        45,
    )
    assert question(study, "deals-deleted").rows[0] == 5


def test_a_status_is_a_customers_in_accounts_and_a_deals_in_deals():
    accounts = ACCOUNTS.assign(Status=["Active", "Cancelled", "Active"] * 20)
    deals = DEALS.rename(columns={"Deal - Stage": "Status"}).assign(
        Status=["Won", "Lost", "Open"] * 20
    )
    roles = Study.open({"a": accounts, "d": deals}).roles
    assert (roles["a"]["Status"], roles["d"]["Status"]) == ("churned", "won")


def test_an_end_date_before_the_day_of_the_data_means_churned():
    ends = ["2024-03-01", "2027-01-01", ""] * 20
    frame = ACCOUNTS.drop(columns="Status").assign(**{"Contract end date": ends})
    study = Study.open({"a": frame}, settings=Settings(as_of="2024-12-01"))
    assert study.accounts["churned"].tolist()[:3] == [True, False, False]
    assert "20 accounts" in question(study, "churn-by-date").message


def test_contracts_that_end_later_do_not_date_the_data():
    frame = ACCOUNTS.assign(**{"Contract end date": "2027-01-01"})
    deals = DEALS.assign(**{"Deal - Status": ["won", "lost"] * 30, "Deal - Won time": "2024-05-06"})
    assert f"{Study.open({'a': frame, 'd': deals}).as_of:%Y-%m-%d}" == "2024-05-06"
