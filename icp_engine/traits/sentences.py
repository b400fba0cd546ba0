"""Say a trait in a rep's words.

Comes in: a trait table. Goes out: one sentence a row. Separate because the wording changes more
often than the methods.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from icp_engine.types import Frame, Series
from icp_engine.wording.ranges import show_value
from icp_engine.wording.ratios import ratio_estimate

if TYPE_CHECKING:
    from icp_engine.attributes.model import Indicator

PATTERN = " Pattern, not proven."
NOT_PROVEN = " Not proven."
NOT_MORE = " Not proven to say more than one of the two alone."
JOINTS = {"level": " = ", "tag": " with ", "range": " "}


@dataclass(frozen=True)
class Names:
    """What the two sides of a comparison are called: the group that leads a sentence, and the
    other.
    """

    best: str = "Best customers"
    worst: str = "Churned or low-value customers"


WON_LOST = Names("Accounts that were won", "Accounts that were lost")


def name_worst(churned: Series | None) -> str:
    """What the worst are called. `churned`: by worst customer, whether it left; None where no file
    says so.
    """
    left = pd.Series(dtype=bool) if churned is None else churned.fillna(False).astype(bool)
    if not left.any():
        return "Low-value customers"
    return "Churned customers" if left.all() else Names.worst


def name_trait(indicator: Indicator) -> str:
    """“Industry = FinTech”, “Tools with Salesforce”, “Employees 51–200”, “Revenue 1.5M–5M”."""
    return f"{indicator.attribute}{JOINTS[indicator.kind]}{show_value(indicator.value)}"


def write_sentences(table: Frame, labels: list[str], names: Names, unclaimed: str) -> list[str]:
    """One sentence a row. `labels`: the traits' names. Traits that are not claimed end in
    `unclaimed`.
    """
    rows = table.to_dict("records")
    return [
        _sentence(row, label, names, unclaimed) for row, label in zip(rows, labels, strict=True)
    ]


def _sentence(row: dict[str, Any], label: str, names: Names, unclaimed: str) -> str:
    if _worst_tells_more(row):
        text = _compared(names.worst, label, row, "worst", "best", "lift_worst")
        against = " best"
    else:
        text = _compared(names.best, label, row, "best", "rest", "lift")
        against = ""
    ending = "" if row["direction"] != "none" else unclaimed
    return f"{text}{against}.{ending}"


def _worst_tells_more(row: dict[str, Any]) -> bool:
    """Whether worst against best is the contrast that proves it; where that may be chance, best
    against rest does.
    """
    if row["direction"] == "icp":
        return bool(row["of_worst"] and not row["lift_low"] > 1 and row["lift_worst_high"] < 1)
    if row["direction"] != "anti" or not (row["of_worst"] and row["lift_worst"] > 1):
        return False
    return bool(row["lift_worst_low"] > 1 or not row["lift_high"] < 1)


def _compared(who: str, label: str, row: dict[str, Any], first: str, second: str, lift: str) -> str:
    counts = f"{row[f'n_{first}']} of {row[f'of_{first}']} against {row[f'n_{second}']} of {row[f'of_{second}']}"
    if not (row[f"of_{first}"] and row[f"of_{second}"]):
        return f"{label}: {counts}"
    ratio = ratio_estimate(row[lift], row[f"{lift}_low"], row[f"{lift}_high"])
    return f"{who} were {ratio} as likely to have {label}: {counts}"
