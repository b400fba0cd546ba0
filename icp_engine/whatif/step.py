"""One what-if step: scores, bands, rates and ranking of the derivation accounts under any weights,
in milliseconds.

Comes in: the accounts once, then a rubric for each step. Goes out: `WhatIfRows`, `WhatIf`. Separate
because the browser repeats exactly this arithmetic while a weight is dragged
(`ui/components/whatif/score.js`), and because it asks derivation accounts only: no step is a look
at held-out deals.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from icp_engine.customers.model import Best
from icp_engine.rubric.model import BANDS, FIT_UNITS, NOT_RATED_CODE, Rubric
from icp_engine.stats.auc import effective_number, histogram_auc, newcombe_interval
from icp_engine.stats.proportions import wilson
from icp_engine.types import NOT_APPLICABLE, Estimate, Frame, Series
from icp_engine.validation.measure import collect_outcomes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from icp_engine.types import Bools, Floats, Index, Ints

ROWS_MOST = 20_000  # accounts a browser scores within a frame
UNKNOWN_CODE = 128  # added to a level where the value itself is not known
BINS, TENTHS = 20, 1001  # bars of five points; different scores
Basis = Literal["deals", "value"]


@dataclass(frozen=True)
class WhatIfRows:
    """Derivation accounts as a what-if scores them.

    `fits`: accounts × criteria, twentieths 0–20, −1 unknown; by levels that did not see the account
    where `out_of_fold`. `average`: what an unknown value earns under the policy “average”, in
    twentieths. `cap`: best band an account may reach, position in BANDS (0 Green, 1 Yellow by a
    warning, 2 Red by a disqualifier). `good`, `all`: by basis, how many of an account's closed
    deals were won, and all of them (“deals”), or whether it is a best customer, and whether it was
    judged (“value”). `of`: accounts before a sample was drawn.
    """

    index: Index
    fits: Ints
    average: Ints
    cap: Ints
    good: dict[Basis, Ints]
    all: dict[Basis, Ints]
    out_of_fold: bool
    of: int

    @cached_property
    def _known(self) -> NDArray[np.int16]:
        return np.ascontiguousarray((self.fits >= 0).T.astype(np.int16))

    @cached_property
    def _earned(self) -> NDArray[np.int16]:
        return np.ascontiguousarray(np.maximum(self.fits, 0).T.astype(np.int16))

    @cached_property
    def _filled(self) -> NDArray[np.int16]:
        return np.ascontiguousarray(
            np.where(self.fits >= 0, self.fits, self.average).T.astype(np.int16)
        )

    @cached_property
    def packed(self) -> tuple[str, bytes]:
        """(key, bytes) for the browser: the header's length, a JSON header, then one column after
        the other.

        Columns: good and all of each basis (four bytes a row), codes of each criterion and caps
        (one byte). A code is the fit, or UNKNOWN_CODE + what the average earns. The key names the
        content.
        """
        columns = [
            side[basis].astype("<u4").tobytes()
            for basis in self.good
            for side in (self.good, self.all)
        ]
        codes = np.where(self.fits >= 0, self.fits, UNKNOWN_CODE + self.average).astype(np.uint8)
        body = b"".join(
            (*columns, np.ascontiguousarray(codes.T).tobytes(), self.cap.astype(np.uint8).tobytes())
        )
        key = hashlib.sha256(body).hexdigest()[:12]
        header = {
            "key": key,
            "n": len(self.index),
            "criteria": self.fits.shape[1],
            "bases": list(self.good),
        }
        text = json.dumps(header).encode()
        # four-byte columns begin at a multiple of eight
        text = text.ljust(-(-(len(text) + 4) // 8) * 8 - 4)
        return key, len(text).to_bytes(4, "little") + text + body

    def points(self, rubric: Rubric) -> tuple[Ints, Ints, Ints]:
        """(num, den, known weight) of each account, exact: no num is over 2,000."""
        weights = [criterion.weight for criterion in rubric.criteria]
        known = _add_up(self._known, weights)
        num = _add_up(self._filled if rubric.missing_policy == "average" else self._earned, weights)
        den = (
            known * FIT_UNITS
            if rubric.missing_policy == "leave_out"
            else np.full(len(num), 100 * FIT_UNITS)
        )
        return num, den, known

    def tenths(self, rubric: Rubric) -> Ints:
        """The score of each account in tenths, 0–1,000: all that a ranking needs."""
        num, den, _known = self.points(rubric)
        return _half_up(num, den, TENTHS - 1)

    def take(self, rows: Ints | Bools) -> WhatIfRows:
        """Some of the accounts."""
        return replace(
            self,
            index=self.index[rows],
            fits=self.fits[rows],
            average=self.average[rows],
            cap=self.cap[rows],
            good={basis: some[rows] for basis, some in self.good.items()},
            all={basis: some[rows] for basis, some in self.all.items()},
        )


def _add_up(columns: NDArray[np.int16], weights: list[int]) -> Ints:
    """Σ weight·column; column by column, as a matrix product would wake threads for less than a
    millisecond's work.
    """
    total = np.zeros(columns.shape[1], dtype=np.int16)
    for column, weight in zip(columns, weights, strict=True):
        if weight:
            total += column * np.int16(weight)
    return total.astype(np.int64)


def _half_up(num: Ints, den: Ints, most: int) -> Ints:
    """num / den as a whole number of `most`, half up; the middle where nothing is known."""
    some = np.where(den > 0, den, 1)
    return np.where(den > 0, (2 * most * num + some) // (2 * some), most // 2)


@dataclass(frozen=True)
class WhatIf:
    """What one setting of the weights gives on the derivation accounts.

    histogram: score (lower edge, by 5), good, bad: deals won and lost, or best and other customers.
    bands: band, accounts, share (of all accounts), deals, won, win_rate (every account counting
    once), low, high. auc: how often a good account ranks above a bad one. tenths, band: by account,
    in the order of the rows.
    """

    basis: Basis
    histogram: Frame
    bands: Frame
    auc: Estimate
    tenths: Ints
    band: Ints


@dataclass(frozen=True)
class Levels:
    """Levels of the rubric in force for the derivation accounts, as a what-if needs them."""

    fits: Ints
    """Accounts × criteria, twentieths 0–20, −1 unknown."""
    average: Ints
    """What an unknown value earns, accounts × criteria."""
    out_of_fold: bool
    """Learned without the account's own fold."""


