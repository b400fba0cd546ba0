"""The locks hold what pyproject.toml asks for, every file by its hash, and name no index."""

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.project_files import ROOT, project_files

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
APP, DEV, BENCH = (f"requirements{part}.lock" for part in ("", "-dev", "-bench"))
ASKED = {
    APP: PROJECT["dependencies"],
    DEV: [*PROJECT["dependencies"], *EXTRAS["dev"], *EXTRAS["databases"]],
    BENCH: [*PROJECT["dependencies"], *EXTRAS["dev"], *EXTRAS["bench"]],
}
PIN = re.compile(r"^([\w.-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)
INDEX = re.compile(
    r"https?://[^\s\"')]*(?:/simple\b|pypi|pythonhosted)|^\s*(?:-i|--(?:extra-)?index-url|"
    r"--find-links|--trusted-host|index[-_]url)[ =]",
    re.MULTILINE | re.IGNORECASE,
)
WRITTEN = (".py", ".toml", ".lock", ".md", ".txt", ".cfg", ".js", ".css", ".jinja", ".json", "")


def pins(lock):
    """Name → versions as locked: one, or one for each range of Python versions."""
    found = defaultdict(set)
    for name, version in PIN.findall((ROOT / lock).read_text(encoding="utf-8")):
        found[canonicalize_name(name)].add(version)
    return dict(found)


def entries(lock):
    """Each locked package with all lines that belong to it."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    starts = [at for at, line in enumerate(lines) if line and line[0] not in " #"]
    return ["\n".join(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]


@pytest.mark.parametrize(
    ("lock", "asked"), [(lock, asked) for lock in ASKED for asked in ASKED[lock]]
)
def test_a_dependency_is_locked_in_a_version_that_it_allows(lock, asked):
    wanted = Requirement(asked)
    locked = pins(lock).get(canonicalize_name(wanted.name), set())
    kept = set(wanted.specifier.filter(locked, prereleases=True))
    assert locked and kept == locked, f"{locked}: make lock"


@pytest.mark.parametrize("lock", ASKED)
def test_every_locked_file_carries_a_hash(lock):
    assert len(entries(lock)) == sum(len(versions) for versions in pins(lock).values()) > 40
    bare = [entry.split("\n")[0] for entry in entries(lock) if "--hash=sha256:" not in entry]
    assert not bare


@pytest.mark.parametrize(("wider", "narrower"), [(DEV, APP), (BENCH, DEV)])
def test_a_wider_lock_changes_no_version_of_a_narrower_one(wider, narrower):
    kept = pins(wider)
    assert {name: kept.get(name) for name in pins(narrower)} == pins(narrower)


def test_no_file_names_an_index():
    found = {
        str(path.relative_to(ROOT)): match.group()
        for path in project_files(*WRITTEN)
        if path != Path(__file__) and (match := INDEX.search(path.read_text("utf-8", "replace")))
    }
    assert not found


@pytest.mark.parametrize(
    "line", ["--index-url https://x/simple", "-i https://x", f"url = 'https://{'pypi'}.org/x'"]
)
def test_an_index_would_be_seen(line):
    assert INDEX.search(line)
