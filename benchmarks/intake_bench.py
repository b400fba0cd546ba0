"""A million accounts read, typed and given roles, beside what pandas.read_csv takes to read them as
text and numbers.

Comes in: numbers of rows. Goes out: rows of seconds and megabytes. Separate because it times, it
does not test; every measurement runs in a process of its own, so that one's memory is not
another's.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

BATCH = 100_000
REPEATS = 3
_LEVELS: dict[str, tuple[str, ...]] = {
    "Type": ("Customer", "Prospect", "Partner", "Former customer", ""),
    "Industry": (
        "FinTech",
        "Fin-tech",
        "Retail",
        "Healthcare",
        "Manufacturing",
        "Media",
        "Logistics",
        "N/A",
        "",
    ),
    "Employees": (
        "1-10",
        "11-50",
        "51-200",
        "201-500",
        "501-1,000",
        "1,001-5,000",
        "10,001+",
        "Unknown",
    ),
    "Billing Country": (
        "United States",
        "USA",
        "Germany",
        "France",
        "United Kingdom",
        "Sweden",
        "Japan",
        "",
    ),
    "Billing City": (
        "Austin",
        "Berlin",
        "Paris",
        "London",
        "Malmö",
        "Osaka",
        "New York",
        "Leeds",
        "Köln",
    ),
    "CRM": ("Salesforce", "HubSpot", "Dynamics", "Pipedrive", "None"),
    "Churned": ("Yes", "No", "No", "No", ""),
}
_TOOLS = ("Kafka", "Snowflake", "Shopify", "SAP", "PostgreSQL", "Docker", "Jira", "Slack")
_WORDS = (
    "Blue",
    "North",
    "Summit",
    "Harbor",
    "Quantum",
    "Maple",
    "Iron",
    "Bright",
    "Silver",
    "Delta",
    "Nova",
    "Peak",
)


def write_accounts(path: Path, rows: int, seed: int = 1) -> None:
    """An accounts export of `rows` rows, about 190 bytes each, with the usual mess."""
    generator = np.random.default_rng(seed)
    for start in range(0, rows, BATCH):
        batch = _batch(generator, np.arange(start, min(start + BATCH, rows)))
        batch.to_csv(path, index=False, mode="a" if start else "w", header=not start)


def _batch(generator: np.random.Generator, numbers: np.ndarray) -> pd.DataFrame:
    size = len(numbers)
    words = generator.integers(0, 12, (2, size))
    names = [f"{_WORDS[a]} {_WORDS[b]} {n}" for a, b, n in zip(*words, numbers, strict=True)]
    created = pd.Timestamp("2019-01-01") + pd.to_timedelta(
        generator.integers(0, 2_400, size), unit="D"
    )
    since = created + pd.to_timedelta(generator.integers(5, 200, size), unit="D")
    revenue = np.round(np.exp(generator.normal(15, 1.5, size)), -2)
    tools = generator.integers(0, len(_TOOLS), (3, size))
    columns: dict[str, object] = {
        "Account ID": [f"0015g00000{n:08X}" for n in numbers],
        "Account Name": names,
        "Website": [f"https://www.{name.lower().replace(' ', '-')}.com" for name in names],
        **{name: generator.choice(np.array(levels), size) for name, levels in _LEVELS.items()},
        "Annual Revenue": [f"${value:,.0f}" for value in revenue],
        "Tech Stack": [";".join(dict.fromkeys(_TOOLS[t] for t in row)) for row in tools.T],
        "Created Date": created.strftime("%Y-%m-%d"),
        "Customer Since": pd.Series(since.strftime("%m/%d/%Y"))
        .where(generator.random(size) < 0.4, "")
        .to_numpy(),
        "MRR": np.round(generator.gamma(2, 400, size), 2),
        "NPS": generator.integers(-100, 101, size),
        "Lifetime Value": np.round(generator.gamma(2, 20_000, size), 2),
    }
    return pd.DataFrame(columns)


def read_plainly(path: Path) -> int:
    """What everybody would do first."""
    return len(pd.read_csv(path))


def read_with_roles(path: Path) -> int:
    """Read, typed and given roles, through the public face."""
    from icp_engine.study.study import Study

    return len(Study.open(path).roles[path.stem])


def open_study(path: Path) -> int:
    """The same, and the clean accounts built from it."""
    from icp_engine.study.study import Study

    return len(Study.open(path).intake.accounts)


def understand(path: Path) -> int:
    """Read, typed, built and understood: all facts, as the first page shows them."""
    from icp_engine.study.study import Study

    return int(Study.open(path).facts.accounts.value)


TASKS: dict[str, Callable[[Path], int]] = {
    "read_csv": read_plainly,
    "ours": read_with_roles,
    "study": open_study,
    "facts": understand,
}


def measure(sizes: tuple[int, ...] = (1_000_000,)) -> list[dict[str, object]]:
    """One row a size: the best of three runs of each, seconds; memory above that of the imports, MB
    and × the file.
    """
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"accounts_{size}.csv"
            write_accounts(path, size)
            rows.append({"rows": size, **compare(path)})
    return rows


def compare(path: Path, repeats: int = REPEATS) -> dict[str, object]:
    """One file, each task in processes of its own, in turn so that a busy machine slows all alike."""
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in TASKS}
    for _ in range(repeats):
        for name in TASKS:
            runs[name].append(_measure_apart(name, path))
    seconds = {name: min(second for second, _ in found) for name, found in runs.items()}
    peak = {name: max(megabytes for _, megabytes in found) for name, found in runs.items()}
    size = path.stat().st_size / 2**20
    return {
        "MB": size,
        "read_csv s": seconds["read_csv"],
        "typed, with roles s": seconds["ours"],
        "× read_csv": seconds["ours"] / seconds["read_csv"],
        "peak MB": peak["ours"],
        "× file": peak["ours"] / size,
        "accounts built s": seconds["study"],
        "built × read_csv": seconds["study"] / seconds["read_csv"],
        "built × file": peak["study"] / size,
        "facts × read_csv": seconds["facts"] / seconds["read_csv"],
        "facts × file": peak["facts"] / size,
    }


def first_facts(rows: int = 5_000, columns: int = 2_000) -> dict[str, float]:
    """Processor seconds to the first facts, in fresh processes: accounts and deals of so many rows, a
    file of so many columns; and what `import icp_engine` takes.
    """
    with tempfile.TemporaryDirectory() as folder:
        pair, wide = Path(folder) / "pair", Path(folder) / "wide"
        pair.mkdir()
        wide.mkdir()
        write_accounts(pair / "accounts.csv", rows)
        _write_deals(pair / "opportunities.csv", rows)
        _write_columns(wide / "accounts.csv", columns)
        return {
            "import s": _seconds_apart("import icp_engine"),
            "pair s": _seconds_apart(_FACTS, *sorted(pair.iterdir())),
            "wide s": _seconds_apart(_FACTS, *wide.iterdir()),
        }


_FACTS = "Study.open(*sys.argv[1:]).facts"


def _seconds_apart(statement: str, *paths: Path) -> float:
    before = "" if statement.startswith("import") else "from icp_engine.study.study import Study;"
    code = (
        f"import sys, time;{before}began = time.process_time();{statement};"
        "print(time.process_time() - began)"
    )
    return float(
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code, *map(str, paths)],
            capture_output=True,
            check=True,
            cwd=Path(__file__).parents[1],
        ).stdout
    )


def _write_deals(path: Path, rows: int, seed: int = 2) -> None:
    generator = np.random.default_rng(seed)
    stages = generator.choice(["Closed Won", "Closed Lost", "Proposal"], rows, p=[0.3, 0.4, 0.3])
    created = pd.Timestamp("2022-01-01") + pd.to_timedelta(
        generator.integers(0, 900, rows), unit="D"
    )
    closed = created + pd.to_timedelta(generator.integers(10, 200, rows), unit="D")
    accounts = generator.integers(0, rows, rows)
    pd.DataFrame(
        {
            "Opportunity ID": [f"006{number:012d}" for number in range(rows)],
            "Account ID": [f"0015g00000{number:08X}" for number in accounts],
            "Stage": stages,
            "Amount": np.round(generator.gamma(2, 9_000, rows), 2),
            "Created Date": created.strftime("%Y-%m-%d"),
            "Close Date": closed.strftime("%Y-%m-%d"),
            "Lead Source": generator.choice(["Web", "Referral", "Event"], rows),
            "Loss Reason": np.where(stages == "Closed Lost", "Price", ""),
        }
    ).to_csv(path, index=False)


def _write_columns(path: Path, columns: int, rows: int = 500, seed: int = 3) -> None:
    generator = np.random.default_rng(seed)
    kinds: tuple[Callable[[], object], ...] = (
        lambda: generator.integers(0, 1_000, rows),
        lambda: generator.choice(["red", "blue", "green"], rows),
        lambda: np.round(generator.gamma(2, 900, rows), 2),
        lambda: [f"value {number} words here" for number in generator.integers(0, 400, rows)],
        lambda: (
            pd.Timestamp("2022-01-01") + pd.to_timedelta(generator.integers(0, 900, rows), unit="D")
        ).strftime("%d.%m.%Y"),
    )
    fields = {f"Field {place}": kinds[place % 5]() for place in range(columns - 1)}
    ids = {"Account ID": [f"A{number}" for number in range(rows)]}
    pd.DataFrame({**ids, **fields}).to_csv(path, index=False)


def _measure_apart(task: str, path: Path) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.intake_bench", task, str(path)],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    seconds, megabytes = json.loads(done.stdout.splitlines()[-1])
    return float(seconds), float(megabytes)


def resident_bytes() -> int:
    """Memory of this process by the kernel's count."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return (
        int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))
        * 1024
    )


class PeakMemory:
    """The largest resident size seen while the block ran, sampled every 5 ms."""

    def __enter__(self) -> PeakMemory:
        self.before = self.peak = resident_bytes()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def _watch(self) -> None:
        while not self._done.wait(0.005):
            self.peak = max(self.peak, resident_bytes())

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()
        self.peak = max(self.peak, resident_bytes())


def run_task(task: str, path: Path) -> tuple[float, float]:
    """Seconds and peak megabytes above the start; what a task imports is imported before by a tiny
    file.
    """
    warm = path.with_name(f"warm_{task}.csv")
    write_accounts(warm, 50)
    TASKS[task](warm)
    with PeakMemory() as memory:
        began = time.process_time()  # of the processor: others may share the machine
        TASKS[task](path)
        seconds = time.process_time() - began
    return seconds, (memory.peak - memory.before) / 2**20


if __name__ == "__main__":
    print(json.dumps(run_task(sys.argv[1], Path(sys.argv[2]))))
