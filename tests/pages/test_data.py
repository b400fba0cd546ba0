"""Data: what was understood is shown column by column, and a role chosen anew holds downstream."""

import pandas as pd
import pytest

from icp_engine.intake.reading.read import read_sources
from icp_engine.store.studies import StudyStore


def test_without_a_study_the_page_says_what_will_stand_here(visit, words):
    at = visit("data")
    assert not at.exception
    assert "What was understood of your files?" in words(at)
    assert at.button(key="load_data").label == "Load data"


def test_the_sentence_counts_accounts_and_deals(visit, words, sample_study):
    at = visit("data", sample_study)
    assert not at.exception
    assert "1,199 accounts, 1,399 won and 885 lost deals, 312 deals still open." in words(at)
    assert "Deals were won or lost from 26 Oct 2023 to 30 Sep 2026." in words(at)
    assert "14,872,100 over 574 accounts), LTV" in words(at)


def test_the_first_result_leads_on_and_no_table_stands_in_the_way(visit, words, sample_study):
    at = visit("data", sample_study)
    assert "Your ideal customer: Tech stack with Snowflake" in words(at)
    assert not any("Role" in frame.value for frame in at.dataframe)
    assert "Taken for **accounts**" in words(at)
    at.button(key="next_data").click().run()
    assert at.title[0].value == "Best customers"


@pytest.fixture
def open_columns(visit):
    """The data page with the table of columns open."""

    def open_page(study):
        at = visit("data", study)
        at.session_state["tabs_data"] = "Columns"
        return at.run()

    return open_page


def column_table(at):
    return next(frame.value for frame in at.dataframe if "Role" in frame.value)


def test_every_table_of_the_sample_is_listed_with_all_its_columns(
    open_columns, sample_study, sample_tables
):
    at = open_columns(sample_study)
    for name, table in sample_tables.items():
        at.segmented_control(key="data_table").set_value(name).run()
        assert not at.exception
        assert column_table(at)["Column"].tolist() == list(table.columns)


def test_a_column_shows_its_shape_its_missing_share_and_the_reason(open_columns, sample_study):
    row = column_table(open_columns(sample_study)).set_index("Column").loc["Industry"]
    assert sum(row["Values"]) > 0.8
    assert 0 < row["Missing"] < 20
    assert row["Why this role"]


def test_at_most_four_figures_each_with_a_denominator(visit, sample_study):
    figures = visit("data", sample_study).metric
    assert 1 <= len(figures) <= 4
    assert all(figure.delta for figure in figures)


def editor_key(at, start):
    return next(key for key in at.session_state._state.filtered_state if key.startswith(start))


