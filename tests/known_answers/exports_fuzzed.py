"""Exports nobody would make on purpose: small tables of odd headers and odd values, and good exports
with faults added.

Comes in: a seed. Goes out: an `Export`, the tables and settings of a study. Separate because the
same exports are examined by a quick test and by `make prove`. Equal seeds give equal exports.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

import icp_engine as icp
from icp_engine.intake.columns.role import ROLES
from icp_engine.settings import OBJECTIVES
from sample_data.markets import Market, planted_market

Draw = np.random.Generator
Frame = pd.DataFrame

# By kind of table: headers the engine knows, in several languages, and headers it cannot know
HEADERS: dict[str, tuple[str, ...]] = {
    "accounts": (
        *("account_id", "Company", "Kundennummer", "Website", "Domain", "Industry", "Branche"),
        *("Employees", "Mitarbeiterzahl", "Country", "LTV", "ARR", "MRR", "NPS", "Health score"),
        *("customer_since", "Kunde seit", "churned", "churn_date", "Type", "Status", "Owner"),
        *("Founded", "Gründungsjahr", "Annual Revenue", "Last funding date", "Tech stack"),
        *("Employees 2023", "Employees 2024", "Onboarding days", "Retention", "Lead source"),
        *("Secteur", "Chiffre d'affaires", "Email", "Notes", "Score", "Region", "Currency"),
    ),
    "deals": (
        *("deal_id", "account_id", "Account Name", "Stage", "Phase", "won", "Is Closed", "Status"),
        *("Amount", "Betrag", "Montant", "created_date", "Close Date", "Abschlussdatum", "Owner"),
        *("deal_type", "Pipeline", "Product", "lost_reason", "Lead source", "Probability"),
        *("churn_date", "customer_since", "Industry", "Currency", "new_business", "Won Date"),
    ),
    "orders": (
        *("order_id", "customer_id", "Kunde", "Order date", "Bestelldatum", "Amount", "Quantity"),
        *("Product", "Currency", "Refunded", "E-Mail"),
    ),
    "contacts": (
        *("contact_id", "account_id", "First name", "Nachname", "Email", "Phone", "Job title"),
        *("Company", "created_date", "Funktion"),
    ),
    "tickets": (
        *("ticket_id", "account_id", "Created", "Closed", "Priority", "Subject", "CSAT", "Status"),
        *("Description", "Satisfaction rating"),
    ),
    "subscriptions": (
        *("subscription_id", "account_id", "start_date", "end_date", "Canceled at", "MRR", "plan"),
        *("interval", "status", "Seats"),
    ),
    "anything": (
        "x",
        "",
        "Column 2",
        "Total",
        "naïve",
        "🙂",
        "名前",
        "_",
        "id",
        "date",
        "a b",
        "0",
    ),
}
IDS = ("A1001", "A1002", "A1003", "1001", "1001.0", "Acme", "ACME GmbH", "Nordwind", "x@y.com", "")
WORDS: dict[str, tuple[Any, ...]] = {
    "level": ("Retail", "Media", "retail ", "Énergie", "Другое", "小売", "Retail; Media", "None"),
    "outcome": (
        "Closed Won",
        "Closed Lost",
        "Open",
        "Gewonnen",
        "verloren",
        "won",
        "lost",
        "0",
        "1",
    ),
    "type": ("Customer", "Prospect", "Partner", "New Business", "Renewal", "upsell", "Test"),
    "truth": ("yes", "no", "true", "FALSE", "1", "0", "ja", "non", "x"),
    "size": ("1-10", "11-50", "51-200", "1000+", "<5", "10-Jan", "200 – 500", "5k"),
    "address": ("acme.com", "https://www.b.de/x", "a@b.co", "http://", "gmail.com", "SAP"),
    "text": ("Price too high", "they left; no budget", "=1+1", "<b>x</b>", "{{ x }}", "a\nb", "\t"),
    "strange": ("\ud800", "a\udfffb", "\u202eabc", "\x00", "#NAME?", "######", "🙂" * 9, "nan"),
    "nothing": ("", None, "n/a", "-", "unknown", "NULL", "keine Angabe", "?"),
}
NOTATIONS: tuple[Callable[[float], Any], ...] = (
    lambda value: value,
    lambda value: int(value) if abs(value) < 2**62 else value,
    str,
    lambda value: f"{value:,.2f}",
    lambda value: f"{value:.2f} €".replace(".", ","),
    lambda value: f"${value:.0f}",
    lambda value: f"{value:.1f}%",
    lambda value: f"({abs(value):.0f})",
    lambda value: f"{value:.3e}",
)
EXTREMES = (0.0, -1.0, 1e18, 1e19, -1e18, 1e308, 1e-300, float("inf"), float("nan"), 2**63, 0.1)
DAYS = (
    *("0001-01-01", "1677-09-21", "1899-12-30", "1900-01-01", "1970-01-01", "2189-12-31"),
    *("2262-04-12", "9999-12-31", "0000-00-00", "31.02.2024", "29/02/2023", "Q3 2024", "soon"),
    *(20240131, 45123.5, 1700000000, 1700000000000, "2024-01-31T23:59:60Z", "Jan 2024", "2024"),
)


SIZES, HOW_OFTEN = (0, 1, 2, 3, 8, 16, 30, 60), (0.02, 0.08, 0.08, 0.07, 0.2, 0.25, 0.2, 0.1)


@dataclass(frozen=True)
class Export:
    """Tables by name as a study opens them (frames or files), and the settings' fields."""

    tables: dict[str, Any]
    settings: dict[str, Any] = field(default_factory=dict)


