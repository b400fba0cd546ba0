"""The engine from a shell or a scheduler: `icp define | score | validate | app`.

Comes in: arguments and files. Goes out: files, exit code 0 (done), 2 (input refused; every problem
on stderr) or 1 (a bug). With --json one object on stdout. Separate, and last, because it only
composes: every number is a field of a result object.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from icp_engine.inputs import (
    missing_columns,
    read_rubric,
    read_settings,
    read_table,
    row_ids,
    settings_within,
)
from icp_engine.problems import InputRefused, Problem, has_stop, make_problem
from icp_engine.rubric.model import BANDS
from icp_engine.settings import OBJECTIVES
from icp_engine.wording.numbers import count, show_times

if TYPE_CHECKING:
    from icp_engine.study.study import Study

DONE, BUG, REFUSED, STOPPED = 0, 1, 2, 130
LOOKED = (
    "Held-out deals were now asked {times} about rubrics set by hand. settings.json keeps the count: "
    "give it to the next run, as the proof rests on it."
)
EXAMPLES = """examples:
  icp define accounts.csv deals.csv --out icp-q3
  icp define crm.xlsx --out icp --objective keep --as-of 2026-09-30 --settings settings.json
  icp score --rubric icp-q3/rubric.json prospects.csv --out scored.csv
  icp validate --rubric icp-q3/rubric.json deals.csv accounts.csv
  icp app --port 8600

exit codes: 0 done, 2 input refused (the problems on stderr, one a line), 1 a bug
"""


class Report:
    """What a run has to say: progress and problems on stderr, the result on stdout."""

    def __init__(self, *, as_json: bool, quiet: bool) -> None:
        self.as_json, self.quiet = as_json, quiet
        self.problems: list[Problem] = []
        self.files: list[str] = []
        self.verdicts: dict[str, Any] = {}
        self.understood: dict[str, Any] = {}
        self.notes: list[str] = []
        self.lines: list[str] = []
        self._began = time.monotonic()
        self._said: set[str] = set()

    def step(self, what: str, _share: float = 0.0) -> None:
        """One line of progress with the seconds so far; said once."""
        if not self.quiet and what not in self._said:
            self._said.add(what)
            print(
                f"icp: {what} ({time.monotonic() - self._began:.1f} s)", file=sys.stderr, flush=True
            )

    def finish(self) -> None:
        """Problems one a line on stderr (quiet: without the notes), then the result on stdout."""
        if not self.quiet:
            for note in self.notes:
                print(note, file=sys.stderr)
        for problem in self.problems:
            if not (self.quiet and problem.severity == "note"):
                print(" ".join(str(problem).split()), file=sys.stderr)
        if self.as_json:
            found = {
                "problems": [asdict(problem) for problem in self.problems],
                "files": self.files,
                "verdicts": self.verdicts,
                **self.understood,
            }
            print(json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True))
        elif self.lines:
            print(*self.lines, sep="\n")


class Parser(argparse.ArgumentParser):
    """Argument errors become a problem like any other."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        raise InputRefused([make_problem("usage", found=f"{self.prog}: {message}")])


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; never raises, never shows a traceback unless
    --debug asks for it.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    report = Report(as_json="--json" in words, quiet="--quiet" in words)
    try:
        arguments = make_parser().parse_args(words)
        code = int(arguments.run(arguments, report))
    except SystemExit:  # argparse has shown --help or --version
        return DONE
    except InputRefused as refused:
        report.problems = [
            *refused.problems,
            *(p for p in report.problems if p not in refused.problems),
        ]
        code = REFUSED
    except KeyboardInterrupt:
        print("icp: stopped.", file=sys.stderr)
        return STOPPED
    except Exception as error:  # whatever it is, the user gets one line and exit code 1
        code = _own_up(error, debug="--debug" in words)
    if code != DONE:
        report.lines = []  # half a result is none
    return _finish(report, code)


def _finish(report: Report, code: int) -> int:
    try:
        report.finish()
        sys.stdout.flush()
    except (
        BrokenPipeError
    ):  # the reader of our output went away, as `| head` does; say nothing at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _own_up(error: Exception, *, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    reason = " ".join(str(error).split())[:200]
    print(
        f"icp: a bug, not your data: {type(error).__name__}: {reason} (--debug shows where)",
        file=sys.stderr,
    )
    return BUG


