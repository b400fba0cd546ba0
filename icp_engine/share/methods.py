"""Writes the methods as one HTML page, which the help texts of the app link to.

Comes in: the methods as Markdown by file name, the app's terms. Goes out: HTML without scripts, an
anchor a section. Separate from the snapshot: it says nothing of any study, so everybody may read
it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from icp_engine.share.markdown import render_markdown
from icp_engine.share.render import environment, page_policy


def render_methods(files: Mapping[str, str], terms: Iterable[tuple[str, str, str]] = ()) -> str:
    """The page. files: name without ending → Markdown, in reading order; terms: (name, one line,
    anchor).
    """

    def link(target: str) -> str:
        name = PurePosixPath(target.partition("#")[0]).stem
        return target if target.startswith("#") else f"#{name}" if name in files else ""

    sections = [render_markdown(text, name, link) for name, text in files.items()]  # escaped there
    return (
        environment()
        .get_template("methods.html.jinja")
        .render(sections=sections, terms=list(terms), policy=page_policy())
    )
