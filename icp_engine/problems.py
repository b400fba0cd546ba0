"""The catalogue of input problems: every fault a file can have, as data.

Comes in: a code, a place and facts. Goes out: a `Problem` whose message says what was found and
whose advice says what to do. Separate because documentation, tests, the shell and the pages all
read the same catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from icp_engine.wording.numbers import count

Severity = Literal["stop", "warn", "note"]
LONGEST_NAME = 200  # signs of a header in a sentence


@dataclass(frozen=True)
class Problem:
    """One fault of the input: what, where, and what to do about it.

    `rows` are file row numbers as a spreadsheet shows them (the header is row 1), at most the first
    twenty.
    """

    code: str
    severity: Severity
    table: str
    column: str
    rows: tuple[int, ...]
    message: str
    advice: str

    def __str__(self) -> str:
        place = " / ".join(shortened(part) for part in (self.table, self.column) if part)
        return f"{self.severity} {self.code} [{place or 'study'}] {self.message} {self.advice}"


@dataclass(frozen=True)
class Entry:
    """A kind of problem: its severity and the templates of its message and advice."""

    severity: Severity
    title: str
    message: str
    advice: str


class InputRefused(ValueError):  # noqa: N818 - the name is part of the public contract
    """A result cannot be computed from this input; `problems` says why and what to do."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


CATALOGUE: dict[str, Entry] = {}


def register(code: str, severity: Severity, title: str, message: str, advice: str) -> None:
    """Add one kind of problem; a code is used once."""
    if code in CATALOGUE:
        raise ValueError(f"problem code {code} is in the catalogue already")
    CATALOGUE[code] = Entry(severity, title, message, advice)


def shortened(name: str) -> str:
    """A table's or column's name as a sentence shows it."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def make_problem(
    code: str, *, table: str = "", column: str = "", rows: Sequence[int] = (), **facts: object
) -> Problem:
    """Fill the catalogue's templates for `code` with `facts` (plus `table` and `column`)."""
    entry = CATALOGUE[code]
    names = {
        "table": table,
        "column": shortened(column),
        **{name: _worded(fact) for name, fact in facts.items()},
    }
    return Problem(
        code,
        entry.severity,
        table,
        column,
        tuple(int(row) for row in rows[:20]),
        (_of_one(entry.message) if facts.get("count") == 1 else entry.message).format(**names),
        entry.advice.format(**names),
    )


def _of_one(message: str) -> str:
    """A template that begins with “{count} rows” as it reads for one; what stands after “{total}”
    stays plural.
    """
    if not message.startswith("{count} "):
        return message
    return _PLURAL.sub(lambda found: _OF_ONE[found[1]], _COUNTED.sub(r"\1\2", message))


_OF_ONE = {
    "have": "has",
    "were": "was",
    "are": "is",
    "repeat": "repeats",
    "equal": "equals",
    "name": "names",
    "differ": "differs",
    "add": "adds",
    "look": "looks",
    "They": "It",
    "they": "it",
    "hold": "holds",
    "count": "counts",
}
_COUNTED = re.compile(r"^(\{count\} )(row|deal|value|account|lead|cell)s\b")
_PLURAL = re.compile(r"(?<!\{)\b(" + "|".join(_OF_ONE) + r")\b")


def _worded(fact: object) -> object:
    """Whole numbers with thousands separated, everything else as it is."""
    return count(fact) if isinstance(fact, int) and not isinstance(fact, bool) else fact


def has_stop(problems: Iterable[Problem]) -> bool:
    """Whether any problem forbids going on."""
    return any(problem.severity == "stop" for problem in problems)