def make_parser() -> argparse.ArgumentParser:
    """The whole command line; `--help` of every command shows examples."""
    parser = Parser(
        prog="icp",
        description="An Ideal Customer Profile from CRM exports, tested on deals it never saw.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(
        title="commands", required=True, metavar="{define,score,validate,app}"
    )
    _add_define(commands)
    _add_score(commands)
    _add_validate(commands)
    _add_app(commands)
    return parser


def _command(
    commands: Any, name: str, run: Callable[..., int], summary: str, example: str
) -> Parser:
    parser: Parser = commands.add_parser(
        name,
        help=summary,
        description=summary,
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    parser.add_argument(
        "--json",
        action="store_true",
        help="one JSON object on stdout: problems, files, verdicts, facts, questions",
    )
    parser.add_argument("--quiet", action="store_true", help="no progress lines and no notes")
    parser.add_argument("--debug", action="store_true", help="show the traceback of a bug")
    return parser


def _add_define(commands: Any) -> None:
    parser = _command(
        commands,
        "define",
        define,
        "derive a profile from CRM exports and write it as files",
        "icp define accounts.csv deals.csv --out icp-q3",
    )
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="CSV or XLSX exports: accounts, deals, orders, notes",
    )
    parser.add_argument(
        "--source",
        action="append",
        default=[],
        metavar="SOURCE:TABLE",
        dest="tables",
        help="a table of a database that the file named by ICP_SOURCES lists; may be repeated",
    )
    parser.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="folder for the results"
    )
    parser.add_argument(
        "--settings", metavar="JSON", help="a file with settings, or the JSON itself"
    )
    parser.add_argument(
        "--as-of", metavar="DATE", help="the date the data speak for (default: newest in the data)"
    )
    parser.add_argument(
        "--objective", metavar="NAME", help=f"what the profile is for: {', '.join(OBJECTIVES)}"
    )
    parser.add_argument("--title", metavar="TEXT", help="the profile's name")
    parser.add_argument(
        "--strict", action="store_true", help="refuse (exit 2) while a grave question is open"
    )


def _add_score(commands: Any) -> None:
    parser = _command(
        commands,
        "score",
        score,
        "score a list of accounts with a rubric",
        "icp score --rubric icp-q3/rubric.json prospects.csv --out scored.csv",
    )
    parser.add_argument("--rubric", required=True, type=Path, metavar="FILE", help="rubric.json")
    parser.add_argument(
        "prospects", type=Path, metavar="PROSPECTS", help="CSV or XLSX with the rubric's columns"
    )
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="scored list (CSV)")


def _add_validate(commands: Any) -> None:
    parser = _command(
        commands,
        "validate",
        validate,
        "test a rubric on closed deals",
        "icp validate --rubric icp-q3/rubric.json deals.csv accounts.csv",
    )
    parser.add_argument("--rubric", required=True, type=Path, metavar="FILE", help="rubric.json")
    parser.add_argument("deals", type=Path, metavar="DEALS", help="won and lost deals")
    parser.add_argument(
        "accounts", type=Path, nargs="?", metavar="ACCOUNTS", help="their accounts' attributes"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the result as JSON")


def _add_app(commands: Any) -> None:
    parser = _command(
        commands, "app", start_app, "start the workbench in the browser", "icp app --port 8600"
    )
    parser.add_argument(
        "--port", type=_port, default=8501, help="port on this machine (default 8501)"
    )


def _port(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text) < 65_536):
        raise argparse.ArgumentTypeError(f"“{text}” is not a port (1 to 65535)")
    return int(text)


def define(arguments: argparse.Namespace, report: Report) -> int:
    """Derive everything, then write all files at once."""
    if not (arguments.files or arguments.tables):
        raise InputRefused([make_problem("usage", found="icp define: name a FILE or a --source")])
    options = {"as_of": arguments.as_of, "objective": arguments.objective, "title": arguments.title}
    settings = read_settings(arguments.settings, options, settings_within(arguments.files))
    # loaded when asked for: start-up stays light
    from icp_engine.activate.study_files import study_files
    from icp_engine.activate.write import write_files
    from icp_engine.intake.reading.databases.sources import find_table
    from icp_engine.study.study import Study

    tables = [find_table(asked) for asked in arguments.tables]
    report.step(f"Reading {len(arguments.files) + len(tables)} files")
    study = Study.open(*arguments.files, *tables, settings=settings, progress=report.step)
    report.problems = list(study.problems)
    tell_understood(study, report)
    if has_stop(study.problems):
        raise InputRefused(study.problems)
    grave = [question for question in study.questions if question.grave]
    if arguments.strict and grave:
        raise InputRefused(
            [make_problem("question-open", found=question.sentence) for question in grave]
        )
    report.step("Choosing the best customers")
    report.lines = [study.best.sentence]
    results: dict[str, Any] = {"traits": study.traits, "segments": study.segments}
    _ = study.rubric  # asked for here so that progress is told in the order of the work
    study, looked = study.check(), study
    results["validation"] = study.validation
    report.step("Writing the profile")
    texts = study_files(study)
    if study is not looked:
        texts["settings.json"] = study.settings.model_dump_json(indent=2)
    report.files = [str(path) for path in write_files(arguments.out, texts)]
    report.verdicts = {name: asdict(result.verdict) for name, result in results.items()}
    report.lines += [result.verdict.sentence for result in results.values()]
    if study is not looked:
        report.lines.append(LOOKED.format(times=show_times(study.settings.looks)))
    report.lines.append(f"Wrote {len(report.files)} files to {arguments.out}.")
    return DONE


