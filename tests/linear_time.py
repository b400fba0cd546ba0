"""Whether a pattern or a reader needs more than linear time, judged on text made to be hard for it.

Comes in: compiled patterns, or functions of one text. Goes out: those whose time grows faster than
their text, with the text that shows it. Separate because the judge runs in a process of its own
(`python tests/linear_time.py` prints what it finds as JSON): an exponential pattern never returns.

Notes: time is the process's own, the least of several runs. Ten texts of 1,000 signs are read, and
one of 10,000: equally long where time is linear, ten times as long where it is quadratic. What is
slower by less than `FLOOR` is noise; a quadratic pattern is slower by 20 ms and more. An alarm of
the processor's clock ends what runs on: Python's `re` hears it.
"""

import importlib
import json
import pkgutil
import re
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from re import _constants as sre
from re import _parser as parser
from zlib import crc32

SHORT, LONG = 1_000, 10_000
FLOOR = 0.008  # seconds
STEEPEST = 3.0  # times as long: linear 1, n log n 1.3, quadratic 10
AGAIN = 3  # runs before something is called too slow
MOST_SECONDS = 2.0  # of one run
MOST_SECONDS_IN_ALL = 120  # the system ends the process then
MOST_TEXTS, MOST_TEXTS_READ = 60, 24  # for one pattern, for one reader
PACKAGES = ("icp_engine", "ui")
USUAL = " \t\n\u00a01a_-.,;:/'\"@#+()<é"
TAILS = ("", "\x00", "\n\x00", "1a")
PARTNERS = " 1a-.,"


class TooSlow(Exception):
    """One run took longer than `MOST_SECONDS`."""


def find_patterns() -> dict[str, re.Pattern]:
    """Every pattern that a module of the project holds, by where it stands."""
    found: dict[str, re.Pattern] = {}
    for package in PACKAGES:
        path = importlib.import_module(package).__path__
        for module in pkgutil.walk_packages(path, f"{package}."):
            if module.name.endswith(("__main__", "ui.main")):
                continue
            for name, value in sorted(vars(importlib.import_module(module.name)).items()):
                if not name.startswith("__"):
                    for place, pattern in _patterns_in(value, f"{module.name}.{name}"):
                        found.setdefault(place, pattern)
    once: dict[tuple, str] = {}
    for place, pattern in found.items():
        once.setdefault((pattern.pattern, pattern.flags), place)
    return {place: found[place] for place in once.values()}


def _patterns_in(value: object, place: str) -> Iterator[tuple[str, re.Pattern]]:
    if isinstance(value, re.Pattern):
        yield place, value
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from _patterns_in(held, f"{place}[{key!r}]")
    elif isinstance(value, (tuple, list)):
        for number, held in enumerate(value):
            yield from _patterns_in(held, f"{place}[{number}]")
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _patterns_in(getattr(value, field.name), f"{place}.{field.name}")
    elif hasattr(value, "cache_info") and _makes_patterns(value.__wrapped__):
        yield from _patterns_in(value(), f"{place}()")


def _makes_patterns(function: Callable) -> bool:
    """Whether a function without parameters makes them, once."""
    told = str(function.__annotations__.get("return"))
    return "re.Pattern" in told and not function.__code__.co_argcount


# Hard texts


def hard_texts(pattern: re.Pattern) -> list[str]:
    """Texts of `LONG` signs made of what the pattern looks for; the likeliest to be slow first."""
    source = pattern.pattern
    parsed = parser.parse(source, pattern.flags & ~re.DEBUG)
    text = isinstance(source, str)
    alphabet = list(dict.fromkeys([*_literals(parsed), *USUAL]))
    alphabet = [sign for sign in alphabet if text or ord(sign) < 256]
    made: dict[str, None] = {}
    starts = _starts(parsed, alphabet)
    for start, body in starts:
        for tail in TAILS:
            made.setdefault(_filled(start, body, tail))
        made.setdefault(_filled("", start + body, TAILS[2]))
        for partner in PARTNERS:
            made.setdefault(_filled(start, body + partner, TAILS[3]))
            made.setdefault(_filled("", start + partner, TAILS[1]))
    for sign in [*USUAL, *alphabet[:20]]:
        for tail in TAILS[:3]:
            made.setdefault(_filled("", sign, tail))
    for word in _spellings(parsed, alphabet)[:12]:
        for partner in ("", " "):
            made.setdefault(_filled("", word + partner, TAILS[2]))
    made.pop("", None)
    return sorted(made, key=_drawn)[:MOST_TEXTS]


