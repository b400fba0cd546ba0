"""The proof as figures: what pages about the rubric show first.

Comes in: `Validation`. Goes out: figures, each with interval and denominator. Separate because two
pages show them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import icp_engine as icp
from icp_engine import Rubric, Study
from icp_engine.charts import proof
from icp_engine.study.looks import is_checked
from icp_engine.types import NOT_APPLICABLE, Estimate, Frame
from icp_engine.validation.model import Comparison, Validation
from icp_engine.validation.shortfalls import SAID_AT_ONCE, list_shortfalls
from icp_engine.validation.verdict import level_after_looks, level_of
from icp_engine.whatif.step import Basis
from icp_engine.wording.currency import money
from icp_engine.wording.dates import date
from icp_engine.wording.numbers import (
    NOT_KNOWN,
    count,
    number,
    number_interval,
    of,
    plural,
    show_step,
    show_times,
)
from icp_engine.wording.shares import SURE, hundred_interval, in_hundred, percent, percent_interval
from ui.answers.account_names import told_apart
from ui.answers.figure import Figure
from ui.answers.markdown import plain
from ui.answers.terms import explain, linked

RANKED: dict[Basis, str] = {"deals": "won deals", "value": "best customers"}
NEXT_PROOF = {
    "strong": "Deals closed from now on. Load them when they are in and check again.",
    "moderate": "More closed deals narrow the interval; load them when they are in.",
    "weak": "Attributes that say more about who buys, or more closed deals.",
    "none": "Other attributes. More deals with the same columns will hardly help.",
    "too_little_data": "More closed deals, won and lost, of accounts with known attributes.",
}
ONCE = "An account with several deals counts once, with the share of them that was won."
REAL_RATES = (
    f"In brackets: {SURE} intervals. {ONCE} Nothing was balanced: these are the real win rates."
)
BETTER = {"too_little_data": "moderate", "weak": "moderate", "moderate": "strong"}
USEFUL = 0.7  # a ranking worth working by: won above lost 70 times in 100
BADGES = {"Green": "green", "Yellow": "orange", "Red": "red", "Not rated": "gray"}
LARGEST_RUBRIC = 1_000_000  # bytes of a rubric's JSON; a full one has some 30,000


def how_sure(study: Study) -> str:
    """What the answer rests on, and between which limits the truth lies where that can be said."""
    auc = metric(study.validation, "auc")
    if not study.rubric.criteria or auc.value is None or auc.low is None or auc.high is None:
        return study.holdout.sentence
    return (
        f"The truth lies between {in_hundred(auc.low)} and {in_hundred(auc.high)} in 100, with {SURE} confidence. "
        f"{study.holdout.sentence}"
    )


def what_would_change(study: Study) -> str:
    """What would make the answer another; where data are few, how many deals it would take.

    After looks at these deals no number is given: it would be that of deals nobody had looked at.
    """
    found, looks = study.validation, study.settings.looks
    if looks_lowered(found, looks):
        return (
            f"You looked {show_times(looks)} with another rubric, so more is asked of these deals; next "
            "quarter's deals are the honest test."
        )
    many = "" if looks else how_many_accounts(found)
    return f"{NEXT_PROOF[found.verdict.level]} {many}".strip()


def looks_lowered(found: Validation, looks: int) -> bool:
    """Whether the verdict would be better had nobody looked at these deals with another rubric."""
    auc, level = metric(found, "auc"), found.verdict.level
    return level == level_after_looks(auc, looks) != level_of(auc)


def how_many_accounts(found: Validation) -> str:
    """How many won and lost accounts would earn the next level; “” where there are so many, or none
    would.
    """
    enough, level = found.power, BETTER.get(found.verdict.level)
    if not len(enough) or level is None:
        return ""
    seen = metric(found, "auc").value if found.verdict.level != "too_little_data" else None
    ranking = USEFUL if seen is None else seen
    rows = enough[(enough["auc"] <= ranking + 1e-9) & (enough["level"] == level)]
    won, lost = found.accounts_by_outcome
    if not len(rows) or (won >= rows.iloc[-1]["won"] and lost >= rows.iloc[-1]["lost"]):
        return ""
    last = rows.iloc[-1]
    asked_won, asked_lost = max(won, last["won"]), max(lost, last["lost"])
    return (
        f"About {count(asked_won)} won and {count(asked_lost)} lost accounts in all would make it “{level}”, if it "
        f"ranks won above lost at least {in_hundred(last['auc'])} times in 100; so far there are {count(won)} won and "
        f"{count(lost)} lost accounts."
    )


def falls_short(found: Validation) -> str:
    """The gravest two of what falls short as one text; “” where nothing does."""
    return " ".join(list_shortfalls(found)[:SAID_AT_ONCE])


def missed_words(found: Validation) -> str:
    """“What was missed: 12 won although Red, 30 lost although Green”."""
    counts = [f"{count(number)} {outcome}" for outcome, number in found.missed_counts.items()]
    return f"What was missed: {', '.join(counts)}"


def against_suggested(study: Study) -> str:
    """Whether weights set by hand rank better or worse than the suggested ones; “” for the
    suggestion itself.

    On the accounts the rubric was made from, so it is no look at held-out deals. Won deals and best
    customers are told apart: a suggestion learned from both may give up some of the one for the
    other.
    """
    if study.settings.rubric is None or not study.rubric.criteria:
        return ""
    parts: list[str] = []
    for basis, what in RANKED.items():
        parts += _ranks(study.compare_weights(study.as_suggested, basis), what, first=not parts)
    if not parts:
        return ""
    return f"Set by hand, the weights rank {', '.join(parts)}, on the accounts the rubric was made from."


def _ranks(found: Estimate, what: str, *, first: bool) -> list[str]:
    """“won deals better than the suggested ones (+4.2 points, +1.6 to +6.9)”; nothing where nothing
    is compared.
    """
    if (
        found.value is None
        or found.low is None
        or found.high is None
        or found.low == found.high == 0
    ):
        return []
    which = "better" if found.low > 0 else "worse" if found.high < 0 else "about as well"
    than = (
        f" {'than' if found.low > 0 or found.high < 0 else 'as'} the suggested ones"
        if first
        else ""
    )
    points = f"{show_step(100 * found.value)} points, {show_step(100 * found.low)} to {show_step(100 * found.high)}"
    return [f"{what} {which}{than} ({points})"]


def metric(validation: Validation, name: str) -> Estimate:
    """One metric; not applicable when the validation does not have it."""
    return validation.metrics.get(name, NOT_APPLICABLE)


def proof_figures(validation: Validation, suggested: Validation | None = None) -> list[Figure]:
    """How often won ranks above lost, Green's win rate, wins inside Green, deals worked per win;
    those known.

    suggested: of the suggested rubric, said beside each figure that differs.
    """
    beside = (
        {}
        if suggested is None
        else {figure.label: figure.value for figure in known_figures(suggested)}
    )
    return [
        figure
        if beside.get(figure.label, figure.value) == figure.value
        else replace(figure, was=f"suggested: {beside[figure.label]}")
        for figure in known_figures(validation)
    ]


def known_figures(validation: Validation) -> list[Figure]:
    """The figures that are known."""
    bands = validation.bands.set_index("band")
    some, every = bands.loc["Green"], bands.sum(numeric_only=True)
    inside = metric(validation, "wins_in_green")
    figures = [
        ranking_figure(validation, int(every["deals"])),
        green_figure(validation),
        Figure(
            "Wins inside Green",
            percent(inside.value),
            percent_interval(inside.low, inside.high),
            counted_in(every, of(some["won"], every["won"], "wins")),
            help=linked(
                "Share of all won deals whose account is Green; an account counts once.", "win rate"
            ),
        ),
        effort_figure(validation, every),
    ]
    return [figure for figure in figures if figure.value != NOT_KNOWN]


def counted_in(row: Any, of_deals: str) -> str:
    """What a rate stands on: the deals where each account has one, else the accounts, since each
    counts once.
    """
    if row["accounts"] == row["deals"]:
        return of_deals
    return f"{plural(int(row['accounts']), 'account')}, each counted once"


def ranking_figure(validation: Validation, deals: int) -> Figure:
    """AUC as times in 100: on deals, else on value where only that was tested."""
    auc, value = metric(validation, "auc"), metric(validation, "auc_value")
    if auc.value is None and value.value is not None:
        return Figure(
            "Ranks best above others",
            *times_in_100(value),
            plural(round(value.n), "customer"),
            help=linked(
                "How often a best customer scores above another one, each by a rubric that had not seen it; 50 "
                "is a coin.",
                "cross-checked",
            ),
        )
    return Figure(
        "Ranks won above lost",
        *times_in_100(auc),
        plural(deals, "deal"),
        help=explain("auc"),
    )


def times_in_100(auc: Estimate) -> tuple[str, str]:
    """(“78 in 100”, “63–89”)."""
    if auc.value is None or auc.low is None or auc.high is None:
        return NOT_KNOWN, ""
    return f"{in_hundred(auc.value)} in 100", hundred_interval(auc.low, auc.high)


def green_figure(validation: Validation) -> Figure:
    """Win rate of Green beside that of all deals."""
    rate, row = (
        metric(validation, "win_rate_green"),
        validation.bands.set_index("band").loc["Green"],
    )
    every = percent(metric(validation, "win_rate").value)
    return Figure(
        "Win rate in Green",
        percent(rate.value),
        percent_interval(rate.low, rate.high),
        counted_in(row, of(row["won"], row["deals"], "deals")),
        help=linked(
            f"{of(row['won'], row['deals'])} closed deals at Green accounts were won, each account counted "
            f"once; of all deals {every}.",
            "win rate",
        ),
    )


def effort_figure(validation: Validation, window: Any) -> Figure:
    """Deals worked for one win in Green and Yellow, beside all."""
    some, every = (
        metric(validation, "deals_per_win_green_yellow"),
        metric(validation, "deals_per_win"),
    )
    over = counted_in(window, plural(int(window["deals"]), "deal"))
    beside = f"{number(every.value)} over all {over}" if every.value is not None else ""
    return Figure(
        "Deals per win, Green + Yellow",
        number(some.value),
        number_interval(some.low, some.high),
        beside,
        help=explain("impact", "What that gives up stands on Validation."),
    )


def looks_sentence(study: Study) -> str:
    """“You have looked 14 times at these 120 accounts; next quarter's deals are the honest test.”

    Before the first look: what a check of the changed rubric costs; “” while nothing was changed.
    """
    looks = study.settings.looks
    if not looks:
        return (
            ""
            if is_checked(study)
            else "A check is one look: the more looks, the less these deals can prove."
        )
    accounts = len(study.holdout.accounts) or len(study.outcomes)
    return (
        f"You have looked {show_times(looks)} at these {count(accounts)} accounts; next quarter's deals are "
        "the honest test."
    )


def compared(study: Study, other: Rubric, name: str = "the suggestion") -> Comparison:
    """How often each ranks a won deal above a lost one, and the paired difference; says why where
    nobody can tell.
    """
    found = icp.compare_rubrics(study, other)
    sentence = found.sentence.replace(found.name, name)
    return replace(found, name=name, sentence=sentence[:1].upper() + sentence[1:])


def explained(study: Study, deals: Frame) -> Frame:
    """Closed deals as people read them, each with the reason of its account's score."""
    reasons = study.explain(deals["account_id"].unique())
    return proof.recent_table(deals, study.deals, told_apart(study), reasons)


def read_deal(row: dict[str, Any], outcome: str, currency: str) -> str:
    """One deal as text: account, score and band; outcome, day, amount, how it was judged; why."""
    why = str(row["Why"]).partition("; ")[2] or str(row["Why"])
    when = [f"{outcome} {date(row['Closed'])}", money(row["Amount"], currency), row["Judged"]]
    about = " · ".join(plain(part) for part in when if part != NOT_KNOWN)
    badge = f":{BADGES[row['Band']]}-badge[{row['Band']} {row['Score']:.0f}]"
    return f"**{plain(row['Account'])}** {badge}  \n:small[{about}]  \n:small[:gray[{plain(why)}]]"


def read_rubric(content: bytes) -> Rubric | None:
    """A rubric from a file's bytes; None when it is none."""
    if len(content) > LARGEST_RUBRIC:
        return None
    try:
        return Rubric.from_json(content.decode("utf-8-sig"))
    except ValueError:  # pydantic's and Unicode's errors are both
        return None
