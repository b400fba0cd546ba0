"""What the live control shows, and what it sends on release.

Comes in: the study, the browser's payload. Goes out: plain values; a changed rubric.
Separate from the mount: bytes and payloads are the control's
own language (`ui/components/whatif/*.js`).
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from icp_engine import Rubric, Study
from icp_engine.rubric.weights import group_totals
from icp_engine.types import Estimate, Frame
from icp_engine.validation.band_order import order_sentence
from icp_engine.validation.model import Validation
from icp_engine.whatif.step import Basis, WhatIf, WhatIfRows, what_if
from icp_engine.wording.numbers import count
from icp_engine.wording.sentences import sentence
from icp_engine.wording.shares import percent
from ui.answers.account_names import EVERYONE
from ui.answers.made import made_before, made_of, made_once
from ui.answers.rubric.reasons import about_totals, explain_criteria
from ui.answers.rubric.suggested import suggested_figures, suggested_held_out
from ui.answers.terms import address_of
from ui.answers.validation import metric

POLICIES = {
    "average": "what accounts earn on average",
    "zero": "nothing",
    "leave_out": "left out: the rest is scaled up",
}
UNRATED = "Nobody is rated yet: what the criteria ask is unknown for accounts on file. Ask it of new ones."
WORDS = {
    "deals": {
        "choice": "Won and lost deals",
        "good": "won",
        "bad": "lost",
        "unit": "deals",
        "rate": "Win rate",
        "counted": "with closed deals",
        "legend": "Won deals above the line, lost ones below it. The further right won deals stand, the better. "
        "A rate counts every account once.",
        "ranks": "Ranks a won deal above a lost one",
    },
    "value": {
        "choice": "Best and other customers",
        "good": "best",
        "bad": "other",
        "unit": "customers",
        "rate": "Share best",
        "counted": "judged",
        "legend": "Best customers above the line, all other judged ones below it.",
        "ranks": "Ranks a best customer above another",
    },
}


def describe(study: Study, rows: WhatIfRows | None, state: dict[str, Any]) -> dict[str, Any]:
    """What the control shows: the rubric in force, the engine's figures, held-out figures as of the
    last check.
    """
    rubric, totals = study.rubric, about_totals(study.suggestion)
    bases = list(rows.good) if rows is not None else []
    basis = basis_shown(rows, state) if rows is not None else None
    return {
        "key": rows.packed[0] if rows is not None else "",
        "seq": state.get("seq", 0),
        "bases": bases,
        "basis": basis or "",
        "words": WORDS,
        "policies": POLICIES,
        "methods": address_of("score"),
        "criteria": [
            {"name": c.name, "group": c.group, "weight": c.weight, "locked": c.locked, **reason}
            for c, reason in zip(rubric.criteria, explain_criteria(study, basis), strict=True)
        ],
        "groups": [
            {"key": g.key, "name": g.name, "held": g.locked_total, "totals": totals.get(g.key, "")}
            for g in rubric.groups
        ],
        "bands_note": sentence(rubric.bands_note),
        "unrated": UNRATED,
        "green": rubric.green,
        "yellow": rubric.yellow,
        "policy": rubric.missing_policy,
        "floor": round(100 * rubric.coverage_floor),
        "source": source(rows, rubric, basis) if rows is not None and basis is not None else "",
        "engine": engine_figures(study, rows, basis)
        if rows is not None and basis is not None
        else None,
        "suggested": suggested_figures(study, rows),
        "everyone": made_before(study, EVERYONE),
    }


def basis_shown(rows: WhatIfRows, state: dict[str, Any]) -> Basis:
    """The outcome a person chose to look at; the first one there is until then."""
    bases = list(rows.good)
    return state["basis"] if state.get("basis") in bases else bases[0]


def source(rows: WhatIfRows, rubric: Rubric, basis: Basis) -> str:
    """Which accounts the figures while dragging rest on, and how honest that is."""
    judged = int((rows.all[basis] > 0).sum())
    some = f"{count(judged)} of " if judged < rows.of else ""
    if not rubric.learned_from:
        return f"{some}{count(rows.of)} accounts with outcomes, by levels that no outcome taught"
    seen = (
        "each scored by levels learned without it, so a band may differ from that on file, though it took part in "
        "choosing the criteria"
        if rows.out_of_fold
        else ("by levels that a person edited or that saw these accounts, which may flatter")
    )
    return f"{some}{count(rows.of)} accounts the rubric was made from, {seen}"


def engine_figures(study: Study, rows: WhatIfRows, basis: Basis) -> dict[str, Any]:
    """What the weights in force give on the derivation accounts; what follows a release asks for
    the same again.
    """
    return made_once(
        study, f"engine figures {basis}", lambda: figures(what_if(study.rubric, rows, basis))
    )


def figures(found: WhatIf) -> dict[str, Any]:
    """The engine's figures in the shape `score.js` gives its own."""
    return {
        "good": found.histogram["good"].tolist(),
        "bad": found.histogram["bad"].tolist(),
        "bands": records(found.bands),
        "auc": limits(found.auc),
    }


