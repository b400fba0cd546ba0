"""One defect each: small files with a single fault, beside what must be said of it or what it must
be read as.

Comes in: nothing. Goes out: `DEFECTS`. Separate because the tests run each of them, one test asks
that every problem of intake has one, and docs/problems.md names them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from tests.intake.files import (
    archive,
    half_a_terabyte,
    lying_dimension,
    old_workbook,
    parquet,
    picture,
    swollen_parquet,
    workbook,
)

INDUSTRIES = ("Retail", "Media", "Banking", "Energy")
BANDS = ("1-10", "11-50", "51-200", "201-500")
ACCOUNT_HEADER = ("Account ID", "Account Name", "Industry", "Employees", "Customer Since", "LTV")
DEAL_HEADER = ("Deal ID", "Account ID", "Stage", "Amount", "Close Date")


@dataclass(frozen=True)
class Defect:
    """Files with one fault; `codes` are all problems that opening them brings up, sorted; `cells`
    what column holds.
    """

    name: str
    codes: tuple[str, ...]
    files: Mapping[str, bytes]
    settings: Mapping[str, Any] = field(default_factory=dict)
    # column → its first raw values
    cells: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)


def account_rows(rows: int = 24) -> list[list[str]]:
    """Accounts without any fault."""
    return [
        [
            f"acc{n:02}",
            f"{['North', 'South', 'East', 'West'][n % 4]} {chr(65 + n)}",
            INDUSTRIES[n % 4],
            BANDS[n // 2 % 4],
            f"2022-{n % 12 + 1:02}-{n % 27 + 1:02}",
            str(1000 + 37 * n),
        ]
        for n in range(rows)
    ]


def deal_rows(rows: int = 24) -> list[list[str]]:
    """Deals of those accounts without any fault."""
    return [
        [
            f"d{n:02}",
            f"acc{n:02}",
            ("Closed Won", "Closed Lost")[n % 2],
            str(500 + 13 * n),
            f"2023-{n % 12 + 1:02}-15",
        ]
        for n in range(rows)
    ]


def text(header: tuple[str, ...] | list[str], rows: list[list[str]], mark: str = ",") -> str:
    """Rows as delimited text, quoted where needed."""

    def quoted(cell: str) -> str:
        return (
            '"' + cell.replace('"', '""') + '"'
            if any(sign in cell for sign in (mark, '"', "\n"))
            else cell
        )

    return "\n".join(mark.join(map(quoted, row)) for row in [list(header), *rows]) + "\n"


ACCOUNTS = text(ACCOUNT_HEADER, account_rows())
DEALS = text(DEAL_HEADER, deal_rows())


def accounts(column: str, values: list[str], name: str = "") -> dict[str, bytes]:
    """The accounts with the first values of one column replaced, and that column perhaps named
    anew.
    """
    return {
        "accounts.csv": text(
            *_changed(ACCOUNT_HEADER, account_rows(), column, values, name)
        ).encode()
    }


def deals(column: str, values: list[str], name: str = "") -> dict[str, bytes]:
    """The accounts as they are and the deals with the first values of one column replaced."""
    changed = text(*_changed(DEAL_HEADER, deal_rows(), column, values, name))
    return {"accounts.csv": ACCOUNTS.encode(), "deals.csv": changed.encode()}


def _changed(
    header: tuple[str, ...], rows: list[list[str]], column: str, values: list[str], name: str
) -> Any:
    place = header.index(column)
    for row, value in zip(rows, values, strict=False):
        row[place] = value
    return [name if name and heading == column else heading for heading in header], rows


def said(row: int) -> tuple[str, str]:
    """What two people say of a deal, not always the same."""
    return ("Won", "Lost")[row % 2], ("Won", "Lost")[row % 3 == 0]


def without(header: tuple[str, ...], rows: list[list[str]], *columns: str) -> str:
    """The table as text without some columns."""
    kept = [place for place, heading in enumerate(header) if heading not in columns]
    return text([header[place] for place in kept], [[row[place] for place in kept] for row in rows])


def older_below(content: str, line: int) -> bytes:
    """The lines up to this one in UTF-8, the others as an older program writes them."""
    lines = content.splitlines(keepends=True)
    return "".join(lines[:line]).encode() + "".join(lines[line:]).encode("cp1252")


def one(content: bytes | str, name: str = "accounts.csv") -> dict[str, bytes]:
    """A single file."""
    return {name: content.encode() if isinstance(content, str) else content}


FOOTER = "\n\nMy report\nConfidential Information - Do Not Distribute\nCopyright (c) 2000-2024 salesforce.com, inc.\n"
IDS = tuple(row[0] for row in account_rows(3))
READ = {"Account ID": IDS}
MERGED = [
    [cell if place != 2 or n in (0, *range(3, 24)) else None for place, cell in enumerate(row)]
    for n, row in enumerate(account_rows())
]

READING: tuple[Defect, ...] = (
    Defect(
        "nothing wrong",
        (),
        {"accounts.csv": ACCOUNTS.encode(), "deals.csv": DEALS.encode()},
        cells=READ,
    ),
    Defect("no bytes", ("file-empty",), one(b"")),
    Defect("blank lines only", ("file-empty",), one(b"\n \n\t\n")),
    Defect("delimiters only", ("file-empty",), one(b",,,\n,,,\n")),
    Defect("header only", ("file-header-only",), one(",".join(ACCOUNT_HEADER) + "\n")),
    Defect("a picture named csv", ("file-not-a-table",), one(picture())),
    Defect("a PDF named xlsx", ("file-not-a-table",), one(b"%PDF-1.7 x", "accounts.xlsx")),
    Defect(
        "a web page named xls",
        ("file-not-a-table",),
        one(b"<html><table><tr></tr></table></html>", "a.xls"),
    ),
    Defect("a program", ("file-not-a-table",), one(b"\x7fELF" + bytes(200))),
    Defect("random bytes", ("file-not-a-table",), one(bytes(range(256)) * 20)),
    Defect(
        "a Word document", ("file-not-a-table",), one(archive({"word/document.xml": "x"}), "a.docx")
    ),
    Defect(
        "an archive of pictures", ("file-not-a-table",), one(archive({"a.png": picture()}), "a.zip")
    ),
    Defect("JSON of one object", ("file-not-a-table",), one(b'{"status": "ok"}', "a.json")),
    Defect("JSON of numbers", ("file-not-a-table",), one(b"[{}, 2, 3]", "a.json")),
    Defect("JSON nested without end", ("file-not-a-table",), one(b'{"a":' * 100_000, "a.json")),
    Defect("a broken archive", ("file-unreadable",), one(b"PK\x03\x04broken", "a.xlsx")),
    Defect(
        "a cut workbook",
        ("file-unreadable",),
        one(workbook({"a": account_rows()})[:2000], "a.xlsx"),
    ),
    Defect(
        "a broken old workbook",
        ("file-unreadable",),
        one(b"\xd0\xcf\x11\xe0" + bytes(600), "a.xls"),
    ),
    Defect("a broken Parquet", ("file-unreadable",), one(b"PAR1broken", "a.parquet")),
    Defect("a workbook of half a terabyte", ("file-too-large",), one(half_a_terabyte(), "a.xlsx")),
    Defect(
        "a workbook that lies about its size", ("file-too-large",), one(lying_dimension(), "a.xlsx")
    ),
    Defect("a Parquet that swells", ("file-too-large",), one(swollen_parquet(), "a.parquet")),
    Defect("too many columns", ("file-too-large",), one(b",".join([b"c"] * 2001) + b"\n1\n")),
    Defect(
        "too many columns in JSON",
        ("file-too-large",),
        one(json.dumps([{f"c{n}": 1 for n in range(2001)}]), "a.json"),
    ),
    Defect(
        "too many files in an archive",
        ("file-too-large",),
        one(archive({f"{n}.csv": "" for n in range(10_001)}), "a.zip"),
    ),
    Defect(
        "a workbook named csv",
        ("file-renamed",),
        one(workbook({"a": [list(ACCOUNT_HEADER), *account_rows()]})),
        cells=READ,
    ),
    Defect("text named xlsx", ("file-renamed",), one(ACCOUNTS, "accounts.xlsx"), cells=READ),
    Defect("text named json", ("file-renamed",), one(ACCOUNTS, "accounts.json"), cells=READ),
    Defect("text without an ending", (), one(ACCOUNTS, "accounts"), cells=READ),
    Defect(
        "Parquet named csv",
        ("file-renamed",),
        one(parquet(pd.DataFrame(account_rows(), columns=list(ACCOUNT_HEADER)))),
        cells=READ,
    ),
    Defect(
        "cp1252",
        ("file-encoding",),
        one(ACCOUNTS.replace("Media", "Médias").encode("cp1252")),
        cells={"Industry": ("Retail", "Médias")},
    ),
    Defect(
        "Mac Roman",
        ("file-encoding",),
        one(ACCOUNTS.replace("Media", "Médias").encode("mac_roman")),
        cells={"Industry": ("Retail", "Médias")},
    ),
    Defect(
        "Cyrillic cp1251",
        ("file-encoding",),
        one(ACCOUNTS.replace("Media", "Торговля").encode("cp1251")),
        cells={"Industry": ("Retail", "Торговля")},
    ),
    Defect(
        "Shift-JIS",
        ("file-encoding",),
        one(ACCOUNTS.replace("Media", "メディア業界").encode("shift_jis")),
        cells={"Industry": ("Retail", "メディア業界")},
    ),
    Defect(
        "an older export below one in UTF-8",
        ("file-encoding",),
        one(older_below(ACCOUNTS.replace("Media", "Médias"), 12)),
        cells={"Industry": ("Retail", "Médias", "Banking", "Energy") * 6},
    ),
    Defect(
        "a delimiter that the first line names",
        (),
        one("sep=^\n" + ACCOUNTS.replace(",", "^")),
        cells=READ,
    ),
    Defect("UTF-16 with mark", ("file-encoding",), one(ACCOUNTS.encode("utf-16")), cells=READ),
    Defect(
        "UTF-16 without mark", ("file-encoding",), one(ACCOUNTS.encode("utf-16-le")), cells=READ
    ),
    Defect("UTF-32", ("file-encoding",), one(ACCOUNTS.encode("utf-32")), cells=READ),
    Defect("UTF-8 with mark", (), one(ACCOUNTS.encode("utf-8-sig")), cells=READ),
    Defect(
        "a few broken bytes in UTF-8",
        (),
        one(ACCOUNTS.replace("Media", "Médias").encode().replace(b"Energy", b"Energ\xff", 1)),
        cells={"Industry": ("Retail", "Médias", "Banking", "Energ\ufffd")},
    ),
    Defect("semicolons", (), one(text(ACCOUNT_HEADER, account_rows(), ";")), cells=READ),
    Defect("tabs", (), one(text(ACCOUNT_HEADER, account_rows(), "\t"), "accounts.tsv"), cells=READ),
    Defect("pipes", (), one(text(ACCOUNT_HEADER, account_rows(), "|")), cells=READ),
    Defect(
        "everything quoted",
        (),
        one('"' + ACCOUNTS.strip().replace(",", '","').replace("\n", '"\n"') + '"'),
        cells=READ,
    ),
    Defect("Windows line ends", (), one(ACCOUNTS.replace("\n", "\r\n")), cells=READ),
    Defect("old Mac line ends", (), one(ACCOUNTS.replace("\n", "\r")), cells=READ),
    Defect(
        "line breaks in cells",
        (),
        accounts("Industry", ["Retail\nand more", "Media, print"]),
        cells={"Industry": ("Retail\nand more", "Media, print")},
    ),
    Defect(
        "a quote that never closes",
        (),
        one(ACCOUNTS.replace("Retail", '"Retail', 1)),
        cells={"Industry": ("Retail", "Media")},
    ),
    Defect(
        "a stray quote",
        (),
        accounts("Industry", ['19" racks']),
        cells={"Industry": ('19" racks', "Media")},
    ),
    Defect("a zero byte", (), one(ACCOUNTS.encode().replace(b"North A", b"North\0 A")), cells=READ),
    Defect("preamble", (), one("Accounts report\nAs of 2024-01-01\n\n" + ACCOUNTS), cells=READ),
    Defect("a Salesforce report's footer", (), one(ACCOUNTS + FOOTER), cells=READ),
    Defect("blank rows between", (), one(ACCOUNTS.replace("acc03", "\n,,,,,\nacc03")), cells=READ),
    Defect("trailing delimiters", (), one(ACCOUNTS.replace("\n", ",,\n")), cells=READ),
    Defect(
        "no header",
        ("header-missing", "nothing-to-study"),
        one("17,2024-01-05,3.5\n18,2024-01-06,4.5\n19,2024-01-07,5\n"),
    ),
    Defect(
        "a row too short and one too long",
        ("rows-ragged",),
        one(ACCOUNTS.replace(",1037\n", "\n").replace(",1074\n", ",1074,more\n")),
        cells={"LTV": ("1000", "", "1074")},
    ),
    Defect(
        "a comma without quotes",
        ("rows-rejoined",),
        one(ACCOUNTS.replace("South B", "South, B")),
        cells={"Account Name": ("North A", "South, B"), "LTV": ("1000", "1037")},
    ),
    Defect(
        "totals between and below",
        ("rows-total",),
        one(ACCOUNTS.replace("acc01", "Subtotal,,,,,1000\nacc01") + "Grand total,,,,,99999\n"),
        cells={"Account ID": IDS},
    ),
    Defect(
        "a header too long to read",
        ("header-too-long",),
        one(ACCOUNTS.replace("Industry", "Industry" + "_" * 400)),
        cells={"Account ID": IDS},
    ),
    Defect(
        "the header once more",
        ("header-repeated",),
        one(ACCOUNTS.replace("acc01", ",".join(ACCOUNT_HEADER) + "\nacc01")),
        cells={"Account ID": IDS},
    ),
    Defect(
        "a header twice",
        ("columns-duplicate",),
        accounts("Employees", [""] * 24, "industry"),
        cells={"Industry": INDUSTRIES},
    ),
    Defect(
        "one row",
        ("table-one-row",),
        one(text(ACCOUNT_HEADER, account_rows(1))),
        cells={"Account ID": IDS[:1]},
    ),
    Defect(
        "a cell of a megabyte",
        ("cells-cut",),
        accounts("Account Name", ["x" * (1 << 20)]),
        cells={"Account Name": ("x" * 65_536,)},
    ),
    Defect(
        "several sheets",
        ("file-sheet-choice",),
        one(
            workbook({"Cover": [["Hello"]], "Data": [list(ACCOUNT_HEADER), *account_rows()]}),
            "accounts.xlsx",
        ),
        cells=READ,
    ),
    Defect(
        "two sheets of records",
        ("file-sheets-several",),
        one(
            workbook(
                {
                    "accounts": [list(ACCOUNT_HEADER), *account_rows()],
                    "former": [list(ACCOUNT_HEADER), *account_rows(30)],
                }
            ),
            "accounts.xlsx",
        ),
        cells=READ,
    ),
    Defect(
        "a header of two lines",
        ("header-two-lines",),
        one(
            workbook(
                {
                    "a": [
                        ["Firm", "Firm", "Firm", "Firm", "Time", "Money"],
                        list(ACCOUNT_HEADER),
                        *account_rows(),
                    ]
                }
            ),
            "accounts.xlsx",
        ),
        cells=READ,
    ),
    Defect(
        "formulas nobody computed",
        ("formulas-without-values", "metrics-all-missing"),
        one(
            workbook(
                {
                    "a": [
                        [*ACCOUNT_HEADER, "Margin"],
                        *[[*row, f"={place}+1"] for place, row in enumerate(account_rows())],
                    ]
                }
            ),
            "accounts.xlsx",
        ),
        cells=READ,
    ),
    Defect(
        "a sheet by name",
        (),
        one(
            workbook(
                {
                    "Old": [list(ACCOUNT_HEADER), *account_rows(30)[::-1]],
                    "New": [list(ACCOUNT_HEADER), *account_rows()],
                }
            ),
            "accounts.xlsx",
        ),
        settings={"sheets": {"accounts": "New"}},
        cells=READ,
    ),
    Defect(
        "a sheet that is not there",
        ("file-sheet-missing",),
        one(workbook({"Data": [list(ACCOUNT_HEADER), *account_rows()]}), "accounts.xlsx"),
        settings={"sheets": {"accounts": "New"}},
        cells=READ,
    ),
    Defect(
        "merged cells",
        (),
        one(
            workbook(
                {"a": [["Accounts 2024"], [], list(ACCOUNT_HEADER), *MERGED]}, ("A1:F1", "C4:C6")
            ),
            "accounts.xlsx",
        ),
        cells={"Account ID": IDS, "Industry": ("Retail", "Retail", "Retail", "Energy")},
    ),
    Defect("an empty workbook", ("file-empty",), one(workbook({"a": []}), "a.xlsx")),
    Defect(
        "an old workbook",
        (),
        one(old_workbook([list(ACCOUNT_HEADER), *account_rows()]), "accounts.xls"),
        cells=READ,
    ),
    Defect(
        "JSON lines",
        (),
        one(
            "\n".join(
                json.dumps(dict(zip(ACCOUNT_HEADER, row, strict=True))) for row in account_rows()
            ),
            "accounts.jsonl",
        ),
        cells=READ,
    ),
    Defect(
        "an archive of two tables",
        (),
        one(archive({"x/accounts.csv": ACCOUNTS, "deals.csv": DEALS}), "all.zip"),
        cells=READ,
    ),
    Defect(
        "an archive in an archive",
        ("file-not-a-table",),
        one(archive({"inner.zip": archive({"accounts.csv": ACCOUNTS})}), "all.zip"),
    ),
)

CEASED = [
    [
        f"o{n}-{month}",
        f"c{n:02}",
        f"{2021 + month // 12}-{month % 12 + 1:02}-{n % 27 + 1:02}",
        str(10 + n + month),
    ]
    for n in range(60)
    for month in range(24 if n % 3 else 9)
]
TWICE = without(DEAL_HEADER, [*deal_rows(), *deal_rows()[:6]], "Deal ID")

UNDERSTANDING: tuple[Defect, ...] = (
    Defect(
        "bands as dates",
        ("values-excel-dates",),
        accounts("Employees", ["10-Jan", "10-Jan", "Nov-50"]),
    ),
    Defect(
        "bands as dates that fit nowhere",
        ("values-excel-dates-lost",),
        accounts("Employees", ["05-Jan", "06-Feb"]),
    ),
    Defect("rounded ids", ("values-rounded",), accounts("Account ID", ["8.1E+09", "8.1E+09"])),
    Defect("columns too narrow", ("values-cut-off",), accounts("LTV", ["##########", "######"])),
    Defect("formula errors", ("values-formula-errors",), accounts("Industry", ["#NAME?", "#REF!"])),
    Defect("words among amounts", ("values-not-numbers",), accounts("LTV", ["soon"])),
    Defect("words among dates", ("values-not-dates",), accounts("Customer Since", ["soon"] * 5)),
    Defect(
        "people fewer than none",
        ("values-impossible",),
        accounts("Employees", ["-50", *(str(20 + 3 * n) for n in range(23))]),
    ),
    Defect(
        "amounts in thousands", ("numbers-scaled",), accounts("LTV", ["1200"], "LTV (in thousands)")
    ),
    Defect(
        "points in threes",
        ("numbers-ambiguous",),
        accounts("LTV", [f"{n + 1}.{100 + 7 * n}" for n in range(24)]),
    ),
    Defect(
        "a sale in years to come", ("dates-ahead",), deals("Close Date", [""] * 3 + ["2088-12-31"])
    ),
    Defect(
        "day and month open",
        ("dates-ambiguous",),
        accounts("Customer Since", [f"0{n % 9 + 1}/02/2022" for n in range(24)]),
    ),
    Defect(
        "two spellings of a level", ("values-merged",), accounts("Industry", ["retail ", "Media"])
    ),
    Defect(
        "two currencies", ("currency-mixed",), deals("Amount", ["$500", "€600", "$700", "€800"])
    ),
    Defect(
        "rows without an id",
        ("id-empty",),
        one(
            text(
                ACCOUNT_HEADER,
                [["", "", *row[2:]] if n == 3 else row for n, row in enumerate(account_rows())],
            )
        ),
    ),
    Defect("an id twice", ("id-duplicate",), accounts("Account ID", ["acc00", "acc00"])),
    Defect(
        "no id column",
        ("id-missing",),
        one(without(ACCOUNT_HEADER, account_rows(), "Account ID", "Account Name")),
    ),
    Defect("a value metric without values", ("metrics-all-missing",), accounts("LTV", [""] * 24)),
    Defect(
        "deals without accounts",
        ("deal-is-account",),
        one(without(DEAL_HEADER, deal_rows(), "Account ID"), "deals.csv"),
    ),
    Defect(
        "deals of unknown accounts", ("join-unmatched",), deals("Account ID", ["acc98", "acc99"])
    ),
    Defect("deals that name no account", ("deals-without-account",), deals("Account ID", ["", ""])),
    Defect(
        "deals without outcome",
        ("outcome-missing",),
        {
            "accounts.csv": ACCOUNTS.encode(),
            "deals.csv": without(DEAL_HEADER, deal_rows(), "Stage").encode(),
        },
    ),
    Defect(
        "a table of nothing",
        ("table-unused",),
        {
            "accounts.csv": ACCOUNTS.encode(),
            "colours.csv": b"colour,shade\nred,dark\nblue,light\ngreen,dark\n",
        },
    ),
    Defect(
        "nothing to study",
        ("nothing-to-study",),
        one("colour,shade\nred,dark\nblue,light\n", "colours.csv"),
    ),
    Defect(
        "an as-of date that is none",
        ("date-not-understood",),
        one(ACCOUNTS),
        settings={"as_of": "soon"},
    ),
    Defect(
        "a role that does not exist",
        ("role-unknown",),
        one(ACCOUNTS),
        settings={"roles": {"accounts": {"Industry": "colour"}}},
    ),
    Defect(
        "a kind for a table that is not there",
        ("table-kind-unknown",),
        one(ACCOUNTS),
        settings={"table_kinds": {"ghost": "deals"}},
    ),
    Defect(
        "a setting for a summary nobody makes",
        ("summary-unknown",),
        one(ACCOUNTS),
        settings={"summaries": {"loudness": True}},
    ),
    Defect(
        "a grouping that does not exist",
        ("settings-no-effect",),
        one(ACCOUNTS),
        settings={"groupings": {"Industry": "colour"}},
    ),
    Defect(
        "a joined account that is gone",
        ("join-chosen-unknown",),
        one(ACCOUNTS),
        settings={"merge_accounts": {"acc01": "gone"}},
    ),
    Defect(
        "a state that may mean they left",
        ("churn-unsure",),
        accounts("Industry", ["Blue", "Green"] * 12, "Customer Status"),
    ),
    Defect(
        "an end date",
        ("churn-by-date",),
        accounts("Employees", ["2023-01-01", "", "2023-02-01"] + [""] * 21, "Churn Date"),
        settings={"as_of": "2023-12-31"},
    ),
    Defect(
        "a churn flag that events contradict",
        ("churn-contradicts",),
        {
            "accounts.csv": text(
                *_changed(
                    ACCOUNT_HEADER, account_rows(), "Employees", ["No", "Yes"] * 12, "Churned"
                )
            ).encode(),
            "churn.csv": b"churn_event_id,account_id,churn_date,reason_code\n1,acc00,2023-03-01,price\n"
            b"2,acc02,2023-04-01,price\n",
        },
    ),
    Defect(
        "stages nobody knows",
        ("outcome-unsure",),
        deals("Stage", ["Blue", "Green"] * 12),
    ),
    Defect(
        "a flag of won deals that says nothing of lost ones",
        ("outcome-one-sided",),
        one(
            text(
                ["Id", "AccountId", "CreatedDate", "Amount", "IsWon"],
                [
                    [f"D{n}", f"acc{n:02}", f"2024-01-{n + 1:02}", str(900 + n), str(n % 2)]
                    for n in range(24)
                ],
            ),
            "opportunities.csv",
        ),
    ),
    Defect(
        "two columns that could both be the outcome",
        ("role-rivals",),
        one(
            text(
                ["Deal ID", "Account ID", "Amount", "Close Date", "Sales says", "Finance says"],
                [
                    [f"D{n}", f"acc{n:02}", str(900 + n), f"2024-01-{n + 1:02}", *said(n)]
                    for n in range(24)
                ],
            ),
            "deals.csv",
        ),
    ),
    Defect("deals deleted in the CRM", ("deals-deleted",), deals("Stage", ["Deleted"])),
    Defect(
        "deals that stand twice",
        ("id-missing", "rows-duplicate"),
        {"accounts.csv": ACCOUNTS.encode(), "deals.csv": TWICE.encode()},
    ),
    Defect(
        "leads without a status",
        ("leads-lost",),
        {
            "leads.csv": text(
                ["lead_id", "account_id", "first_contact_date", "origin"],
                [
                    [f"L{n}", f"acc{n:02}", f"2023-01-{n + 1:02}", ("ads", "mail")[n % 2]]
                    for n in range(20)
                ],
            ).encode(),
            "closed.csv": text(
                ["lead_id", "won_date"], [[f"L{n}", f"2023-02-{n + 1:02}"] for n in range(10)]
            ).encode(),
        },
    ),
    Defect(
        "leads beside their deals, of which some deny a win",
        ("leads-apart", "sale-contradicts"),
        {
            **deals("Stage", ["Closed Won"] * 2 + ["Closed Won", "Closed Lost"] * 11),
            "leads.csv": text(
                ["Lead ID", "Converted opportunity ID", "Account ID", "Lead status"],
                [
                    [f"L{n}", row[0], row[1], "Unqualified" if n == 0 else "Converted"]
                    for n, row in enumerate(deal_rows())
                ],
            ).encode(),
        },
    ),
    Defect(
        "leads and no deals",
        ("leads-stand-in",),
        {
            "leads.csv": text(
                ["Lead ID", "Company", "Lead status"],
                [
                    [f"L{n}", row[1], ("Converted", "Unqualified", "New")[n % 3]]
                    for n, row in enumerate(account_rows())
                ],
            ).encode(),
        },
    ),
    Defect(
        "the steps that deals went through",
        ("rows-not-deals",),
        {
            **deals("Stage", ["Closed Won", "Closed Lost"] * 12),
            "steps.csv": text(
                ["Deal ID", "Stage", "Entered"],
                [
                    [row[0], stage, f"2023-0{place + 1}-01"]
                    for row in deal_rows()
                    for place, stage in enumerate(("Discovery", "Proposal", "Closed Won"))
                ],
            ).encode(),
        },
    ),
    Defect(
        "two exports of one table",
        ("tables-one-in-time",),
        {"accounts_2024.csv": ACCOUNTS.encode(), "accounts_2025.csv": ACCOUNTS.encode()},
    ),
    Defect(
        "deals in two files of a month each",
        ("tables-joined",),
        {
            "accounts.csv": ACCOUNTS.encode(),
            "deals 2025-01.csv": DEALS.encode(),
            "deals 2025-02.csv": DEALS.replace("\nd", "\ne").encode(),
        },
    ),
    Defect(
        "order lines that know their order only",
        ("table-through",),
        {
            "customers.csv": ACCOUNTS.encode(),
            "orders.csv": (
                "Order ID,Account ID,Order Date\n"
                + "".join(
                    f"O{n:03d},{account_rows()[n % 24][0]},2025-03-{1 + n % 28:02d}\n"
                    for n in range(48)
                )
            ).encode(),
            "order_lines.csv": (
                "Order ID,SKU,Quantity,Unit Price\n"
                + "".join(f"O{n % 48:03d},P{n % 5},{1 + n % 3},{20 + n % 7}\n" for n in range(96))
            ).encode(),
        },
    ),
    Defect(
        "a table that names accounts and says nothing that is understood",
        ("table-unread",),
        {
            "accounts.csv": ACCOUNTS.encode(),
            "marks.csv": (
                "Account ID,shade\n"
                + "".join(
                    f"{row[0]},{('dark', 'light')[n % 2]}\n" for n, row in enumerate(account_rows())
                )
            ).encode(),
        },
    ),
    Defect(
        "a table that explains products",
        ("table-lookup",),
        {
            "accounts.csv": ACCOUNTS.encode(),
            "deals.csv": text(
                [*DEAL_HEADER, "Product"],
                [[*row, ("Basic", "Pro")[n % 2]] for n, row in enumerate(deal_rows())],
            ).encode(),
            "products.csv": b"product,series\nBasic,A\nPro,B\n",
        },
    ),
    Defect(
        "orders that name no account",
        ("rows-without-account",),
        {
            "accounts.csv": ACCOUNTS.encode(),
            "orders.csv": text(
                ["Order ID", "Account ID", "Order Date", "Amount"],
                [
                    [
                        f"o{n}",
                        "" if n == 5 else f"acc{n % 24:02}",
                        f"2023-{n % 12 + 1:02}-{n % 27 + 1:02}",
                        str(10 + n),
                    ]
                    for n in range(72)
                ],
            ).encode(),
        },
    ),
    Defect(
        "invoices that were cancelled",
        ("rows-uncounted",),
        {
            "accounts.csv": ACCOUNTS.encode(),
            "invoices.csv": text(
                ["Invoice ID", "Account ID", "Invoice Date", "Due Date", "Amount", "Status"],
                [
                    [
                        f"i{n}",
                        f"acc{n % 24:02}",
                        "2023-01-05",
                        "2023-02-05",
                        str(10 + n),
                        "Void" if n == 5 else "Paid",
                    ]
                    for n in range(72)
                ],
            ).encode(),
        },
    ),
    Defect(
        "an id that only its values give away",
        ("role-unsure",),
        one(without(ACCOUNT_HEADER, account_rows(), "Account Name").replace("Account ID", "Ref")),
    ),
    Defect(
        "orders that ceased",
        ("churn-estimated",),
        one(text(["Order ID", "Customer ID", "Order Date", "Amount"], CEASED), "orders.csv"),
    ),
    Defect(
        "a setting for an absent column",
        ("column-unknown",),
        one(ACCOUNTS),
        settings={"date_formats": {"Born": "day_first"}},
    ),
)

DEFECTS = (*READING, *UNDERSTANDING)
