"""A list of deals from outside, read and scored, so that any rubric can be validated without its
study.

Comes in: a rubric, deals and perhaps accounts, as frames or files. Goes out: `OwnList`. Separate
because it is the only part of validation that reads raw data; it uses intake as a study does, and
the rubric's own rules for values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from icp_engine.customers.find import carry_deal_attributes, find_everyone
from icp_engine.holdout.set_aside import closed_new_business
from icp_engine.intake.build import understand
from icp_engine.intake.model import Intake
from icp_engine.intake.reading.read import read_sources
from icp_engine.problems import InputRefused, has_stop, make_problem
from icp_engine.rubric.model import Rubric
from icp_engine.settings import Settings
from icp_engine.types import Frame
from icp_engine.values.parse import clean_text


@dataclass(frozen=True)
class OwnList:
    """Attributes and scores by account_id, closed new-business and open deals by deal_id, for
    `validate_rubric`.
    """

    attributes: Frame
    scores: Frame
    closed: Frame
    open_deals: Frame


def read_own_list(rubric: Rubric, deals: Any, accounts: Any = None) -> OwnList:
    """Read a list (frames, paths or file objects) and score its accounts.

    Renewals and upsells take no part. Raises InputRefused when a file cannot be read, no deal is
    closed, or no table has any column that the rubric reads.
    """
    sources = {"deals": deals} if accounts is None else {"deals": deals, "accounts": accounts}
    raw, problems = read_sources(sources)
    _refuse_without_columns(rubric, raw)
    # the rubric makes them for its own day
    made = tuple(name for name, rule in rubric.rules.items() if rule.made_by)
    settings = Settings.model_validate({"roles": _roles(rubric, raw), "derived_off": made})
    intake = understand(raw, settings, problems)
    if has_stop(intake.problems):
        raise InputRefused(problem for problem in intake.problems if problem.severity == "stop")
    if not intake.deals["won"].notna().any():
        raise _nothing_closed()
    known, _ = find_everyone(intake, settings)
    closed = closed_new_business(known)
    if not len(closed):
        raise _nothing_closed()
    attributes = _attributes(rubric, intake, known)
    return OwnList(attributes, rubric.score(attributes), closed, known[known["won"].isna()])


def _refuse_without_columns(rubric: Rubric, raw: dict[str, Frame]) -> None:
    """A rubric none of whose columns exist would score every account alike: that tests nothing."""
    wanted = sorted({name.removesuffix(" (deal)") for name in _file_columns(rubric)})
    known = {str(name) for frame in raw.values() for name in frame.columns}
    if raw and wanted and not known & set(wanted):
        raise InputRefused(
            [make_problem("rubric-columns-none", table=next(iter(raw)), found=", ".join(wanted))]
        )


def _file_columns(rubric: Rubric) -> set[str]:
    """The columns a file must have: what criteria read, or what that is made from."""
    read = {name for criterion in rubric.criteria for name in criterion.columns}
    return {
        base
        for name in read
        for base in (rubric.rules[name].made_from if name in rubric.rules else ()) or (name,)
    }


def _nothing_closed() -> InputRefused:
    return InputRefused([make_problem("deals-none-closed", table="deals")])


def _roles(rubric: Rubric, raw: dict[str, Frame]) -> dict[str, dict[str, str]]:
    """What the rubric scores by is an attribute here too, whatever a short list would make of it."""
    wanted = _file_columns(rubric)
    wanted |= {flag.attribute for flag in rubric.flags}
    return {
        table: dict.fromkeys(sorted(wanted & set(frame.columns)), "attribute")
        for table, frame in raw.items()
    }


def _attributes(rubric: Rubric, intake: Intake, deals: Frame) -> Frame:
    """One row an account with closed or open deals; values that intake typed otherwise than the
    rubric stay raw.
    """
    carried, _ = carry_deal_attributes(intake, deals)
    frame = intake.accounts.join(carried[carried.columns.difference(intake.accounts.columns)])
    typed = {
        column.name: column.rule.type
        for column in [*intake.columns.values(), *intake.deal_columns.values()]
    }
    for name, rule in rubric.rules.items():
        if name in frame and typed.get(name, rule.type) != rule.type:
            raw = _raw_values(intake, name, deals)
            frame[name] = frame[name] if raw is None else raw.reindex(frame.index)
    return frame


def _raw_values(intake: Intake, name: str, deals: Frame) -> Frame | None:
    """Raw values of a column by account_id, by the table's own key; None where no key leads to the
    accounts.
    """
    for table, frame in intake.raw.items():
        roles = intake.roles[table]
        key = next(
            (
                column
                for role in ("account_id", "deal_id", "account_name")
                for column, is_ in roles.items()
                if is_ == role
            ),
            None,
        )
        if name not in frame or key is None:
            continue
        owner = clean_text(frame[key])
        if roles[key] == "deal_id":
            owner = owner.map(deals["account_id"].to_dict())
        values = pd.Series(clean_text(frame[name]).to_numpy(), index=owner.to_numpy())
        values = values[values.index.isin(intake.accounts.index) & values.notna()]
        if len(values):
            return values[~values.index.duplicated()]
    return None
