"""Write the sample data: a software vendor's CRM exports, a shop's orders, and the planted truth of
both.

    python sample_data/generate.py [FOLDER]

Comes in: a seed (fixed). Goes out: accounts.csv, deals.csv, contacts.csv, notes.csv, truth.json,
shop/orders.csv and shop/truth.json in FOLDER (this folder by default). The same seed gives the same
bytes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent))

from exports import export_accounts, export_contacts, export_deals, export_notes
from northwind import make_world
from shop import make_shop
from truth import describe_truth

SEED = 20260930


def main(folder: Path, seed: int = SEED) -> None:
    """Write every file into `folder`."""
    (folder / "shop").mkdir(parents=True, exist_ok=True)
    world = make_world(seed)
    tables = {
        "accounts": export_accounts(world, seed),
        "deals": export_deals(world, seed),
        "contacts": export_contacts(world, seed),
        "notes": export_notes(world, seed),
    }
    for name, table in tables.items():
        write_table(table, folder / f"{name}.csv")
    write_truth(describe_truth(world, tables, seed), folder / "truth.json")
    orders, shop_truth = make_shop(seed)
    write_table(orders, folder / "shop" / "orders.csv")
    write_truth(shop_truth, folder / "shop" / "truth.json")


def write_table(table: pd.DataFrame, path: Path) -> None:
    """CSV in UTF-8 with line feeds on every system."""
    path.write_bytes(table.to_csv(index=False, lineterminator="\n").encode())


def write_truth(truth: dict[str, Any], path: Path) -> None:
    """JSON with one line a part, so that a change can be read."""
    parts = [
        f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in truth.items()
    ]
    path.write_bytes(("{\n" + ",\n".join(parts) + "\n}\n").encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
