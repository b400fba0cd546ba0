"""Data health: how much of what a profile needs the files hold, as points that add up to 0–100, and
what would add.

Comes in: the intake. Goes out: `Health` with its parts and gains. Separate because it judges the
files, never the customers: good data may show no signal, and a clear signal may come from thin
data.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from icp_engine.intake.columns.role import Column
from icp_engine.intake.model import Intake
from icp_engine.types import Bools, Frame, Index, Series
from icp_engine.wording.numbers import count, of, plural
from icp_engine.wording.shares import percent

# won and lost accounts from which intervals are narrow enough to rank criteria
ACCOUNTS_A_SIDE = 100
ATTRIBUTES_WANTED = 8
THIN_WORTH = 59  # the most points while the best rest on what most customers lack
WORTH_KNOWN = 0.5
FULL = 0.95  # an attribute known for so many accounts is not worth filling in
USUAL = tuple(
    (what, re.compile(words, re.IGNORECASE))
    for what, words in (  # what most files could hold, and its names
        ("industry", r"industr|sector|vertical|branche"),
        ("number of employees", r"employee|size|head ?count|staff|\bfte"),
        ("country", r"country|region|\bland\b|state|city"),
        ("tech stack", r"tech|stack|software|crm|erp|tms|wms|platform|tool"),
        ("business model", r"model|\bb2b|ownership"),
        ("year founded", r"found|establish"),
        ("funding", r"fund"),
        ("open jobs", r"job|hiring|opening"),
    )
)
DESCRIBING = ("number", "money", "percent", "range", "boolean", "tags", "category")


@dataclass(frozen=True)
class HealthPart:
    """One part of the score: `points` reached `of` so many, what was `found`, and how to `improve`
    (“” when full).
    """

    key: str
    name: str
    points: float
    of: int
    found: str
    improve: str


@dataclass(frozen=True)
class Gain:
    """A thing the files lack: what it is called, what the workbench `shows` with it, and where it
    would stand.
    """

    name: str
    shows: str
    step: str


@dataclass(frozen=True)
class Health:
    """`score` 0–100, the rounded sum of its parts' points; `gains` name what is absent, the most
    useful first. `capped` says why the score is lower than that sum, “” where it is not.
    """

    score: int
    parts: tuple[HealthPart, ...]
    gains: tuple[Gain, ...]
    capped: str = ""

    @property
    def sentence(self) -> str:
        """What would bring most, in one sentence."""
        if not self.gains:
            return "Nothing that the workbench can use is absent from the files."
        first = self.gains[:2]
        names, shown = (
            " and ".join(gain.name for gain in first),
            "; ".join(gain.shows for gain in first),
        )
        return f"With {names} you would also get: {shown}."


def measure_health(intake: Intake, worth: tuple[tuple[str, float, float], ...] = ()) -> Health:
    """Points by what the files hold; formulas in docs/methods/data_health.md. Never raises, empty
    files get 0.

    worth: each metric that ranks customers, with its share of the weight and the share of customers
    it is known of. Where that is under half of them by weight, the score is at most `THIN_WORTH`:
    whatever else the files hold, the best rest on what most lack.
    """
    parts = tuple(measure(intake) for measure in _PARTS) if len(intake.accounts) else ()
    score = int(sum(part.points for part in parts) + 0.5)
    capped = _thin_worth(worth) if score > THIN_WORTH else ""
    return Health(min(score, THIN_WORTH) if capped else score, parts, find_gains(intake), capped)


def _thin_worth(worth: tuple[tuple[str, float, float], ...]) -> str:
    """Why the score is capped, “” where what customers are worth is known of half of them."""
    if not worth or sum(share * known for _, share, known in worth) >= WORTH_KNOWN:
        return ""
    name, _, known = max(worth, key=lambda one: one[1] * (1 - one[2]))
    return (
        f"At most {THIN_WORTH}: the best customers rest on “{name}”, which "
        f"{percent(1 - known)} of customers lack."
    )


def find_gains(intake: Intake) -> tuple[Gain, ...]:
    """What is absent and would be used, in the order of `GAINS`."""
    return tuple(gain for gain, holds in GAINS if not holds(intake))


# ------------------------------------------------------------------ the parts


def _outcomes(intake: Intake) -> HealthPart:
    """25 · min(1, won accounts / 100, lost accounts / 100)."""
    closed = intake.deals[intake.deals["won"].notna()]
    won, lost = (
        closed.loc[closed["won"] == side, "account_id"].nunique() for side in (True, False)
    )
    share = min(1.0, won / ACCOUNTS_A_SIDE, lost / ACCOUNTS_A_SIDE)
    if not won and not lost:
        return _part(
            "outcomes",
            "Deals won and lost",
            0,
            25,
            "no deal has an outcome",
            "Add an export of deals with their stage or status.",
        )
    few, lacking = ("won" if won < lost else "lost"), ACCOUNTS_A_SIDE - min(won, lost)
    improve = (
        f"Add deals of {count(lacking)} more accounts that were {few}; a longer period brings them."
    )
    return _part(
        "outcomes",
        "Deals won and lost",
        share,
        25,
        f"{count(won)} accounts won, {count(lost)} lost",
        improve,
    )


def _value(intake: Intake) -> HealthPart:
    """20 · customers of known worth / customers."""
    customers = _customers(intake)
    known = _worth_known(intake) & customers
    share = known.sum() / customers.sum() if customers.any() else 0.0
    found = f"{of(known.sum(), customers.sum())} customers have a value metric or a won amount"
    improve = "Fill in revenue, lifetime value or the amount of won deals."
    return _part("value", "What customers are worth", share, 20, found, improve)


def _description(intake: Intake) -> HealthPart:
    """20 · sum of the eight largest filled shares of attributes / 8, over customers and accounts
    with closed deals.
    """
    filled = sorted(_filled_shares(intake), key=lambda one: -one[1])[:ATTRIBUTES_WANTED]
    usable = sum(share > 0.5 for _name, share in filled)
    found = f"{usable} attributes of {ATTRIBUTES_WANTED} wanted are known for more than half the accounts"
    reached = sum(share for _name, share in filled) / ATTRIBUTES_WANTED
    more = _what_describes_more(filled) if filled else _what_accounts_would_bring(intake)
    return _part("description", "What describes an account", reached, 20, found, more)


def _what_accounts_would_bring(intake: Intake) -> str:
    """What a list of the accounts would bring, where nothing describes one."""
    return (
        f"Add a list of the {plural(len(intake.accounts), 'account')}, by the same number or name, with industry, "
        "number of employees and the like: traits, segments and a rubric come from what describes an account."
    )


def _what_describes_more(filled: list[tuple[str, float]]) -> str:
    """What to add or fill in, of which nothing is there already."""
    advice = []
    lacking = ATTRIBUTES_WANTED - len(filled)
    if lacking > 0:
        absent = [
            what for what, words in USUAL if not any(words.search(name) for name, _share in filled)
        ]
        such = f", such as {' or '.join(absent[:2])}" if absent else ""
        advice.append(
            f"Add {lacking} more column{'s' if lacking > 1 else ''} that describe{'s' * (lacking == 1)} an "
            f"account{such}"
        )
    partly = [name for name, share in reversed(filled) if share < FULL][:2]
    if partly:
        advice.append(
            f"{'f' if advice else 'F'}ill in {' and '.join(f'“{name}”' for name in partly)} for more "
            "accounts"
        )
    return f"{'; '.join(advice)}." if advice else "Fill in the last empty cells."


def _joins(intake: Intake) -> HealthPart:
    """15 · rows that find their account / rows that name one; full where nothing needs joining."""
    named = sum(join.named for join in intake.joins)
    matched = sum(join.matched for join in intake.joins)
    found = (
        f"{of(matched, named)} rows find their account" if named else "one table, nothing to join"
    )
    return _part(
        "joins",
        "Tables that fit together",
        matched / named if named else 1.0,
        15,
        found,
        "Export the account's id with every table, or accept near matches on Data, under For analysts.",
    )


def _dates(intake: Intake) -> HealthPart:
    """5 · customers whose start is known + 5 · deals whose creation and close are known (one half
    without deals).
    """
    customers, deals = _customers(intake), intake.deals
    started = _start_known(intake) & customers
    start = started.sum() / customers.sum() if customers.any() else 0.0
    dated = (
        deals["created_date"].notna() & (deals["closed_date"].notna() | deals["won"].isna())
    ).mean()
    cycle = float(dated) if len(deals) else 0.0
    of_deals = (
        f"{percent(cycle)} of deals a created and a closed day"
        if len(deals)
        else "there are no deals"
    )
    found = f"{percent(start)} of customers have a start, {of_deals}"
    lacking = ["the day a customer began"] if start < 1 else []
    lacking += ["the days a deal was created and closed"] if cycle < 1 else []
    improve = f"Add {' and '.join(lacking)}."
    return _part("dates", "When it happened", (start + cycle) / 2, 10, found, improve)


def _reasons(intake: Intake) -> HealthPart:
    """5 when somebody recorded who left + 5 · lost deals with a reason."""
    churn = bool(_known(intake.accounts, "churned").any())
    lost = intake.deals[intake.deals["won"].eq(False).fillna(False)]
    told = float(_known(lost, "lost_reason").mean()) if len(lost) else 0.0
    left = "who left is recorded" if churn else "nothing says who left"
    found = f"{left}, {f'{percent(told)} of lost deals have a reason' if len(lost) else 'no deal was lost'}"
    lacking = [] if churn else ["who left and when"]
    lacking += ["why deals were lost"] if told < 1 else []
    improve = f"Add {', and '.join(lacking)}."
    return _part(
        "reasons", "Who left, and why deals were lost", (churn + told) / 2, 10, found, improve
    )


_PARTS: tuple[Callable[[Intake], HealthPart], ...] = (
    _outcomes,
    _value,
    _description,
    _joins,
    _dates,
    _reasons,
)


def _part(key: str, name: str, share: float, of: int, found: str, improve: str) -> HealthPart:
    points = round(of * min(max(float(share), 0.0), 1.0), 1)
    return HealthPart(key, name, points, of, found, "" if points >= of else improve)


def _known(frame: Frame, name: str) -> Bools:
    """Rows of `frame` whose column is known; none where there is no such column."""
    known: Bools = (
        frame[name].notna().to_numpy(dtype=bool)
        if name in frame
        else pd.Series(False, index=frame.index).to_numpy(dtype=bool)
    )
    return known


def _among(index: Index, ids: Series) -> Bools:
    """Which labels of a unique index are among `ids`; looking up beats pandas' `isin` on texts
    tenfold.
    """
    places = index.get_indexer(ids.dropna().unique())
    found = np.zeros(len(index), dtype=bool)
    found[places[places >= 0]] = True
    return found


def _winners(intake: Intake, *, with_amount: bool = False) -> Series:
    deals = intake.deals
    won = deals["won"].fillna(False).astype(bool)
    return deals.loc[won & deals["amount"].notna() if with_amount else won, "account_id"]


def _worth_known(intake: Intake) -> Bools:
    """Accounts with a value metric or an amount of a won deal."""
    known: Bools = _among(intake.accounts.index, _winners(intake, with_amount=True))
    for name in _columns(intake, "value_metric"):
        known = known | _known(intake.accounts, name)
    return known


def _customers(intake: Intake) -> Bools:
    """Accounts that bought by any sign: a won deal, a start, the type; else everybody with a known
    worth.
    """
    accounts = intake.accounts
    bought: Bools = _among(accounts.index, _winners(intake)) | _known(accounts, "customer_since")
    if "account_type" in accounts:
        bought = bought | accounts["account_type"].eq("customer").fillna(False).to_numpy(dtype=bool)
    return bought if bought.any() else _worth_known(intake)


def _start_known(intake: Intake) -> Bools:
    deals = intake.deals
    dated = deals.loc[
        deals["won"].fillna(False).astype(bool) & deals["closed_date"].notna(), "account_id"
    ]
    known: Bools = _among(intake.accounts.index, dated) | _known(intake.accounts, "customer_since")
    return known


def _columns(intake: Intake, role: str) -> dict[str, Column]:
    return {name: column for name, column in intake.columns.items() if column.role == role}


def _filled_shares(intake: Intake) -> list[tuple[str, float]]:
    """Attributes that can describe, each with the share 0–1 of accounts that can teach (its deals)
    that know it.
    """
    closed = intake.deals[intake.deals["won"].notna()]
    teaching = intake.accounts[
        _customers(intake) | _among(intake.accounts.index, closed["account_id"])
    ]
    sides = ((teaching, intake.columns), (closed, intake.deal_columns))
    return [
        (name, float(frame[name].notna().mean()))
        for frame, columns in sides
        for name, column in columns.items()
        if column.role in ("attribute", "lead_source")
        and column.type in DESCRIBING
        and name in frame
        and len(frame)
        and column.distinct > 1
    ]


# ------------------------------------------------------------------ what would add


def _has_role(*roles: str) -> Callable[[Intake], bool]:
    def holds(intake: Intake) -> bool:
        return any(role in roles for table in intake.roles.values() for role in table.values())

    return holds


def _has_word(*words: str) -> Callable[[Intake], bool]:
    """Whether a value metric's name holds one of the words."""

    def holds(intake: Intake) -> bool:
        return any(
            word in name.lower() for name in _columns(intake, "value_metric") for word in words
        )

    return holds