# Reading a file
register(
    "file-empty",
    "stop",
    "Empty file",
    "“{table}” holds no data.",
    "Export it again and check that it has rows.",
)
register(
    "file-header-only",
    "stop",
    "Header only",
    "“{table}” has a header and no rows.",
    "Export it again without the filter that left no rows.",
)
register(
    "file-not-a-table",
    "stop",
    "Not a table",
    "“{table}” is {found}, not a table.",
    "Upload a CSV or XLSX export.",
)
register(
    "file-unreadable",
    "stop",
    "File cannot be read",
    "“{table}” could not be read: {found}.",
    "Open it in a spreadsheet and save it as CSV (UTF-8) or XLSX.",
)
register(
    "file-too-large",
    "stop",
    "File too large",
    "“{table}” asks for {found}; the limit is {limit}.",
    "Export fewer columns or rows, or split the file.",
)
register(
    "file-renamed",
    "note",
    "File named wrongly",
    "“{table}” is named {named} but holds {found}; read as {found}.",
    "Nothing to do.",
)
register(
    "file-encoding",
    "note",
    "Encoding guessed",
    "“{table}” is not UTF-8; read as {found}.",
    "If names look wrong, save the file as UTF-8.",
)
register(
    "file-sheet-choice",
    "note",
    "Sheet chosen",
    "“{table}” has {count} sheets; “{found}” was read, not “{others}”.",
    "Choose the sheet on the start page when the file is loaded, or by the setting “sheets”.",
)
register(
    "file-sheets-several",
    "note",
    "Several sheets of records",
    "{count} sheets of “{table}” hold records; each is a table: “{found}”. The largest bears the file's name.",
    "To read only one of them, choose it on the start page when the file is loaded, or by the setting “sheets”.",
)
register(
    "file-sheet-missing",
    "warn",
    "Sheet not found",
    "“{table}” has no sheet “{found}”; it has “{others}”. What holds records was read.",
    "Correct the sheet's name in the settings.",
)
register(
    "file-missing",
    "stop",
    "File not found",
    "“{table}” cannot be opened: {found}.",
    "Check the path.",
)
register(
    "rows-ragged",
    "warn",
    "Rows with too many or too few cells",
    "{count} rows of “{table}” have another number of cells than the header.",
    "Extra cells were dropped and missing ones left empty; quote values that hold the delimiter.",
)
register(
    "rows-rejoined",
    "note",
    "A delimiter inside a cell",
    "{count} rows of “{table}” hold the delimiter inside a cell without quotes. They were put together again: "
    "a piece that begins with a blank belongs to the cell before it.",
    "Nothing to do; with quotes around such cells there is nothing to guess.",
)
register(
    "rows-total",
    "note",
    "Rows of totals",
    "{count} rows of “{table}” add up others (“Total”, “Subtotal”) and were left out.",
    "Nothing to do; export without totals to be sure.",
)
register(
    "header-too-long",
    "note",
    "Header too long to read",
    "A header of “{table}” has {signs} signs, more than the {limit} that are read: “{found}…”.",
    "Its column keeps the whole name and is judged by its values; say in Data → Columns what it holds.",
)
register(
    "cells-cut",
    "warn",
    "Cells cut",
    "“{column}” of “{table}” holds texts of more than {limit} signs, cut there: {count} in all.",
    "Nothing to do where nobody reads them to the end; check the export if a quote may be missing.",
)
register(
    "header-repeated",
    "note",
    "The header again",
    "{count} rows of “{table}” repeat the header and were left out.",
    "Nothing to do.",
)
register(
    "columns-duplicate",
    "warn",
    "Header used twice",
    "The header “{column}” stands {count} times in “{table}”.",
    "The first non-empty value of each row is used; rename one of them if they differ.",
)
register(
    "table-one-row",
    "warn",
    "One row",
    "“{table}” has one row.",
    "Nothing can be compared with one row; export all of them.",
)