def test_a_role_chosen_anew_is_kept_and_shown_as_given(
    open_columns, save, sample_tables, home_folder
):
    study = save(sample_tables)
    at = open_columns(study)
    editor = editor_key(at, "roles_accounts")
    row = list(sample_tables["accounts"].columns).index("Industry")
    at.session_state[editor] = {
        "edited_rows": {row: {"Role": "ignore"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    at.run()
    assert not at.exception
    assert StudyStore(home_folder).load(study).settings.roles == {
        "accounts": {"Industry": "ignore"}
    }
    shown = next(frame.value for frame in at.dataframe if "Role" in frame.value)
    assert shown.set_index("Column").loc["Industry", ["Role", "Why this role"]].tolist() == [
        "ignore",
        "set by you",
    ]


def test_hostile_cells_and_headers_are_only_shown(open_columns, save):
    frame = pd.DataFrame(
        {"account_id": ["a", "b"], "![x](http://e.example/i.png)": ["=1+1", "<script>"]}
    )
    at = open_columns(save({"**t**": frame}))
    assert not at.exception
    assert all("![x](http" not in element.value for element in (*at.markdown, *at.caption))


def test_a_study_with_nothing_in_it_still_shows_its_problems(visit, words, save):
    at = visit("data", save({"notes": pd.DataFrame({"a": ["x"]})}))
    assert not at.exception
    assert at.title[0].value == "Data"
    assert "What to do" in words(at) or "To fix first" in words(at) or "Worth a look" in words(at)


def test_a_study_whose_files_were_removed_says_so(visit, words, save, home_folder):
    study = save(
        {"accounts": pd.DataFrame({"account_id": ["a", "b"], "ltv": ["17", "18"]})}, title="Gone"
    )
    for content in StudyStore(home_folder).load(study).tables.values():
        (home_folder / "tables" / f"{content}.parquet").unlink()
    at = visit("data", study)
    assert not at.exception
    assert "removed from the folder" in words(at)


def test_people_are_never_shown(open_columns, sample_study, sample_tables):
    at = open_columns(sample_study)
    at.segmented_control(key="data_table").set_value("contacts").run()
    shown = " ".join(frame.value.to_csv() for frame in at.dataframe)
    assert sample_tables["contacts"]["Email"].iloc[0] not in shown
    assert sample_tables["contacts"]["Job Title"].iloc[0] in shown


def test_health_names_each_part(visit, sample_study, words):
    at = visit("data", sample_study)
    assert next(figure.value for figure in at.metric if figure.label == "Data health").endswith(
        "of 100"
    )


AMBIGUOUS = pd.DataFrame(
    {
        "Deal ID": [f"d{i}" for i in range(60)],
        "Account": [f"a{i % 20}" for i in range(60)],
        "Stage": ["Closed Won", "Closed Lost", "Proposal"] * 20,
        "Amount": [f"{100 + i}" for i in range(60)],
        "Close Date": [f"0{1 + i % 9}/0{1 + i % 8}/2025" for i in range(60)],
    }
)


def test_a_fix_is_one_click_and_undo_takes_it_back(visit, save, words, home_folder):
    study = save({"deals": AMBIGUOUS})
    at = visit("data", study)
    assert "read both ways" in words(at)
    button = next(one for one in at.button if one.label.endswith("the month stands first"))
    button.click().run()
    assert not at.exception
    assert StudyStore(home_folder).load(study).settings.date_formats == {
        "Close Date": "month_first"
    }
    assert "read both ways" not in words(at)
    at.button(key="shell_undo").click().run()
    assert "read both ways" in words(at)


def test_the_one_question_in_doubt_is_asked_first_and_only_once(visit, save, words):
    at = visit("data", save({"deals": AMBIGUOUS}))
    assert "Answer one question first" in words(at)
    assert words(at).count("read both ways") == 1
    assert "day-month or month-day" not in words(at)
    assert at.button(key="next_data").label.startswith("Leave it open")


def test_values_that_may_mean_won_are_answered_by_one_click(visit, save, home_folder, words):
    stages = AMBIGUOUS.assign(
        Stage=["Phase A", "Phase B", "Phase C"] * 20, **{"Close Date": "2025-03-04"}
    )
    study = save({"deals": stages})
    at = visit("data", study)
    at.button(key="answer_grave_0_0").click().run()
    assert not at.exception
    assert StudyStore(home_folder).load(study).settings.meanings == {
        "Stage": {"Phase A": "won", "Phase B": "lost", "Phase C": "open"}
    }
    assert "20 won (“Phase A”), 20 lost (“Phase B”), 20 open (“Phase C”)" in words(at)


def test_too_many_values_for_a_click_are_said_one_by_one(visit, save):
    stages = AMBIGUOUS.assign(
        Stage=[f"Phase {place % 6}" for place in range(60)], **{"Close Date": "2025-03-04"}
    )
    at = visit("data", save({"deals": stages}))
    at.button(key="answer_grave_0").click().run()
    assert not at.exception
    assert at.session_state["tabs_data"] == "Values"


def test_the_page_opens_with_six_lines_and_the_columns_they_rest_on(visit, sample_study, words):
    at = visit("data", sample_study)
    shown = words(at)
    for title in (
        "What each file is",
        "Who bought",
        "What a customer is worth",
        "Who left",
        "When",
    ):
        assert f"**{title}.**" in shown
    assert "**How files join.**" in shown
    assert "“Deal Stage” of deals" in shown
    assert "Answer one question first" not in shown
    assert len(at.tabs) <= 5


def chooser(at, key):
    return next(box for box in at.selectbox if box.key and box.key.startswith(f"understood_{key}"))


def test_another_kind_of_a_file_is_one_choice(visit, save, home_folder, words):
    study = save({"deals": AMBIGUOUS.assign(**{"Close Date": "2025-03-04"})})
    at = visit("data", study)
    box = chooser(at, "files_0")
    box.select_index(box.options.index("Not used")).run()
    assert not at.exception
    assert StudyStore(home_folder).load(study).settings.table_kinds == {"deals": "unused"}
    at.button(key="shell_undo").click().run()
    assert StudyStore(home_folder).load(study).settings.table_kinds == {}


def test_an_open_question_is_said_on_the_pages_after_it(visit, save, words):
    study = save({"deals": AMBIGUOUS})
    at = visit("best_customers", study)
    assert not at.exception
    assert "Still open" in words(at)
    at.button(key="answer_open").click().run()
    assert at.title[0].value == "Data"


def test_nothing_is_said_to_be_open_where_nothing_is(visit, sample_study, words):
    assert "Still open" not in words(visit("best_customers", sample_study))


def test_the_rows_of_a_problem_stand_as_in_the_file(visit, save):
    frame = AMBIGUOUS.assign(
        **{"Close Date": "2025-03-04", "Amount": [*["100"] * 58, "ask Bob", "ask Bob"]}
    )
    at = visit("data", save(read_sources({"deals": frame})[0]))
    rows = next(shown.value for shown in at.dataframe if shown.value.index.name == "Row")
    assert rows["Amount"].tolist() == ["ask Bob"] * 2


PAYMENTS = pd.DataFrame(
    {
        "Invoice No.": [f"n{place}" for place in range(60)],
        "Debtor": [f"Firm {place % 20}" for place in range(60)],
        "Invoice date": [str(day)[:10] for day in pd.date_range("2024-01-01", periods=60)],
        "Net": [str(100 + 7 * place) for place in range(60)],
    }
)


def test_where_nothing_can_be_studied_one_answer_opens_it(visit, save, words):
    study = save({"invoices": PAYMENTS})
    at = visit("segments", study)
    assert "Still open, so what stands here may be wrong: Which column" in words(at)
    at = visit("data", study)
    assert "No table holds accounts" not in words(at)
    assert "None of these" in [button.label for button in at.button]
    at.button(key="answer_grave_0_0").click().run()
    assert not at.exception
    assert "20 accounts and no deals." in words(at)
    assert "over 20 accounts)" in words(at)
    at.button(key="shell_undo").click().run()
    assert "Which column of “invoices” names the customer?" in words(at)


def test_where_nobody_is_known_to_have_bought_the_page_says_what_is_missing(visit, save, words):
    shops = pd.DataFrame(
        {"Company": [f"Shop {place}" for place in range(40)], "Kind": ["a", "b"] * 20}
    )
    at = visit("data", save({"shops": shops}))
    assert "No best customers can be found until a file says who bought" in words(at)
    assert "Nothing says who bought: no deals, no payments" in words(at)
    assert "No problems were found" not in words(at)


def test_missing_words_of_one_column_are_kept_and_can_be_taken_back(
    open_columns, save, home_folder
):
    study = save({"deals": AMBIGUOUS.assign(Industry=["Food", "Tech", "tbc?"] * 20)})
    at = open_columns(study)
    at.session_state["look_closely"] = True
    at.run()
    at.selectbox(key="look_deals").select("Industry").run()
    next(text for text in at.text_input if text.label.startswith("Words that mean")).input(
        "TBC?, later"
    )
    next(button for button in at.button if button.label == "Read these as empty").click().run()
    assert not at.exception
    assert StudyStore(home_folder).load(study).settings.missing_words == {
        "Industry": ("tbc?", "later")
    }


ODD = {
    "nothing": {"notes": pd.DataFrame({"a": ["x"]})},
    "one row": {
        "accounts": pd.DataFrame({"Account ID": ["a"], "Industry": ["Food"], "LTV": ["5"]})
    },
    "empty values": {
        "accounts": pd.DataFrame({"Account ID": ["a", "b"], "LTV": ["", ""], "E-mail": ["", ""]})
    },
    "hostile": {
        "**t**": pd.DataFrame(
            {
                "[x](y)": ["=1", "<b>"] * 9,
                "$a$": ["`", "|"] * 9,
                "id": list("abcdefghijklmnopqr"),
                "Stage": ["won", "lost"] * 9,
            }
        )
    },
}


@pytest.mark.parametrize("odd", ODD)
def test_every_tab_of_an_odd_study_stays_calm(visit, save, words, odd):
    at = visit("data", save(read_sources(ODD[odd])[0]))
    for tab in [tab.label for tab in at.tabs]:
        at.session_state["tabs_data"] = tab
        at.run()
        assert not at.exception
        assert "went wrong" not in words(at)