def _drawn(text: str) -> int:
    """A place by lot, the same in every run, so that a part of many texts holds some of each kind."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def _filled(start: str, body: str, tail: str) -> str:
    room = LONG - len(start) - len(tail)
    return start + (body * (room // max(len(body), 1) + 1))[:room] + tail if body else ""


Parsed = list  # of (operation, argument), as Python's own parser gives them
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d",
    sre.CATEGORY_NOT_DIGIT: r"\D",
    sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w",
    sre.CATEGORY_NOT_WORD: r"\W",
}


def _parts(operation: object, argument: object) -> list[Parsed]:
    """The patterns inside one piece of a pattern."""
    if operation in REPEATS:
        return [argument[2]]
    if operation is sre.BRANCH:
        return list(argument[1])
    if operation is sre.SUBPATTERN:
        return [argument[3]]
    if operation in (sre.ASSERT, sre.ASSERT_NOT):
        return [argument[1]]
    return [argument] if operation is sre.ATOMIC_GROUP else []


def _literals(parsed: Parsed) -> list[str]:
    """The signs a pattern names, without repeats."""
    found: dict[str, None] = {}
    for operation, argument in parsed:
        if operation in (sre.LITERAL, sre.NOT_LITERAL):
            found.setdefault(chr(argument))
        elif operation is sre.IN:
            for kind, named in argument:
                if kind is sre.LITERAL:
                    found.setdefault(chr(named))
                elif kind is sre.RANGE:
                    found.setdefault(chr(named[0]))
        for part in _parts(operation, argument):
            found.update(dict.fromkeys(_literals(part)))
    return list(found)


def _members(argument: Parsed, alphabet: list[str]) -> list[str]:
    """The signs of the alphabet that belong to a class such as [^a-z]."""
    turned = argument[0][0] is sre.NEGATE
    return [sign for sign in alphabet if any(_is(item, sign) for item in argument) != turned]


def _is(item: tuple, sign: str) -> bool:
    kind, named = item
    if kind is sre.LITERAL:
        return ord(sign) == named
    if kind is sre.RANGE:
        return named[0] <= ord(sign) <= named[1]
    return kind is sre.CATEGORY and re.match(CATEGORIES[named], sign) is not None


def _spell(parsed: Parsed, alphabet: list[str], choice: int) -> str:
    """A text that the pattern takes, more or less; `choice` varies branches and what may be left
    out.
    """
    spelled = ""
    for operation, argument in parsed:
        parts = _parts(operation, argument)
        if operation is sre.LITERAL:
            spelled += chr(argument)
        elif operation is sre.ANY:
            spelled += "a"
        elif operation in (sre.IN, sre.NOT_LITERAL):
            items = (
                argument if operation is sre.IN else [(sre.NEGATE, None), (sre.LITERAL, argument)]
            )
            signs = _members(items, alphabet)
            spelled += signs[choice % len(signs)] if signs else ""
        elif operation in REPEATS:
            times = max(argument[0], min(int(argument[1]), (choice + 1) % 2))
            spelled += _spell(parts[0], alphabet, choice) * times
        elif parts and operation not in (sre.ASSERT, sre.ASSERT_NOT):
            spelled += _spell(parts[choice % len(parts)], alphabet, choice)
    return spelled


def _spellings(parsed: Parsed, alphabet: list[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, (_spell(parsed, alphabet, n) for n in range(24)))))


def _starts(parsed: Parsed, alphabet: list[str]) -> list[tuple[str, str]]:
    """What may stand before each repeated part, and the part itself."""
    found: dict[tuple[str, str], None] = {}
    for choice in range(3):
        found.update(dict.fromkeys(_starts_by(parsed, alphabet, choice, "")))
    return list(found)


def _starts_by(
    parsed: Parsed, alphabet: list[str], choice: int, before: str
) -> Iterator[tuple[str, str]]:
    for operation, argument in parsed:
        parts = _parts(operation, argument)
        if operation in REPEATS and int(argument[1]) > 8:
            for other in range(6):
                yield before, _spell(parts[0], alphabet, other)
        for part in parts:
            yield from _starts_by(part, alphabet, choice, before)
        before += _spell([(operation, argument)], alphabet, choice)


# Time


def _stop(_signal: int, _frame: object) -> None:
    raise TooSlow


def seconds(run: Callable[[str], object], text: str, times: int = 1) -> float:
    """The least processor time of several runs. Raises TooSlow."""
    least = float("inf")
    for _ in range(times):
        signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
        begun = time.process_time()
        try:
            run(text)
            least = min(least, time.process_time() - begun)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    return least


def find_slow(run: Callable[[str], object], texts: list[str]) -> str:
    """What shows that `run` needs more than linear time; “” where nothing does."""
    for text in texts:
        try:
            if seconds(run, text) < FLOOR or (long := seconds(run, text, AGAIN)) < FLOOR:
                continue
            short = seconds(_repeated(run), text[: SHORT - 30] + text[-30:], AGAIN)
        except TooSlow:
            return f"{_shown(text)}: more than {MOST_SECONDS:g} s"
        if long > STEEPEST * short + FLOOR:
            return f"{_shown(text)}: {1000 * short:.1f} ms in ten parts, {1000 * long:.1f} in one"
    return ""


def _repeated(run: Callable[[str], object]) -> Callable[[str], object]:
    def ten_times(text: str) -> None:
        for _ in range(LONG // SHORT):
            run(text)

    return ten_times


def _shown(text: str) -> str:
    return f"{text[:24]!r} … {text[-6:]!r}"


def _ways(pattern: re.Pattern) -> list[Callable[[str], object]]:
    """The two ways of asking a pattern that try most."""
    if isinstance(pattern.pattern, bytes):
        return [
            lambda text: pattern.fullmatch(text.encode("latin-1", "replace")),
            lambda text: pattern.sub(b"", text.encode("latin-1", "replace")),
        ]
    return [pattern.fullmatch, lambda text: pattern.sub("", text)]


def judge(runs: dict[str, list[Callable]], texts: Callable[[str], list[str]]) -> dict[str, str]:
    """What is slow of many, by name, with the text that shows it. Each name is said on stderr before
    it is tried, so that one that never returns is known.
    """
    signal.signal(signal.SIGPROF, _stop)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS_IN_ALL, MOST_SECONDS_IN_ALL))
    slow: dict[str, str] = {}
    for name, ways in runs.items():
        print(name, file=sys.stderr, flush=True)
        hard = texts(name)
        if found := next((found for way in ways if (found := find_slow(way, hard))), ""):
            slow[name] = found
    return slow


def judge_patterns(patterns: dict[str, re.Pattern]) -> dict[str, str]:
    """The patterns that need more than linear time, each with the text that shows it."""
    ways = {name: _ways(pattern) for name, pattern in patterns.items()}
    return judge(ways, lambda name: hard_texts(patterns[name]))


def judge_readers(readers: dict[str, Callable[[str], object]]) -> dict[str, str]:
    """The readers of cells, headers and texts that need more than linear time."""
    mixed = _mixed_texts()[:MOST_TEXTS_READ]
    return judge({name: [read] for name, read in readers.items()}, lambda _name: mixed)


def _mixed_texts() -> list[str]:
    """Texts hard for readers in general: runs of one sign, of two, and pieces of what they read."""
    pieces = ["1 ", "1-", "1,234", "1 -", "a ", "a@", "a.b", "co ", "inc. ", "2024-01-05 ", "Jan "]
    pieces += ["in (", "(usd) ", "reason ", "lost reason ", "{a:", "[1,", "=1+", "A b", "aB", "__c"]
    bodies = [*USUAL, *pieces, *(sign + " " for sign in USUAL), *(sign + "-" for sign in USUAL)]
    starts = ("", "1", "+1 ", "between 1", "a (")
    made = [_filled(start, body, tail) for body in bodies for start in starts for tail in TAILS[:2]]
    return sorted(dict.fromkeys(made), key=_drawn)[:MOST_TEXTS]


def main(given: bool) -> None:
    """Prints what was tried and what is slow of it, as JSON: patterns given as JSON on stdin, or
    every pattern and reader of the project.
    """
    if given:
        slow = judge_patterns({name: re.compile(name) for name in json.load(sys.stdin)})
        print(json.dumps({"slow": slow}))
        return
    from text_readers import READERS

    patterns = find_patterns()
    slow = {**judge_patterns(patterns), **judge_readers(READERS)}
    print(json.dumps({"patterns": list(patterns), "readers": list(READERS), "slow": slow}))


if __name__ == "__main__":
    main(given=sys.argv[1:] == ["given"])
