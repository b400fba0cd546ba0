"""A study as one file opens elsewhere to the same tables; what is no study, or a bad one, is told."""

import io
import json
import zipfile

import pandas as pd
import pytest

from icp_engine import InputRefused, Settings, Study
from icp_engine.inputs import read_settings, settings_within
from icp_engine.problems import make_problem
from icp_engine.store.studies import StudyStore
from icp_engine.store.study_file import is_study_file, read_study_file, write_study_file

RAW = {
    "accounts": pd.DataFrame(
        {
            "Company": ["Acme", "acme ", "Beta", "Gamma", "Delta"],
            "Industry": ["FinTech", "Fin-tech", "Steel", "n/a", "Steel"],
            "Since": ["03/04/2024", "03/04/2024", "05/06/2024", "07/08/2024", "01/02/2024"],
            "LTV": ["1.234,50", "", "20", "30", "40"],
        }
    ),
    "deals": pd.DataFrame(
        {
            "Deal ID": ["1", "2", "3"],
            "Company": ["Acme Holding", "Beta", "Gamma"],
            "Stage": ["Closed Won", "Closed Lost", "Demo"],
            "Close Date": ["2024-05-01", "2024-06-01", ""],
        }
    ),
}
REPAIRED = Settings(
    title="Repaired",
    merges={"Industry": {"Fin-tech": "FinTech"}},
    missing_words={"Industry": ("n/a",)},
    date_formats={"Since": "month_first"},
    joins={"deals": {"Acme Holding": "Acme"}},
    merge_accounts={"Delta": "Gamma"},
    roles={"accounts": {"Since": "customer_since"}},
)


def study():
    return Study.open(RAW, settings=REPAIRED)


def assert_same(first, second):
    pd.testing.assert_frame_equal(first.intake.accounts, second.intake.accounts)
    pd.testing.assert_frame_equal(first.intake.deals, second.intake.deals)
    assert first.roles == second.roles and first.problems == second.problems


def test_a_study_saved_after_repairs_gives_the_same_tables_from_another_folder(tmp_path):
    here, there = StudyStore(tmp_path / "here"), StudyStore(tmp_path / "there")
    saved = here.create(study().raw, REPAIRED)
    moved = there.create(here.tables(saved), here.load(saved.id).settings, saved.problems)
    again = StudyStore(tmp_path / "there").load(moved.id)
    assert_same(study(), Study(there.tables(again), again.settings, again.problems))
    assert again.dataset == saved.dataset


def test_a_study_file_gives_the_same_tables_and_settings(tmp_path):
    path = tmp_path / "repaired.icp"
    path.write_bytes(study().to_file())
    opened = Study.open(path)
    assert_same(study(), opened)
    assert opened.settings == REPAIRED and list(opened.raw["deals"].index) == [2, 3, 4]
    assert opened.intake.deals.loc["1", "account_id"] == "Acme"


def test_equal_studies_give_equal_files():
    assert study().to_file() == study().to_file()


def test_problems_of_reading_travel_along():
    problem = make_problem("file-encoding", table="deals", found="cp1252")
    opened = read_study_file(write_study_file(study().raw, REPAIRED, [problem]))
    assert opened.problems == (problem,)


def test_settings_given_by_hand_replace_those_of_the_file():
    assert (
        Study.open(io.BytesIO(study().to_file()), settings=Settings(title="mine")).settings.title
        == "mine"
    )


