"""The Markdown that the methods are written in, as HTML: headings, paragraphs, lists, tables,
formulas.

Comes in: the text of one of our own files. Goes out: HTML in which every sign of the text is
escaped, each section with an anchor. Separate because no locked library reads Markdown, and these
files use little of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby

# the target in the file → the address on the page; “” for one that is not served
Link = Callable[[str], str]
INLINE = re.compile(
    r"`(?P<code>[^`]++)`|\*\*(?P<bold>[^*]++(?:\*(?!\*)[^*]++)*+)\*\*"
    r"|(?<![\w*])\*(?P<italic>[^*\s][^*]*+)\*(?![\w*])"
    r"|\[(?P<text>[^\[\]]++)\]\((?P<target>[^()\s]++)\)"
)
# the words in bold that begin a paragraph: its title
LEAD = re.compile(r"\A\*{1,2}(.+?)[.:]?\*{1,2}")
ITEM = re.compile(r"\A(?:[-*]|\d++\.) +")
NO_ANCHOR = re.compile(r"[^a-z0-9]+")


def render_markdown(text: str, name: str, link: Link) -> str:
    """One file as HTML. name: begins every anchor, which is `name` for the title, else
    `name-words-of-the-heading`.
    """
    return "\n".join(_block(block, name, link) for block in _blocks(text))


def anchor_of(name: str, title: str) -> str:
    """“validation”, “Ranking: AUC” → “validation-ranking-auc”."""
    return "-".join(part for part in (name, NO_ANCHOR.sub("-", title.lower()).strip("-")) if part)


def render_inline(text: str, link: Link) -> str:
    """A line: code, bold, italic, links; everything else as it stands."""
    parts, last = [], 0
    for found in INLINE.finditer(text):
        parts += [escape(text[last : found.start()]), _marked(found, link)]
        last = found.end()
    return "".join(parts) + escape(text[last:])


def _marked(found: re.Match[str], link: Link) -> str:
    if found["code"] is not None:
        return f"<code>{escape(found['code'])}</code>"
    if found["target"] is not None:
        address, inner = link(found["target"]), render_inline(found["text"], link)
        return f'<a href="{escape(address)}">{inner}</a>' if address else inner
    tag = "b" if found["bold"] is not None else "i"
    return f"<{tag}>{render_inline(found['bold'] or found['italic'], link)}</{tag}>"


def _blocks(text: str) -> Iterator[list[str]]:
    """Runs of lines between empty ones."""
    for filled, lines in groupby(text.splitlines(), key=lambda line: bool(line.strip())):
        if filled:
            yield list(lines)


def _block(lines: list[str], name: str, link: Link) -> str:
    first = lines[0]
    if first.startswith("#"):
        return _heading(first, name)
    if first.startswith("    "):
        return f'<pre tabindex="0">{escape(chr(10).join(line[4:] for line in lines))}</pre>'
    if first.startswith("|"):
        return _table(lines, link)
    if ITEM.match(first):
        return _list(lines, link)
    lead = LEAD.match(first)
    place = f' id="{anchor_of(name, lead[1])}"' if lead and first.startswith("**") else ""
    return f"<p{place}>{render_inline(' '.join(lines), link)}</p>"


def _heading(line: str, name: str) -> str:
    depth = len(line) - len(line.lstrip("#"))
    title = line.lstrip("# ")
    place = name if depth == 1 else anchor_of(name, title)
    return f'<h{depth + 1} id="{place}">{escape(title)}</h{depth + 1}>'


def _list(lines: list[str], link: Link) -> str:
    items: list[str] = []
    for line in lines:
        found = ITEM.match(line)
        if found:
            items.append(line[found.end() :])
        else:
            items[-1] += f" {line.strip()}"
    tag = "ol" if lines[0][0].isdigit() else "ul"
    return f"<{tag}>{''.join(f'<li>{render_inline(item, link)}</li>' for item in items)}</{tag}>"


def _table(lines: list[str], link: Link) -> str:
    head, _rule, *rows = (
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines
    )
    top = "".join(f'<th scope="col">{render_inline(cell, link)}</th>' for cell in head)
    body = "".join(
        f"<tr>{''.join(f'<td>{render_inline(cell, link)}</td>' for cell in row)}</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(", ".join(head)) or "Table"}"><table>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )
