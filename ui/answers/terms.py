"""The terms of the app: each in one line, with the place that says how it is computed.

Comes in: a term. Goes out: help text with a link to the methods. Separate because one term must
read alike wherever it is explained, and because the methods page lists all of them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A term as it is shown, its one line, and the anchor on the methods page."""

    name: str
    line: str
    anchor: str


TERMS: dict[str, Term] = {
    "best": Term(
        "Best customers",
        "The group that everything else is contrasted with.",
        "best_customers-score",
    ),
    "worst": Term(
        "Worst customers",
        "Those who left soonest; where nobody left, those of least value for most effort.",
        "best_customers-worst",
    ),
    "judged": Term(
        "Too young to judge",
        "A customer of less than half a year has not shown what it is worth.",
        "best_customers-who-is-judged",
    ),
    "value": Term(
        "Value score",
        "Where a customer stands among all, averaged over the value metrics by their weights.",
        "best_customers-score",
    ),
    "metric": Term(
        "Value metric",
        "A number that says what a customer is worth; it never scores a deal.",
        "best_customers-value-metrics",
    ),
    "borderline": Term(
        "Borderline",
        "Best in 25–75 of 100 tries with other customers and slightly other weights.",
        "best_customers-how-sure-the-set-is",
    ),
    "condition": Term(
        "Condition",
        "What a best customer must also meet; off until you switch it on.",
        "best_customers-conditions",
    ),
    "segment": Term(
        "Segment",
        "A group of best customers that are alike in what is known before the sale.",
        "segments",
    ),
    "stability": Term(
        "Repeats",
        "How much of a segment comes back when customers are drawn again.",
        "segments-competing-methods",
    ),
    "trait": Term(
        "Trait, proven",
        "A value one group holds more often than the other, beyond chance, though many were tried.",
        "traits-when-a-trait-is-claimed",
    ),
    "lift": Term(
        "Times as common",
        "The share of one group with a value, divided by that of the other; also called lift.",
        "traits-what-is-compared",
    ),
    "flag": Term(
        "Disqualifier, warning, caution",
        "A trait of the worst: a disqualifier caps at Red, a warning at "
        "Yellow, a caution caps nothing.",
        "traits-when-a-trait-is-claimed",
    ),
    "deal watch": Term(
        "Deal watch",
        "Signs seen while a deal runs; they never change a score.",
        "traits-while-a-deal-runs",
    ),
    "score": Term(
        "Score",
        "How well an account fits, 0 to 100: points earned of the points it could earn.",
        "rubric-score",
    ),
    "band": Term(
        "Band", "Green, Yellow or Red, by the score and the two thresholds.", "rubric-bands"
    ),
    "weight": Term("Weight", "How many of 100 points a criterion can earn.", "rubric-weights"),
    "missing": Term(
        "Missing values",
        "What an account earns where a value is not known: the average, nothing, or it "
        "is left out.",
        "rubric-score",
    ),
    "coverage": Term(
        "Known, not rated",
        "The weight of the criteria whose value is known; under 60 of 100 there is no band.",
        "rubric-score",
    ),
    "stable": Term(
        "How firm the criteria are",
        "How often a criterion is chosen when accounts are drawn again.",
        "rubric-how-stable-the-choice-is",
    ),
    "classic": Term(
        "40 / 30 / 30",
        "The split most templates begin with: 40 must have, 30 growth, 30 technical fit.",
        "rubric-the-classic-40-30-30",
    ),
    "held out": Term(
        "Held out",
        "The newest accounts with closed deals: they take no part in making the rubric, so "
        "they can test it.",
        "holdout",
    ),
    "cross-checked": Term(
        "Cross-checked",
        "Too few deals to set aside, so each was scored by a rubric made without it.",
        "validation-what-may-judge-a-rubric",
    ),
    "look": Term(
        "Look",
        "Each check of another rubric on the same deals; the more looks, the less they prove.",
        "validation-what-may-judge-a-rubric",
    ),
    "auc": Term(
        "Ranks won above lost",
        "How often a won deal scores above a lost one, drawn at random; 50 is a coin, "
        "and analysts call it AUC.",
        "validation-ranking-auc",
    ),
    "win rate": Term(
        "Win rate",
        "Won of all closed deals, where an account with several counts once.",
        "validation-precision-recall-gain-calibration",
    ),
    "impact": Term(
        "Deals per win",
        "Closed deals for one win when only Green and Yellow accounts are worked.",
        "validation-impact-and-customers-by-band",
    ),
    "given up": Term(
        "Given up",
        "Wins, revenue and open pipeline of accounts that would not be worked.",
        "validation-impact-and-customers-by-band",
    ),
    "evidence": Term(
        "Evidence",
        "Strong, moderate, weak, none or too little data, by the lower limit of the result.",
        "methods-words-for-how-sure",
    ),
    "rule of thumb": Term(
        "Rule of thumb",
        "What practice expects of a rubric; to miss one is no failure.",
        "validation-rules-of-thumb",
    ),
    "health": Term(
        "Data health", "How much of what a profile needs the files hold, 0 to 100.", "data_health"
    ),
    "pipeline": Term(
        "Open pipeline", "Open deals by the band of their account.", "activate-open-pipeline"
    ),
    "reason": Term(
        "Usual reasons",
        "Accounts lost or left whose remarks name the reason.",
        "words-the-usual-reasons",
    ),
}


def link_to(term: str) -> str:
    """The link to how a term is computed."""
    return f"[How it is computed]({address_of(term)})"


def address_of(term: str) -> str:
    """Where the methods say how a term is computed; without a slash in front, so that it holds
    under any base path.
    """
    return f"methods#{TERMS[term].anchor}"


def explain(term: str, more: str = "") -> str:
    """A help text: the term's line, what this place adds, the link. more: one sentence, plain text
    or Markdown.
    """
    return " ".join(part for part in (TERMS[term].line, more, link_to(term)) if part)


def linked(text: str, term: str) -> str:
    """A help text of one's own with the link to how the term is computed."""
    return f"{text} {link_to(term)}"
