"""A list from anywhere: matched by name, meaning and values, scored, and given back untouched."""

import csv
import io

import numpy as np
import pandas as pd
import pytest

from icp_engine import InputRefused
from icp_engine.activate.list_files import list_to_csv
from icp_engine.activate.match_columns import Wanted, match_columns
from icp_engine.activate.score_list import match_list, read_list, score_list
from icp_engine.values.rule import ColumnRule


def as_file(text, name="prospects.csv"):
    file = io.BytesIO(text.encode())
    file.name = name
    return file


OTHER_TOOL = """Cust. No,Company,Web,Sector,Headcount,Turnover,Current CRM,Tag,Tag,Note
00017,Vale Ltd,https://www.vale.example/about,FinTech,320,"$12.5M",HubSpot,x,y,=1+1
00018,Nord AS,nord.example,healthcare,51-200,4000000,Salesforce,x,,-5
00019,Zed,,Space mining,9000,,,,,
"""


@pytest.fixture(scope="module")
def uploaded():
    return read_list(as_file(OTHER_TOOL))


@pytest.fixture(scope="module")
def scored(sample, uploaded):
    return score_list(sample, uploaded)


def by_wanted(matches):
    return {match.wanted: match for match in matches}


def test_columns_are_found_by_meaning_and_by_values(sample, uploaded):
    found = by_wanted(match_list(sample, uploaded))
    assert found["Industry"].column == "Sector" and found["Industry"].how == "meaning"
    assert (
        found["Number of Employees"].column == "Headcount"
        and found["Annual Revenue"].column == "Turnover"
    )
    assert found["CRM used"].column == "Current CRM"
    assert found["account_name"].column == "Company" and found["domain"].column == "Web"
    assert found["Funding stage"].column is None


def test_values_alone_can_tell_a_column():
    wanted = Wanted("Industry", ColumnRule(), frozenset({"Retail", "Media", "Travel", "FinTech"}))
    frame = pd.DataFrame(
        {"x1": ["a", "b", "c", "d"], "x2": ["Retail", "Media", "Travel", "Mining"]}
    )
    match = match_columns(frame, [wanted])[0]
    assert (
        match.column == "x2"
        and match.how == "values"
        and match.unseen == ("Mining",)
        and match.unseen_rows == 1
    )


def test_a_like_name_with_unreadable_values_is_no_match():
    wanted = Wanted("Annual Revenue", ColumnRule(type="money"))
    assert (
        match_columns(pd.DataFrame({"Revenue": ["high", "low", "high"]}), [wanted])[0].column
        is None
    )


def test_what_a_person_chose_beats_names(sample, uploaded):
    found = by_wanted(match_list(sample, uploaded, {"Industry": None, "CRM used": "Note"}))
    assert found["Industry"].column is None and found["CRM used"].column == "Note"


def test_the_lists_columns_come_back_as_they_were(scored, uploaded):
    ours = (
        "ICP score",
        "ICP band",
        "ICP reasons",
        "Nearest segment",
        "Ask for",
        "Existing customer",
    )
    assert scored.headers == (*uploaded.headers, *ours)
    assert uploaded.headers[7:9] == ("Tag", "Tag")
    text = list_to_csv(
        scored.frame.iloc[:, : scored.columns_given], scored.headers[: scored.columns_given]
    )
    header, first, second, *_ = list(csv.reader(io.StringIO(text)))
    assert header == OTHER_TOOL.splitlines()[0].split(",")
    assert first[:2] == ["00017", "Vale Ltd"] and first[2].startswith("https://www.vale.example")
    assert (first[-1], second[-1]) == ("'=1+1", "-5")


def test_values_are_read_whatever_their_spelling(scored, sample):
    assert scored.frame["ICP reasons"].iloc[1].count("Industry") == 1  # “healthcare”
    industry = by_wanted(scored.matches)["Industry"]
    assert industry.unseen == ("Space mining",)


def test_a_list_scores_as_the_study_does(sample, accounts_file):
    listed = score_list(sample, read_list(accounts_file))
    ids = listed.frame["Record ID"]
    once = ~ids.duplicated(keep=False) & ids.isin(sample.scores.index)
    plain = [field for field in sample.rubric.rules if field != "Has technical contact"]
    assert once.sum() > 900 and plain
    same = (
        listed.scores.loc[once, "score"].to_numpy()
        == sample.scores.loc[ids[once], "score"].to_numpy()
    )
    assert np.mean(same) > 0.99

    rated = listed.frame[listed.frame["ICP band"] != "Not rated"]
    said = rated["ICP reasons"].str.extract(r"^\D+(\d+)")[0].astype(int)
    assert said.tolist() == rated["ICP score"].tolist()  # the whole number that bands use


def test_who_is_a_customer_is_told_only_where_it_may(sample, uploaded, scored):
    found = score_list(sample, uploaded, mark_customers=False)
    assert found.headers == scored.headers[:-1] and found.customers == 0
    assert found.frame.equals(scored.frame.iloc[:, :-1])


def test_customers_are_marked_by_id_name_or_domain(sample):
    accounts = sample.accounts[sample.customers.is_customer]
    first, second, third = (
        accounts.iloc[0],
        accounts.iloc[1],
        accounts.dropna(subset=["domain"]).iloc[2],
    )
    text = (
        f"Record ID,Company name,Website\n{first.name},Someone else,\n,{second['account_name'].upper()},\n"
        f",Nobody,https://{third['domain']}/contact\n,New Co,new.example\n"
    )
    found = score_list(sample, read_list(as_file(text)))
    assert (
        found.frame["Existing customer"].tolist() == ["yes", "yes", "yes", "no"]
        and found.customers == 3
    )


def test_a_header_of_ours_in_the_list_stays_theirs(sample):
    found = score_list(sample, read_list(as_file("Company name,ICP score\nA,high\nB,low\n")))
    assert found.headers[1] == "ICP score" and found.headers[2] == "ICP score (2)"
    assert found.frame["ICP score"].tolist() == ["high", "low"]


def test_a_list_without_any_column_of_the_rubric_is_not_rated(sample):
    found = score_list(sample, read_list(as_file("Company name,Colour\nA,red\nB,blue\n")))
    assert found.bands["Not rated"] == 2 and found.frame["Ask for"].str.len().gt(0).all()


def test_what_is_no_table_is_refused_with_advice():
    with pytest.raises(InputRefused) as refused:
        read_list(as_file("", "empty.csv"))
    assert refused.value.problems[0].advice
