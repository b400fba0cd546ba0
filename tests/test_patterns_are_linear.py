"""No pattern and no reader takes more than linear time, and every pattern is a constant of a module,
where this test finds it.
"""

import ast
import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = [*sorted((ROOT / "pages").glob("*.py")), ROOT / "app.py", ROOT / "ui" / "main.py"]
FILES = [path for part in ("icp_engine", "ui") for path in sorted((ROOT / part).rglob("*.py"))]
ASKS = {"search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer", "compile"}
TEXT_ASKS = {"contains", "match", "fullmatch", "extract", "extractall", "findall", "count", "split"}
TEXT_ASKS_WHEN_TOLD = {"replace"}  # takes a plain text unless told `regex=True`


def judged(*arguments, given=None):
    """What the judge found, in a process of its own that the system ends when it runs on."""
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("linear_time.py")), *arguments],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=900,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, f"ended while it tried: {done.stderr[-600:]}"
    return json.loads(done.stdout)


def test_no_pattern_and_no_reader_of_the_project_takes_more_than_linear_time():
    found = judged()
    assert found["slow"] == {}
    assert len(found["patterns"]) > 400
    assert len(found["readers"]) > 60


PLANTED = [
    r"(?:[0-9]+[ .]?)*%",  # exponential
    r"(a|aa)+b",
    r"\s*[0-9]?\s*[a-z]?\s*-",  # cubic
    r"_+c$",  # quadratic: looked for from every sign of a run
    r"\bwhy\b.*\blost\b",
    r"[\w/]*\d[\w/]*",
    r"[^@ ]+@[a-z]+",
]
INNOCENT = [
    r"(?<![0-9 .])(?:[0-9]++[ .]?)*+%",
    r"(?<!_)_++c$",
    r"\bwhy\b.{0,200}\blost\b",
    r"\A(?=\D*+\d)[\w/]++",
    r"(?<![^@ ])[^@ ]++@[a-z]+",
]


def test_a_planted_exponential_or_quadratic_pattern_is_found_and_a_linear_one_is_not():
    assert set(judged("given", given=[*PLANTED, *INNOCENT])["slow"]) == set(PLANTED)


def inline_patterns(source, constants):
    """Calls inside functions that ask a pattern which is none of the module's `constants`."""
    found = {}
    for function in (node for node in ast.walk(ast.parse(source)) if _is_code(node)):
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Attribute) and _asks_inline(call, function, constants):
                found[call.lineno, call.col_offset] = ast.unparse(call)
    return list(found.values())


def _is_code(node):
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


def _asks_inline(call, function, constants):
    of, asks = call.func.value, call.func.attr
    if isinstance(of, ast.Name) and of.id == "re":
        return asks in ASKS and not (asks == "compile" and _is_made_once(function))
    if isinstance(of, ast.Attribute) and of.attr == "str" and call.args:
        told = [word.value for word in call.keywords if word.arg == "regex"]
        takes = ast.literal_eval(told[0]) if told else asks in TEXT_ASKS
        known = asks in TEXT_ASKS | TEXT_ASKS_WHEN_TOLD
        return known and takes and not _is_constant(call.args[0], constants)
    return asks.endswith("_regex") and not _is_constant(call.args[1], constants)


def _is_constant(argument, constants):
    """`PATTERN.pattern` for pandas and Arrow, or the compiled constant itself."""
    if isinstance(argument, ast.Attribute):
        return argument.attr == "pattern"
    return isinstance(argument, ast.Name) and argument.id in constants


def _is_made_once(function):
    """A function without parameters that keeps what it made; the judge calls it for its patterns."""
    decorators = [ast.unparse(node) for node in getattr(function, "decorator_list", ())]
    return decorators == ["cache"] and not function.args.args


def _constants_of(path):
    if path in SCRIPTS:  # runs where it is imported
        return set()
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    module = importlib.import_module(name)
    return {name for name, held in vars(module).items() if isinstance(held, re.Pattern)}


def test_no_function_asks_a_pattern_that_is_no_constant():
    inline = {
        str(path.relative_to(ROOT)): found
        for path in FILES
        if (found := inline_patterns(path.read_text(encoding="utf-8"), _constants_of(path)))
    }
    assert inline == {}


def test_the_scripts_that_streamlit_runs_have_no_patterns():
    having = [path for path in SCRIPTS if re.search(r"\bimport re\b", path.read_text("utf-8"))]
    assert having == []


@pytest.mark.parametrize(
    "line",
    [
        're.search("a+", text)',
        're.search(f"{word}+", text)',
        're.sub(PATTERN, "", text)',
        're.compile("a")',
        'series.str.contains("a;")',
        'series.str.replace("a+", "", regex=True)',
        'series.str.fullmatch(rf"{one}")',
        'compute.match_substring_regex(values, "a+")',
    ],
)
def test_a_pattern_inside_a_function_is_found(line):
    assert len(inline_patterns(f"def read(text):\n    return {line}\n", {"PATTERN"})) == 1


@pytest.mark.parametrize(
    "line",
    [
        "PATTERN.search(text)",
        "series.str.contains(PATTERN)",
        'series.str.replace(PATTERN.pattern, "", regex=True)',
        'series.str.replace(".", "")',
        'series.str.split(";", regex=False)',
        "series.str.split()",
        "compute.match_substring_regex(values, PATTERN.pattern)",
        "re.escape(text)",
    ],
)
def test_a_constant_and_a_plain_text_are_no_inline_patterns(line):
    assert inline_patterns(f"def read(text):\n    return {line}\n", {"PATTERN"}) == []
