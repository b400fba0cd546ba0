"""`make bench`: side-by-side timings and accuracies against the libraries a user would pick
instead.

Comes in: nothing. Goes out: tables on stdout. Separate because timings are benchmarks, never tests.
"""

from __future__ import annotations

from benchmarks import (
    intake_bench,
    pairs_bench,
    pipeline_bench,
    rubric_bench,
    sample_bench,
    segments_bench,
)
from benchmarks.prove import as_table


def main() -> None:
    """Run every comparison and print its table."""
    print("## The sample\n")
    print(as_table(sample_bench.measure()))
    print("\n## From files to profile, seconds\n")
    print(as_table(pipeline_bench.measure()))
    print("\n## A million accounts read, typed and given roles\n")
    print(as_table(intake_bench.measure()))
    print("\n## To the first facts, processor seconds: 5,000 accounts and deals; 2,000 columns\n")
    print(as_table([intake_bench.first_facts()]))
    print("\n## Rubric beside its rivals, AUC\n")
    print(as_table(rubric_bench.measure()))
    print("\n## Segments beside their rivals, adjusted Rand index\n")
    print(as_table(segments_bench.measure()))
    print("\n## All pairs of 90 traits, seconds\n")
    print(as_table(pairs_bench.measure()))


if __name__ == "__main__":
    main()