def make_export(seed: int) -> Export:
    """The export of this seed: two thirds are made of nothing, one third are good ones with
    faults.
    """
    draw = np.random.default_rng([seed, 4242])
    frames = _mutated(draw) if seed % 3 == 2 else _invented(draw)
    tables = {name: _as_source(draw, name, frame) for name, frame in frames.items()}
    return Export(
        tables, {"resamples": 5, **(_settings(draw, frames) if draw.random() < 0.6 else {})}
    )


def open_export(export: Export) -> icp.Study:
    """The export as a study; a setting that cannot be is refused when it is made, so left out."""
    settings = icp.Settings()
    for name, value in export.settings.items():
        try:
            settings = settings.merged(**{name: value})
        except ValueError:
            continue
    return icp.Study.open(export.tables, settings=settings)


# ------------------------------------------------------------------ tables made of nothing


def _invented(draw: Draw) -> dict[str, Frame]:
    kinds = list(HEADERS)
    names = [kinds[draw.integers(len(kinds))] for _ in range(draw.integers(1, 5))]
    if draw.random() < 0.6:
        names[:2] = ["accounts", "deals"]
    return {
        f"{name}{draw.choice(['', '', ' 2024-01', ' 2023', '_export'])}": _table(draw, name)
        for name in names
    }


def _table(draw: Draw, kind: str) -> Frame:
    rows = int(draw.choice(SIZES, p=HOW_OFTEN))
    known = HEADERS[kind]
    headers = [str(draw.choice(known)) for _ in range(draw.integers(1, 9))]
    if draw.random() < 0.7:
        headers = list(dict.fromkeys([*known[:2], *headers]))
    if draw.random() < 0.2:
        headers.append(str(draw.choice(HEADERS["anything"])))
    columns = [
        _fitting(draw, header, rows) if draw.random() < 0.7 else _column(draw, rows)
        for header in headers
    ]
    frame = pd.DataFrame(dict(enumerate(columns)), index=range(rows), dtype="object")
    frame.columns = headers
    return frame


def _fitting(draw: Draw, header: str, rows: int) -> list[Any]:
    """Values such as the header promises."""
    words = header.casefold()
    if words.endswith(("_id", "nummer")) or words in ("company", "kunde", "account name"):
        return [f"A{1000 + draw.integers(max(2, rows))}" for _ in range(rows)]
    if any(part in words for part in ("date", "datum", "since", "seit", "created", "closed", "at")):
        return _days(draw, rows)
    if words in ("stage", "phase", "won", "status", "is closed"):
        return _pick(draw, WORDS["outcome"][:3], rows)
    if any(
        part in words for part in ("amount", "betrag", "mrr", "arr", "ltv", "revenue", "employ")
    ):
        return [NOTATIONS[2](round(float(draw.lognormal(8, 1)), 2)) for _ in range(rows)]
    return _pick(draw, WORDS["level"][:3], rows)


def _column(draw: Draw, rows: int) -> list[Any]:
    """Values of whatever kind, all of one kind, mixed, equal or empty."""
    makers: tuple[Callable[[Draw, int], list[Any]], ...] = (
        _days,
        _numbers,
        _numbers,
        lambda draw, rows: _pick(draw, IDS, rows),
        lambda draw, rows: _pick(draw, WORDS[str(draw.choice(list(WORDS)))], rows),
        lambda draw, rows: [str(draw.choice(list(WORDS["level"])))] * rows,
        lambda draw, rows: [""] * rows,
    )
    first, second = (makers[draw.integers(len(makers))](draw, rows) for _ in range(2))
    share = draw.choice([0.0, 0.0, 0.05, 0.12, 0.5])
    return [b if draw.random() < share else a for a, b in zip(first, second, strict=True)]


