"""Start: one click brings a finished study, files of one's own come in, and faults are said in
words.
"""

import io
import zipfile

import pandas as pd
import pytest

from icp_engine.intake.columns.dialects import GUIDES
from icp_engine.intake.reading.read import read_sources
from icp_engine.settings import Settings
from icp_engine.store.studies import StudyStore
from icp_engine.store.study_file import write_study_file
from ui.answers.steps import STEPS
from ui.home import loading

OUTCOMES = ("Closed Lost,Food", "Closed Won,Tech", "Closed Won,Retail")
DEALS = (
    "Deal ID,Account,Amount,Close Date,Stage,Industry\n"
    + "".join(
        f"d{i},a{i},{100 + i},2025-{1 + i % 12:02d}-10,{OUTCOMES[i % 3]}\n" for i in range(60)
    )
).encode()


def test_without_a_study_the_page_promises_and_offers_two_ways_in(visit, words):
    at = visit("home")
    assert not at.exception
    assert "deals the profile never saw" in words(at)
    assert [button.label for button in at.button if button.key in ("try_sample", "read_files")] == [
        "Try it with sample data",
        "Read the files",
    ]


def test_one_click_brings_a_finished_study(visit, words):
    at = visit("home")
    at.button(key="try_sample").click().run()
    assert not at.exception
    assert at.query_params["study"]
    assert "judged customers are your best" in words(at)
    assert "won deal above a lost one" in words(at)


def test_a_file_of_deals_is_enough(visit, words):
    at = visit("home")
    at.file_uploader[0].upload("deals.csv", DEALS, "text/csv").run()
    at.button(key="read_files").click().run()
    assert not at.exception
    assert at.title[0].value == "Data"
    assert "60 accounts, 40 won and 20 lost deals" in words(at)


CONTACTS = b"First Name,Last Name,Email,Job Title,Company name\n" + b"".join(
    b"Ada,Lovelace%d,ada%d@firm%d.example,CTO,Firm %d\n" % (i, i, i, i) for i in range(30)
)


@pytest.mark.parametrize("without", [True, False])
def test_people_are_stored_only_when_they_may_be(visit, home_folder, without):
    at = visit("home")
    at.file_uploader[0].upload("contacts.csv", CONTACTS, "text/csv").run()
    if without:
        at.checkbox(key="without_people").check().run()
    at.button(key="read_files").click().run()
    assert not at.exception
    study = at.query_params["study"]
    saved = StudyStore(home_folder).load(study if isinstance(study, str) else study[0])
    stored = home_folder / "tables" / f"{saved.tables['contacts']}.parquet"
    assert ("Lovelace7" in pd.read_parquet(stored).to_csv()) is not without
    assert [problem.code for problem in saved.problems].count("people-left-out") == without


def test_each_crm_has_its_guide_and_everybody_a_template(visit, words):
    at = visit("home")
    for guide in GUIDES:
        at.session_state["export_guide"] = guide.crm
        at.run()
        assert guide.deals[-1] in words(at) and guide.lines[0][:20] in words(at)
    at.session_state["export_guide"] = "Only invoices"
    at.run()
    assert "Credit notes" in words(at)
    at.session_state["export_guide"] = "No CRM"
    at.run()
    assert not at.exception and "Fill in a workbook" in words(at)


def test_a_study_file_opens_with_its_own_settings(visit, words, home_folder):
    tables, _problems = read_sources({"deals": pd.read_csv(io.BytesIO(DEALS), dtype=str)})
    content = write_study_file(
        tables, Settings(title="From elsewhere", objective="keep", min_age_days=30)
    )
    at = visit("home")
    at.file_uploader[0].upload("quarter.icp", content, "application/zip").run()
    at.button(key="read_files").click().run()
    assert not at.exception
    saved = next(
        card for card in StudyStore(home_folder).recent(5) if card.title == "From elsewhere"
    )
    assert StudyStore(home_folder).load(saved.id).settings.min_age_days == 30


def test_the_sheet_of_a_workbook_can_be_chosen(visit, words):
    workbook = io.BytesIO()
    with pd.ExcelWriter(workbook, engine="xlsxwriter") as writer:
        pd.read_csv(io.BytesIO(DEALS)).to_excel(writer, sheet_name="Open", index=False)
        pd.read_csv(io.BytesIO(DEALS)).head(12).to_excel(writer, sheet_name="Closed", index=False)
    at = visit("home")
    at.file_uploader[0].upload("deals.xlsx", workbook.getvalue(), "application/zip").run()
    at.selectbox(key="sheet_0_deals.xlsx").select("Closed").run()
    at.button(key="read_files").click().run()
    assert not at.exception
    assert "8 won and 4 lost deals" in words(at)


