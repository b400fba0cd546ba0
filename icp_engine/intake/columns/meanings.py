"""What the words of a header say a column describes: an attribute of some kind, or the company's
own revenue.

Comes in: a header's words. Goes out: the attribute's kind. Separate because inferred and chosen
roles read the same words.
"""

from __future__ import annotations

import re

from icp_engine.intake.columns.header_spellings import (
    ATTRIBUTE_KINDS,
    FIRMOGRAPHIC_NEIGHBOURS,
)
from icp_engine.intake.columns.role import Role

OWN_REVENUE = re.compile(
    r"\bannual ?revenue\b|\bcompany revenue\b|\brevenue (range|band|size|growth)\b|\bdeclared\b"
)


def attribute_role(words: str) -> Role:
    """An attribute of the kind its header suggests, firmographic by default."""
    for pattern, kind in ATTRIBUTE_KINDS:
        found = pattern.search(words)
        if found:
            return Role("attribute", 0.6, f"“{found.group(0)}” in the header", kind=kind)
    return Role("attribute", 0.3, "a describing column of unknown meaning", kind="firmographic")


def is_own_revenue(words: str, neighbours: str) -> bool:
    """A company's own revenue (annual, or beside its sector and staff) describes it; it is not what
    it pays.
    """
    if OWN_REVENUE.search(words):
        return True
    return words in ("revenue", "umsatz") and bool(FIRMOGRAPHIC_NEIGHBOURS.search(neighbours))
