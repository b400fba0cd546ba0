"""What was understood of the files: accounts, deals, who is a customer.

Comes in: raw tables and settings. Goes out: the results every later stage starts from. Separate
because nothing here knows of a hold-out: these stages describe, they derive nothing.
"""

from __future__ import annotations

import pandas as pd

from icp_engine.customers.find import describe_accounts, find_everyone
from icp_engine.customers.model import Customers
from icp_engine.customers.who import Membership
from icp_engine.customers.worth import known_worth
from icp_engine.facts.ask import find_questions
from icp_engine.facts.doubt import with_doubts
from icp_engine.facts.find import find_facts
from icp_engine.facts.lines import find_lines
from icp_engine.facts.model import Facts, Line, Question
from icp_engine.facts.open_points import Seen
from icp_engine.intake.advice.health import Health, measure_health
from icp_engine.intake.advice.proposals import propose
from icp_engine.intake.build import understand
from icp_engine.intake.columns.distribution import Distribution, find_distributions
from icp_engine.intake.columns.given_roles import tell_days
from icp_engine.intake.columns.proposal_model import Proposals
from icp_engine.intake.columns.role import Role
from icp_engine.intake.columns.understand import Understood as Columns
from icp_engine.intake.joining.joins_and_summaries import AccountLink, NearMatch
from icp_engine.intake.joining.keys.related import understand_related
from icp_engine.intake.joining.near_matches import find_account_links, find_near_matches
from icp_engine.intake.model import Intake
from icp_engine.problems import InputRefused, Problem, has_stop, make_problem
from icp_engine.study.kept import Kept
from icp_engine.study.stages import stage
from icp_engine.types import Frame
from icp_engine.values.arrow import give_back

COLUMN_SETTINGS = (
    *("roles", "attribute_kinds", "missing_words", "kept_words", "merges", "meanings"),
    *("groupings", "date_formats", "currency", "rates", "table_kinds"),
)
TABLE_SETTINGS = (
    *("as_of", "read_on", "derived_off", "unit", "scope", "joins", "merge_accounts"),
    *("keep_duplicates", "separate_tables", "summaries", "summary_roles", "churn_from_silence"),
)


class Understood(Kept):
    """Stages from raw tables to accounts, deals and customers."""

    @property
    @stage(settings=COLUMN_SETTINGS)
    def _tables(self) -> Columns:
        """Types, kinds and roles of the tables, before they are put together."""
        found = understand_related(self.raw, self.settings)
        give_back()
        return found

    @property
    @stage(settings=(*TABLE_SETTINGS, "groupings"), results=("_tables",))
    def intake(self) -> Intake:
        """Typed tables with roles."""
        found = understand(self.raw, self.settings, self.reading, self._tables)
        give_back()
        return found

    @property
    @stage(
        settings=("missing_words", "merges", "meanings", "groupings"),
        results=("intake",),
    )
    def proposals(self) -> Proposals:
        """What a person may consent to: merges, groupings, derived attributes, rates, missing
        words, meanings.
        """
        return propose(self.intake, self.settings)

    @property
    @stage(settings=("joins",), results=("intake",))
    def near_matches(self) -> tuple[NearMatch, ...]:
        """Keys of further tables that joined no account, each with the account most like it; never
        joined by itself.
        """
        return find_near_matches(self.intake, self.settings)

    @property
    @stage(settings=("merge_accounts",), results=("intake",))
    def account_links(self) -> tuple[AccountLink, ...]:
        """Accounts that may be duplicates or subsidiaries of others; never merged by themselves."""
        return find_account_links(self.intake, self.settings)

    @property
    def problems(self) -> list[Problem]:
        """Every fault found in the input, the worst first."""
        unusable = tell_days(self.settings, "holdout_from")
        return _worst_first([*self._intake_problems, *unusable])

    @property
    def _intake_problems(self) -> list[Problem]:
        problems = list(self.intake.problems)
        if not has_stop(problems) and not len(self.intake.accounts):
            problems.append(make_problem("nothing-to-study"))
        return problems

    @property
    def roles(self) -> dict[str, dict[str, Role]]:
        """table → column → role, with score and reason. Accounts alone need no building for it."""
        tables = self._tables.tables
        if all(table.kind in ("accounts", "unknown") for table in tables.values()):
            return {name: table.roles for name, table in tables.items()}
        return self.intake.roles  # a table may turn out to name accounts only once these are known

    @stage(results=("intake",))
    def distributions(self, table: str) -> dict[str, Distribution]:
        """column → how its values spread, for one table; to be drawn small."""
        return find_distributions(self.intake.raw[table], self.intake.table_columns[table])

    @property
    def as_of(self) -> pd.Timestamp:
        """The day the data speaks for."""
        return self.intake.as_of

    def usable_intake(self) -> Intake:
        """The intake, or InputRefused when nothing can be computed from it."""
        problems = _worst_first(self._intake_problems)
        if not len(self.intake.accounts):
            raise InputRefused(
                [problem for problem in problems if problem.severity == "stop"] or problems
            )
        return self.intake

    @property
    @stage(settings=("exclusions", "min_age_days", "pins"), results=("intake",))
    def _everyone(self) -> tuple[Frame, Membership]:
        return find_everyone(self.usable_intake(), self.settings)

    @property
    @stage(
        settings=("objective", "metric_weights", "metric_directions"),
        results=("intake", "_everyone"),
    )
    def customers(self) -> Customers:
        """Who counts as a customer, and all that is known of every account."""
        return describe_accounts(self.intake, *self._everyone, self.settings)

    @property
    @stage(results=("intake", "customers"))
    def health(self) -> Health:
        """How much of what a profile needs the files hold, 0–100, and what would add."""
        customers = self._known_customers
        return measure_health(self.intake, () if customers is None else known_worth(customers))

    @property
    def accounts(self) -> Frame:
        """By account_id: clean attributes and value metrics of every account."""
        return self.customers.accounts

    @property
    def deals(self) -> Frame:
        """By deal_id: account_id, won (<NA> while open), deal_type, new_business, dates, amount,
        further columns.
        """
        return self._everyone[0]

    # ------------------------------------------------------------------ in public

    @property
    def _known_customers(self) -> Customers | None:
        """The customers, or None where there are no accounts to count."""
        return self.customers if len(self.intake.accounts) else None

    @property
    @stage(
        settings=("roles", "meanings", "date_formats", "table_kinds", "rates"),
        results=("_tables", "intake", "customers"),
    )
    def questions(self) -> tuple[Question, ...]:
        """What only a person can settle, the gravest first, with answers that are settings; never
        raises.
        """
        tables = self._tables.tables
        return find_questions(Seen(tables, self.intake, self._known_customers, self.settings))

    @property
    @stage(results=("_tables", "intake", "customers", "questions"))
    def facts(self) -> Facts:
        """What was understood, each fact with the columns it rests on and how sure it is; never
        raises.
        """
        found = find_facts(self._tables.tables, self.intake, self._known_customers)
        return with_doubts(found, self.questions)

    @property
    @stage(
        settings=("roles", "meanings", "table_kinds"),
        results=("_tables", "intake", "customers", "facts"),
    )
    def understood(self) -> tuple[Line, ...]:
        """What was understood in six lines of words, each with what may be chosen instead."""
        seen = Seen(self._tables.tables, self.intake, self._known_customers, self.settings)
        return find_lines(seen, self.facts)


def _worst_first(problems: list[Problem]) -> list[Problem]:
    order = {"stop": 0, "warn": 1, "note": 2}
    return sorted(problems, key=lambda problem: order[problem.severity])
