"""Which columns may describe an account, and which are withheld and why.

Comes in: `Customers`, outcomes of derivation deals, settings. Goes out: `AttributeSet`. Separate
because a leak that gets past here would make every later number a lie.
"""

from __future__ import annotations

from icp_engine.attributes.checks import Evidence, check_column
from icp_engine.attributes.model import Attribute, AttributeSet, Measure, Withheld
from icp_engine.customers.model import Customers
from icp_engine.intake.columns.role import Column
from icp_engine.settings import Settings
from icp_engine.types import Frame, Index

MEASURES: dict[str, Measure] = {
    "number": "number",
    "money": "number",
    "percent": "number",
    "range": "ordered",
    "boolean": "boolean",
    "tags": "tags",
    "category": "category",
}
UNITS = {"money": "$", "percent": "%"}


def find_attributes(
    customers: Customers, rows: Index, outcomes: Frame, settings: Settings
) -> AttributeSet:
    """Sort every candidate column into attributes and withheld ones.

    `rows`: derivation accounts. `outcomes`: by account_id, won and lost shares of derivation deals.
    """
    evidence = Evidence.collect(customers, rows, outcomes)
    attributes: list[Attribute] = []
    withheld: list[Withheld] = []
    for name, column in candidates(customers).items():
        reason = check_column(name, column, evidence, settings)
        if reason is None or (reason.can_allow and name in settings.allow):
            if column.type in MEASURES:
                attributes.append(as_attribute(name, column, settings))
        else:
            withheld.append(reason)
    return AttributeSet(tuple(attributes), tuple(withheld))


def candidates(customers: Customers) -> dict[str, Column]:
    """Columns that describe an account: attributes, and those known only afterwards and scores of other
    tools (withheld, but named).
    """
    roles = ("attribute", "known_after", "existing_score", "lead_source")
    return {
        name: column
        for name, column in customers.columns.items()
        if column.role in roles and name in customers.accounts
    }


def as_attribute(name: str, column: Column, settings: Settings) -> Attribute:
    """The attribute a column makes."""
    kind = (
        settings.attribute_kinds.get(name)
        or column.role.kind
        or ("buying" if column.role == "lead_source" else "firmographic")
    )
    measure = MEASURES[column.type]
    levels = column.rule.levels if measure == "ordered" else ()
    return Attribute(name, kind, measure, levels, column.rule, UNITS.get(column.type, ""))
