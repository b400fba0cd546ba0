"""Thousands of exports nobody would make on purpose, each through the whole engine.

Comes in: how many, and the first seed. Goes out: rows of figures; the seed of each fault is printed.
Separate because `make prove` runs it for an hour; `python -m benchmarks.exports_proof 500 9000`
examines 500 exports from seed 9000 on.
"""

from __future__ import annotations

import sys
import time

from tests.known_answers.exports_examined import examine
from tests.known_answers.exports_fuzzed import make_export, open_export

SLOW_SECONDS = 10
TOLD_EVERY = 500  # exports


def judge(seed: int) -> tuple[int, float]:
    """Faults of one export, told on the console with its seed, and processor seconds."""
    began = time.process_time()
    try:
        faults = examine(open_export(make_export(seed)))
    except Exception as error:  # opening never raises: that it did is the fault
        faults = [f"open: {type(error).__name__}: {error}"]
    seconds = time.process_time() - began
    for fault in faults:
        print(f"seed {seed}: {fault}", flush=True)
    return len(faults), seconds


def measure(count: int = 5000, first: int = 1_000_000) -> list[dict[str, object]]:
    """One row: exports examined, those with a fault, processor seconds a piece."""
    judged = []
    for seed in range(first, first + count):
        judged.append(judge(seed))
        if len(judged) % TOLD_EVERY == 0:
            print(f"{len(judged):,} exports examined", file=sys.stderr, flush=True)
    seconds = sorted(spent for _, spent in judged)
    return [
        {
            "exports": f"{count:,} from seed {first:,}",
            "with a fault": sum(found > 0 for found, _ in judged),
            "seconds, median": seconds[len(seconds) // 2],
            "seconds, most": seconds[-1],
            f"over {SLOW_SECONDS} s": sum(spent > SLOW_SECONDS for spent in seconds),
        }
    ]


if __name__ == "__main__":
    print(measure(*map(int, sys.argv[1:])))
