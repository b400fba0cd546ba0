"""What values in words or letters of their own may mean: won, lost or open.

Comes in: the values of an outcome column, the rows they stand in. Goes out: assignments, likeliest
first. Separate because a person answers with one click only where a whole assignment is offered.
"""

from __future__ import annotations

import re
from itertools import permutations

from icp_engine.intake.columns.outcomes import won_label
from icp_engine.intake.columns.table import Table
from icp_engine.types import Frame, Series
from icp_engine.values.plain_words import plain_words

GUESSES_MOST = 5
VALUES_MOST = 4  # with more values of their own there are too many assignments to offer
OPEN = re.compile(
    r"\b(open|offen|ouvert\w*|abiert[oa]|abert[oa]|apert[oa]|pending|progress|negotiat\w*|laufend|running"
    r"|working|qualified|contacted|attempt\w*|nurtur\w*|sent|draft|entwurf|verschickt|gesendet|quoted"
    r"|offer sent|in arbeit|en cours|en curso|in corso|proposal|new|neu|hold|waiting|otwart\w*|oppen|aben)\b"
)
# Words that are likely enough for a question, not for reading them so in silence
WON_LIKE = re.compile(
    r"\b(accept\w*|order(ed)?|received|approved|confirm\w*|signed|yes|auftrag|zusage|angenommen|bestellt"
    r"|commande\w*|acept\w*|aceit\w*|accett\w*|pedido|ordine|besteld|akkoord|zaakceptowan\w*|antagen\w*)\b"
)
LOST_LIKE = re.compile(
    r"\b(declin\w*|turned down|reject\w*|refus\w*|absage|abgesagt|abgelehnt|rifiut\w*|rechaz\w*|recus\w*"
    r"|no go|fail\w*|stornier\w*|annul\w*|afgewezen|odrzucon\w*|avbojd|afvist|not \w+|nicht \w+)\b"
)
# Letters or signs that stand for (won, lost, open), by language; the first that holds all of a
# column's values is the likeliest
CODES: tuple[tuple[str, str, str], ...] = (
    ("w", "l", "opnax"),  # won, lost, open or pending
    ("g", "v", "oalb"),  # gewonnen, verloren, offen
    ("g", "p", "oaec"),  # gagné, perdu; ganado, perdido; ganho, perdido
    ("v", "p", "oac"),  # vinto, perso
    ("w", "v", "o"),  # gewonnen (nl), verloren
    ("w", "p", "o"),  # wygrana, przegrana
    ("v", "ft", "op"),  # vunnen, förlorad; vundet, tabt
    ("y", "n", "op"),
    ("s", "fl", "op"),  # success, fail
    ("a", "rd", "op"),  # accepted, rejected or declined
    ("1", "0", "2"),
    ("1", "2", "03"),
    ("+", "-", "0o?"),
)


def say_outcome(values: list[str]) -> dict[str, str] | None:
    """value → won, lost or open where letters or words say so, both won and lost among them; else
    None.
    """
    said = {value: _in_words(value) for value in values}
    if {"won", "lost"} <= set(said.values()) and all(said.values()):
        return {value: meaning for value, meaning in said.items() if meaning}
    if any(len(value.strip()) > 2 for value in values):
        return None
    for won, lost, still in CODES:
        letters = {value: value.strip().casefold()[:1] for value in values}
        meant = {
            value: "won" if letter in won else "lost" if letter in lost else "open"
            for value, letter in letters.items()
        }
        fits = all(letter and letter in won + lost + still for letter in letters.values())
        if fits and {"won", "lost"} <= set(meant.values()):
            return meant
    return None


def _in_words(value: str) -> str | None:
    words = plain_words(value)
    label = won_label(words)
    if label is None:
        likely = ((OPEN, "open"), (LOST_LIKE, "lost"), (WON_LIKE, "won"))
        return next((meaning for pattern, meaning in likely if pattern.search(words)), None)
    return "won" if label else "lost"


def guess_meanings(values: Series, sample: Frame, table: Table) -> list[dict[str, str]]:
    """Every assignment worth offering, likeliest first; none where there are too many values.

    What the words or letters say comes first. Else: a value whose rows have no closing day is open,
    one whose rows carry a reason was lost; the rest are tried in both orders, the commoner one as
    won first.
    """
    counts = values.astype("str").value_counts()
    texts = sorted((str(value) for value in counts.index), key=lambda text: (-counts[text], text))
    said = say_outcome(texts)
    if said is not None:
        return [said, {value: _turned(meaning) for value, meaning in said.items()}]
    known = {text: _in_words(text) or _by_rows(values, text, sample, table) for text in texts}
    fixed = {text: meaning for text, meaning in known.items() if meaning}
    unknown = [text for text in texts if text not in fixed]
    if len(unknown) > VALUES_MOST:
        return []
    found: list[dict[str, str]] = []
    for meant in _orders(len(unknown), set(fixed.values())):
        whole = {**fixed, **dict(zip(unknown, meant, strict=True))}
        if {"won", "lost"} <= set(whole.values()) and whole not in found:
            found.append(whole)
    return found[:GUESSES_MOST]


def _orders(number: int, fixed: set[str]) -> list[tuple[str, ...]]:
    """Meanings of so many values: one won, one lost and the rest open first."""
    lacking = [meaning for meaning in ("won", "lost") if meaning not in fixed]
    if number < len(lacking) or not number:
        return [()] if not number and not lacking else []
    filled = (*lacking, *("open",) * (number - len(lacking)))
    return list(dict.fromkeys(permutations(filled)))


def _turned(meaning: str) -> str:
    return {"won": "lost", "lost": "won"}.get(meaning, meaning)


def _by_rows(values: Series, text: str, sample: Frame, table: Table) -> str | None:
    """What the rows of a value say of it: “open” without a closing day, “lost” with reasons."""
    rows = values.index[values.astype("str").eq(text).to_numpy()]
    closed, reason = table.header("closed_date"), table.header("lost_reason")
    if reason is not None and sample.loc[rows, reason].notna().mean() > 0.5:
        return "lost"
    if closed is not None and sample[closed].notna().any():
        return "open" if sample.loc[rows, closed].notna().mean() < 0.2 else None
    return None
