"""The rubric as tables: every fit level, and accounts with score and reason.

Comes in: `Rubric`, scores. Goes out: tables. Separate because a rubric is read more often than it
is drawn.
"""

from __future__ import annotations

import pandas as pd

from icp_engine.rubric.model import FIT_UNITS, Rubric
from icp_engine.types import Frame, Series
from icp_engine.wording.numbers import NOT_KNOWN, count, of


def level_table(rubric: Rubric) -> Frame:
    """One row a fit level: criterion, group, weight, value, share of the weight it earns, points it
    earns.
    """
    groups = {group.key: group.name for group in rubric.groups}
    return pd.DataFrame(
        [
            {
                "Criterion": c.name,
                "Group": groups[c.group],
                "Weight": c.weight,
                "Value": label,
                "Earns, of its weight": fit / FIT_UNITS,
                "Points": c.weight * fit / FIT_UNITS,
            }
            for c in rubric.criteria
            for label, fit in (
                *((level.label, level.fit) for level in c.levels),
                (NOT_KNOWN, c.unknown_fit),
            )
        ],
        columns=["Criterion", "Group", "Weight", "Value", "Earns, of its weight", "Points"],
    )


def score_table(scores: Frame, names: Series | None) -> Frame:
    """Every account by account_id, highest score first: name where known, score, band, known share
    of the weight.
    """
    table = pd.DataFrame(
        {
            "Score": scores["score"],
            "Band": scores["band"],
            "Known": scores["coverage"],
        },
        index=scores.index,
    )
    if scores["disqualified"].any():
        table["Held at Red"] = scores["disqualified"]
    if names is not None:
        table.insert(0, "Account", names.reindex(scores.index))
    return table.sort_values("Score", ascending=False, kind="stable").rename_axis(
        index="account_id"
    )


def band_moves(before: Series, after: Series) -> tuple[int, int]:
    """(up, down): accounts whose band is better, and worse, than before; leaving or entering “Not
    rated” is neither.
    """
    order = {"Green": 2, "Yellow": 1, "Red": 0}
    change = after.map(order) - before.reindex(after.index).map(order)
    return int((change > 0).sum()), int((change < 0).sum())


def moves_sentence(before: Series, after: Series) -> str:
    """“14 of 1,199 accounts changed band: 9 up, 5 down.”"""
    up, down = band_moves(before, after)
    if not up + down:
        return "No account changed band."
    return f"{of(up + down, len(after))} accounts changed band: {count(up)} up, {count(down)} down."
