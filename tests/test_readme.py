"""What the README promises can be done as written."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from icp_engine.cli import main, make_parser
from ui.answers.steps import STEPS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.split("#")[0].strip() for line in README.splitlines() if re.match(r"(icp|make) \w+", line)
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder with the sample under the names the README uses."""
    folder = tmp_path_factory.mktemp("desk")
    for name in ("accounts", "deals"):
        shutil.copy(ROOT / "sample_data" / f"{name}.csv", folder / f"{name}.csv")
    shutil.copy(ROOT / "sample_data" / "accounts.csv", folder / "prospects.csv")
    return folder


def test_the_two_commands_are_there():
    assert {"make app", "make test"} <= set(COMMANDS)


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("make")])
def test_make_knows_the_command(command):
    done = subprocess.run(
        [*shlex.split(command), "-n"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("icp")])
def test_the_shell_knows_the_command(command):
    assert make_parser().parse_args(shlex.split(command)[1:]).run


def test_the_shell_commands_run_in_order(desk, monkeypatch):
    monkeypatch.chdir(desk)
    for command in COMMANDS:
        if command.startswith("icp") and command != "icp app":
            assert main([*shlex.split(command)[1:], "--quiet"]) == 0, command
    assert len(pd.read_csv(desk / "scored.csv")) == len(pd.read_csv(desk / "prospects.csv"))


def test_the_notebook_lines_run(desk, monkeypatch):
    monkeypatch.chdir(desk)
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL).group(1)
    names = {"prospects": pd.read_csv(desk / "prospects.csv", dtype=str)}
    exec(compile(code, "README", "exec"), names)
    assert names["study"].validation.verdict.sentence


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(((?!http)[^)#]+)\)", README))))
def test_every_link_leads_somewhere(target):
    assert (ROOT / target).exists(), target


def test_the_table_of_stages_has_a_row_for_every_page():
    rows = re.findall(r"^\| ([\w -]+) \| [^|]+\? \|", README, re.MULTILINE)
    assert rows == [step.title for step in STEPS]


def test_importing_the_engine_loads_nothing_heavy():
    code = "import sys, icp_engine; print(sorted({'pandas', 'sklearn', 'scipy', 'streamlit'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"
