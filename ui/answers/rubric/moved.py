"""Who moved to another band, in words and as a table.

Comes in: moves between two rubrics. Goes out: sentences, a frame.
Separate from the tab, which only lays out.
"""

from __future__ import annotations

from collections.abc import Mapping

from icp_engine import Study
from icp_engine.types import Frame
from icp_engine.wording.numbers import count
from ui.answers.account_names import account_names, whole_scores

ORDER = {"Green": 3, "Yellow": 2, "Red": 1}


def as_steps(moves: Frame) -> Frame:
    """Moves with “Red → Green” and “32 → 69” in one column each, so that a reason has the room to
    be read whole.
    """
    shown = moves.assign(
        Band=moves["From"] + " → " + moves["To"],
        Score=moves["Score before"].astype("str") + " → " + moves["Score"].astype("str"),
    )
    return shown[[name for name in ("Account", "Band", "Why", "Score") if name in shown]]


def moved_sentence(flows: Mapping[tuple[str, str], int], accounts: int, against: str) -> str:
    """“14 of 1,199 accounts are in another band than under the rubric as suggested: 9 up, 5 down.”

    flows: (band before, band) → accounts.
    """
    if not flows:
        return f"No account is in another band than under {against}."
    up = sum(size for (old, new), size in flows.items() if _step(old, new) > 0)
    down = sum(size for (old, new), size in flows.items() if _step(old, new) < 0)
    moved = sum(flows.values())
    rated = moved - up - down
    parts = [
        f"{count(up)} up",
        f"{count(down)} down",
        *([f"{count(rated)} gained or lost a rating"] if rated else []),
    ]
    return (
        f"{count(moved)} of {count(accounts)} accounts are in another band than under {against}: "
        f"{', '.join(parts)}."
    )


def named_moves(table: Frame, before: Study, study: Study) -> Frame:
    """The moves with account names, headers in plain words, and scores as the whole numbers that
    bands use.
    """
    scores = {
        name: whole_scores(one).reindex(table.index)
        for name, one in (("score_before", before), ("score", study))
    }
    shown = table.assign(**scores).rename(
        columns={
            "band_before": "From",
            "band": "To",
            "score_before": "Score before",
            "score": "Score",
            "reason": "Why",
        }
    )
    names = account_names(study)
    if names is not None:
        shown.insert(0, "Account", names.reindex(shown.index))
    return shown.rename_axis(index="account_id")


def flow_words(old: str, new: str, accounts: int) -> str:
    """“↑ Red → Yellow: 148”; no arrow up or down where a rating was gained or lost."""
    step = _step(old, new)
    return f"{'↑ ' if step > 0 else '↓ ' if step < 0 else ''}{old} → {new}: {count(accounts)}"


def _step(old: str, new: str) -> int:
    """Bands up, down below 0; 0 where an account gained or lost its rating."""
    return ORDER[new] - ORDER[old] if old in ORDER and new in ORDER else 0