def collect_rows(
    accounts: Index,
    levels: Levels,
    cap: Ints,
    counts: tuple[dict[Basis, Ints], dict[Basis, Ints]],
    seed: int,
    most: int = ROWS_MOST,
) -> WhatIfRows | None:
    """The accounts a what-if is tried on, at most `most` (seeded); None without any outcome.

    cap: best band each may reach, position in BANDS. counts: see `count_outcomes`.
    """
    good, every = counts
    if not good:
        return None
    rows = WhatIfRows(
        accounts,
        levels.fits,
        levels.average,
        cap,
        good,
        every,
        levels.out_of_fold,
        len(accounts),
    )
    if len(accounts) <= most:
        return rows
    drawn = np.random.default_rng([seed, 7]).choice(len(accounts), most, replace=False)
    return rows.take(np.sort(drawn))


def count_outcomes(
    accounts: Index, deals: Frame, best: Best
) -> tuple[dict[Basis, Ints], dict[Basis, Ints]]:
    """(good, all) counts by basis; a basis without both good and bad accounts is left out.

    deals: closed new-business deals that derivation may use.
    """
    good: dict[Basis, Ints] = {}
    every: dict[Basis, Ints] = {}
    if len(deals):
        closed = collect_outcomes(deals)
        places = closed.accounts.get_indexer(accounts)
        good["deals"] = np.where(places >= 0, closed.won_deals[places], 0)
        every["deals"] = np.where(places >= 0, closed.deals[places], 0)
    if best.basis == "value":
        chosen = accounts.isin(best.accounts)
        good["value"] = chosen.astype(np.int64)
        every["value"] = (chosen | accounts.isin(best.rest) | accounts.isin(best.worst)).astype(
            np.int64
        )
    usable = [basis for basis in good if 0 < good[basis].sum() < every[basis].sum()]
    return {basis: good[basis] for basis in usable}, {basis: every[basis] for basis in usable}


def what_if(rubric: Rubric, rows: WhatIfRows, basis: Basis | None = None) -> WhatIf:
    """Score the rows and count; `basis` None: won and lost deals where there are any. About 5 ms at
    100,000 accounts.

    Notes: scores are half up in whole numbers, in tenths for bars and ranking, whole for bands, as
    `rubric.scoring` has them. Every figure rests on counts by score and outcome; intervals are
    Wilson's and Newcombe's method 5.
    """
    chosen: Basis = next(iter(rows.good)) if basis is None else basis
    num, den, known = rows.points(rubric)
    tenths, whole = _half_up(num, den, TENTHS - 1), _half_up(num, den, 100)
    band = np.maximum(
        np.where(whole >= rubric.green, 0, np.where(whole >= rubric.yellow, 1, 2)), rows.cap
    )
    band[known < round(100 * rubric.coverage_floor)] = NOT_RATED_CODE
    good, every = rows.good[chosen], rows.all[chosen]
    share_good = good / np.maximum(every, 1)
    judged = (every > 0).astype(np.float64)
    return WhatIf(
        chosen,
        _histogram(tenths, good, every),
        _bands(band, good, every, share_good, judged),
        _auc(tenths, share_good, judged - share_good),
        tenths,
        band,
    )


def _histogram(tenths: Ints, good: Ints, every: Ints) -> Frame:
    bins = np.minimum(tenths // 50, BINS - 1)
    counts = [np.bincount(bins, weight, BINS).astype(np.int64) for weight in (good, every)]
    return pd.DataFrame(
        {"score": np.arange(BINS) * 5, "good": counts[0], "bad": counts[1] - counts[0]}
    )


def _bands(band: Ints, good: Ints, every: Ints, share_good: Floats, judged: Floats) -> Frame:
    size = len(BANDS)
    accounts, weight = np.bincount(band, judged, size), np.bincount(band, share_good, size)
    low, high = wilson(weight, accounts)
    total = accounts.sum()
    return pd.DataFrame(
        {
            "band": _band_names(),
            "accounts": accounts.astype(np.int64),
            "share": accounts / total if total else np.zeros(size),
            "deals": np.bincount(band, every, size).astype(np.int64),
            "won": np.bincount(band, good, size).astype(np.int64),
            "win_rate": np.where(accounts > 0, weight / np.maximum(accounts, 1), np.nan),
            "low": low,
            "high": high,
        }
    )


@cache
def _band_names() -> Series:
    """The bands as a column, made once: making it takes a twentieth of a release."""
    return pd.Series(BANDS, dtype="str")


def _auc(tenths: Ints, won: Floats, lost: Floats) -> Estimate:
    value = histogram_auc(np.bincount(tenths, won, TENTHS), np.bincount(tenths, lost, TENTHS))
    if not np.isfinite(value):
        return NOT_APPLICABLE
    numbers = effective_number(won), effective_number(lost)
    low, high = newcombe_interval(value, *numbers)
    return Estimate(float(value), float(low), float(high), sum(numbers))