# Understanding columns
register(
    "values-not-numbers",
    "warn",
    "Values that are not numbers",
    "{count} of {total} values in “{column}” are not {expected} (“{examples}”). They are left empty.",
    "Fix them in the file, or name them as missing on the Data page, under Values.",
)
register(
    "values-not-dates",
    "warn",
    "Values that are not dates",
    "{count} of {total} values in “{column}” are not dates (“{examples}”). They are left empty.",
    "Fix them in the file, or name them as missing on the Data page, under Values.",
)
register(
    "values-impossible",
    "warn",
    "Values that cannot be",
    "{count} values in “{column}” are {found} (“{examples}”). Nothing was changed.",
    "Correct them in the file, or name them as missing on the Data page, under Values.",
)
register(
    "numbers-ambiguous",
    "warn",
    "Numbers that can be read two ways",
    "“{example}” in “{column}” can be {first} or {second}; {first} was assumed{because}.",
    "If that is wrong, write the numbers without signs between thousands and upload the file again.",
)
register(
    "numbers-scaled",
    "note",
    "Numbers in the unit of the header",
    "“{column}” was read as its header says: 1 is {factor}.",
    "Nothing to do; rename the column if that is wrong.",
)
register(
    "dates-ahead",
    "warn",
    "Dates after the day the data speak for",
    "{count} values in “{column}” are later than {found}, the day the data speak for (“{examples}”).",
    "Correct the dates, or set the day on the Data page if the data are newer.",
)
register(
    "values-excel-dates",
    "note",
    "Bands that a spreadsheet turned into dates",
    "{count} values in “{column}” were bands before a spreadsheet made dates of them (“{examples}”); they were read "
    "back.",
    "Nothing to do; export from the CRM without opening the file in a spreadsheet to avoid it.",
)
register(
    "values-excel-dates-lost",
    "warn",
    "Bands lost to dates",
    "{count} values in “{column}” look like bands that a spreadsheet turned into dates (“{examples}”), and no band of "
    "the column fits. They are left empty.",
    "Export from the CRM again and upload the file without opening it in a spreadsheet.",
)
register(
    "values-rounded",
    "warn",
    "Numbers that lost digits",
    "{count} values in “{column}” were shortened by a spreadsheet (“{examples}”), so that digits got lost. They are "
    "left empty.",
    "Export from the CRM again and upload the file without opening it in a spreadsheet.",
)
register(
    "values-cut-off",
    "warn",
    "Cells shown as signs",
    "{count} cells of “{column}” hold “{examples}”: the column was too narrow when it was saved. They are left empty.",
    "Widen the column in the spreadsheet and save it again.",
)
register(
    "values-formula-errors",
    "warn",
    "Formula errors",
    "{count} cells of “{column}” hold a formula's error (“{examples}”). They are left empty.",
    "Correct the formula, or export from the CRM again.",
)
register(
    "dates-ambiguous",
    "warn",
    "Day and month ambiguous",
    "Every date in “{column}” can be read as day-month or month-day; {found} was assumed.",
    "Set the date format on the Data page if that is wrong.",
)
register(
    "values-merged",
    "note",
    "Spelling variants",
    "{count} values of “{column}” differ only in case, spaces or punctuation and were read as one ({examples}).",
    "Nothing to do; split them in the file if they differ.",
)
register(
    "currency-mixed",
    "warn",
    "Several currencies",
    "“{column}” holds amounts in {found} and no rate says what they are worth.",
    "Give the rates on the Data page; until then the column is left out of the value metrics, or, where only one row "
    "in a hundred is affected, those rows.",
)
register(
    "list-currency-unknown",
    "warn",
    "Currency of a list without a rate",
    "{count} of {total} rows hold “{column}” in {found}, and no rate says what that is worth. They count as unknown.",
    "Give the rates on the Data page; the list is then converted as the accounts are.",
)
register(
    "role-unsure",
    "note",
    "Role unsure",
    "“{column}” was read as {found}, with little to go by.",
    "Set its role on the Data page if that is wrong.",
)
register(
    "table-kind-unknown",
    "warn",
    "Kind of a table without effect",
    "“{table}” cannot be taken for “{found}”: there is no such table, or no such kind.",
    "Name a table of the study and one of: {allowed}.",
)
register(
    "role-unknown",
    "stop",
    "Unknown role",
    "“{found}” is not a role (given for “{column}”).",
    "Use one of: {allowed}.",
)
register(
    "column-unknown",
    "warn",
    "Column not found",
    "The settings name “{column}”, which “{table}” does not have.",
    "The setting is kept for a later file and has no effect now.",
)