def records(bands: Frame) -> list[dict[str, Any]]:
    """One dict a row, in types that JSON has."""
    columns = [[blank(value) for value in bands[name].tolist()] for name in bands.columns]
    return [dict(zip(bands.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def blank(value: Any) -> Any:
    """None in place of a number that is not one; JSON has no other."""
    return None if isinstance(value, float) and math.isnan(value) else value


def limits(estimate: Estimate) -> list[float | None]:
    """[value, low, high]."""
    return [estimate.value, estimate.low, estimate.high]


def read_moved(rubric: Rubric, payload: Any) -> Rubric | None:
    """The rubric with what the control sent; None where it does not fit this rubric (sent before a
    change of it).

    Everything is checked again: a browser may send anything.
    """
    try:
        weights = [int(weight) for weight in payload["weights"]]
        locked = [bool(one) for one in payload["locked"]]
        if payload["names"] != [criterion.name for criterion in rubric.criteria]:
            return None
        criteria = [
            {**dict(criterion), "weight": weight, "locked": held}
            for criterion, weight, held in zip(rubric.criteria, weights, locked, strict=True)
        ]
        groups = [
            {**dict(group), "locked_total": payload["held"].get(group.key)}
            for group in rubric.groups
        ]
        return Rubric.model_validate(
            {
                **dict(rubric),
                "criteria": criteria,
                "groups": groups,
                "green": payload["green"],
                "yellow": payload["yellow"],
                "missing_policy": payload["policy"],
            }
        )
    except (
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
    ):  # pydantic's ValidationError is a ValueError
        return None


def what_changed(before: Rubric, after: Rubric, control: Any = None) -> str:
    """The change in words, for undo. control: what the browser says was moved, (“weight”, position)
    or (“group”, key).

    Without it, the weight that moved most, the first of equals.
    """
    if before.missing_policy != after.missing_policy:
        return f"Unknown values: {POLICIES[after.missing_policy]}"
    if (before.green, before.yellow) != (after.green, after.yellow):
        return f"Green from {after.green}, Yellow from {after.yellow}"
    moved = [
        (abs(new.weight - old.weight), -place)
        for place, (old, new) in enumerate(zip(before.criteria, after.criteria, strict=True))
        if new.weight != old.weight
    ]
    if not moved:
        return "What is held while weights move"
    kind, name = control if isinstance(control, list) and len(control) == 2 else ("", None)
    group = next((group for group in after.groups if kind == "group" and group.key == name), None)
    if group is not None:
        return f"{group.name}: {group_totals(after)[group.key]} of 100"
    place = (
        name
        if kind == "weight" and isinstance(name, int) and 0 <= name < len(after.criteria)
        else -max(moved)[1]
    )
    return f"Weight of {after.criteria[place].name}: {after.criteria[place].weight}"


def held_out_figures(study: Study) -> dict[str, Any] | None:
    """Win rate by band on deals the rubric never saw, and how it ranks there; None where no deal
    can test it.

    `current`: whether they speak of the rubric in force, else of the one checked last. `suggested`:
    the suggestion's.
    """
    checked = study.as_checked
    found = made_of(checked.validation, "held out", lambda: _held_out(checked.validation))
    beside = suggested_held_out(study) if found and checked is study else None
    return found and {**found, "current": checked is study, "suggested": beside}


def _held_out(found: Validation) -> dict[str, Any] | None:
    auc = metric(found, "auc")
    if auc.value is None or auc.low is None or auc.high is None:
        return None
    held_out = found.method == "held_out"
    place = "held-out accounts" if held_out else "accounts, cross-checked"
    order = order_sentence(found.bands)
    return {
        "bands": records(
            found.bands[["band", "accounts", "deals", "won", "win_rate", "low", "high"]]
        ),
        "title": "Held-out deals" if held_out else "Cross-checked",
        "on": f"{count(int(found.bands['accounts'].sum()))} {place}",
        "ranks": f"{100 * auc.value:.0f} in 100 ({100 * auc.low:.0f}–{100 * auc.high:.0f})",
        "order": f"There, {order}" if order else "",
    }


def exact_table(found: WhatIf) -> Frame:
    """The numbers behind the picture: bars of five points, then bands."""
    words, bars, bands = WORDS[found.basis], found.histogram, found.bands
    good, bad = words["good"].capitalize(), words["bad"].capitalize()
    # of deals; no number where a bar holds none
    share = bars["good"] / (bars["good"] + bars["bad"])
    upper = pd.DataFrame(
        {
            "Score": [f"{low}–{low + 5}" for low in bars["score"]],
            good: bars["good"],
            bad: bars["bad"],
            words["rate"]: [percent(one) if pd.notna(one) else "—" for one in share],
        }
    )
    lower = pd.DataFrame(
        {
            "Score": bands["band"],
            good: bands["won"],
            bad: bands["deals"] - bands["won"],
            words["rate"]: [percent(blank(rate)) for rate in bands["win_rate"]],
        }
    )
    return pd.concat([upper, lower], ignore_index=True)
