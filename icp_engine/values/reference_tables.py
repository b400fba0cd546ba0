"""The reference tables that stand beside the code: industries, places, words of yes and no.

Comes in: a table's name. Goes out: its rows. Separate because a person who extends a table needs no
code. Sources: U.S. Census Bureau, NAICS 2022 and Census Regions; ISO 3166-1; UN M49 continents;
synonyms by hand.
"""

from __future__ import annotations

import csv
import functools
from importlib import resources


@functools.lru_cache(maxsize=16)
def read_reference(name: str) -> tuple[dict[str, str], ...]:
    """Rows of `tables/<name>.csv`, one dict a row."""
    text = (
        resources.files("icp_engine.values")
        .joinpath("tables", f"{name}.csv")
        .read_text(encoding="utf-8")
    )
    return tuple(csv.DictReader(text.splitlines()))


def read_word_lists(name: str, key: str) -> dict[str, str]:
    """{word: key} of a table whose column “words” lists words separated by “|”."""
    return {word: row[key] for row in read_reference(name) for word in row["words"].split("|")}
