"""Headers whose values are written while a deal runs, when it ends, or after it: what a column of that
name knows, no prospect has.

Comes in: a header's words, the type of its values and the kind of its table. Goes out: which kind of
late knowledge it is, and why. Separate because roles file such columns and checks withhold them by the
same rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from icp_engine.intake.columns.who_knew import late_words as said
from icp_engine.values.lengths import one_header
from icp_engine.values.plain_words import LETTERS
from icp_engine.values.rule import ColumnType

NUMBERS = ("number", "money", "percent", "range")
ANSWERS = ("boolean", "category", "number", "id", "empty")


# Whole words; scripts without blanks are found anywhere
_AT = "(?<![a-zA-Z0-9])(?:"
_TO = ")(?![a-zA-Z0-9])"
PAPER = re.compile(f"{_AT}{said.PAPER}{_TO}".translate(LETTERS))
TALK = re.compile(f"{_AT}{said.TALK}{_TO}".translate(LETTERS))
DONE = re.compile(f"{_AT}{said.DONE}{_TO}".translate(LETTERS))
COUNT = re.compile(f"{_AT}{said.COUNT}{_TO}".translate(LETTERS))
LAST = re.compile(f"{_AT}{said.LAST}{_TO}".translate(LETTERS))
NEXT = re.compile(f"{_AT}{said.NEXT}{_TO}".translate(LETTERS))
MOVES = re.compile(f"{_AT}{said.MOVES}{_TO}".translate(LETTERS))
STEPS = re.compile(f"{_AT}{said.STEPS}{_TO}".translate(LETTERS))
FORESEEN = re.compile(f"{_AT}{said.FORESEEN}{_TO}".translate(LETTERS))
STAGE = re.compile(f"{_AT}{said.STAGE}{_TO}".translate(LETTERS))
SPENT = re.compile(f"{_AT}{said.SPENT}{_TO}".translate(LETTERS))
WHY = re.compile(f"{_AT}{said.WHY}{_TO}".translate(LETTERS))
ENDED = re.compile(f"{_AT}{said.ENDED}{_TO}".translate(LETTERS))
CLOSING = re.compile(f"{_AT}{said.CLOSING}{_TO}".translate(LETTERS))
PERIOD = re.compile(f"{_AT}{said.PERIOD}{_TO}".translate(LETTERS))
GIVEN_IN = re.compile(f"{_AT}{said.GIVEN_IN}{_TO}".translate(LETTERS))
BOUGHT = re.compile(f"{_AT}{said.BOUGHT}{_TO}".translate(LETTERS))
PILED = re.compile(f"{_AT}{said.PILED}{_TO}".translate(LETTERS))
PERIOD_OF_CLOSING = re.compile(r"abschluss(quartal|monat|jahr|woche)|schlussquartal")


@dataclass(frozen=True)
class Late:
    """What a header tells of: `code` of the check, `reason` as shown beside its role, and the role it
    is filed under.
    """

    code: str
    reason: str
    role: str = "known_after"


OUTCOME = Late("leak-outcome", "repeats the outcome in other words")
STEP = Late("deal-step", "a step of the deal, written while it runs")
STATUS = Late("leak-outcome", "the state of the deal: in the end it is the outcome")
FORECAST = Late("deal-step", "a forecast that moves with the deal")
ACTIVITY = Late("deal-step", "activity that goes on while the deal runs")
CLOSE_PERIOD = Late("leak-outcome", "when the deal was closed, known only then")
REASON = Late("leak-reason", "a reason written down after the outcome")
SALE = Late("deal-step", "agreed on in the sale: known only with it")
PILES_UP = Late("counts-up", "counts what came after the sale, the more the longer ago it was")
SCORE = Late("other-score", "another tool's score", "existing_score")


def known_late(words: str, type_: ColumnType, *, of_deals: bool) -> Late | None:
    """What a column of this header knows too late, or None. `of_deals`: it stands in a table of deals,
    where a thing of the sale is this sale's.
    """
    if type_ in ("date", "text", "empty"):
        return None
    plain = one_header(words).translate(LETTERS)
    return next((late for late, tells in RULES if tells(plain, type_, of_deals)), None)


def _repeats_outcome(words: str, type_: ColumnType, of_deals: bool) -> bool:
    """Every word is the outcome's or says nothing beside it: “converted to opportunity”, “ist gewonnen”."""
    if type_ not in ANSWERS:
        return False
    parts = words.split()
    own = [part for part in parts if said.OUTCOME.fullmatch(part)]
    if own and all(part in said.FILLER or said.OUTCOME.fullmatch(part) for part in parts):
        return True
    return bool(said.OUTCOME_CLOSE.search(words)) and type_ == "boolean"


