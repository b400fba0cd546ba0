"""What the server answers under `/methods`: how everything is computed, for whoever follows a help
text.

Comes in: the project's own docs. Goes out: one page without scripts and without anything of a
study, so a guest and a stranger may read it too. Separate from shared pages, which need a token.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from icp_engine.share.methods import render_methods
from icp_engine.share.render import POLICY
from ui.answers.terms import TERMS

DOCS = Path(__file__).resolve().parents[2] / "docs"
ORDER = (
    "holdout",
    "best_customers",
    "segments",
    "traits",
    "words",
    "rubric",
    "validation",
    "activate",
    "further_tables",
    "understanding",
    "data_health",
)  # that of docs/methods.md


def show_methods(_request: Request) -> Response:
    """GET: the page; the same for everybody, so a browser may keep it for an hour."""
    return HTMLResponse(
        methods_page(),
        headers={
            "Content-Security-Policy": POLICY,
            "Cache-Control": "public, max-age=3600",
            "X-Frame-Options": "DENY",
        },
    )


@cache
def methods_page() -> str:
    """The page as HTML, made once."""
    files = {"methods": DOCS / "methods.md"} | {
        name: DOCS / "methods" / f"{name}.md" for name in ORDER
    }
    read = {name: file.read_text(encoding="utf-8") for name, file in files.items()}
    return render_methods(read, [(term.name, term.line, term.anchor) for term in TERMS.values()])
