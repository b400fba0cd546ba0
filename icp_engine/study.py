"""A study: tables and settings in; everything else is derived when first asked for and kept until
its inputs change.

Comes in: files or data frames, and `Settings`. Goes out: the results of every stage. Separate
because stages know nothing of each other: only the study composes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from icp_engine import derive, proving, weighing
from icp_engine.attributes.find import find_attributes
from icp_engine.attributes.indicators import build_indicators
from icp_engine.attributes.model import AttributeSet, Indicators
from icp_engine.customers.best import choose_best
from icp_engine.customers.conditions import count_conditions
from icp_engine.customers.find import describe_accounts, find_everyone
from icp_engine.customers.model import Best, Customers
from icp_engine.customers.sensitivity import move_weights
from icp_engine.customers.stability import measure_stability
from icp_engine.customers.who import Membership
from icp_engine.holdout import account_outcomes, set_aside
from icp_engine.intake.build import understand
from icp_engine.intake.columns import Understood, understand_columns
from icp_engine.intake.distribution import Distribution, find_distributions
from icp_engine.intake.given import tell_days
from icp_engine.intake.health import Health, measure_health
from icp_engine.intake.model import Intake, Role
from icp_engine.intake.model_proposals import Proposals
from icp_engine.intake.near_matches import find_account_links, find_near_matches
from icp_engine.intake.proposals import propose
from icp_engine.intake.read import read_sources
from icp_engine.intake.view import AccountLink, NearMatch
from icp_engine.next_files import NextFiles, open_next
from icp_engine.problems import InputRefused, Problem, has_stop, make_problem
from icp_engine.profile.build import build_profile
from icp_engine.profile.model import Profile
from icp_engine.rubric.explain import explain_rows
from icp_engine.rubric.model import Rubric
from icp_engine.rubric.scoring import Fits, contributions, find_fits, score_fits
from icp_engine.rubric.suggest import suggest
from icp_engine.rubric.tune import Tuning
from icp_engine.segments.by_hand import MergeCost, apply_by_hand, weigh_merge
from icp_engine.segments.model import Segments
from icp_engine.segments.people import describe_group, trait_shares
from icp_engine.settings import Settings
from icp_engine.stages import Memo, key_of
from icp_engine.traits.afterwards import describe_afterwards
from icp_engine.traits.deal_watch import watch_deals
from icp_engine.traits.find import find_traits
from icp_engine.traits.model import Traits
from icp_engine.traits.reasons import check_reasons, group_reasons, list_recorded, of_lost_or_left
from icp_engine.traits.sentences import name_worst
from icp_engine.traits.told import find_hidden, gather_remarks
from icp_engine.traits.value_with import choose_figures
from icp_engine.traits.words import bad_side, find_words
from icp_engine.types import Estimate, Frame, Progress, Series
from icp_engine.validation.model import HoldOut, Validation

if TYPE_CHECKING:
    from icp_engine.store.study_file import OpenedFile


class Study:
    """Data plus settings; everything else is derived.

    Results are computed when first asked for, kept, and shared with studies made by `replace` as
    far as nothing upstream differs. A study never changes. A result that cannot be computed raises
    `InputRefused`.
    """

    def __init__(
        self,
        raw: Mapping[str, Frame],
        settings: Settings,
        reading: tuple[Problem, ...] = (),
        *,
        progress: Progress | None = None,
        _memo: Memo | None = None,
    ) -> None:
        self.raw: dict[str, Frame] = dict(raw)
        self.settings = settings
        self.progress = progress
        self._reading = reading
        self._memo = _memo or Memo()
        self._keys: dict[str, tuple[Any, ...]] = {}

    @classmethod
    def open(
        cls,
        *sources: Any,
        roles: Mapping[str, Mapping[str, str]] | None = None,
        settings: Settings | None = None,
        progress: Progress | None = None,
    ) -> Study:
        """Open files (paths or file objects) or a dict of tables. Never raises for bad content: see
        `problems`.

        A single study file (see `to_file`) brings its own settings; `settings` given here replace
        them.

        `roles` ({table: {column: role}}) joins the settings' roles. `progress` is told what is
        being done and the share done, 0–1.
        """
        opened = _open_study_file(sources)
        chosen = settings or (opened.settings if opened else Settings())
        if roles:
            merged = {
                **chosen.roles,
                **{t: {**chosen.roles.get(t, {}), **given} for t, given in roles.items()},
            }
            chosen = chosen.merged(roles=merged)
        if opened is not None:
            return cls(opened.tables, chosen, opened.problems, progress=progress)
        raw, problems = read_sources(*sources, sheets=chosen.sheets, progress=progress)
        return cls(raw, chosen, problems, progress=progress)

    def to_file(self) -> bytes:
        """This study as one file, raw tables and settings: opened anywhere, it gives the same
        results.
        """
        from icp_engine.store.study_file import write_study_file

        return write_study_file(self.raw, self.settings, self._reading)

    def replace(
        self,
        *,
        settings: Settings | None = None,
        roles: Mapping[str, Mapping[str, str]] | None = None,
        **changes: Any,
    ) -> Study:
        """A study with other settings; results upstream of the change are reused.

        `settings` replaces all of them, `roles` joins the roles, any further keyword replaces that
        setting. `rubric=None` returns to the suggestion; a rubric survives every other replacement.
        """
        chosen = settings or self.settings
        if settings is not None and settings.rubric is None and "rubric" not in changes:
            chosen = chosen.merged(rubric=self.settings.rubric)
        if roles:
            changes["roles"] = {
                **chosen.roles,
                **{t: {**chosen.roles.get(t, {}), **given} for t, given in roles.items()},
            }
        chosen = chosen.merged(**changes) if changes else chosen
        return Study(self.raw, chosen, self._reading, progress=self.progress, _memo=self._memo)

    def next_files(
        self,
        *sources: Any,
        keep_missing: bool = True,
        keep_rubric: bool = False,
        add: Mapping[str, bool] | None = None,
    ) -> NextFiles:
        """This study on newer files: its settings applied again, and what no longer matches listed.

        A file takes the place of the table whose headers it shares. `keep_missing`: tables no file
        came for stay. `keep_rubric`: the rubric in force is kept; else a suggestion is made anew.
        `add` ({table: bool}): new rows join the old ones instead of replacing them; without it a
        file that holds under half of the old rows adds to them.
        """
        raw, problems = read_sources(*sources)
        return open_next(self, raw, problems, keep_missing, keep_rubric, dict(add or {}))

    # ------------------------------------------------------------------ what was understood

    @property
    def intake(self) -> Intake:
        """Typed tables with roles."""
        return self._get(
            "intake", lambda: understand(self.raw, self.settings, self._reading, self._tables)
        )

    @property
    def _tables(self) -> Understood:
        """Types, kinds and roles of the tables, before they are put together."""
        return self._get("tables", lambda: understand_columns(self.raw, self.settings))

    @property
    def proposals(self) -> Proposals:
        """What a person may consent to: merges, groupings, derived attributes, rates, missing
        words, meanings.
        """
        return self._get("proposals", lambda: propose(self.intake, self.settings))

    @property
    def near_matches(self) -> tuple[NearMatch, ...]:
        """Keys of further tables that joined no account, each with the account most like it; never
        joined by itself.
        """
        return self._get("near_matches", lambda: find_near_matches(self.intake, self.settings))

    @property
    def account_links(self) -> tuple[AccountLink, ...]:
        """Accounts that may be duplicates or subsidiaries of others; never merged by themselves."""
        return self._get("account_links", lambda: find_account_links(self.intake, self.settings))

    @property
    def problems(self) -> list[Problem]:
        """Every fault found in the input, the worst first."""
        order = {"stop": 0, "warn": 1, "note": 2}
        problems = [*self.intake.problems, *tell_days(self.settings, "holdout_from")]
        if not has_stop(problems) and not len(self.intake.accounts):
            problems.append(make_problem("nothing-to-study"))
        return sorted(problems, key=lambda problem: order[problem.severity])

    @property
    def roles(self) -> dict[str, dict[str, Role]]:
        """table → column → role, with score and reason. Accounts alone need no building for it."""
        tables = self._tables.tables
        if all(table.kind in ("accounts", "unknown") for table in tables.values()):
            return {name: table.roles for name, table in tables.items()}
        return self.intake.roles  # a table may turn out to name accounts only once these are known

    @property
    def health(self) -> Health:
        """How much of what a profile needs the files hold, 0–100, and what would add."""
        return self._get("health", lambda: measure_health(self.intake))

    def distributions(self, table: str) -> dict[str, Distribution]:
        """column → how its values spread, for one table; to be drawn small."""
        return self._memo.get(
            ("distributions", table, self._key("distributions")),
            lambda: find_distributions(self.intake.raw[table], self.intake.table_columns[table]),
        )

    @property
    def as_of(self) -> pd.Timestamp:
        """The day the data speaks for."""
        return self.intake.as_of

    @property
    def _everyone(self) -> tuple[Frame, Membership]:
        return self._get("everyone", lambda: find_everyone(self._usable(), self.settings))

    def _usable(self) -> Intake:
        """The intake, or InputRefused when nothing can be computed from it."""
        problems = self.problems
        if not len(self.intake.accounts):
            raise InputRefused(
                [problem for problem in problems if problem.severity == "stop"] or problems
            )
        return self.intake

    @property
    def customers(self) -> Customers:
        """Who counts as a customer, and all that is known of every account."""
        return self._get(
            "customers", lambda: describe_accounts(self.intake, *self._everyone, self.settings)
        )

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

    # ------------------------------------------------------------------ derivation

    @property
    def holdout(self) -> HoldOut:
        """Which accounts take no part in derivation."""
        self._usable()
        return self._get("holdout", lambda: set_aside(self.deals, self.settings))

    @property
    def _known(self) -> Customers:
        """As `customers`, with value metrics from deals that derivation may know."""
        return self._get("known", lambda: derive.known_customers(self))

    @property
    def outcomes(self) -> Frame:
        """By account_id: won and lost shares of its derivation deals."""
        return self._get(
            "outcomes", lambda: account_outcomes(self.deals.loc[self.holdout.derivation_deals])
        )

    @property
    def best(self) -> Best:
        """Best, rest and worst customers."""
        return self._get(
            "best",
            lambda: choose_best(
                self._known, self.holdout.accounts, self.outcomes, self.as_of, self.settings
            ),
        )

    @property
    def attributes(self) -> AttributeSet:
        """What may describe an account, and what is withheld and why."""
        return self._get(
            "attributes",
            lambda: find_attributes(
                self.customers, derive.derivation_rows(self), self.outcomes, self.settings
            ),
        )

    @property
    def indicators(self) -> Indicators:
        """Derivation accounts with an outcome or a judgement × levels, tags and ranges."""
        return self._get(
            "indicators",
            lambda: build_indicators(
                derive.compared_accounts(self), self.attributes.attributes, self.settings
            ),
        )

    @property
    def traits(self) -> Traits:
        """Every trait tried: best against rest, worst against best, won against lost."""
        self._tell("Comparing traits", 0.3)
        return self._get(
            "traits",
            lambda: find_traits(
                self.indicators,
                self.attributes.attributes,
                self.best,
                self.outcomes["won"],
                self.outcomes["lost"],
                self.settings,
                figures=choose_figures(self._known, self.best),
                worst_name=self._worst_name,
            ),
        )

    @property
    def _worst_name(self) -> str:
        return name_worst(self.accounts.reindex(self.best.worst).get("churned"))

    @property
    def _told(self) -> Frame:
        return self._get(
            "told",
            lambda: gather_remarks(self._usable(), self.deals, self._everyone[1].left_out.index),
        )

    @property
    def grouped_reasons(self) -> Frame:
        """One row a remark on a loss or a leaving and usual reason it names: account_id, kind,
        source, text, reason.
        """
        return self._get(
            "reasons",
            lambda: group_reasons(
                of_lost_or_left(self._told, self.intake, self.deals), self.settings
            ),
        )

    @property
    def reasons(self) -> Frame:
        """The usual reasons as a checklist: reason, seen, of, source, finding."""
        return check_reasons(self.grouped_reasons, self.settings)

    @property
    def recorded_reasons(self) -> Frame:
        """Lost and churn reasons as recorded: text, accounts, reason (the usual one it was grouped
        into), source.
        """
        return list_recorded(self.grouped_reasons)

    @property
    def words(self) -> Frame:
        """Phrases said more often of best, or of worst customers and lost accounts; they never
        score.
        """
        return self._get(
            "words",
            lambda: find_words(
                self._told,
                self.best.accounts,
                bad_side(self.best, self.outcomes),
                find_hidden(self.intake, self.deals),
                self.settings,
            ),
        )

    @property
    def afterwards(self) -> Frame:
        """What good looks like after the sale: best against rest; it never scores."""
        return self._get("afterwards", lambda: describe_afterwards(self._known, self.best))

    @property
    def deal_watch(self) -> Frame:
        """Cautions for open deals, by deal_id; they never score."""
        return self._get(
            "deal_watch",
            lambda: watch_deals(
                self.deals, self.holdout.derivation_deals, self.intake.contacts, self.as_of
            ),
        )

    @property
    def segments(self) -> Segments:
        """Groups of best customers, with the names and merges of a person."""
        self._tell("Looking for segments", 0.5)
        return self._get(
            "segments",
            lambda: apply_by_hand(self.found_segments, derive.people(self), self.settings),
        )

    @property
    def found_segments(self) -> Segments:
        """The segments as found, before anybody named or merged any."""
        return self._get("groups", lambda: derive.find_groups(self))

    @property
    def segment_traits(self) -> Frame:
        """The clearest traits of the segments in every segment: attribute, value, segment, share,
        count, known.
        """
        return self._get("segment_traits", lambda: trait_shares(derive.people(self), self.segments))

    def describe_best(self, ids: Any) -> Frame:
        """Traits that set some best customers (by account_id) apart from the other best, clearest
        first.
        """
        people = derive.people(self)
        return describe_group(people, people.best.isin(pd.Index(ids).astype("str")))

    def weigh_merge(self, first: str, second: str) -> MergeCost:
        """What merging two segments would give up; by their keys. KeyError where a key is no
        segment's.
        """
        return weigh_merge(self.segments, first, second, derive.people(self))

    @property
    def suggestion(self) -> Rubric:
        """The rubric the data suggests, with its own thresholds."""
        self._tell("Fitting the rubric", 0.7)
        return self._get(
            "suggestion",
            lambda: suggest(
                derive.compared_accounts(self),
                self.attributes.attributes,
                derive.lessons(self),
                derive.without_thresholds(self.settings),
                derive.flags(self),
            ),
        )

    @property
    def rubric(self) -> Rubric:
        """The rubric in force: the settings' own, else the suggestion with a person's thresholds."""
        return self.settings.rubric or derive.with_thresholds(self.suggestion, self.settings)

    # ------------------------------------------------------------------ scores and proof

    @property
    def fits(self) -> Fits:
        """Fit of every account on every criterion; kept while only weights or thresholds move."""
        return self._memo.get(
            ("fits", self._key("everyone"), derive.fit_key(self.rubric)),
            lambda: find_fits(self.rubric, self.accounts, clean=True),
        )

    @property
    def scores(self) -> Frame:
        """By account_id, all accounts: score, band, disqualified, coverage."""
        return self._get("scores", lambda: score_fits(self.rubric, self.fits))

    @property
    def contributions(self) -> Frame:
        """One column a criterion; rows sum to the score."""
        return contributions(self.rubric, self.fits)

    def explain(self, ids: Any) -> Series:
        """One sentence an account, for the account_ids asked for (unknown ids are left out)."""
        return explain_rows(
            self.rubric, self.fits.take(self.accounts.index.isin(pd.Index(ids).astype("str")))
        )

    @property
    def validation(self) -> Validation:
        """How the rubric does on deals the derivation never saw."""
        self._tell("Checking on held-out deals", 0.9)
        return self._get("validation", lambda: derive.validation(self))

    @property
    def cross_scores(self) -> Frame:
        """Out-of-fold scores of derivation accounts: each by a rubric suggested without its fold."""
        return self._memo.get(
            ("cross_scores", self._key("suggestion"), self.settings.green, self.settings.yellow),
            lambda: proving.score_folds(
                self,
                [derive.with_thresholds(rubric, self.settings) for _, rubric in self.fold_rubrics],
            ),
        )

    @property
    def fold_rubrics(self) -> list[tuple[Any, Rubric]]:
        """For each of five folds: its accounts, and the rubric suggested without them."""
        return self._memo.get(
            ("fold_rubrics", self._key("suggestion")), lambda: proving.fold_rubrics(self)
        )

    @property
    def baselines(self) -> Frame:
        """Ours beside no score, today's score and the best single trait, each difference with a
        paired interval.
        """
        return self._get("baselines", lambda: proving.baselines(self))

    @property
    def rubric_stability(self) -> Frame:
        """One row a criterion: chosen_share (0–1 of 50 bootstrap refits), weight_median,
        weight_low, weight_high.
        """
        return self._get("rubric_stability", lambda: weighing.stability(self))

    @property
    def rubric_sensitivity(self) -> Frame:
        """One row a criterion and move of ± 25 % of its weight: accounts that change band, AUC
        before and after.
        """
        return self._get("rubric_sensitivity", lambda: weighing.sensitivity(self))

    @property
    def classic_split(self) -> tuple[Rubric, Estimate]:
        """The rubric in force with group totals 40/30/30, and its AUC less ours, out of fold on
        derivation accounts.
        """
        return self._get("classic_split", lambda: weighing.classic_split(self))

    def what_would_lift(self, ids: Any) -> Frame:
        """By account_id: the fewest changes that would reach the next band, with a sentence."""
        return weighing.what_would_lift(self, ids)

    def flips(self, criterion: str, weight: int) -> Frame:
        """Accounts whose band changes when one weight is set and the others follow."""
        return weighing.flips(self, criterion, weight)

    def tune_within(self, bounds: Mapping[str, tuple[int, int]]) -> Tuning:
        """Better weights within bounds, cross-checked on derivation accounts; proposed only when
        proven.
        """
        return weighing.tune_within(self, bounds)

    @property
    def ceiling(self) -> Estimate:
        """AUC of gradient boosting on the same rows: what the attributes could give at most, about."""
        return self._get("ceiling", lambda: derive.ceiling(self))

    @property
    def backtest(self) -> Frame:
        """One row a past quarter and distance: the rubric of that time on each of the four quarters
        that followed.
        """
        return self._get("backtest", lambda: proving.backtest(self))

    @property
    def sensitivity(self) -> Frame:
        """One row a metric and move: how much of the best set stays when its weight moves by 25 %."""
        return self._get(
            "sensitivity",
            lambda: move_weights(
                self._known, self.best, self.holdout.accounts, self.as_of, self.settings
            ),
        )

    @property
    def stability(self) -> Frame:
        """By account_id of judged customers: best, chosen_share (0–1 of redraws), borderline,
        by_hand.
        """
        return self._get(
            "stability",
            lambda: measure_stability(
                self._known, self.best, self.holdout.accounts, self.as_of, self.settings
            ),
        )

    @property
    def conditions(self) -> Frame:
        """One row a hard condition: condition, metric, on, pass_alone, known, pass_together,
        of_judged.
        """
        return self._get(
            "conditions",
            lambda: count_conditions(self._known, self.best.scores.index, self.settings),
        )

    @property
    def profile(self) -> Profile:
        """The ICP document."""
        return self._get("profile", lambda: build_profile(self))

    # ------------------------------------------------------------------ keeping results

    def knows(self, stage: str) -> bool:
        """Whether the result of a stage (“validation”, “segments” …) is computed already for these
        settings.
        """
        return self._memo.knows(self._key(stage))

    def _key(self, stage: str) -> tuple[Any, ...]:
        return key_of(stage, self.settings, self._keys)  # settings never change

    def _get(self, stage: str, compute: Callable[[], Any]) -> Any:
        return self._memo.get(self._key(stage), compute)

    def _tell(self, doing: str, share: float) -> None:
        if self.progress is not None:
            self.progress(doing, share)


def _open_study_file(sources: tuple[Any, ...]) -> OpenedFile | None:
    """What a single study file holds; None for anything else. One that cannot be used is its
    problem and no table.
    """
    from icp_engine.store.study_file import OpenedFile, read_study_file

    if len(sources) != 1 or isinstance(sources[0], (Mapping, list, tuple)):
        return None
    try:
        return read_study_file(sources[0])
    except InputRefused as refused:
        return OpenedFile({}, Settings(), refused.problems)
