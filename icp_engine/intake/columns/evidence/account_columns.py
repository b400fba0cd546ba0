"""Columns of an accounts table that their values give away where no header does: who left, and when.

Comes in: a table's sample, rules, words of headers, and roles by header. Goes out: roles, each with
its reason. Separate because a word such as “cancelled” tells who left only beside those that stay.
"""

from __future__ import annotations

import re

from icp_engine.intake.columns import outcomes
from icp_engine.intake.columns.evidence.deal_columns import SURE, UNSURE, Deals
from icp_engine.intake.columns.evidence.outcome_words import customer_side
from icp_engine.intake.columns.role import Role
from icp_engine.types import Series

LEAVING = re.compile(
    r"\b(churn\w*|attrit\w*|cancel\w*|left|leaving|exit\w*|terminat\w*|unsubscri\w*|lost|gekundigt|kundig\w*|abgewandert"
    r"|abgang\w*|austritt\w*|resili\w*|depart|desabonn\w*|baja|abandon\w*|cancelad[oa]|cancelamento|saida|desist\w*|disdett\w*"
    r"|recess\w*|cessat\w*|opgezegd|opzeg\w*|vertrek\w*|rezygnac\w*|wypowiedz\w*|odejsc\w*|vypoved\w*|odchod\w*|lemond\w*"
    r"|felmond\w*|reziliat\w*|reziliere|uppsag\w*|uppsagd|opsag\w*|opsagt|oppsag\w*|oppsagt|irtisan\w*|отток\w*|расторж\w*"
    r"|расторгнут\w*|ушел|iptal\w*|ayril\w*)\b|解約|退会|離脱|流失|退订|이탈|해지"
)
NOT_THAT = re.compile(
    r"\b(reason|grund|motiv\w*|motif|risk|score|probab\w*|naive|bayes|model|predict\w*)\b"
)
NO_NAME = re.compile(
    r"\b(address|adress\w*|street|strasse|city|stadt|ville|ciudad|zip|plz|postal|url|link|web\w*|domain|mail|phone|notes?"
    r"|comments?|description\w*|beschreibung|text|summary|remarks?|contact|ansprechpartner|owner|person|date|tags?)\b"
)
LETTERS = re.compile(r"[^\W\d_]{2}")
LEAST_NAMES, OWN_NAME, LONGEST_NAME = 10, 0.9, 60
LEAST_TOLD = 0.9  # share of values that must say left or staying under a header that says neither
MOST_LEFT = 0.9  # share of customers with a day of leaving from which it is said of everybody


def fill_account_roles(table: Deals) -> None:
    """What accounts are called, who left and when, where no header said it."""
    if not table.has("account_name"):
        _name_the_accounts(table)
    elif not table.has("account_id"):
        _tell_code_from_name(table)
    if not table.has("churned"):
        _name_who_left(table)
    if not table.has("churn_date"):
        _name_the_day(table)


def _name_the_accounts(table: Deals) -> None:
    """The first column of short texts of which nearly every row has its own."""
    for header in table.open_to("category", "text"):
        values = table.frame[header].dropna().astype("str")
        if table.roles[header] != "attribute" or NO_NAME.search(table.words[header]):
            continue
        if len(values) >= LEAST_NAMES and _are_names(values, len(table.frame)):
            table.roles[header] = Role(
                "account_name", UNSURE, "nearly every row has a name of its own"
            )
            return


def _tell_code_from_name(table: Deals) -> None:
    """“Customer” with codes is the account's number where another column holds the names."""
    code = table.header("account_name")
    if code is None or table.roles[code].given or table.rules[code].type != "id":
        return
    _name_the_accounts(table)
    if any(role == "account_name" for name, role in table.roles.items() if name != code):
        table.roles[code] = Role("account_id", SURE, "a code in every row, beside the names")


def _are_names(values: Series, rows: int) -> bool:
    """Whether texts are names: there in nearly every row, hardly ever twice, short, with letters."""
    filled, own = len(values) >= OWN_NAME * rows, values.nunique() >= OWN_NAME * len(values)
    short = values.str.len().between(2, LONGEST_NAME).mean() >= OWN_NAME
    return bool(
        filled and own and short and values.str.contains(LETTERS.pattern).mean() >= OWN_NAME
    )


def _name_who_left(table: Deals) -> None:
    for header in table.open_to("category", "boolean", "text"):
        words, filled = table.words[header], table.frame[header].dropna()
        if NOT_THAT.search(words) or not len(filled):
            continue
        if LEAVING.search(words) and outcomes.says_churn(filled):
            table.roles[header] = Role("churned", SURE, "its header and values say who left")
            return
        if _says_who_left(filled):
            table.roles[header] = Role("churned", UNSURE, "its values say who left and who stays")
            return


def _says_who_left(values: Series) -> bool:
    """Whether nearly all values say in words that somebody left or stays, and both are said."""
    if values.nunique() > outcomes.CODES_MAX or outcomes.is_yes_no(values):
        return False
    sides = outcomes.label_values(values, customer_side).dropna()
    return len(sides) >= LEAST_TOLD * len(values) and {"left", "stays"} <= set(sides)


def _name_the_day(table: Deals) -> None:
    """A day under a header of leaving, filled for a part of the accounts only."""
    for header in table.open_to("date"):
        filled = float(table.frame[header].notna().mean())
        if LEAVING.search(table.words[header]) and 0 < filled < MOST_LEFT:
            table.roles[header] = Role("churn_date", SURE, "a day that only those have who left")
            return
