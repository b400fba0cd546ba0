"""What the page of customers to avoid says.

Comes in: a study. Goes out: sentence and figures. Separate because documents and links say the
same.
"""

from __future__ import annotations

from icp_engine import Study
from icp_engine.charts import traits
from icp_engine.rubric.flag_effects import FlagEffect
from icp_engine.rubric.model import Flag
from icp_engine.traits.verdict import FEWEST
from icp_engine.types import Frame
from icp_engine.wording.numbers import count, of, plural
from icp_engine.wording.shares import percent
from ui.answers.figure import Figure
from ui.answers.markdown import plain
from ui.answers.terms import linked


def bad_fit_sentence(study: Study) -> str:
    """How many traits point to a bad fit, and the clearest in a sentence."""
    table, verdict = study.traits.table, study.traits.verdict
    bad = traits.proven(table, traits.AGAINST)
    if not len(study.best.worst):
        rarer = f"; {plural(len(bad), 'trait is', 'traits are')} rarer among the best than among the others"
        return f"Nothing in these files says which customers were a bad fit{rarer if len(bad) else ''}."
    if not len(bad):
        why = (
            f"none of {count(len(table))} tried is more common among the worst than chance allows."
            if verdict.level != "too_little_data"
            else verdict.sentence
        )
        return f"No trait is proven to mark a bad fit: {why}"
    return f"{plural(len(bad), 'trait points', 'traits point')} to a bad fit. {bad['sentence'].iloc[0]}"


def won_lost_sentence(won_lost: Frame) -> str:
    """How many attributes tell won accounts from lost ones, and the clearest in a sentence."""
    if not len(won_lost) or not (won_lost["of_best"].any() and won_lost["of_rest"].any()):
        return (
            "Won and lost accounts cannot be compared: it takes closed deals of both kinds, of "
            "accounts with known attributes."
        )
    proven = won_lost[won_lost["direction"] != "none"]
    if len(proven):
        told = plural(len(proven), "trait tells", "traits tell")
        won = int((proven["lift"] > 1).sum())
        return (
            f"{told} won accounts from lost ones: {count(won)} commoner among won, "
            f"{count(len(proven) - won)} among lost. {proven['sentence'].iloc[0]}"
        )
    won, lost = int(won_lost["of_best"].max()), int(won_lost["of_rest"].max())
    if min(won, lost) < FEWEST:
        return (
            f"Too few to prove anything: {count(won)} won and {count(lost)} lost accounts with known "
            f"attributes, where at least {FEWEST} of each are needed."
        )
    return (
        f"Not one of {count(len(won_lost))} traits tells won accounts from lost ones beyond chance, "
        f"among {count(won)} won and {count(lost)} lost accounts."
    )


def bad_fit_figures(study: Study) -> list[Figure]:
    """Worst customers, bad-fit traits, switches on, accounts held at Red."""
    table, best = study.traits.table, study.best
    flags = [flag for flag in study.rubric.flags if flag.strength != "caution"]
    bad, switches = (
        len(traits.proven(table, traits.AGAINST)),
        plural(len(flags), "switch", "switches"),
    )
    held = int(study.scores["disqualified"].sum())
    return [
        Figure(
            "Worst customers",
            count(len(best.worst)),
            of=f"of {count(len(best.scores))} judged",
            help=linked(f"Worst: {plain(best.worst_basis)}.", "worst"),
        ),
        Figure(
            "Traits of a bad fit",
            count(bad),
            of=f"of {count(len(table))} tried",
            help=linked("More common among the worst than among the best, beyond chance.", "trait"),
        ),
        Figure(
            "Switched on",
            count(sum(flag.on for flag in flags)),
            of=f"of {switches}",
            help=linked("Traits that cap a band; nothing is switched on by itself.", "flag"),
        ),
        Figure(
            "Accounts held at Red",
            count(held),
            percent(held / max(len(study.scores), 1)),
            f"of {count(len(study.scores))}",
            help=linked("By a disqualifier that is switched on.", "flag"),
        ),
    ]


def effect_words(flag: Flag, effect: FlagEffect) -> str:
    """What switching a trait on does to bands, and how many won and lost accounts had it."""
    had = f"{of(effect.won, effect.of_won, 'won')} and {of(effect.lost, effect.of_lost, 'lost')} accounts had it."
    if flag.strength == "caution":
        return had
    kept = "Red" if flag.strength == "disqualifier" else "Yellow"
    return f"Switched on, {of(effect.falling, effect.accounts, 'accounts')} with it fall to {kept}; {had}"
