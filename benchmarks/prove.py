"""`make prove`: the long statistical proofs; writes docs/measured.md.

Comes in: nothing (`--quick` for a short run). Goes out: docs/measured.md. Separate because it takes
minutes and is not a test.
"""

from __future__ import annotations

import datetime
import platform
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    coverage,
    exports_proof,
    markets_proof,
    rubric_proof,
    trait_errors,
    understanding_proof,
)

DOCUMENT = Path(__file__).parents[1] / "docs" / "measured.md"
Rows = list[dict[str, object]]


def sections(quick: bool) -> list[tuple[str, Callable[[], Rows]]]:
    """Title and measurement of each section."""
    planted, nulls, samples, fresh, ladder = (3, 10, 500, 2, 1) if quick else (12, 200, 5000, 24, 5)
    return [
        (
            "Planted and signal-free markets, through the public face",
            lambda: markets_proof.measure(planted, nulls),
        ),
        (
            "AUC of the rubric and of LightGBM on fresh accounts",
            lambda: rubric_proof.measure_fresh(fresh),
        ),
        (
            "Few customers: share of seeds with a claim above “weak”",
            lambda: rubric_proof.measure_ladder(ladder),
        ),
        (
            "Coverage of 95 % intervals",
            lambda: summarise_coverage(coverage.measure(samples=samples)),
        ),
        (
            "Traits on simulated indicators",
            lambda: list(trait_errors.measure()) if not quick else [],
        ),
        (
            "What was understood of real exports, by how sure the engine is",
            lambda: [] if quick else understanding_proof.measure(),
        ),
        (
            "Exports made at random and good ones with faults, the whole engine",
            lambda: exports_proof.measure(50 if quick else 5000),
        ),
    ]


def summarise_coverage(rows: Rows) -> Rows:
    """One row an interval and size: cells, mean and lowest coverage."""
    found: dict[tuple[str, str], list[float]] = {}
    for row in rows:
        found.setdefault((str(row["interval"]), str(row["size"])), []).append(
            float(str(row["coverage"]))
        )
    return [
        {
            "interval": interval,
            "won + lost": size,
            "cells": len(cells),
            "mean": sum(cells) / len(cells),
            "lowest": min(cells),
        }
        for (interval, size), cells in found.items()
    ]


def as_table(rows: Rows) -> str:
    """A Markdown table; columns in order of first appearance."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    lines += ["| " + " | ".join(_cell(row.get(name, "")) for name in names) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def main() -> None:
    """Measure everything and write the document."""
    quick = "--quick" in sys.argv
    parts = [
        "# Measured",
        "",
        f"Written by `make prove` on {datetime.datetime.now(tz=datetime.UTC):%d %b %Y}, "
        f"Python {platform.python_version()}, {platform.machine()}.",
        "",
    ]
    for title, measurement in sections(quick):
        print(f"{title} ...", flush=True)
        rows = measurement()
        if rows:
            parts += [f"## {title}", "", as_table(rows), ""]
    DOCUMENT.write_text("\n".join(parts), encoding="utf-8")
    print(f"written to {DOCUMENT}")


if __name__ == "__main__":
    main()
