"""How often what is understood of exports is right, by how sure the engine says it is.

Comes in: folders of exports with the truth about them, as `check.py` beside them reads it. Goes out: one
row a band of sureness. Separate because the exports lie beside the project, never in it.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import icp_engine as icp

BESIDE = Path(__file__).parents[2] / "shared" / "first_contact"
BANDS = ((0.95, "at least .95"), (0.8, ".80 to .95"), (0.6, ".60 to .80"), (0.0, "under .60"))


def measure(folders: Iterable[Path] = ()) -> list[dict[str, object]]:
    """Rows band, claims, right, share; empty where no exports lie beside the project."""
    folders = list(folders) or sorted(path.parent for path in BESIDE.glob("*/truth.json"))
    found = [claim for folder in folders for claim in _claims(folder)]
    rows: list[dict[str, object]] = []
    for least, name in BANDS:
        inside = [right for sure, right in found if sure >= least]
        found = [(sure, right) for sure, right in found if sure < least]
        if inside:
            share = round(sum(inside) / len(inside), 3)
            rows.append({"sure": name, "claims": len(inside), "right": sum(inside), "share": share})
    return rows


def _claims(folder: Path) -> Iterator[tuple[float, bool]]:
    """How sure each claim of an export is, and whether it is right."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    files = truth["files"]
    base = Path(truth.get("folder", folder))
    names = files.values() if isinstance(files, dict) else files
    study = icp.Study.open(*[str(base / name) for name in names])
    for claim, right in _check().verdicts(study, truth).items():
        sure = _sure_of(study, claim)
        if sure is not None:
            yield sure, right


def _sure_of(study: icp.Study, claim: str) -> float | None:
    """The sureness 0–1 of a fact, a table's kind or a column's role; None for what has none."""
    facts = study.facts
    if hasattr(facts, claim):
        return float(getattr(facts, claim).sure)
    if claim.startswith("kind of "):
        return float(facts.tables.sure)
    table, _, column = claim.partition(".")
    role: Any = study.roles.get(table, {}).get(column)
    return None if role is None else float(role.score)


def _check() -> ModuleType:
    spec = importlib.util.spec_from_file_location("first_contact_check", BESIDE / "check.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    for row in measure(map(Path, sys.argv[1:])):
        print(row)