# Putting tables together
register(
    "id-missing",
    "warn",
    "No id column",
    "“{table}” has no column that names the {found}.",
    "Rows are numbered instead; add an id column so that tables can be joined.",
)
register(
    "id-duplicate",
    "warn",
    "Duplicate ids",
    "{count} rows of “{table}” repeat an id of an earlier row. They were merged: {rule}.",
    "Remove the duplicates in the CRM if that is wrong.",
)
register(
    "id-empty",
    "warn",
    "Rows without an id",
    "{count} rows of “{table}” have no id and were left out.",
    "Fill in the id, or remove the rows.",
)
register(
    "deal-is-account",
    "note",
    "A deal counts as an account",
    "“{table}” names no account, so each deal counts as an account of its own.",
    "Add the account's id or name to the export to keep repeat customers together.",
)
register(
    "join-unmatched",
    "warn",
    "Rows without an account",
    "{count} of {total} rows of “{table}” name an account that no accounts table holds.",
    "They were added as accounts without attributes; check the ids or names.",
)
register(
    "tables-joined",
    "note",
    "One table in several files",
    "{parts} files hold the same columns and are read as one table, “{table}”: {found}{again}.",
    "If they are different tables, rename a column in one of them and load them again.",
)
register(
    "tables-one-in-time",
    "note",
    "Two exports of one table",
    "“{table}” is read as an older export of “{found}”{days}: where both tell something of an account, “{found}” "
    "is believed; “{table}” fills gaps and tells how headcounts grew.",
    "If they are two different tables, say so: then neither is older, and no growth is computed.",
)
register(
    "table-lookup",
    "note",
    "Table joined to deals",
    "“{table}” says more about “{column}” of the deals: it knows {found} of its values.",
    "Its columns can narrow the scope; give one the role of an attribute to compare by it.",
)
register(
    "summary-unknown",
    "note",
    "Summary not found",
    "The settings name the summary “{found}”, which no table gives.",
    "The setting is kept for a later file and has no effect now.",
)
register(
    "churn-estimated",
    "note",
    "Churn is an estimate",
    "Nothing records who left, so {count} of {total} customers count as left because they fell silent: {rule}.",
    "Confirm it on the Data page, switch it off there, or add a column that says who left.",
)
register(
    "join-chosen-unknown",
    "note",
    "Joined account not found",
    "The settings join “{found}” to “{into}”, which is no account here.",
    "The setting is kept for a later file and has no effect now.",
)
register(
    "table-unused",
    "note",
    "Table not used",
    "“{table}” could not be joined to accounts or deals.",
    "Add an account id to it, or set the role of the column that holds it.",
)
register(
    "table-through",
    "note",
    "Joined through another table",
    "“{table}” names no account; its rows find it through “{column}”, which “{found}” knows ({share} of the values).",
    "If that is wrong, set the role of the column that holds the account.",
)
register(
    "table-unread",
    "note",
    "Joined, but not used",
    "“{table}” names its account under “{column}” ({share} of the rows found one), but what its rows are could not "
    "be told.",
    "Set the roles of its columns: an amount and a day, a value, or an attribute.",
)
register(
    "nothing-to-study",
    "stop",
    "Nothing to study",
    "No table holds accounts, deals or transactions.",
    "Upload at least one export of accounts, of deals, or of orders.",
)
register(
    "outcome-missing",
    "note",
    "No outcome",
    "No column says which deals were won or lost.",
    "Add the stage or status to the deals export to test the profile on deals.",
)

# Value
register(
    "metrics-missing",
    "warn",
    "No value metric",
    "No column and no won deal says what a customer is worth, so “best” means “won”.",
    "Add revenue, lifetime value or deal amounts to find the best customers.",
)
register(
    "metrics-all-missing",
    "warn",
    "Value metric empty",
    "Every value of “{column}” is empty.",
    "Fill it in the CRM, or leave it out of the export.",
)
register(
    "customers-none",
    "stop",
    "No customers",
    "No account counts as a customer.",
    "A customer has a won deal, a customer-since date, revenue, or the type “customer”; check the roles.",
)
register(
    "settings-no-effect",
    "warn",
    "Setting without effect",
    "{found}",
    "Change the setting, or the data.",
)

