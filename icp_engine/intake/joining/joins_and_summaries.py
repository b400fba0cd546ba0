"""What the view of all tables together rests on: joins, near matches, summaries.

Comes in: nothing (definitions only). Goes out: `TableJoin`, `NearMatch`, `AccountLink`,
`SummaryColumn`. Separate because pages show, and settings answer, what joining and summing found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from icp_engine.intake.columns.role import Role


@dataclass(frozen=True)
class Unmatched:
    """One key of a table that no account has: as written, how many rows name it, and the first of
    their numbers.
    """

    key: str
    rows: int
    first_rows: tuple[int, ...]


@dataclass(frozen=True)
class TableJoin:
    """How one table found its accounts.

    `named`: rows that name an account, of `rows` in all; `matched`: rows whose account an earlier
    table holds. `by`: matched rows by what joined them (“id” “name” “domain” “spelling” “deal”
    “subscription” “order” “chosen”). `unmatched`: keys no account has, the commonest first.
    """

    table: str
    rows: int
    named: int
    matched: int
    by: dict[str, int]
    unmatched: tuple[Unmatched, ...]
    sentence: str

    @property
    def share(self) -> float | None:
        """Share 0–1 of the rows that name an account which found one; None when no row names any."""
        return self.matched / self.named if self.named else None


@dataclass(frozen=True)
class NearMatch:
    """An unmatched key that resembles an account: accepted by `Settings.joins`, never by itself.
    `score` 0–100.
    """

    table: str
    key: str
    rows: int
    account_id: str
    account_name: str
    score: float
    evidence: str
    applied: bool = False


@dataclass(frozen=True)
class AccountLink:
    """Two accounts that may be one: accepted by `Settings.merge_accounts`, never by itself. `score`
    0–100.
    """

    kind: Literal["duplicate", "subsidiary"]
    account_id: str
    name: str
    into_id: str
    into_name: str
    score: float
    evidence: str
    applied: bool = False


@dataclass(frozen=True)
class SummaryColumn:
    """One aggregation of a further table: `name` is its column in the accounts.

    `formula` and `cut` say in words what is computed and which days it may use; `accounts` counts
    those with a value; `on` is False where the setting, or the default, leaves it out.
    """

    name: str
    label: str
    table: str
    formula: str
    role: Role
    cut: str
    accounts: int
    on: bool