def _is_step(words: str, type_: ColumnType, of_deals: bool) -> bool:
    """Something that is sent or held, and that it was; how many of them; or the thing alone, of a deal."""
    talk = TALK.search(words)
    thing = PAPER.search(words) or talk
    if thing is None or said.NOT_THE_DEALS.search(words):
        return False
    if DONE.search(_without(words, thing)):
        return True
    if talk and type_ in NUMBERS and COUNT.search(_without(words, talk)):
        return True
    return of_deals and thing.group() == words and type_ in ("boolean", *(NUMBERS if talk else ()))


def _without(words: str, found: re.Match[str]) -> str:
    return f"{words[: found.start()]} {words[found.end() :]}"


def _foresees(words: str, type_: ColumnType, of_deals: bool) -> bool:
    return bool(FORESEEN.search(words)) and not said.NOT_THE_DEALS.search(words)


def _moves(words: str, type_: ColumnType, of_deals: bool) -> bool:
    """The last activity, the next step, how long in a stage."""
    return (
        bool(LAST.search(words) and MOVES.search(words))
        or bool(NEXT.search(words) and STEPS.search(words))
        or bool(SPENT.search(words) and STAGE.search(words))
    )


def _is_status(words: str, type_: ColumnType, of_deals: bool) -> bool:
    return bool(said.STATUS_OF.search(words)) or (
        of_deals and words in ("status", "stage", "phase", "statut", "estado", "stato", "state")
    )


def _says_when_closed(words: str, type_: ColumnType, of_deals: bool) -> bool:
    return bool(PERIOD_OF_CLOSING.search(words)) or bool(
        of_deals and CLOSING.search(words) and PERIOD.search(words)
    )


def _gives_reason(words: str, type_: ColumnType, of_deals: bool) -> bool:
    return bool(said.LEFT_BECAUSE.search(words)) or bool(WHY.search(words) and ENDED.search(words))


def _was_agreed(words: str, type_: ColumnType, of_deals: bool) -> bool:
    given = of_deals and type_ in ("boolean", *NUMBERS) and GIVEN_IN.search(words)
    return bool(given or BOUGHT.search(words)) and not said.NOT_THE_DEALS.search(words)


def _piles_up(words: str, type_: ColumnType, of_deals: bool) -> bool:
    """How many payments, logins, seats: the thing alone, or beside a word for how many."""
    found = PILED.search(words) if type_ in NUMBERS else None
    if found is None or said.NOT_THE_DEALS.search(words):
        return False
    return found.group() == words or bool(COUNT.search(_without(words, found)))


def _is_score(words: str, type_: ColumnType, of_deals: bool) -> bool:
    return (
        type_ in ("category", *NUMBERS)
        and bool(said.TOLD_BY_TOOL.search(words))
        and not said.OTHERS_SCORE.search(words)
    )


Tells = Callable[[str, ColumnType, bool], bool]
RULES: tuple[tuple[Late, Tells], ...] = (
    (REASON, _gives_reason),
    (CLOSE_PERIOD, _says_when_closed),
    (OUTCOME, _repeats_outcome),
    (STATUS, _is_status),
    (FORECAST, _foresees),
    (ACTIVITY, _moves),
    (STEP, _is_step),
    (SALE, _was_agreed),
    (PILES_UP, _piles_up),
    (SCORE, _is_score),
)