# Shell
register(
    "question-open",
    "stop",
    "A grave question is open",
    "{found}",
    "Put one of its answers into the settings, or leave --strict away.",
)
register("usage", "stop", "Command not understood", "{found}.", "See icp --help.")
register(
    "settings-unreadable",
    "stop",
    "Settings cannot be used",
    "“{table}” {found}.",
    "Correct it; the settings are listed in icp_engine/settings.py.",
)
register(
    "rubric-unreadable",
    "stop",
    "Rubric cannot be used",
    "“{table}” {found}.",
    "Use the rubric.json that icp define wrote.",
)
register(
    "rubric-column-missing",
    "warn",
    "Column of the rubric missing",
    "“{table}” has no column “{column}”, which the rubric reads; it counts as unknown for every row.",
    "Add the column, or rename the one that holds it.",
)
register(
    "rubric-columns-none",
    "stop",
    "No column of the rubric",
    "“{table}” has none of the columns that the rubric reads ({found}), so nothing can be tested.",
    "Give the accounts too: icp validate --rubric rubric.json DEALS ACCOUNTS.",
)
register(
    "output-unwritable",
    "stop",
    "Output cannot be written",
    "“{table}” cannot be written: {found}.",
    "Choose another place with --out.",
)
register(
    "app-missing",
    "stop",
    "App not found",
    "The app's files are not beside the engine ({found}).",
    "Run icp app from a clone of the project.",
)

# A list given to validate a rubric
register(
    "deals-none-closed",
    "stop",
    "No closed deals",
    "“{table}” holds no deals that were won or lost.",
    "Add the stage or status column to the export, and deals that are closed.",
)

# Deals, leads and events put together
register(
    "rows-duplicate",
    "warn",
    "Rows that stand twice",
    "{count} rows of “{table}” equal an earlier row in every column and were left out: more than chance explains.",
    "Add the deal's id to the export if they are deals of their own.",
)
register(
    "deals-without-account",
    "note",
    "Deals without an account",
    "{count} of {total} deals of “{table}” name no account; each that was won or lost counts as an account of its own.",
    "Fill in the account in the CRM to keep repeat customers together.",
)
register(
    "deals-deleted",
    "note",
    "Deleted deals",
    "{count} deals of “{table}” were deleted in the CRM and were left out.",
    "Restore them in the CRM if they should count.",
)
register(
    "churn-unsure",
    "note",
    "Who has left?",
    "Nothing says whether these values of “{column}” mean that a customer has left: {found}.",
    "Say so on the Data page, under Values; until then they count as unknown.",
)
register(
    "churn-by-date",
    "note",
    "Left by date",
    "{count} accounts whose “{column}” lies before {found} count as churned.",
    "If contracts renew by themselves, set the role of the column to “ignore”.",
)
register(
    "outcome-unsure",
    "note",
    "Which stage is won?",
    "No value of “{column}” says won or lost in words the workbench knows: {found}.",
    "Say which of them are won and which are lost on the Data page, under Values.",
)
register(
    "outcome-one-sided",
    "warn",
    "Lost or still open?",
    "“{column}” says which deals were won; no column tells which of the {count} others are lost and which still open.",
    "Add the stage or the closed flag to the export, or say under Values that “no” is lost; until then they are open.",
)
register(
    "role-rivals",
    "warn",
    "More than one column could be it",
    "“{column}” was taken for the {found}; it could as well be {others}.",
    "Set the role of the right column on the Data page.",
)
register(
    "leads-lost",
    "note",
    "Leads without a win",
    "{count} leads are not in “{table}” and no column gives their status. They were read as not won.",
    "Add the leads' status if some of them are still open.",
)
register(
    "leads-apart",
    "note",
    "Leads beside the deals",
    "“{table}” holds {total} leads: {count} became deals{found}. Who won is what the deals' own stage says.",
    "Nothing to do; to count them as deals, give the column that says who won the role “won”.",
)
register(
    "leads-stand-in",
    "note",
    "Leads in place of deals",
    "No table holds opportunities, so the leads of “{table}” stand in for deals.",
    "Add the export of opportunities: what became of a lead after it was converted is not known here.",
)
register(
    "rows-not-deals",
    "note",
    "Not counted as deals",
    "“{table}” is not counted with the deals: {found}.",
    "Nothing to do; if its rows are deals, give the column that says who won the role “won”.",
)
register(
    "sale-contradicts",
    "warn",
    "Two tables disagree on a sale",
    "“{table}” says otherwise than the deals for {count} of {total} they share: {found}.",
    "The deals' own stage was used; correct whichever is wrong in the CRM.",
)
register(
    "churn-contradicts",
    "warn",
    "Churn contradicts itself",
    "“{column}” in “{table}” differs from the subscriptions and churn events for {count} of {total} accounts.",
    "The events were used; correct the column, or set its role to “churned” to use it instead.",
)
register(
    "rows-without-account",
    "note",
    "Rows that name no account",
    "{count} rows of “{table}” name no account and were left out.",
    "Fill in the account's id.",
)
register(
    "rows-uncounted",
    "note",
    "Cancelled rows",
    "{count} rows of “{table}” are cancelled, void, refunded or drafts by “{column}”: {found}. They do not count.",
    "Count them all the same if they were paid.",
)
register(
    "date-not-understood",
    "stop",
    "Date not understood",
    "“{found}” ({setting}) is not a date.",
    "Write it as 2026-09-30; years from 1900 to 2189 can be read.",
)

