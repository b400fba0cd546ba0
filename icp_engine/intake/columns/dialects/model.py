"""What a CRM's dialect consists of: its own headers, what it writes around them, its stages, its
system fields, and how to export from it.

Comes in: nothing. Goes out: `Dialect`, `Guide`, `Spelling`. Separate because a dialect is data, one
file each, and every reader of headers, tables and values looks up its part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ACCOUNTS, DEALS, CONTACTS = ("accounts",), ("deals",), ("contacts",)
EVENTS = (
    *("orders", "subscriptions", "invoices", "usage", "tickets", "surveys", "engagement"),
    *("campaigns", "churn", "notes"),
)
ANY_AMOUNTS = (*ACCOUNTS, *DEALS, *EVENTS)  # tables whose amounts have a currency


@dataclass(frozen=True)
class Spelling:
    """Headers, separated by “|”, that mean `role` in tables of `kinds` (empty: any). Earlier ones
    beat later ones.
    """

    role: str
    headers: str
    kinds: tuple[str, ...] = ()
    # how sure the header makes the role, 0–1; what any language says outright has .9 to .97
    score: float = 0.95
    # how much less sure each further header is
    step: float = 0.0003


@dataclass(frozen=True)
class Guide:
    """How to export from one CRM: five lines, and the columns wanted of accounts and of deals as
    the CRM names them.
    """

    crm: str
    lines: tuple[str, ...]
    accounts: tuple[str, ...]
    deals: tuple[str, ...]
    contacts: tuple[str, ...]


@dataclass(frozen=True)
class Dialect:
    """One CRM's way of writing; what it writes as everybody does (“Amount”, “Close Date”) needs no
    line.
    """

    crm: str
    # headers that only this CRM writes
    headers: tuple[Spelling, ...] = ()
    # patterns of what its exports put before and after a field's own name, as they stand in a file
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    # patterns of words around the name, in lower case without punctuation
    around: tuple[str, ...] = ()
    # words of a header that is the record's own key (“Company > System ID” is the account's)
    record_keys: tuple[str, ...] = ()
    # kind of table → (pattern on a header's words, points), see `kinds.signs.SIGNS`
    signs: tuple[tuple[str, str, float], ...] = ()
    # pattern on the words of fields that the CRM keeps for itself
    system_fields: str = ""
    # pattern on the words of fields that only its list of users has
    user_fields: str = ""
    # “won”, “lost”, “open” or “deleted” → values of stage and status, separated by “|”
    stages: Mapping[str, str] = field(default_factory=dict)
    # how to export; None where nobody has written it down yet
    guide: Guide | None = None