def _has_outcomes(intake: Intake) -> bool:
    return bool(intake.deals["won"].notna().any())


def _has_start(intake: Intake) -> bool:
    return bool(_start_known(intake).any())


def _has_worth(intake: Intake) -> bool:
    return bool(_worth_known(intake).any())


def _has_churn(intake: Intake) -> bool:
    return bool(_known(intake.accounts, "churned").any())


def _has_texts(intake: Intake) -> bool:
    return len(intake.texts) > 0


def _is_described(intake: Intake) -> bool:
    return bool(_filled_shares(intake))


def _has_technology(intake: Intake) -> bool:
    return any(column.role.kind == "technographic" for column in intake.columns.values())


GAINS: tuple[tuple[Gain, Callable[[Intake], bool]], ...] = (
    (
        Gain(
            "a list of the accounts",
            "what best customers have in common, segments and a rubric",
            "best_customers",
        ),
        _is_described,
    ),
    (
        Gain(
            "deals that were won and lost", "a profile tested on deals it never saw", "validation"
        ),
        _has_outcomes,
    ),
    (
        Gain(
            "a value metric or amounts", "best customers by what they are worth", "best_customers"
        ),
        _has_worth,
    ),
    (
        Gain("the reason a deal was lost", "the usual reasons for losing, counted", "anti_icp"),
        _has_role("lost_reason"),
    ),
    (
        Gain(
            "a customer-since date",
            "customers compared with those of their own age",
            "best_customers",
        ),
        _has_start,
    ),
    (
        Gain("who left and when", "bad-fit traits from customers who churned", "anti_icp"),
        _has_churn,
    ),
    (
        Gain(
            "the day a deal was created",
            "days to close as a value metric, and a shorter cycle as impact",
            "validation",
        ),
        _has_role("created_date", "event_date"),
    ),
    (Gain("the tech stack", "a technical-fit group in the rubric", "rubric"), _has_technology),
    (
        Gain(
            "contacts with job titles",
            "who sits in the buying committee, and open deals that lack somebody",
            "profile",
        ),
        _has_role("contact_job_title"),
    ),
    (Gain("interview or loss notes", "the words best customers use", "profile"), _has_texts),
    (
        Gain(
            "the score you use today",
            "your present score beside this one on the same deals",
            "validation",
        ),
        _has_role("existing_score"),
    ),
    (
        Gain(
            "the cost of winning a customer",
            "cost per win, for everybody and for Green and Yellow",
            "validation",
        ),
        _has_word("cac", "acquisition"),
    ),
    (
        Gain(
            "satisfaction, such as NPS", "best customers that are content as well", "best_customers"
        ),
        _has_word("nps", "csat", "satisfaction", "health"),
    ),
    (
        Gain(
            "the pipeline or product of a deal",
            "a profile for one pipeline or product alone",
            "data",
        ),
        _has_role("pipeline", "product"),
    ),
)