# Reading, further
register(
    "header-missing",
    "warn",
    "No header",
    "The first row of “{table}” looks like data, so its columns are numbered.",
    "Add a header row that names the columns.",
)
register(
    "header-two-lines",
    "note",
    "A header of two lines",
    "The header of “{table}” stands in two lines, which were put together: “{found}”.",
    "Nothing to do where the names are right; else write each name into one cell.",
)
register(
    "formulas-without-values",
    "warn",
    "Formulas without values",
    "{count} cells of “{column}” in “{table}” hold formulas whose value was never stored. "
    "They count as empty, not as 0.",
    "Open the file in a spreadsheet, let it calculate, save it, and load it again.",
)
register(
    "people-left-out",
    "note",
    "People left out",
    "{found} of “{table}” name people and were left out before anything was stored.",
    "Nothing to do; load the file again without that choice if they are needed.",
)

# A database the operator configured
register(
    "source-settings",
    "stop",
    "Source cannot be used",
    "“{table}” {found}.",
    "Whoever runs the workbench corrects the file that ICP_SOURCES names; docs/databases.md shows one.",
)
register(
    "source-driver-missing",
    "stop",
    "Driver not installed",
    "“{source}” is a {found} database, and its driver is not installed.",
    "Whoever runs the workbench adds it: pip install “icp-workbench[databases]”.",
)
register(
    "source-unknown",
    "stop",
    "Source not configured",
    "“{table}” names no table of a configured source; configured are: {found}.",
    "Write source:table; whoever runs the workbench lists sources in the file that ICP_SOURCES names.",
)
register(
    "source-unreachable",
    "stop",
    "Database not reached",
    "The database “{source}” cannot be opened: {found}.",
    "Try again later, or ask whoever runs the workbench to check its address and user.",
)
register(
    "source-table-missing",
    "stop",
    "Table not found",
    "“{source}” offers no table “{table}”.",
    "List its tables again; it may have been renamed, or not be offered by whoever runs the workbench.",
)
register(
    "source-no-permission",
    "stop",
    "Table may not be read",
    "The workbench's user may not read “{table}” in “{source}”.",
    "Ask whoever runs the database to grant SELECT on it.",
)
register(
    "source-slow",
    "stop",
    "Table not read in time",
    "“{table}” was not read within {seconds} seconds; {count} of its rows ({total} in all) had come by then.",
    "Ask for more seconds, or for a table that holds the view's result.",
)
register(
    "source-failed",
    "stop",
    "Database failed",
    "“{source}” could not give “{table}”: {found}.",
    "If it is a view, whoever runs the database can check that it still works.",
)
register(
    "source-rows-cut",
    "warn",
    "Rows beyond the limit",
    "{count} rows of “{table}” were read of {total}: the limit set for this database.",
    "Ask for a higher limit, or for a view of what matters, such as the last three years: what was read is no random "
    "part.",
)
register(
    "source-columns-left-out",
    "note",
    "Binary columns left out",
    "{count} columns of “{table}” hold pictures or other binary data and were left out: “{found}”.",
    "Nothing to do.",
)