def tell_understood(study: Study, report: Report) -> None:
    """What was understood in six lines, and the open questions with their answers as settings."""
    from icp_engine.wording.json_values import json_value

    report.understood = {
        "facts": {name: json_value(asdict(fact)) for name, fact in study.facts.items()},
        "questions": [json_value(asdict(question)) for question in study.questions],
    }
    for line in study.understood:
        by = f" [{', '.join(line.by[:4])}]" if line.by else ""
        report.notes.append(f"{line.title}: {line.text} ({line.sure_word}){by}")
    for question in study.questions:
        weight = "grave question" if question.grave else "question"
        report.notes.append(f"{weight} [{question.about}] {question.sentence}")
        report.notes += [
            f"  - {answer.label}: {json.dumps(answer.settings, ensure_ascii=False)}"
            for answer in question.answers
        ]


def score(arguments: argparse.Namespace, report: Report) -> int:
    """Score every row of a list; the id comes first, the order stays."""
    # loaded when asked for: start-up stays light
    from icp_engine.activate.export import to_csv_text
    from icp_engine.activate.list_amounts import convert_for_rubric
    from icp_engine.activate.write import write_file

    rubric = read_rubric(arguments.rubric)
    name, frame = read_table(arguments.prospects, report.problems)
    amounts, found = convert_for_rubric(frame, rubric)
    scored = rubric.score(frame.assign(**amounts) if amounts else frame)
    report.problems += found
    report.problems += [
        make_problem("rubric-column-missing", table=name, column=column)
        for column in scored.attrs.get("missing_columns", [])
    ]
    scored = scored.set_axis(row_ids(name, frame))
    report.files = [str(write_file(arguments.out, to_csv_text(scored)))]
    counts = scored["band"].value_counts()
    bands = ", ".join(f"{band} {count(counts.get(band, 0))}" for band in BANDS)
    report.lines = [f"Scored {count(len(scored))} rows: {bands}.", f"Wrote {arguments.out}."]
    return DONE


def validate(arguments: argparse.Namespace, report: Report) -> int:
    """Test a rubric on a list of closed deals."""
    # loaded when asked for: start-up stays light
    import icp_engine
    from icp_engine.activate.study_files import validation_json
    from icp_engine.activate.write import write_file

    rubric = read_rubric(arguments.rubric)
    name, deals = read_table(arguments.deals, report.problems)
    accounts = read_table(arguments.accounts, report.problems)[1] if arguments.accounts else None
    known = set(deals.columns) | set(accounts.columns if accounts is not None else ())
    report.problems += missing_columns(rubric, name, known)
    if has_stop(report.problems):
        raise InputRefused(report.problems)
    report.step("Testing the rubric")
    result = icp_engine.validate(rubric, deals, accounts)
    if arguments.out:
        report.files = [str(write_file(arguments.out, validation_json(result)))]
    report.verdicts = {"validation": asdict(result.verdict)}
    report.lines = list(
        dict.fromkeys([result.verdict.sentence, result.sentence, *result.verdict.because])
    )
    return DONE


def start_app(arguments: argparse.Namespace, report: Report) -> int:
    """Run the workbench until it is stopped."""
    project = Path(__file__).resolve().parent.parent
    if not (project / "app.py").is_file():
        raise InputRefused([make_problem("app-missing", found=str(project))])
    report.step(f"Starting on http://127.0.0.1:{arguments.port}, Ctrl+C stops it")
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(arguments.port),
    ]
    try:
        return BUG if subprocess.call(command, cwd=project) else DONE
    except KeyboardInterrupt:
        return DONE


if __name__ == "__main__":
    sys.exit(main())
