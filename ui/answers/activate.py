"""What the activate page says in its first sentence and figures.

Comes in: the open pipeline. Goes out: sentences and `Figure`s. Separate from the page, which only
lays out.
"""

from __future__ import annotations

import hashlib
import re

import pandas as pd

from icp_engine import Study
from icp_engine.activate.asking import Ask
from icp_engine.activate.match_columns import ColumnMatch
from icp_engine.activate.pipeline import Pipeline, count_by_band
from icp_engine.activate.score_list import (
    ScoredList,
)
from icp_engine.activate.score_one import OneScore
from icp_engine.rubric.model import NOT_RATED, RATED_BANDS
from icp_engine.types import Frame
from icp_engine.wording.currency import money_short
from icp_engine.wording.numbers import count, of, plural
from icp_engine.wording.shares import percent, percent_estimate
from ui.answers.figure import Figure
from ui.answers.markdown import plain
from ui.answers.terms import linked

BAND_AND_SCORE = re.compile(r"^(?:Green|Yellow|Red) \d+[,;] ")
NOT_THERE = "(not in the list)"
KEY_NAMES = {"account_id": "Account id", "account_name": "Company name", "domain": "Domain"}


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


def explained_table(study: Study, deals: Frame) -> Frame:
    """Deals as people read them on a page: account and deal in one column, the reason of the score
    last.
    """
    reasons = study.explain(deals["account_id"].unique()).reindex(deals["account_id"]).to_numpy()
    table = deal_table(deals).drop(columns=["Account", "Deal"], errors="ignore")
    table.insert(0, "Deal", name_deals(deals))
    return table.assign(Why=[without_band(str(reason)) for reason in reasons])


def name_deals(deals: Frame) -> list[str]:
    """“Acme - Renewal”: a deal's name, with its account's in front where it does not say it."""
    pairs = zip(deals["account"].astype("str"), deals["deal_name"].astype("str"), strict=True)
    return [
        deal
        if account.casefold() in deal.casefold()
        else f"{account} · {deal}"
        if deal
        else account
        for account, deal in pairs
    ]


def without_band(reason: str) -> str:
    """A reason without the band and score it begins with: both stand in columns of their own."""
    rest = BAND_AND_SCORE.sub("", reason)
    return rest[:1].upper() + rest[1:]


def name_of(deals: Frame) -> str:
    """Six signs that tell one choice of deals from another, for the name of its file."""
    return hashlib.sha256("\n".join(deals.index.astype("str")).encode()).hexdigest()[:6]


def chosen_words(pipeline: Pipeline, chosen: Frame) -> str:
    """“16 of 312 open deals, $537k: Green 16.”"""
    bands = count_by_band(chosen)
    parts = ", ".join(f"{row.band} {count(row.deals)}" for row in bands.itertuples() if row.deals)
    known = chosen["amount"].notna().any()
    worth = f", {money_short(float(chosen['amount'].sum()), pipeline.currency)}" if known else ""
    return plain(
        f"{count(len(chosen))} of {count(pipeline.total)} open deals{worth}"
        + (f": {parts}" if parts else "")
    )


def deal_table(deals: Frame) -> Frame:
    """Open deals as people read them; columns that hold nothing are left out."""
    table = pd.DataFrame(
        {
            "Account": deals["account"],
            "Deal": deals["deal_name"],
            "Amount": deals["amount"],
            "Band": deals["band"],
            "Score": deals["whole"],
            "Stage": deals["stage"],
            "Owner": deals["owner"],
            "Days open": deals["days_open"],
            "Watch": deals["caution"],
        },
        index=deals.index,
    )
    if (deals["band"] == NOT_RATED).all() and deals["whole"].nunique() == 1:
        # without criteria the score is no more than a place holder
        table = table.drop(columns="Score")
    empty = [name for name in ("Deal", "Stage", "Owner", "Watch") if (table[name] == "").all()]
    empty += [name for name in ("Amount", "Days open") if table[name].isna().all()]
    return table.drop(columns=empty)


def full_table(study: Study, deals: Frame) -> Frame:
    """Every chosen deal by id with all that is known and the reason of its score; for the download."""
    reasons = study.explain(deals["account_id"].unique())
    table = deal_table(deals).assign(
        Kind=["new business" if new else "existing customer" for new in deals["new_business"]],
        Created=deals["created_date"],
        Account_id=deals["account_id"],
        Why=reasons.reindex(deals["account_id"]).to_numpy(),
    )
    return table.rename(columns={"Account_id": "Account id"}).rename_axis("Deal id")


def mapping_table(matches: tuple[ColumnMatch, ...]) -> Frame:
    """One row a wanted column: what is read, its points, the list's column, how full, why."""
    return pd.DataFrame(
        {
            "The rubric reads": [KEY_NAMES.get(match.wanted, match.wanted) for match in matches],
            "Points": [match.weight for match in matches],
            "Column in your list": [match.column or NOT_THERE for match in matches],
            "Filled": [100 * match.filled for match in matches],
            "Why": [match.reason for match in matches],
        }
    )


def unseen_words(match: ColumnMatch, rows: int) -> str:
    """Values the study never met, and what they earn."""
    named = ", ".join(f"“{value}”" for value in match.unseen)
    return (
        f"{match.wanted}: {of(match.unseen_rows, rows, 'rows')} hold a value the study never met ({named}); it "
        "counts as known and earns what any other value earns."
    )


def first_columns(scored: ScoredList) -> list[str]:
    """The column that names the company, to stand in front on the page."""
    named = {match.wanted: match.column for match in scored.matches}
    return [
        column for key in ("account_name", "domain", "account_id") if (column := named.get(key))
    ][:1]


def known_words(one: OneScore) -> str:
    """How much of the rubric's weight is known, and what that means for the band."""
    known = f"{percent(one.coverage)} of the rubric's weight is known."
    if one.band == "Not rated":
        return f"{known} A band takes at least as much as the rubric asks for."
    return (
        f"{known} Held at Red by a bad-fit trait that is switched on."
        if one.disqualified
        else known
    )


def segment_words(one: OneScore) -> str:
    """The nearest segment and how likely the company belongs to it."""
    if not one.segment:
        return "It is too unlike every segment of the best customers."
    how = "Like" if one.alike else "Nearest to, but not like,"
    return f"{how} the segment “{one.segment}” (confidence {percent(one.confidence)})."


def ask_words(ask_for: Ask) -> str:
    """“Industry: from 41 (Red) to 61 (Yellow), depending on the answer.”"""
    low, high = (
        f"{ask_for.worst_score} ({ask_for.worst_band})",
        f"{ask_for.best_score} ({ask_for.best_band})",
    )
    return f"{ask_for.criterion}: from {low} to {high}, depending on the answer."
