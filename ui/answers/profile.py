"""What the profile page says of its document: how much of it rests on what.

Comes in: the profile. Goes out: figures, the text of a section to edit.
Separate from the page, which only lays out.
"""

from __future__ import annotations

from collections import Counter

from icp_engine.profile.document import Profile
from icp_engine.profile.model import Section, Statement
from icp_engine.wording.numbers import count, of, plural
from icp_engine.wording.shares import percent
from ui.answers.figure import Figure


def figures(profile: Profile) -> list[Figure]:
    """How much of the document rests on what."""
    counted = Counter(
        statement.evidence for section in profile.written for statement in section.told
    )
    total = sum(counted.values())
    edited = sum(section.edited for section in profile.sections)
    return [
        Figure(
            "Counted in data",
            percent(counted["data"] / max(total, 1)),
            of=of(counted["data"], total, "statements"),
            help="Sentences counted in your own files.",
        ),
        Figure(
            "From interviews",
            count(counted["interview"]),
            of=f"of {plural(total, 'statement')}",
            help="Sentences counted in notes: what customers and reps said.",
        ),
        Figure(
            "Still assumed",
            count(counted["assumption"]),
            of=f"of {plural(total, 'statement')}",
            help="Nobody has checked these yet. Edit a section to replace them.",
        ),
        Figure(
            "Sections filled",
            count(len(profile.written)),
            of=f"of {count(len(profile.sections))}"
            + (f", {count(edited)} edited" if edited else ""),
            help="The others are not in your files: what to ask stands at the end. In an edited section a person's "
            "words stand, and what the data say beside them.",
        ),
    ]


def anchor(section: Section) -> str:
    """The section's place in the page."""
    return f"section-{section.key.replace('_', '-')}"


def as_text(statements: tuple[Statement, ...]) -> str:
    """Statements as the editor shows them."""
    return "\n".join(f"[{s.evidence}] {s.text}" for s in statements)
