"""What the suggested rubric gives, to stand beside what the weights in force give.

Comes in: the study, the accounts of a what-if. Goes out: plain values for the live control.
Separate because it rests on the suggestion alone: made once, and no release has to wait for it.
"""

from __future__ import annotations

from typing import Any

from icp_engine import Rubric, Study
from icp_engine.study import looks
from icp_engine.types import Frame
from icp_engine.whatif.step import WhatIfRows, what_if
from icp_engine.wording.shares import in_hundred
from ui.answers.made import made_of, made_once


def suggested_figures(study: Study, rows: WhatIfRows | None) -> dict[str, Any] | None:
    """Weights and thresholds as suggested, and their figures by outcome on the accounts of the
    what-if.

    `alike`: criteria (in their order), levels and switches are the suggested ones too, whatever
    they are called, so that only what the control moves can differ. None where nothing is suggested
    or nothing can be counted.
    """
    suggested = study.as_suggested
    if rows is None or not suggested.suggestion.criteria:
        return None
    found = made_of(suggested.suggestion, "suggested figures", lambda: _figures(suggested))
    return found and {**found, "alike": rows.packed[0] == found["key"]}


def _figures(suggested: Study) -> dict[str, Any] | None:
    rows, rubric = suggested.what_if_rows(), suggested.rubric
    if rows is None:
        return None
    found = {basis: what_if(rubric, rows, basis) for basis in rows.good}
    return {
        "key": rows.packed[0],
        **_moved_by_hand(rubric),
        "figures": {
            basis: {"bands": _shares(one.bands), "auc": one.auc.value}
            for basis, one in found.items()
        },
    }


def _moved_by_hand(rubric: Rubric) -> dict[str, Any]:
    return {
        "names": [c.name for c in rubric.criteria],
        "weights": [c.weight for c in rubric.criteria],
        "green": rubric.green,
        "yellow": rubric.yellow,
        "policy": rubric.missing_policy,
    }


def _shares(bands: Frame) -> list[dict[str, float | None]]:
    """Share of accounts and rate of each band; a band without accounts has no rate."""
    counts = zip(
        bands["accounts"].tolist(), bands["share"].tolist(), bands["win_rate"].tolist(), strict=True
    )
    return [
        {"share": share, "win_rate": rate if accounts else None} for accounts, share, rate in counts
    ]


def suggested_held_out(study: Study) -> dict[str, Any] | None:
    """How the suggested rubric did on the held-out deals, where that was seen before: no look; else
    None.

    For a rubric whose own held-out figures are shown; None too where they have no ranking.
    """
    return made_once(study, "suggested held out", lambda: _held_out(study))


def _held_out(study: Study) -> dict[str, Any] | None:
    found = looks.suggested_validation(study)
    auc = found.metrics.get("auc") if found is not None else None
    if found is None or auc is None or auc.value is None:
        return None
    rates = zip(found.bands["accounts"].tolist(), found.bands["win_rate"].tolist(), strict=True)
    return {
        "rates": [rate if accounts else None for accounts, rate in rates],
        "ranks": in_hundred(auc.value),
    }
