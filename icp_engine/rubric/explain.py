"""Why an account scores what it scores, in one sentence.

Comes in: a rubric, scores and contributions of the rows asked for. Goes out: sentences. Separate because sentences are
made only for rows somebody looks at.
"""

from __future__ import annotations

import pandas as pd

from icp_engine.rubric.model import Rubric
from icp_engine.rubric.scoring import NOT_RATED, Fits, contributions, score_fits
from icp_engine.types import Series

NAMED = 3


def explain_rows(rubric: Rubric, fits: Fits) -> Series:
    """One sentence a row: band and score, what earned most, what lost most, what is unknown."""
    if not rubric.criteria:
        return pd.Series("Not rated: the rubric has no criteria.", index=fits.index, dtype="str")
    scores, parts = score_fits(rubric, fits), contributions(rubric, fits)
    sentences = [
        _sentence(rubric, row, parts.iloc[position], fits.fits[position])
        for position, row in enumerate(scores.itertuples())
    ]
    return pd.Series(sentences, index=fits.index, dtype="str")


def _sentence(rubric: Rubric, row: object, earned: Series, fits: object) -> str:
    unknown = [c.name for c, fit in zip(rubric.criteria, fits, strict=True) if fit < 0]  # type: ignore[call-overload]
    known = [c for c in rubric.criteria if c.name not in unknown]
    gains = sorted((c for c in known if earned[c.name] > 0), key=lambda c: -earned[c.name])[:NAMED]
    losses = sorted(known, key=lambda c: earned[c.name] - c.weight)[:NAMED]
    losses = [c for c in losses if c.weight - earned[c.name] >= 1 and c not in gains]
    parts = [f"{row.band} {row.score:g}"]  # type: ignore[attr-defined]
    if row.band == NOT_RATED:  # type: ignore[attr-defined]
        parts = [f"Not rated: ask for {', '.join(unknown)}"]
    if gains:
        parts.append("for: " + ", ".join(f"{c.name} {earned[c.name]:g} of {c.weight}" for c in gains))
    if losses:
        parts.append("against: " + ", ".join(f"{c.name} {earned[c.name]:g} of {c.weight}" for c in losses))
    if row.disqualified:  # type: ignore[attr-defined]
        parts.append("held at Red by a disqualifier")
    if unknown and row.band != NOT_RATED:  # type: ignore[attr-defined]
        parts.append(f"unknown: {', '.join(unknown)}")
    return "; ".join(parts) + "."
