"""Whether a change of the code changes any result: every output of the CLI on eight data sets, saved and compared.

    python -m benchmarks.same_results save DIR       # at the commit before
    python -m benchmarks.same_results compare DIR    # after the change: names every file that differs

Comes in: the sample, the shop and the public sets in `../shared/data` (those that are not there are
left out, and said). Goes out: files under DIR. Separate because a move of files must change no byte,
which no test of single functions can say.
"""

from __future__ import annotations

import difflib
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
SAMPLE = ROOT / "sample_data"
SHOWN = 6  # lines of difference shown a file

# name → (files to define from, list to score, deals and accounts to validate with)
CASES: dict[str, tuple[list[Path], Path, list[Path]]] = {
    "sample": (
        [SAMPLE / name for name in ("accounts.csv", "deals.csv", "contacts.csv", "notes.csv")],
        SAMPLE / "accounts.csv",
        [SAMPLE / "deals.csv", SAMPLE / "accounts.csv"],
    ),
    "shop": (
        [SAMPLE / "shop" / "orders.csv"],
        SAMPLE / "shop" / "orders.csv",
        [SAMPLE / "shop" / "orders.csv"],
    ),
    "salvirt_b2b": (
        [SHARED / "salvirt_b2b" / "Salvirt_B2B_ML_dataset.csv"],
        SHARED / "salvirt_b2b" / "Salvirt_B2B_ML_dataset.csv",
        [SHARED / "salvirt_b2b" / "Salvirt_B2B_ML_dataset.csv"],
    ),
    "maven_crm": (
        sorted((SHARED / "maven_crm").glob("*.csv")),
        SHARED / "maven_crm" / "accounts.csv",
        [SHARED / "maven_crm" / name for name in ("sales_pipeline.csv", "accounts.csv")],
    ),
    "ravenstack": (
        sorted((SHARED / "ravenstack").glob("*.csv")),
        SHARED / "ravenstack" / "ravenstack_accounts.csv",
        [
            SHARED / "ravenstack" / name
            for name in ("ravenstack_churn_events.csv", "ravenstack_accounts.csv")
        ],
    ),
    "olist_funnel_clean": (
        sorted((SHARED / "olist_funnel_clean").glob("*.csv")),
        SHARED / "olist_funnel_clean" / "olist_marketing_qualified_leads_dataset.csv",
        [
            SHARED / "olist_funnel_clean" / "olist_closed_deals_dataset.csv",
            SHARED / "olist_funnel_clean" / "olist_marketing_qualified_leads_dataset.csv",
        ],
    ),
    "telco_cltv": (
        sorted((SHARED / "telco_cltv").glob("*.xlsx")),
        next(iter(sorted((SHARED / "telco_cltv").glob("*.xlsx"))), SHARED / "telco_cltv"),
        sorted((SHARED / "telco_cltv").glob("*.xlsx"))[:1],
    ),
    "cdnow": (
        [SHARED / "cdnow" / "CDNOW_master.txt"],
        SHARED / "cdnow" / "CDNOW_master.txt",
        [SHARED / "cdnow" / "CDNOW_master.txt"],
    ),
}


def run(arguments: list[str], told: Path) -> None:
    """One command; its exit code, stdout and stderr as text beside its files."""
    command = [sys.executable, "-m", "icp_engine.cli", *arguments, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    steps = [line for line in done.stderr.splitlines() if not line.startswith("icp: ")]
    told.write_text("\n".join([f"exit {done.returncode}", *steps, done.stdout]), encoding="utf-8")


def save(folder: Path) -> None:
    """Every output of every case there is data for."""
    for name, (files, prospects, closed) in CASES.items():
        if not files or not all(path.is_file() for path in [*files, prospects, *closed]):
            print(f"{name}: left out, its files are not here")
            continue
        out = folder / name
        out.mkdir(parents=True, exist_ok=True)
        place = str(folder.resolve())
        run(["define", *map(str, files), "--out", str(out / "define")], out / "define.txt")
        rubric = str(out / "define" / "rubric.json")
        run(
            ["score", "--rubric", rubric, str(prospects), "--out", str(out / "scored.csv")],
            out / "score.txt",
        )
        run(
            [
                "validate",
                "--rubric",
                rubric,
                *map(str, closed),
                "--out",
                str(out / "validation.json"),
            ],
            out / "validate.txt",
        )
        for told in out.glob("*.txt"):
            told.write_text(
                told.read_text(encoding="utf-8").replace(place, "DIR"), encoding="utf-8"
            )
        print(f"{name}: {sum(path.is_file() for path in out.rglob('*'))} files")


def compare(before: Path, after: Path) -> int:
    """Names of files that differ, with their first differing lines; how many."""
    names = sorted(
        {p.relative_to(root) for root in (before, after) for p in root.rglob("*") if p.is_file()}
    )
    different = 0
    for name in names:
        texts = [
            (root / name).read_bytes() if (root / name).is_file() else None
            for root in (before, after)
        ]
        if texts[0] == texts[1]:
            continue
        different += 1
        print(f"DIFFERS {name}")
        lines = [(text or b"").decode("utf-8", "replace").splitlines() for text in texts]
        changed = [
            line[:300]
            for line in difflib.unified_diff(*lines, lineterm="", n=0)
            if line[:1] in "+-"
        ]
        print(*changed[2 : 2 + SHOWN], sep="\n")
    print(f"{len(names) - different} of {len(names)} files are the same")
    return different


def main(words: list[str]) -> int:
    """`save DIR` or `compare DIR`."""
    if len(words) != 2 or words[0] not in ("save", "compare"):
        print(__doc__)
        return 2
    folder = Path(words[1])
    if words[0] == "save":
        save(folder)
        return 0
    with tempfile.TemporaryDirectory() as fresh:
        save(Path(fresh))
        return int(compare(folder, Path(fresh)) > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
