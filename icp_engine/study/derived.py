"""What is derived: hold-out, best customers, attributes, traits, segments. No rubric yet.

Comes in: accounts, deals and customers. Goes out: the groups and what sets them apart. Separate
because all of it rests on derivation accounts alone, and everything learned rests on it.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from icp_engine.attributes.find import find_attributes
from icp_engine.attributes.indicators import build_indicators
from icp_engine.attributes.model import AttributeSet, Indicators
from icp_engine.customers.best import choose_best
from icp_engine.customers.conditions import count_conditions
from icp_engine.customers.find import describe_accounts
from icp_engine.customers.known import known_customers
from icp_engine.customers.mature import mature_customers
from icp_engine.customers.model import Best, Customers
from icp_engine.customers.sensitivity import move_weights
from icp_engine.customers.stability import measure_stability
from icp_engine.customers.worth import account_value
from icp_engine.holdout.model import HoldOut
from icp_engine.holdout.set_aside import account_outcomes, set_aside
from icp_engine.learning.derivation import (
    Derivation,
    collect_lessons,
    compared_accounts,
    derivation_rows,
)
from icp_engine.segments.by_hand import MergeCost, apply_by_hand, weigh_merge
from icp_engine.segments.find import find_segments
from icp_engine.segments.model import Segments
from icp_engine.segments.people import People, describe_group, people, trait_shares
from icp_engine.study.stages import stage
from icp_engine.study.understood import Understood
from icp_engine.traits.afterwards import describe_afterwards
from icp_engine.traits.deal_watch import watch_deals
from icp_engine.traits.find import find_traits
from icp_engine.traits.model import Traits
from icp_engine.traits.reasons import check_reasons, group_reasons, list_recorded, of_lost_or_left
from icp_engine.traits.sentences import name_worst
from icp_engine.traits.told import find_hidden, gather_remarks
from icp_engine.traits.value_with import choose_figures
from icp_engine.traits.words import bad_side, find_words
from icp_engine.types import Frame, Index, Series

VALUE_SETTINGS = ("objective", "metric_weights", "metric_directions")
CHOOSING_SETTINGS = (
    *("top_share", "top_n", "min_best", "conditions", "at_least_median", "min_metrics_share"),
    "pins",
)


class Derived(Understood):
    """Stages from customers to best, attributes, traits and segments."""

    @property
    @stage(
        settings=("holdout_n", "holdout_share", "holdout_from", "final"),
        results=("intake", "_everyone"),
    )
    def holdout(self) -> HoldOut:
        """Which accounts take no part in derivation."""
        self.usable_intake()
        return set_aside(self.deals, self.settings)

    @property
    @stage(settings=VALUE_SETTINGS, results=("intake", "_everyone", "customers", "holdout"))
    def _known(self) -> Customers:
        """As `customers`, with value metrics from deals that derivation may know."""
        if self.holdout.method != "held_out":
            return self.customers
        cut = self.holdout.cut
        early = describe_accounts(self.intake, *self._everyone, self.settings, before=cut)
        return known_customers(self.customers, early, self.holdout.accounts)

    @property
    @stage(results=("_everyone", "holdout"))
    def outcomes(self) -> Frame:
        """By account_id: won and lost shares of its derivation deals."""
        return account_outcomes(self.deals.loc[self.holdout.derivation_deals])

    @property
    @stage(
        settings=(*CHOOSING_SETTINGS, "worst_share"),
        results=("intake", "_known", "holdout", "outcomes"),
    )
    def best(self) -> Best:
        """Best, rest and worst customers."""
        return choose_best(
            self._known, self.holdout.accounts, self.outcomes, self.as_of, self.settings
        )

    @property
    def derivation_rows(self) -> Index:
        """account_ids that derivation may see: neither held out nor left out."""
        left_out = self.customers.left_out.index
        return derivation_rows(self.accounts.index, self.holdout.accounts, left_out)

    @property
    def account_value(self) -> Series:
        """What each account is worth, by account_id; see `customers.worth`."""
        return account_value(self.accounts, self.best)

    @property
    @stage(
        settings=("allow", "empty_means_no", "attribute_kinds"),
        results=("customers", "holdout", "outcomes"),
    )
    def attributes(self) -> AttributeSet:
        """What may describe an account, and what is withheld and why."""
        return find_attributes(self.customers, self.derivation_rows, self.outcomes, self.settings)

    @property
    @stage(results=("customers", "holdout", "outcomes", "best", "attributes"))
    def derivation(self) -> Derivation:
        """What may be learned from: derivation accounts with an outcome or a judgement."""
        rows = compared_accounts(self.accounts, self.derivation_rows, self.best, self.outcomes)
        lessons = collect_lessons(self.best, self.outcomes)
        return Derivation(rows, self.attributes.attributes, lessons, self.holdout.accounts)

    @property
    @stage(settings=("levels_max", "empty_means_no"), results=("derivation", "attributes"))
    def indicators(self) -> Indicators:
        """Derivation accounts with an outcome or a judgement × levels, tags and ranges."""
        return build_indicators(self.derivation.accounts, self.attributes.attributes, self.settings)

    @property
    @stage(
        settings=("false_discovery_rate", "min_age_days", "min_best"),
        results=("customers", "_known", "outcomes", "best", "attributes", "indicators"),
    )
    def traits(self) -> Traits:
        """Every trait tried: best against rest, worst against best, won against lost."""
        self.tell("Comparing traits", 0.3)
        return find_traits(
            self.indicators,
            self.attributes.attributes,
            self.best,
            self.outcomes,
            self.settings,
            figures=choose_figures(self._known, self.best),
            worst_name=self._worst_name,
        )

    @property
    def _worst_name(self) -> str:
        return name_worst(self.accounts.reindex(self.best.worst).get("churned"))

    # ------------------------------------------------------------------ what people said

    @property
    @stage(results=("intake", "_everyone"))
    def _told(self) -> Frame:
        return gather_remarks(self.usable_intake(), self.deals, self._everyone[1].left_out.index)

    @property
    @stage(settings=("reason_groups",), results=("intake", "_everyone", "_told"))
    def grouped_reasons(self) -> Frame:
        """One row a remark on a loss or a leaving and usual reason it names: account_id, kind,
        source, text, reason.
        """
        return group_reasons(of_lost_or_left(self._told, self.intake, self.deals), self.settings)

    @property
    @stage(settings=("reason_groups",), results=("grouped_reasons",))
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
    @stage(
        settings=("false_discovery_rate", "seed"),
        results=("intake", "_everyone", "_told", "best", "outcomes"),
    )
    def words(self) -> Frame:
        """Phrases said more often of best, or of worst customers and lost accounts; they never
        score.
        """
        return find_words(
            self._told,
            self.best.accounts,
            bad_side(self.best, self.outcomes),
            find_hidden(self.intake, self.deals),
            self.settings,
        )

    # ------------------------------------------------------------------ described, never scoring

    @property
    @stage(results=("_known", "best"))
    def afterwards(self) -> Frame:
        """What good looks like after the sale: best against rest; it never scores."""
        return describe_afterwards(self._known, self.best)

    @property
    @stage(results=("intake", "_everyone", "holdout"))
    def deal_watch(self) -> Frame:
        """Cautions for open deals, by deal_id; they never score."""
        return watch_deals(
            self.deals, self.holdout.derivation_deals, self.intake.contacts, self.as_of
        )

    @property
    @stage(results=("customers", "best"))
    def mature_customers(self) -> Frame:
        """Customers old enough to judge, by account_id: value, churned, days_to_close, cost."""
        return mature_customers(self.customers, self.best)

    @property
    @stage(
        settings=CHOOSING_SETTINGS,
        results=("intake", "_known", "best", "holdout"),
    )
    def sensitivity(self) -> Frame:
        """One row a metric and move: how much of the best set stays when its weight moves by
        25 %.
        """
        return move_weights(
            self._known, self.best, self.holdout.accounts, self.as_of, self.settings
        )

    @property
    @stage(
        settings=(*CHOOSING_SETTINGS, "min_age_days", "seed"),
        results=("intake", "_known", "best", "holdout"),
    )
    def stability(self) -> Frame:
        """By account_id of judged customers: best, chosen_share (0–1 of redraws), borderline,
        by_hand.
        """
        return measure_stability(
            self._known, self.best, self.holdout.accounts, self.as_of, self.settings
        )

    @property
    @stage(settings=("conditions", "at_least_median"), results=("_known", "best"))
    def conditions(self) -> Frame:
        """One row a hard condition: condition, metric, on, pass_alone, known, pass_together,
        of_judged.
        """
        return count_conditions(self._known, self.best.scores.index, self.settings)

    # ------------------------------------------------------------------ segments

    @property
    def _people(self) -> People:
        return people(self.accounts, self.attributes.attributes, self.best)

    @property
    @stage(
        settings=("segments_k", "resamples", "seed", "levels_max"),
        results=("customers", "attributes", "best"),
    )
    def found_segments(self) -> Segments:
        """The segments as found, before anybody named or merged any."""
        self.tell("Looking for segments", 0.5)
        return find_segments(self._people, self.settings, self.progress)

    @property
    @stage(
        settings=("segment_names", "segment_merges"),
        results=("customers", "attributes", "best", "found_segments"),
    )
    def segments(self) -> Segments:
        """Groups of best customers, with the names and merges of a person."""
        return apply_by_hand(self.found_segments, self._people, self.settings)

    @property
    @stage(results=("customers", "attributes", "best", "segments"))
    def segment_traits(self) -> Frame:
        """The clearest traits of the segments in every segment: attribute, value, segment, share,
        count, known.
        """
        return trait_shares(self._people, self.segments)

    def describe_best(self, ids: Any) -> Frame:
        """Traits that set some best customers (by account_id) apart from the other best, clearest
        first.
        """
        among = self._people
        return describe_group(among, among.best.isin(pd.Index(ids).astype("str")))

    def weigh_merge(self, first: str, second: str) -> MergeCost:
        """What merging two segments would give up; by their keys. KeyError where a key is no
        segment's.
        """
        return weigh_merge(self.segments, first, second, self._people)