def _pick(draw: Draw, values: tuple[Any, ...], rows: int) -> list[Any]:
    return [values[place] for place in draw.integers(len(values), size=rows)]


def _numbers(draw: Draw, rows: int) -> list[Any]:
    write = NOTATIONS[draw.integers(len(NOTATIONS))]
    scale = float(draw.choice([1, 100, 1e6, 1e15]))
    odd = float(draw.choice([0.0, 0.0, 0.1, 1.0]))
    found = []
    for value in draw.normal(scale, scale, size=rows):
        extreme = EXTREMES[draw.integers(len(EXTREMES))]
        try:
            found.append(write(extreme if draw.random() < odd else float(value)))
        except (ValueError, OverflowError):
            found.append(str(extreme))
    return found


def _days(draw: Draw, rows: int) -> list[Any]:
    odd = float(draw.choice([0.0, 0.0, 0.1, 0.5, 1.0]))
    form = str(draw.choice(["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%y", "%d. %b %Y", "%Y-%m-%dT%H:%M:%SZ"]))
    usual = pd.Timestamp("2021-01-01") + pd.to_timedelta(
        draw.integers(0, 1800, size=rows), unit="D"
    )
    return [
        DAYS[draw.integers(len(DAYS))] if draw.random() < odd else day.strftime(form)
        for day in usual
    ]


# ------------------------------------------------------------------ good exports with faults


@lru_cache(maxsize=12)
def _market(seed: int, accounts: int) -> Market:
    return planted_market(seed, accounts=accounts)


def _mutated(draw: Draw) -> dict[str, Frame]:
    market = _market(int(draw.integers(6)), int(draw.choice([25, 45])))
    frames = {
        "accounts": market.accounts.reset_index().astype("object"),
        "deals": market.deals.reset_index().astype("object"),
    }
    for _ in range(draw.integers(1, 5)):
        name = str(draw.choice(list(frames)))
        frames[name] = _FAULTS[draw.integers(len(_FAULTS))](draw, frames[name])
    return frames


def _some(draw: Draw, frame: Frame) -> int:
    return int(draw.integers(frame.shape[1]))


def _replace_column(draw: Draw, frame: Frame) -> Frame:
    frame = frame.copy()
    frame.isetitem(_some(draw, frame), pd.Series(_column(draw, len(frame)), dtype="object"))
    return frame


def _mix_column(draw: Draw, frame: Frame) -> Frame:
    frame, place = frame.copy(), _some(draw, frame)
    other = pd.Series(_column(draw, len(frame)), dtype="object")
    kept = draw.random(len(frame)) > draw.choice([0.02, 0.15, 0.6])
    frame.isetitem(place, frame.iloc[:, place].reset_index(drop=True).where(kept, other))
    return frame


def _rename_column(draw: Draw, frame: Frame) -> Frame:
    names, all_known = list(frame.columns), [name for kind in HEADERS.values() for name in kind]
    names[_some(draw, frame)] = str(draw.choice(all_known))
    return frame.set_axis(names, axis=1)


def _add_column(draw: Draw, frame: Frame) -> Frame:
    names = [name for kind in HEADERS.values() for name in kind]
    new = pd.DataFrame({0: pd.Series(_column(draw, len(frame)), dtype="object")})
    new.columns = [str(draw.choice(names))]
    return pd.concat([frame.reset_index(drop=True), new], axis=1)


def _drop_column(draw: Draw, frame: Frame) -> Frame:
    place = _some(draw, frame)
    return frame.iloc[:, [n for n in range(frame.shape[1]) if n != place or frame.shape[1] == 1]]


def _few_rows(draw: Draw, frame: Frame) -> Frame:
    return frame.head(int(draw.choice([1, 2, 5, 20]))).reset_index(drop=True)


def _rows_again(draw: Draw, frame: Frame) -> Frame:
    return pd.concat(
        [frame, frame.sample(frac=0.3, random_state=int(draw.integers(999)))], ignore_index=True
    )


_FAULTS: tuple[Callable[[Draw, Frame], Frame], ...] = (
    *(_replace_column, _replace_column, _mix_column, _mix_column, _rename_column, _add_column),
    *(_drop_column, _few_rows, _rows_again),
)