def test_other_files_are_no_study(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("accounts.csv", "a,b\n1,2\n")
    assert not is_study_file(path) and not is_study_file(archive) and not is_study_file(RAW)
    assert read_study_file(tmp_path / "nowhere.icp") is None


def changed(**contents):
    """A study file with a few entries of its table of contents replaced."""
    source, target = io.BytesIO(study().to_file()), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.namelist():
            told = old.read(member)
            if member == "study.json":
                told = json.dumps({**json.loads(told), **contents}).encode()
            new.writestr(member, told)
    return target.getvalue()


@pytest.mark.parametrize(
    ("contents", "word"),
    [
        ({"format": "else"}, "not a study's"),
        ({"version": 99}, "later version"),
        ({"tables": {"x": "tables/none.parquet"}}, "damaged"),
        ({"tables": {"x": "study.json"}}, "damaged"),
        ({"tables": ["x"]}, "damaged"),
    ],
)
def test_a_bad_study_file_is_refused_in_words(contents, word):
    with pytest.raises(InputRefused) as refused:
        read_study_file(changed(**contents))
    assert word in refused.value.problems[0].message
    assert Study.open(io.BytesIO(changed(**contents))).problems[0].code == "file-unreadable"


def test_the_shell_takes_the_settings_of_a_study_file_and_lets_options_overrule_them(tmp_path):
    path = tmp_path / "small.icp"
    path.write_bytes(study().to_file())
    within = settings_within([path])
    assert within == REPAIRED and settings_within([path, path]) is None
    assert read_settings(None, {"title": "Other"}, within) == REPAIRED.merged(title="Other")


def test_tables_come_back_in_their_order_which_says_whose_value_is_believed():
    ids, names = (
        [f"A{n}" for n in range(12)],
        ("zebra", "middle", *(f"t{n}" for n in range(12)), "alpha"),
    )
    tables = {
        name: pd.DataFrame({"Account ID": ids, "Industry": [name] * 12, "LTV": range(12)})
        for name in names
    }
    study = Study.open(tables)
    elsewhere = Study.open(io.BytesIO(study.to_file()))
    assert list(elsewhere.intake.raw) == list(tables) and set(study.accounts["Industry"]) == {
        "zebra"
    }
    pd.testing.assert_frame_equal(elsewhere.accounts, study.accounts)


def with_contents(change, tables=None):
    """A study file whose table of contents was changed, as another hand might."""
    source, out = zipfile.ZipFile(io.BytesIO(study().to_file())), io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            content = (tables or {}).get(name) or source.read(name)
            if name == "study.json":
                contents = json.loads(content)
                change(contents)
                content = json.dumps(contents).encode()
            archive.writestr(name, content)
    return io.BytesIO(out.getvalue())


@pytest.mark.parametrize(
    ("field", "value"), [("seed", -1), ("top_share", 7), ("rubric", {"criteria": 3}), ("new", 1)]
)
def test_a_setting_that_cannot_be_is_told_and_at_its_default(field, value):
    opened = Study.open(with_contents(lambda contents: contents["settings"].update({field: value})))
    told = [problem for problem in opened.problems if problem.code == "settings-no-effect"]
    assert len(told) == 1 and f"“{field}”" in told[0].message
    assert opened.settings.title == "Repaired" and len(opened.accounts)


def test_half_a_surrogate_pair_anywhere_in_its_contents_is_replaced():
    def spoil(contents):
        contents["tables"]["more\ud800"] = contents["tables"].pop("deals")
        contents["settings"]["title"] = "Re\udfffpaired"
        contents["settings"]["merges"] = {"Indu\ud800stry": {"a\ud800": "b"}}

    opened = Study.open(with_contents(spoil))
    assert list(opened.raw) == ["accounts", "more?"] and opened.settings.title == "Re?paired"
    assert_same(Study.open(io.BytesIO(opened.to_file())), opened)


@pytest.mark.parametrize("index", [[2, 2, 2], ["a", "b", "c"], [0.5, 1.5, 2.5]])
def test_nested_columns_and_odd_row_numbers_become_texts_and_rows(index):
    nested = {"Company": ["A", "B", "C"], "Tags": [["x", "y"], ["z"], None], "Of": [{"a": 1}] * 3}
    stream = io.BytesIO()
    pd.DataFrame(nested, index=index).to_parquet(stream)
    file = with_contents(lambda contents: None, {"tables/1.parquet": stream.getvalue()})
    opened = Study.open(file)
    assert opened.raw["accounts"]["Tags"].iloc[0] == "x; y"
    assert opened.raw["accounts"].index.tolist() == [2, 3, 4] and opened.problems is not None


def test_settings_that_are_none_are_refused_with_words():
    opened = Study.open(with_contents(lambda contents: contents.update(settings=[1])))
    assert [problem.code for problem in opened.problems] == ["file-unreadable"]
