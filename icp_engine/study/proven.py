"""Proof: how the rubric does on deals it never saw, beside its rivals, in past quarters.

Comes in: scores and the hold-out. Goes out: validation, baselines, ceiling, backtest. Separate
because looking here is a look at held-out deals; see `looks`.
"""

from __future__ import annotations

from icp_engine.crossfit import rivals
from icp_engine.crossfit.past_quarters import backtest
from icp_engine.crossfit.unseen import Tested, earlier_outcomes, score_everyone, value_scores
from icp_engine.customers.mature import cost_of_winning
from icp_engine.holdout.set_aside import account_outcomes
from icp_engine.study.learned import Learned
from icp_engine.study.stages import stage
from icp_engine.types import Estimate, Frame
from icp_engine.validation.ceiling import boosting_features, ceiling
from icp_engine.validation.compare import baseline_table
from icp_engine.validation.deal_rows import last_closed, recent_deals
from icp_engine.validation.measure import collect_outcomes, judge
from icp_engine.validation.model import Validation
from icp_engine.validation.validate import Context, JudgedOn, Value, validate_rubric

TESTED_RESULTS = ("_everyone", "customers", "holdout", "scores", "unseen")


class Proven(Learned):
    """Stages from scores to proof."""

    @property
    def tested(self) -> Tested:
        """Held-out deals with the delivered rubric; else all closed deals with out-of-fold scores,
        where there are any.
        """
        holdout = self.holdout
        if holdout.method == "held_out":
            return Tested(self.scores, self.deals.loc[holdout.deals], True)
        deals = self.deals.loc[holdout.derivation_deals]
        if holdout.method == "cross_checked" and self.unseen.scores is not None:
            return Tested(score_everyone(self.scores, self.unseen.scores), deals, True)
        rubric = self.settings.rubric
        learned = rubric is not None and bool(rubric.learned_from)
        return Tested(self.scores, deals, rubric is not None, flattered=learned)

    @property
    @stage(results=("_everyone",))
    def _last_closed(self) -> Frame:
        return last_closed(self.deals)

    @property
    @stage(
        settings=("rubric", "looks", "allow", "seed"),
        results=(
            *TESTED_RESULTS,
            *("rubric", "fits", "best", "attributes", "outcomes", "mature_customers"),
            "_last_closed",
        ),
    )
    def validation(self) -> Validation:
        """How the rubric does on deals the derivation never saw; without a hold-out it is
        cross-checked.
        """
        self.tell("Checking on held-out deals", 0.9)
        case, unseen, deals = self.tested, self.unseen, self.deals
        held_out = self.holdout.method == "held_out"
        # a held-out account is judged by the delivered rubric, every other by one that did not see
        # it
        everyone = score_everyone(self.scores, unseen.scores)
        judged = JudgedOn(
            case.scores,
            case.deals,
            self.holdout,
            cross_fitted=case.fresh and not held_out,
            changes_carried=unseen.carried,
        )
        learned = {
            "accounts": float(len(self.outcomes)),
            "won": float(self.outcomes["won"].sum()),
        }
        told = unseen.scores is not None
        context = Context(
            deals[deals["won"].isna()] if len(deals) else deals,
            derivation=learned,
            withheld=self.attributes.withheld,
            earlier=earlier_outcomes(self.outcomes, unseen) if held_out else None,
            explain=self.explain,
            closed=recent_deals(self._last_closed, everyone) if told else None,
            customers=self.mature_customers if told else None,
            customer_scores=everyone,
            cost=cost_of_winning(self.customers),
        )
        value = Value(*value_scores(self.best, unseen))
        return validate_rubric(self.rubric, judged, value, context, self.settings)

    @property
    @stage(
        settings=("rubric",),
        results=(*TESTED_RESULTS, "attributes", "outcomes", "indicators", "fold_rubrics"),
    )
    def baselines(self) -> Frame:
        """Ours beside no score, today's score and the best single trait, each difference with a
        paired interval; see `validation.compare.baseline_table`.

        Empty where no fresh deals can be judged. Gradient boosting is `ceiling`.
        """
        ours = self.tested
        if not ours.comparable:
            none = collect_outcomes(ours.deals.head(0))
            return baseline_table(judge(ours.scores, none), {}).head(0)
        judged = judge(ours.scores, collect_outcomes(ours.deals))
        if self.holdout.method == "held_out":
            rows = self.accounts.reindex(judged.outcomes.accounts)
            tags = {a.name for a in self.attributes.attributes if a.measure == "tags"}
            trait = rivals.single_trait(self.indicators, self.outcomes, rows, tags)
        else:
            trait = rivals.single_trait_in_folds(self.indicators, self.outcomes, self.fold_rubrics)
        return baseline_table(judged, {**rivals.existing_scores(self.customers), **trait})

    @property
    @stage(
        settings=("seed", "empty_means_no"),
        results=("_everyone", "customers", "holdout", "outcomes", "attributes"),
    )
    def ceiling(self) -> Estimate:
        """AUC of gradient boosting on the same rows: what the attributes could give at most, about;
        None where no account is held out.
        """
        if self.holdout.method != "held_out":
            return Estimate(None, None, None, 0)
        features = boosting_features(self.accounts, self.attributes.attributes, self.settings)
        held = account_outcomes(self.deals.loc[self.holdout.deals])
        return ceiling(features, self.outcomes, held, self.settings.seed)

    @property
    @stage(
        settings=(
            *("learn_from", "criteria_max", "missing_policy", "coverage_floor", "seed"),
            "empty_means_no",
        ),
        results=("_everyone", "customers", "attributes"),
    )
    def backtest(self) -> Frame:
        """One row a past quarter and distance: the rubric of that time on each of the four quarters
        that followed.
        """
        attributes = self.attributes.attributes
        return backtest(self.deals, self.accounts, attributes, self.settings)
