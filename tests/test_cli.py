"""The shell: files, exit codes and words, on a real market."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import icp_engine as icp
from icp_engine.cli import main, make_parser
from sample_data.markets import planted_market

PROJECT = Path(__file__).resolve().parent.parent
FILES = {
    "profile.json",
    "icp.html",
    "icp.md",
    "rubric.json",
    "best.csv",
    "traits.csv",
    "segments.csv",
    "scores.csv",
    "pipeline.csv",
    "validation.json",
}
QUICK = '{"resamples": 5}'


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    """Exports of a planted market, some deals still open."""
    folder = tmp_path_factory.mktemp("market")
    found = planted_market(3, accounts=300)
    found.accounts.to_csv(folder / "accounts.csv", index=False)
    found.deals.to_csv(folder / "deals.csv", index=False)
    return folder


@pytest.fixture(scope="module")
def defined(market):
    """The files of `icp define` and what it said as JSON."""
    out = market / "out"
    words = [
        sys.executable,
        "-m",
        "icp_engine.cli",
        "define",
        market / "accounts.csv",
        market / "deals.csv",
        "--out",
        out,
        "--json",
        "--settings",
        QUICK,
    ]
    done = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out, json.loads(done.stdout), done.stderr


def run(*words):
    return main([str(word) for word in words])


def lines(capsys):
    return capsys.readouterr().err.strip().splitlines()


def test_define_writes_every_file_and_names_it(defined):
    out, said, _ = defined
    assert {path.name for path in out.iterdir()} == FILES
    assert {Path(name).name for name in said["files"]} == FILES
    assert set(said["verdicts"]) == {"traits", "segments", "validation"}
    assert set(said["verdicts"]["validation"]) == {"level", "sentence", "because"}


def test_define_tells_its_progress_on_stderr(defined):
    assert "icp: Choosing the best customers" in defined[2]


def test_csvs_hold_the_results_by_their_names(defined, market):
    out, _, _ = defined
    study = icp.Study.open(
        market / "accounts.csv", market / "deals.csv", settings=icp.Settings(resamples=5)
    )
    names = ("best", "scores", "segments")
    best, scores, segments = (
        pd.read_csv(out / f"{name}.csv", dtype={"account_id": str}) for name in names
    )
    assert list(best.iloc[:, 0]) and set(best["account_id"]) == set(study.best.accounts)
    assert list(scores.columns) == ["account_id", *study.scores.columns]
    assert len(scores) == len(study.accounts)
    assert (
        dict(zip(segments["account_id"], segments["segment"], strict=True))
        == study.segments.labels.to_dict()
    )
    assert list(pd.read_csv(out / "traits.csv").columns) == list(study.traits.table.columns)


def test_open_deals_come_with_score_band_and_reason(defined, market):
    deals = pd.read_csv(market / "deals.csv")
    still_open = deals.loc[~deals["stage"].str.contains("won|lost", case=False), "deal_id"]
    pipeline = pd.read_csv(defined[0] / "pipeline.csv")
    assert len(still_open) and set(pipeline["deal_id"]) == set(still_open)
    assert pipeline[["deal_id", "score", "band", "why"]].notna().all(axis=None)


def test_the_rubric_written_scores_the_same_list_to_the_same_scores(defined, market, capsys):
    scored_file = market / "scored.csv"
    assert (
        run(
            "score",
            "--rubric",
            defined[0] / "rubric.json",
            market / "accounts.csv",
            "--out",
            scored_file,
        )
        == 0
    )
    scored = pd.read_csv(scored_file, index_col=0)["score"]
    expected = pd.read_csv(defined[0] / "scores.csv", index_col=0)["score"].reindex(scored.index)
    pd.testing.assert_series_equal(scored, expected, check_names=False)
    assert "Scored" in capsys.readouterr().out


def test_scoring_reports_columns_that_are_missing(defined, tmp_path, capsys):
    prospects = tmp_path / "prospects.csv"
    prospects.write_text("account_id,colour\n=1+1,red\nb,blue\n")
    assert (
        run(
            "score",
            "--rubric",
            defined[0] / "rubric.json",
            prospects,
            "--out",
            tmp_path / "scored.csv",
        )
        == 0
    )
    assert any("rubric-column-missing" in line for line in lines(capsys))
    text = (tmp_path / "scored.csv").read_text()
    assert text.splitlines()[0] == '"account_id","score","band","disqualified","coverage"'
    assert '"\'=1+1",' in text


def test_validate_judges_a_rubric_on_a_list_of_deals(defined, market, tmp_path, capsys):
    target = tmp_path / "validation.json"
    words = [
        "validate",
        "--rubric",
        defined[0] / "rubric.json",
        market / "deals.csv",
        market / "accounts.csv",
    ]
    assert run(*words, "--out", target, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["verdicts"]["validation"]["level"] in {
        "strong",
        "moderate",
        "weak",
        "none",
        "too_little_data",
    }
    assert json.loads(target.read_text())["metrics"]["auc"]["value"] > 0.5


def test_a_list_without_any_column_of_the_rubric_is_refused_not_judged(defined, market, capsys):
    assert (
        run("validate", "--rubric", defined[0] / "rubric.json", market / "deals.csv", "--quiet")
        == 2
    )
    assert any("rubric-columns-none" in line for line in lines(capsys))


def test_settings_from_a_file_and_options_reach_the_profile(market, tmp_path):
    settings = tmp_path / "settings.json"
    settings.write_text(
        json.dumps({"top_n": 12, "resamples": 5, "profile_edits": {"goals": "[interview] Grow."}})
    )
    words = [
        "define",
        market / "accounts.csv",
        "--settings",
        settings,
        "--title",
        "North",
        "--out",
        tmp_path / "out",
    ]
    assert run(*words, "--objective", "keep", "--quiet") == 0
    profile = json.loads((tmp_path / "out" / "profile.json").read_text())
    goals = next(section for section in profile["sections"] if section["key"] == "goals")
    assert (profile["title"], profile["objective"]) == ("North", "Made to: keep customers.")
    assert (goals["edited"], goals["statements"][0]["evidence"]) == (True, "interview")


BAD_FILES = {
    "empty.csv": b"",
    "header.csv": b"account_id,industry\n",
    "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_no_table_refuses_the_run_and_writes_nothing(name, market, tmp_path, capsys):
    (tmp_path / name).write_bytes(BAD_FILES[name])
    assert (
        run(
            "define", market / "accounts.csv", tmp_path / name, "--out", tmp_path / "out", "--quiet"
        )
        == 2
    )
    assert any(line.startswith("stop ") for line in lines(capsys))
    assert not (tmp_path / "out").exists()


def test_a_missing_file_is_never_skipped(market, tmp_path, capsys):
    assert (
        run(
            "define",
            market / "accounts.csv",
            tmp_path / "nowhere.csv",
            "--out",
            tmp_path / "out",
            "--json",
        )
        == 2
    )
    said = json.loads(capsys.readouterr().out)
    assert "file-missing" in [problem["code"] for problem in said["problems"]]
    assert said["files"] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["define"], "usage"),
        (["nothing"], "usage"),
        ([], "usage"),
        (["app", "--port", "x"], "usage"),
        (["define", "a.csv", "--out", "o", "--settings", "{bad"], "settings-unreadable"),
        (["define", "a.csv", "--out", "o", "--settings", "[1]"], "settings-unreadable"),
        (
            ["define", "a.csv", "--out", "o", "--settings", '{"top_share": 2, "nothing": 1}'],
            "settings-unreadable",
        ),
        (["define", "a.csv", "--out", "o", "--as-of", "yesterday"], "settings-unreadable"),
        (["define", "a.csv", "--out", "o", "--objective", "sell"], "settings-unreadable"),
        (["score", "--rubric", "no.json", "a.csv", "--out", "o"], "rubric-unreadable"),
    ],
)
def test_a_command_that_cannot_be_understood_says_what_is_wrong(words, code, capsys):
    assert run(*words) == 2
    assert all(line.startswith(f"stop {code} ") for line in lines(capsys))


def test_every_wrong_setting_is_named_at_once(capsys):
    run("define", "a.csv", "--out", "o", "--settings", '{"top_share": 2, "nothing": 1}')
    assert len(lines(capsys)) == 2


def test_a_rubric_that_is_none_is_refused(tmp_path, capsys):
    (tmp_path / "rubric.json").write_text('{"criteria": 5}')
    (tmp_path / "a.csv").write_text("account_id\n1\n2\n")
    assert (
        run(
            "score",
            "--rubric",
            tmp_path / "rubric.json",
            tmp_path / "a.csv",
            "--out",
            tmp_path / "o.csv",
        )
        == 2
    )
    assert "rubric-unreadable" in lines(capsys)[0]


def test_an_output_that_cannot_be_written_is_a_problem(defined, market, tmp_path, capsys):
    (tmp_path / "o").mkdir()
    words = [
        "score",
        "--rubric",
        defined[0] / "rubric.json",
        market / "accounts.csv",
        "--out",
        tmp_path / "o",
    ]
    assert run(*words) == 2
    assert any("output-unwritable" in line for line in lines(capsys))


def test_a_bug_is_one_line_and_exit_code_1_and_debug_shows_where(monkeypatch, capsys):
    def fail(*_arguments):
        raise RuntimeError("two\nlines")

    monkeypatch.setattr("icp_engine.cli.read_settings", fail)
    assert run("define", "a.csv", "--out", "o") == 1
    assert lines(capsys) == [
        "icp: a bug, not your data: RuntimeError: two lines (--debug shows where)"
    ]
    assert run("define", "a.csv", "--out", "o", "--debug") == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["", "define", "score", "validate", "app"])
def test_help_shows_an_example_that_can_be_parsed(command, capsys):
    assert run(*command.split(), "--help") == 0
    shown = capsys.readouterr().out
    examples = [line.split()[1:] for line in shown.splitlines() if line.startswith("  icp ")]
    assert examples
    assert all(make_parser().parse_args(example).run for example in examples)


def test_the_app_is_started_on_the_port_asked_for(monkeypatch):
    started = []
    monkeypatch.setattr(
        "icp_engine.cli.subprocess.call", lambda command, cwd: started.append((command, cwd)) or 0
    )
    assert run("app", "--port", "8600", "--quiet") == 0
    command, cwd = started[0]
    assert command[-3:] == ["app.py", "--server.port", "8600"]
    assert (cwd / "app.py").is_file()


def test_help_is_quick(tmp_path):
    code = "import sys; from icp_engine.cli import main; main(['--help']); print('pandas' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert io.StringIO(done.stdout).readlines()[-1].strip() == "False"


def test_a_rubric_set_by_hand_is_a_look_at_held_out_deals_and_counted_once(
    market, defined, tmp_path
):
    rubric = icp.Rubric.from_json((market / "out" / "rubric.json").read_text(encoding="utf-8"))
    moved = rubric.with_weights({rubric.criteria[0].name: 70})
    given = tmp_path / "given.json"
    given.write_text(icp.Settings(resamples=5, rubric=moved).model_dump_json(), encoding="utf-8")
    looks = []
    for settings in (given, tmp_path / "again" / "settings.json"):
        files = [market / "accounts.csv", market / "deals.csv"]
        code = main(
            [
                "define",
                *map(str, files),
                "--out",
                str(tmp_path / "again"),
                "--settings",
                str(settings),
            ]
        )
        assert code == 0
        looks.append(json.loads((tmp_path / "again" / "settings.json").read_text("utf-8"))["looks"])
    assert looks == [1, 1]


def test_a_suggestion_costs_no_look(defined, market):
    assert not (market / "out" / "settings.json").exists()


@pytest.fixture
def doubtful(tmp_path):
    """Deals whose stages say nothing in known words."""
    frame = pd.DataFrame(
        {
            "Opportunity ID": [f"o{place}" for place in range(120)],
            "Account Name": [f"Firm {place % 40}" for place in range(120)],
            "Stage": ["Alpha", "Beta"] * 60,
            "Amount": range(100, 220),
            "Close Date": [str(day)[:10] for day in pd.date_range("2024-01-01", periods=120)],
        }
    )
    frame.to_csv(tmp_path / "deals.csv", index=False)
    return tmp_path


def test_facts_and_questions_are_told(doubtful, capsys):
    words = ["define", str(doubtful / "deals.csv"), "--out", str(doubtful / "out")]
    main([*words, "--json", "--settings", QUICK])
    told = capsys.readouterr()
    found = json.loads(told.out)
    assert found["facts"]["deals"]["value"] == 120
    assert found["facts"]["tables"]["value"] == {"deals": "deals"}
    question = found["questions"][0]
    assert question["grave"] and question["about"] == "deals.Stage"
    assert question["answers"][0]["settings"]["meanings"]["Stage"] == {
        "Alpha": "won",
        "Beta": "lost",
    }
    assert "Who bought: 120 deals" in told.err
    assert "grave question [deals.Stage]" in told.err


def test_strict_refuses_while_a_grave_question_is_open(doubtful, capsys):
    words = ["define", str(doubtful / "deals.csv"), "--out", str(doubtful / "out"), "--strict"]
    assert main([*words, "--settings", QUICK]) == 2
    assert "question-open" in capsys.readouterr().err
    assert not (doubtful / "out").exists()
    answered = {"resamples": 5, "meanings": {"Stage": {"Alpha": "won", "Beta": "lost"}}}
    assert main([*words, "--settings", json.dumps(answered)]) == 0
