"""Activate: the open pipeline, one company, a list; nothing here changes the study."""

import io

import openpyxl
import pandas as pd
import pytest

from icp_engine import Settings, Study
from icp_engine.store.studies import StudyStore
from ui.activate.open_pipeline import WIDTHS, columns_of
from ui.activate.score_list import HELD
from ui.answers.activate import name_deals

LIST = """Cust. No,Company,Sector,Headcount,Note
00017,Vale Ltd,FinTech,320,=1+1
00018,Nord AS,healthcare,51-200,-5
"""


def deals_table(at):
    return next(
        frame.value for frame in at.dataframe if "Band" in frame.value and "Why" in frame.value
    )


def test_the_sentence_says_what_is_green_and_what_green_won(visit, words, fresh_sample):
    at = visit("activate", fresh_sample)
    assert not at.exception
    assert "of 312 open deals, worth" in words(at) and "of the new deals at " in words(at)
    assert [metric.label for metric in at.metric][:4] == [
        "Green",
        "Yellow",
        "Red",
        "With a caution",
    ]


def test_without_a_study_the_page_says_what_will_stand_here(visit, words):
    assert "Which deals and companies come first" in words(visit("activate"))


def test_deals_can_be_narrowed_to_a_band_and_to_cautions(visit, fresh_sample):
    at = visit("activate", fresh_sample)
    at.button_group(key="pipeline_bands").set_value(["Yellow"]).run()
    assert set(deals_table(at)["Band"]) == {"Yellow"}
    at.toggle(key="pipeline_watched").set_value(True).run()
    assert deals_table(at)["Watch"].str.len().gt(0).all()


def test_every_listed_deal_has_its_reason(visit, fresh_sample):
    table = deals_table(visit("activate", fresh_sample))
    assert len(table) == 40 and table["Why"].str.startswith("For: ").any()


def test_what_a_deal_is_asked_for_stands_before_its_reason(visit, fresh_sample):
    at = visit("activate", fresh_sample)
    at.button_group(key="pipeline_bands").set_value(["Yellow"]).run()
    columns = list(deals_table(at))
    assert columns == [
        "Deal",
        "Amount",
        "Band",
        "Score",
        "Stage",
        "Owner",
        "Days open",
        "Watch",
        "Why",
    ]
    assert sum(WIDTHS[name] for name in columns[:-1]) < 800  # pixels beside the sidebar at 1280


def test_a_column_of_cautions_stands_only_where_there_are_any():
    watched = pd.DataFrame(
        {"Deal": ["a"], "Amount": [12_000.0], "Watch": ["No contact."], "Why": ["For: x."]}
    )
    wide, narrow = columns_of(watched.drop(columns="Watch")), columns_of(watched)
    assert "Watch" not in wide and wide["Why"]["width"] == narrow["Why"]["width"] + WIDTHS["Watch"]


@pytest.mark.parametrize(
    ("deal", "said"),
    [
        ("Acme Ltd - Renewal", "Acme Ltd - Renewal"),
        ("Renewal", "Acme Ltd · Renewal"),
        ("", "Acme Ltd"),
    ],
)
def test_a_deal_always_names_its_account(deal, said):
    assert name_deals(pd.DataFrame({"account": ["Acme Ltd"], "deal_name": [deal]})) == [said]


def test_one_company_is_scored_as_it_is_described(open_tab, words):
    at = open_tab("activate", "Score one")
    assert "No score yet" in words(at)
    at.selectbox(key="one_Industry").set_value("FinTech")
    at.selectbox(key="one_Funding stage").set_value("Series B").run()
    assert not at.exception
    assert "for: " in words(at) and "Industry" in words(at) and "What to ask next" in words(at)
    assert "No score yet" not in words(at)


def test_the_form_asks_only_what_the_rubric_reads(open_tab):
    at = open_tab("activate", "Score one")
    asked = {
        box.key.removeprefix("one_")
        for box in (*at.selectbox, *at.multiselect, *at.number_input)
        if box.key.startswith("one_")
    }
    assert "Region" not in asked and {"Industry", "Tech stack", "Annual Revenue"} <= asked


