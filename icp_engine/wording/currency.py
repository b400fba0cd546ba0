"""Currency signs.

Comes in: a code. Goes out: its sign. Separate because charts, pages and documents all show money.
"""

from __future__ import annotations

CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
