"""The sections of an ICP document: order, titles, the question each answers, and what to ask when
data are silent.

Comes in: nothing (definitions only). Goes out: `OUTLINE`. Separate because the
document's order is what people agree on first, and the page and the templates follow it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outline:
    """One section's place in the document; `prompts` say whom to ask when no data fill it."""

    key: str
    title: str
    question: str
    prompts: tuple[str, ...] = ()


OUTLINE: tuple[Outline, ...] = (
    Outline("summary", "Name and summary", "Who is the ideal customer, in short?"),
    Outline(
        "firmographics",
        "Firmographics",
        "What kind of organisation, or person, is it?",
        ("add industry, size, region and business model to the accounts.",),
    ),
    Outline(
        "technographics",
        "Technographics",
        "What do they run and use?",
        ("ask three best customers which systems you had to work with.",),
    ),
    Outline(
        "behaviour",
        "Behavioural and psychographic",
        "How do they act and what do they believe?",
        ("look for hiring, funding, growth, and what they read or attend.",),
    ),
    Outline(
        "pain_points",
        "Pain points",
        "What hurts them before they buy?",
        (
            "ask three best customers what made them look.",
            "ask what the old way cost them, in hours or money.",
        ),
    ),
    Outline(
        "goals",
        "Goals",
        "What do they want to reach?",
        ("ask three best customers what their own boss measures this year.",),
    ),
    Outline(
        "triggers",
        "Buying triggers",
        "What happens shortly before they buy?",
        ("ask three best customers what changed in the ninety days before the first call.",),
    ),
    Outline(
        "value_drivers",
        "Value drivers",
        "What do they get that they would miss?",
        ("ask three best customers what they would lose if it were switched off tomorrow.",),
    ),
    Outline(
        "objections",
        "Objections and answers",
        "What speaks against buying, and what is the answer?",
        (
            "record a reason for every lost deal from today.",
            "ask the reps for the two objections they hear most, and the answer that works.",
        ),
    ),
    Outline(
        "buying_committee",
        "Decision process and buying committee",
        "Who decides, how, and how long does it take?",
        ("ask three best customers who signed, who could have stopped it, and who used it first.",),
    ),
    Outline(
        "watering_holes",
        "Where to find them",
        "Where can they be met?",
        ("ask three best customers where they heard of you and whom they trust for advice.",),
    ),
    Outline(
        "success_metrics",
        "Metrics for success",
        "By which numbers does a good customer show?",
        ("name the number that says a customer was worth winning.",),
    ),
    Outline(
        "keywords",
        "Keywords",
        "Which words find them and speak to them?",
        ("collect ten phrases from calls with best customers.",),
    ),
    Outline(
        "best_fit",
        "Best-fit characteristics",
        "What raises the fit most?",
        ("name three things every best customer has that others lack.",),
    ),
    Outline(
        "good_fit",
        "Good-fit characteristics",
        "What is good, short of best?",
        ("name what you accept when the best is missing.",),
    ),
    Outline(
        "bad_fit",
        "Bad-fit characteristics",
        "What speaks against an account?",
        ("name what the three most painful customers had in common.",),
    ),
    Outline("segments", "Segments", "Into which groups do the best customers fall?"),
    Outline(
        "anti_icp",
        "Anti-ICP",
        "Whom should nobody sell to?",
        ("ask customer success which customers should never have been signed.",),
    ),
    Outline("rubric", "Rubric", "How is an account scored?"),
    Outline("proof", "Proof", "How sure is it?"),
    Outline("method", "How it was made", "From what, when, and with which choices?"),
)