def test_a_list_is_scored_with_its_mapping_in_sight(open_tab, words):
    at = open_tab("activate", "Score a list")
    at.file_uploader(key="list_file").upload("prospects.csv", LIST.encode(), "text/csv").run()
    assert not at.exception
    mapping = next(frame.value for frame in at.dataframe if "Column in your list" in frame.value)
    assert mapping.set_index("The rubric reads")["Column in your list"]["Industry"] == "Sector"
    assert "2 rows" in words(at)
    held = at.session_state[HELD]
    assert held.scored.headers[:5] == ("Cust. No", "Company", "Sector", "Headcount", "Note")


def test_a_changed_mapping_scores_anew(open_tab):
    at = open_tab("activate", "Score a list")
    at.file_uploader(key="list_file").upload("prospects.csv", LIST.encode(), "text/csv").run()
    before = at.session_state[HELD].scored.scores["coverage"].iloc[0]
    key = next(
        key for key in at.session_state._state.filtered_state if key.startswith("list_mapping_")
    )
    at.session_state[key] = {
        "edited_rows": {0: {"Column in your list": "(not in the list)"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    at.run()
    held = at.session_state[HELD]
    held.chosen[held.matches[0].wanted] = None  # a callback of an editor does not run in AppTest
    at.run()
    assert not at.exception
    assert at.session_state[HELD].scored.scores["coverage"].iloc[0] < before


def test_what_is_no_list_is_said_so(open_tab, words):
    at = open_tab("activate", "Score a list")
    at.file_uploader(key="list_file").upload("x.csv", b"\x89PNG\r\n\x1a\n", "text/csv").run()
    assert not at.exception
    assert "To fix first" in words(at)


def test_the_files_of_a_scored_list_open(open_tab):
    from icp_engine.activate.list_files import list_to_xlsx

    at = open_tab("activate", "Score a list")
    at.file_uploader(key="list_file").upload("prospects.csv", LIST.encode(), "text/csv").run()
    scored = at.session_state[HELD].scored
    sheet = openpyxl.load_workbook(io.BytesIO(list_to_xlsx(scored.frame, scored.headers))).active
    assert sheet["A2"].value == "00017" and sheet["E2"].data_type == "s"


def test_nothing_on_the_page_changes_the_study(open_tab, fresh_sample, home_folder):
    before = StudyStore(home_folder).load(fresh_sample).settings
    at = open_tab("activate", "Score one")
    at.selectbox(key="one_Industry").set_value("Travel").run()
    assert StudyStore(home_folder).load(fresh_sample).settings == before


def test_owners_stand_with_their_bands(open_tab):
    at = open_tab("activate", "By owner")
    at.session_state["fold_owners"] = True
    table = next(
        frame.value
        for frame in at.run().dataframe
        if "Owner" in frame.value and "Green" in frame.value
    )
    assert table["Open deals"].sum() == 312


def test_without_open_deals_companies_can_still_be_scored(visit, words, save):
    names = [f"a{i}" for i in range(60)]
    deals = pd.DataFrame(
        {
            "Deal ID": names,
            "Account": names,
            "Amount": "100",
            "Close Date": "2025-03-10",
            "Stage": ["Closed Won", "Closed Lost"] * 30,
        }
    )
    at = visit("activate", save({"deals": deals}, title="Closed"))
    assert not at.exception
    assert "there is no pipeline to sort" in words(at) and "nothing to ask" in words(at)


def test_a_rubric_changed_since_its_check_claims_no_win_rate(
    visit, words, fresh_sample, home_folder, sample_tables
):
    suggested = Study(sample_tables, Settings()).suggestion
    moved = Settings(
        title="Sample", rubric=suggested.with_weights({suggested.criteria[0].name: 60})
    )
    StudyStore(home_folder).save(fresh_sample, moved, "a weight moved")
    said = words(visit("activate", fresh_sample))
    assert "is not tested: the rubric was changed" in said
    assert StudyStore(home_folder).load(fresh_sample).settings.looks == 0
