"""What the activate page says in its first sentence and figures.

Comes in: the open pipeline. Goes out: sentences and `Figure`s. Separate from the page, which only
lays out.
"""

from __future__ import annotations

from icp_engine import Study
from icp_engine.activate.pipeline import Pipeline
from icp_engine.rubric.model import NOT_RATED, RATED_BANDS
from icp_engine.wording.currency import money_short
from icp_engine.wording.numbers import count, of, plural
from icp_engine.wording.shares import percent, percent_estimate
from ui.answers.figure import Figure
from ui.answers.terms import linked


def pipeline_sentence(study: Study, pipeline: Pipeline) -> str:
    """How many open deals are Green and what they are worth, and what Green won on deals the rubric
    never saw.
    """
    if not pipeline.total:
        return (
            "No deal in these files is open, so there is no pipeline to sort. Score one company, or a list of "
            "them, below."
        )
    if not study.rubric.criteria:
        return (
            f"None of the {count(pipeline.total)} open deals can be rated: the rubric has no criteria yet, because "
            "no attribute in these files tells who buys."
        )
    return f"{at_green(pipeline)} {what_green_won(pipeline)}"


def at_green(pipeline: Pipeline) -> str:
    """“31 of 120 open deals, worth €1.2M, are Green, 12 of them new business.”"""
    green = pipeline.of_band("Green")
    verb = "is" if green["deals"] == 1 else "are"
    if not green["deals"]:
        return f"None of the {plural(pipeline.total, 'open deal')} is Green."
    worth = (
        f", worth {money_short(green['amount'], pipeline.currency)},"
        if green["with_amount"]
        else ""
    )
    # what Green wins was tested on new business; renewals of Green customers are no forecast by it
    new = (
        ""
        if green["new_business"] == green["deals"]
        else f", {count(green['new_business'])} of them new business"
    )
    return f"{of(green['deals'], pipeline.total)} open deals{worth} {verb} Green{new}."


def what_green_won(pipeline: Pipeline) -> str:
    """The win rate of Green among judged deals, with its interval, beside that of all; or that it
    is not known.
    """
    green, overall = pipeline.won_at_green, pipeline.won_overall
    judged = "held-out" if pipeline.unseen else "cross-checked"
    if overall.value is None:
        return "What Green is worth could not be tested on deals."
    if green.value is None:
        return f"No {judged} deal was Green, so what Green wins is not known; all of them won {percent(overall.value)}."
    accounts = plural(round(green.n), f"{judged} account")
    won = f"{percent_estimate(green)} of the new deals at {accounts}"
    if not pipeline.as_tested:
        return (
            "What Green wins is not tested: the rubric was changed since it was last checked, when Green won "
            f"{won}. Check it on Rubric."
        )
    return f"Green won {won}, against {percent_estimate(overall)} of all."


def pipeline_figures(pipeline: Pipeline) -> list[Figure]:
    """What is open in each band, and how many deals carry a caution."""
    rated = not (pipeline.deals["band"] == NOT_RATED).all()
    figures = [_band_figure(pipeline, band) for band in (RATED_BANDS if rated else (NOT_RATED,))]
    cautioned = int((pipeline.deals["cautions"] > 0).sum())
    figures.append(
        Figure(
            "With a caution",
            count(cautioned),
            of=f"of {plural(pipeline.total, 'open deal')}",
            was="besides what most share" if pipeline.shared else "",
            help=linked(
                "Signs seen while a deal runs, such as open for unusually long; they never change a score.",
                "deal watch",
            ),
        )
    )
    return figures


def _band_figure(pipeline: Pipeline, band: str) -> Figure:
    row = pipeline.of_band(band)
    deals = of(row["deals"], pipeline.total, "open deals")
    value = (
        money_short(row["amount"], pipeline.currency) if row["with_amount"] else count(row["deals"])
    )
    new = f"{count(row['new_business'])} new business" if row["deals"] else ""
    return Figure(
        band,
        value,
        of=deals,
        was=new,
        help=linked(f"Open deals whose account is {band} by the rubric in force.", "pipeline"),
    )