# ------------------------------------------------------------------ how they come, and settings


def _as_source(draw: Draw, name: str, frame: Frame) -> Any:
    """The frame itself, or a file of it."""
    way = draw.choice(["frame", "csv", "json", "texts"])
    if way == "frame":
        return frame
    rows = [["" if value is None else str(value) for value in row] for row in frame.to_numpy()]
    headers = list(map(str, frame.columns))
    if way == "json":
        records = [dict(zip(headers, row, strict=True)) for row in rows]
        return _file(f"{name}.json", json.dumps(records).encode())
    stream = io.StringIO()
    csv.writer(stream, delimiter=str(draw.choice([",", ";"]))).writerows([headers, *rows])
    if way == "csv":
        return _file(f"{name}.csv", stream.getvalue().encode("utf-8", "replace"))
    plain = [[text.encode("utf-8", "replace").decode() for text in row] for row in rows]
    return pd.DataFrame(plain, columns=headers, dtype="str")


def _file(name: str, content: bytes) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def _settings(draw: Draw, frames: dict[str, Frame]) -> dict[str, Any]:
    """A few fields with values that fit, fit badly, or cannot be."""
    name = str(draw.choice(list(frames)))
    header = str(draw.choice([str(column) for column in frames[name].columns] or ["x"]))
    chances: dict[str, Callable[[], Any]] = {
        "as_of": lambda: str(draw.choice([*map(str, DAYS), "2024-06-30"])),
        "holdout_from": lambda: str(draw.choice([*map(str, DAYS), "2024-06-30"])),
        "seed": lambda: int(draw.choice([-1, 0, 2**31 - 1, 2**40])),
        "roles": lambda: {
            table: {str(column): str(draw.choice(ROLES)) for column in frame if draw.random() < 0.3}
            for table, frame in frames.items()
        },
        "missing_words": lambda: {header: ("0", "retail", "")},
        "merges": lambda: {header: {"Retail": "Media", "Media": "Retail"}},
        "metric_weights": lambda: {header: float(draw.choice([-1, 0, 1, 1e308]))},
        "groupings": lambda: {header: str(draw.choice(["naics_sector", "eu", "none"]))},
        "pins": lambda: {"A1001": "because", "nobody": "why"},
        "exclusions": lambda: {f"A{1000 + n}": "no" for n in range(40)},
        "merge_accounts": lambda: {"A1001": "A1002", "A1002": "A1001", "A1003": "A1003"},
        "scope": lambda: ({"table": "deals", "column": header, "low": "1", "values": ("Retail",)},),
        "conditions": lambda: ({"metric": header, "at_least": float(draw.choice([0, 1e308]))},),
        "at_least_median": lambda: True,
        "final": lambda: True,
        "unit": lambda: "person",
        "objective": lambda: str(draw.choice(list(OBJECTIVES))),
        "top_n": lambda: int(draw.choice([1, 10**9])),
        "min_age_days": lambda: int(draw.choice([0, 10**9])),
        "meanings": lambda: {header: {"Retail": "won", "Open": "churned", "Media": "lost"}},
        "summary_roles": lambda: {name: "attribute"},
        "reason_groups": lambda: {"Price too high": "Price"},
        "joins": lambda: {name: {"Acme": "A1001", "x": "nobody"}},
        "currency": lambda: str(draw.choice(["EUR", "USD", "??"])),
        "coverage_floor": lambda: float(draw.choice([0, 1])),
        "min_metrics_share": lambda: float(draw.choice([0, 1])),
        "holdout_n": lambda: 10,
        "min_best": lambda: int(draw.choice([1, 1000])),
        "profile_edits": lambda: {"summary": "written by hand"},
        "segments_k": lambda: int(draw.choice([1, 12])),
        "learn_from": lambda: str(draw.choice(["won", "best", "both"])),
        "date_formats": lambda: {header: "day_first"},
        "missing_policy": lambda: str(draw.choice(["zero", "leave_out"])),
        "green": lambda: int(draw.choice([1, 100])),
        "levels_max": lambda: 2,
        "churn_from_silence": lambda: True,
        "rates": lambda: {"USD": float(draw.choice([0, -1, 1e308])), "EUR": 1.0},
        "allow": lambda: (header,),
        "empty_means_no": lambda: (header,),
        "attribute_kinds": lambda: {header: "technographic"},
    }
    chosen = draw.choice(list(chances), size=int(draw.integers(1, 7)), replace=False)
    return {str(field): chances[str(field)]() for field in chosen}