def test_a_damaged_study_file_is_refused_in_words(visit, words):
    damaged = io.BytesIO()
    with zipfile.ZipFile(damaged, "w") as archive:
        archive.writestr("study.json", "{")
    at = visit("home")
    at.file_uploader[0].upload("quarter.icp", damaged.getvalue(), "application/zip").run()
    at.button(key="read_files").click().run()
    assert not at.exception
    assert "To fix first" in words(at)


def test_a_picture_named_csv_is_refused_in_words_and_nothing_is_saved(visit, words, home_folder):
    before = len(StudyStore(home_folder).recent(1000))
    at = visit("home")
    at.file_uploader[0].upload("accounts.csv", b"\x89PNG\r\n\x1a\n" + bytes(200), "text/csv").run()
    at.button(key="read_files").click().run()
    assert not at.exception
    assert "not a table" in words(at)
    assert len(StudyStore(home_folder).recent(1000)) == before


def test_a_recent_study_opens_again(visit, words, save):
    study = save(
        {"accounts": pd.DataFrame({"account_id": ["a", "b"], "ltv": ["1", "2"]})}, title="Mine"
    )
    at = visit("home")
    at.button(key=f"open_{study}").click().run()
    assert not at.exception
    assert at.query_params["study"] == [study] or at.query_params["study"] == study
    assert "Mine" in words(at)


def test_the_objective_is_kept_in_the_study(visit, sample_study, home_folder):
    at = visit("home", sample_study)
    at.selectbox[0].select("keep").run()
    assert not at.exception
    assert StudyStore(home_folder).load(sample_study).settings.objective == "keep"
    at.button(key="shell_undo").click().run()
    assert StudyStore(home_folder).load(sample_study).settings.objective == "convert"


def test_an_address_of_no_study_says_so(visit, words):
    at = visit("rubric", "no-such-study")
    assert not at.exception
    assert "deleted, or made on another machine" in words(at)


def test_a_study_named_like_markdown_is_shown_as_written(visit, words, save):
    study = save(
        {"accounts": pd.DataFrame({"account_id": ["a"], "ltv": ["1"]})},
        title="![x](http://e.example/i.png)",
    )
    at = visit("home", study)
    assert "![x](http" not in words(at)


ONE_DEFECT = {
    "empty": ("accounts.csv", b""),
    "header only": ("accounts.csv", b"Account ID,Industry,LTV\n"),
    "one row": ("accounts.csv", b"Account ID,Industry,LTV\na,Tech,5\n"),
    "no id": ("accounts.csv", b"Industry,LTV\n" + b"Tech,5\nFood,7\n" * 20),
    "duplicate ids": ("accounts.csv", b"Account ID,Industry,LTV\n" + b"a,Tech,5\n" * 30),
    "metrics missing": (
        "accounts.csv",
        b"Account ID,Industry,LTV\n" + b"".join(b"a%d,Tech,\n" % i for i in range(30)),
    ),
    "workbook named csv": ("deals.csv", b"PK\x03\x04" + bytes(500)),
    "text": ("notes.csv", b"hello world"),
    "nul bytes": ("deals.csv", bytes(3000)),
    "bad encoding": (
        "accounts.csv",
        "Account ID,Branche,LTV\na,Gerät,5\nb,Öl,6\n".encode("cp1252"),
    ),
}


@pytest.mark.parametrize("defect", ONE_DEFECT)
def test_a_file_with_one_defect_never_ends_in_a_failure(visit, words, defect):
    at = visit("home")
    at.file_uploader[0].upload(*ONE_DEFECT[defect], "text/csv").run()
    at.button(key="read_files").click().run()
    assert not at.exception
    assert "went wrong" not in words(at)
    assert any(
        sign in words(at)
        for sign in ("To fix first", "Worth a look", "For your information", "account", "table")
    )


@pytest.mark.parametrize("key", [step.key for step in STEPS[1:]])
@pytest.mark.parametrize("defect", ["one row", "metrics missing"])
def test_every_page_of_a_study_with_nothing_in_it_stays_calm(visit, words, save, key, defect):
    tables, _problems = read_sources(io.BytesIO(ONE_DEFECT[defect][1]))
    at = visit(key, save(tables))
    assert not at.exception
    assert "went wrong" not in words(at)


def test_one_step_that_fails_does_not_hide_what_the_others_found(
    visit, words, sample_study, monkeypatch
):
    def fail(_study):
        raise ZeroDivisionError("secret")

    steps = [
        (key, doing, fail if key == "anti_icp" else ask) for key, doing, ask in loading.QUESTIONS
    ]
    monkeypatch.setattr(loading, "QUESTIONS", tuple(steps))
    at = visit("home", sample_study)
    assert not at.exception
    assert "judged customers are your best" in words(at)
    assert "in this step (reference" in words(at).replace("\\", "")
    assert "secret" not in words(at)
