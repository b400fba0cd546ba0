"""Renders a profile as HTML, Markdown and JSON; every value is escaped for its target.

Comes in: a `Profile`. Goes out: text. Separate because templates only place and format, they
compute nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from icp_engine.profile.model import EVIDENCE_HELP, Section

FORMAT_VERSION = 1
MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>|#~$&!^])")
LIST_START = re.compile(r"^(\s*)([+\-=:]|\d+(?=[.)](?:\s|$)))")


def render_html(profile: Profile) -> str:
    """One standalone page without scripts or outside addresses."""
    return (
        _environment(True)
        .get_template("profile.html.jinja")
        .render(profile=profile, help=EVIDENCE_HELP)
    )


def render_markdown(profile: Profile) -> str:
    """Markdown (with GitHub's tables); a value from the data stays on its line and cannot act as
    markup.
    """
    return (
        _environment(False)
        .get_template("profile.md.jinja")
        .render(profile=profile, help=EVIDENCE_HELP)
    )


def render_json(profile: Profile) -> str:
    """The object's fields under their own names, keys sorted, with a format version."""
    content = {"format": "icp-profile", "version": FORMAT_VERSION, **asdict(profile)}
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"


def escape_markdown(value: Any) -> str:
    """Text that Markdown shows as it is: signs get a backslash, breaks become spaces, no list or
    heading starts.
    """
    line = " ".join(str(value).split())
    return LIST_START.sub(_escape_start, MARKDOWN_SIGNS.sub(r"\\\1", line))


def _escape_start(match: re.Match[str]) -> str:
    sign = match.group(2)
    # “1.” starts a list: only the dot may carry the backslash, so a zero-width joiner keeps the
    # number whole.
    return f"{match.group(1)}{sign}\u2060" if sign[0].isdigit() else f"{match.group(1)}\\{sign}"


@cache
def _environment(html: bool) -> Environment:
    finalize: Callable[[Any], Any] | None = None if html else escape_markdown
    # Markdown has an escape of its own, laid over every value by `finalize`.
    return Environment(
        loader=PackageLoader("icp_engine.profile", "templates"),
        autoescape=html,  # noqa: S701
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@dataclass(frozen=True)
class Profile:
    """The Ideal Customer Profile: a title, one sentence on how well it is proven, and the sections
    in reading order.

    `scope` and `objective` are sentences; `as_of` is the date the data speak for, worded. Holds no
    account, contact or owner names.
    """

    title: str
    as_of: str
    objective: str
    scope: str
    proof_level: str
    proof: str
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section:
        """The section of this key; KeyError when there is none."""
        return {section.key: section for section in self.sections}[key]

    @property
    def written(self) -> tuple[Section, ...]:
        """The sections that say something, in reading order."""
        return tuple(section for section in self.sections if section.told)

    @property
    def missing(self) -> tuple[Section, ...]:
        """The sections for which somebody has to be asked, in part or whole: they share one list at
        the end.
        """
        return tuple(section for section in self.sections if section.asks)

    def to_html(self) -> str:
        """One standalone page: styles inside, no scripts, nothing loaded from elsewhere, every
        value escaped.
        """
        return render_html(self)

    def to_markdown(self) -> str:
        """Markdown in which text from the data cannot act as markup."""
        return render_markdown(self)

    def to_json(self) -> str:
        """The whole object as JSON with sorted keys; equal profiles give equal bytes."""
        return render_json(self)


@dataclass(frozen=True)
class Form:
    """One way the document is written; pages, the shell and the tests of safety walk `FORMS`."""

    label: str
    file: str
    """Name of its file among those of `icp define`."""
    mime: str
    write: Callable[[Profile], str]


FORMS = (
    Form("HTML", "icp.html", "text/html", render_html),
    Form("Markdown", "icp.md", "text/markdown", render_markdown),
    Form("JSON", "profile.json", "application/json", render_json),
)
