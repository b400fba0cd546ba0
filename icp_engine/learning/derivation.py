"""What may be learned from: derivation accounts, their attributes and outcomes. Never a held-out
account.

Comes in: results of earlier stages. Goes out: `Derivation`, `Lessons`. Separate because what must
not be seen is not passed: whatever learns takes a `Derivation`, and none can hold such an account.
"""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from typing import TYPE_CHECKING

from icp_engine.attributes.model import Attribute
from icp_engine.customers.model import Best
from icp_engine.types import Frame, Index, Series

if TYPE_CHECKING:
    from icp_engine.types import Bools, Floats, Ints, Pair

LEAST_EACH = 5  # accounts of each outcome before a target can teach anything


@dataclass(frozen=True)
class Lessons:
    """What a rubric may learn from, by account_id over the derivation accounts."""

    won: Series
    """Share of the account's derivation new-business deals that was won, 0–1."""
    lost: Series
    """The same of lost ones."""
    best: Index
    """account_ids of the best customers; empty where best means won, which would count twice."""
    worst: Index
    """account_ids of the worst, or of the rest where nobody is worst."""

    def targets(self, index: Index, learn_from: str | None) -> tuple[list[Pair], str]:
        """(positive, negative) weights by account for each target with enough of both, and their
        name.
        """
        deals = (
            self.won.reindex(index).fillna(0.0).to_numpy(),
            self.lost.reindex(index).fillna(0.0).to_numpy(),
        )
        groups = (index.isin(self.best).astype("float64"), index.isin(self.worst).astype("float64"))
        usable = {"won": _enough(*deals), "best": _enough(*groups)}
        wanted = {"won": ("won",), "best": ("best",)}.get(learn_from or "both", ("won", "best"))
        chosen = [name for name in wanted if usable[name]]
        pairs = {"won": deals, "best": groups}
        return [pairs[name] for name in chosen], "both" if len(chosen) == 2 else "".join(chosen)

    def among(self, index: Index) -> Lessons:
        """The lessons of some accounts only."""
        return Lessons(
            self.won[self.won.index.isin(index)],
            self.lost[self.lost.index.isin(index)],
            self.best.intersection(index),
            self.worst.intersection(index),
        )


def _enough(positive: Floats, negative: Floats) -> bool:
    return bool((positive > 0).sum() >= LEAST_EACH and (negative > 0).sum() >= LEAST_EACH)


@dataclass(frozen=True)
class Derivation:
    """Derivation accounts with an outcome or a judgement, in the order of the accounts table.

    Raises ValueError where a held-out account is among them, or among the lessons.
    """

    accounts: Frame
    """By account_id: clean columns."""
    attributes: tuple[Attribute, ...]
    """What may describe an account."""
    lessons: Lessons
    held_out: InitVar[Index]
    """account_ids set aside; asked once and not kept."""

    def __post_init__(self, held_out: Index) -> None:
        if not len(held_out):
            return
        lessons = self.lessons
        seen = (self.accounts.index, lessons.won.index, lessons.lost.index)
        for known in (*seen, lessons.best, lessons.worst):
            if (leaked := known.isin(held_out)).any():
                raise ValueError(
                    f"{leaked.sum()} held-out accounts stand among what is learned from"
                )

    def targets(self, learn_from: str | None) -> list[Pair]:
        """(good, bad) weights by account, as a rubric learns: won and lost first, then best and
        worst.
        """
        return self.lessons.targets(self.accounts.index, learn_from)[0]

    def take(self, rows: Ints | Bools) -> Derivation:
        """Some of the accounts, by position or mask, with their lessons alone."""
        accounts = self.accounts.iloc[rows]
        lessons = self.lessons.among(accounts.index)
        return Derivation(accounts, self.attributes, lessons, accounts.index[:0])


def derivation_rows(accounts: Index, held_out: Index, left_out: Index) -> Index:
    """Accounts that derivation may see: neither held out nor left out."""
    return accounts.difference(held_out.union(left_out), sort=False)


def compared_accounts(accounts: Frame, allowed: Index, best: Best, outcomes: Frame) -> Frame:
    """Accounts of `allowed` with an outcome or a judgement, in the order of the accounts table."""
    judged = best.scores.index.union(outcomes.index)
    return accounts.loc[accounts.index.isin(judged) & accounts.index.isin(allowed)]


def collect_lessons(best: Best, outcomes: Frame) -> Lessons:
    """What the rubric learns from; where nobody is worst, the rest stand against the best."""
    empty: Index = best.accounts[:0]
    if best.basis == "won":  # the same accounts would be counted twice
        return Lessons(outcomes["won"], outcomes["lost"], empty, empty)
    against = best.worst if len(best.worst) else best.rest
    return Lessons(outcomes["won"], outcomes["lost"], best.accounts, against)
