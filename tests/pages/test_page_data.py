"""Data: what was understood is shown column by column, and a role chosen anew holds downstream."""

import pandas as pd

from icp_engine.store.studies import StudyStore


def test_without_a_study_the_page_says_what_will_stand_here(visit, words):
    at = visit("data")
    assert not at.exception
    assert "What was understood of your files?" in words(at)
    assert at.button(key="load_data").label == "Load data"


def test_the_sentence_counts_accounts_and_deals(visit, words, sample_study):
    at = visit("data", sample_study)
    assert not at.exception
    assert "accounts and" in words(at)
    assert "up to 30 Sep 2026" in words(at)


def test_every_table_of_the_sample_is_listed_with_all_its_columns(visit, sample_study, sample_tables):
    at = visit("data", sample_study)
    shown = [frame.value for frame in at.dataframe if "Role" in frame.value]
    assert sorted(len(frame) for frame in shown) == sorted(table.shape[1] for table in sample_tables.values())


def test_at_most_four_figures_each_with_a_denominator(visit, sample_study):
    figures = visit("data", sample_study).metric
    assert 1 <= len(figures) <= 4
    assert all(figure.delta for figure in figures)


def editor_key(at, start):
    return next(key for key in at.session_state._state.filtered_state if key.startswith(start))


def test_a_role_chosen_anew_is_kept_and_shown_as_given(visit, save, sample_tables, home_folder):
    study = save(sample_tables)
    at = visit("data", study)
    editor = editor_key(at, "roles_accounts")
    row = list(sample_tables["accounts"].columns).index("Industry")
    at.session_state[editor] = {"edited_rows": {row: {"Role": "ignore"}}, "added_rows": [], "deleted_rows": []}
    at.run()
    assert not at.exception
    assert StudyStore(home_folder).load(study).settings.roles == {"accounts": {"Industry": "ignore"}}
    shown = next(frame.value for frame in at.dataframe if "Role" in frame.value)
    assert shown.set_index("Column").loc["Industry", ["Role", "Why"]].tolist() == ["ignore", "set by you"]


def test_hostile_cells_and_headers_are_only_shown(visit, save):
    frame = pd.DataFrame({"account_id": ["a", "b"], "![x](http://e.example/i.png)": ["=1+1", "<script>"]})
    at = visit("data", save({"**t**": frame}))
    assert not at.exception
    assert all("![x](http" not in element.value for element in (*at.markdown, *at.caption))


def test_a_study_with_nothing_in_it_still_shows_its_problems(visit, words, save):
    at = visit("data", save({"notes": pd.DataFrame({"a": ["x"]})}))
    assert not at.exception
    assert at.title[0].value == "Data"
    assert "What to do" in words(at) or "To fix first" in words(at) or "Worth a look" in words(at)


def test_a_study_whose_files_were_removed_says_so(visit, words, save, home_folder):
    study = save({"accounts": pd.DataFrame({"account_id": ["a", "b"], "ltv": ["17", "18"]})}, title="Gone")
    for content in StudyStore(home_folder).load(study).tables.values():
        (home_folder / "tables" / f"{content}.parquet").unlink()
    at = visit("data", study)
    assert not at.exception
    assert "removed from the folder" in words(at)
