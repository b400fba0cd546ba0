"""Share links: a token that opens one study, as it stood, in one scope, until it expires or is
revoked.

Comes in: a study's id and settings, the finished page, a scope. Goes out: `ShareLink` values; the
token once, to the one who shares. Separate from `studies` because a stranger's request reaches this
table and no other.
"""

from __future__ import annotations

import hashlib
import secrets
import zlib
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Engine, or_, select, update
from sqlalchemy.orm import Session

from icp_engine.store.in_use import tables_in_use
from icp_engine.store.model import LinkRow, LinkScope, SavedStudy, ShareLink
from icp_engine.store.saved_settings import read_problem, read_settings

TOKEN_BYTES = 24  # 192 bits: nobody guesses one
LONGEST_TOKEN = 200  # signs looked at; a longer address is no token


class ShareLinks:
    """The links of one store. Unknown, expired and revoked tokens take one way through and give the
    same answer.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(
        self,
        saved: SavedStudy,
        page_html: str,
        *,
        page: str,
        name: str,
        scope: LinkScope = "view",
        names: bool = False,
        days: int | None = 30,
    ) -> tuple[ShareLink, str]:
        """Share a study as it stands: the link, and its token, which cannot be had again.

        page_html: what `/s/<token>` shows. page: key of the step shared. days: until it expires;
        None: until revoked. KeyError: the study stands on these tables no longer, so they may be
        gone.
        """
        token, now = secrets.token_urlsafe(TOKEN_BYTES), _now()
        row = LinkRow(
            id=secrets.token_hex(6),
            token_hash=_hash(token),
            study_id=saved.id,
            name=name.strip()[:80],
            page=page,
            scope=scope,
            names=names,
            step=saved.step,
            settings=saved.settings.model_dump_json(),
            dataset=saved.dataset,
            tables=dict(saved.tables),
            problems=[asdict(one) for one in saved.problems],
            page_html=zlib.compress(page_html.encode()),
            created_at=now,
            expires_at=None if days is None else now + timedelta(days=days),
            revoked_at=None,
            opened=0,
        )
        with Session(self._engine) as session, session.begin():
            session.connection().exec_driver_sql("BEGIN IMMEDIATE")
            if not {*saved.tables.values()} <= tables_in_use(session, saved.id):
                raise KeyError(saved.id)
            session.add(row)
            session.flush()
            return _link(row), token

    def find(self, token: str) -> tuple[ShareLink, SavedStudy] | None:
        """The live link of a token with the study as it froze it; None for unknown, expired and
        revoked alike.
        """
        with Session(self._engine) as session:
            row = session.scalar(select(LinkRow).where(_is_live(token)))
            return (_link(row), _frozen(row)) if row else None

    def open_page(self, token: str) -> str | None:
        """The shared page of a live link, counted as one opening; None for unknown, expired and
        revoked alike.
        """
        with Session(self._engine) as session, session.begin():
            packed = session.scalar(select(LinkRow.page_html).where(_is_live(token)))
            session.execute(
                update(LinkRow).where(_is_live(token)).values(opened=LinkRow.opened + 1)
            )
        return None if packed is None else zlib.decompress(packed).decode()

    def live(self, study_id: str) -> list[ShareLink]:
        """The links of a study that open today, the newest first."""
        with Session(self._engine) as session:
            query = (
                select(LinkRow)
                .where(LinkRow.study_id == study_id, *_in_force())
                .order_by(LinkRow.created_at.desc(), LinkRow.id)
            )
            return [_link(row) for row in session.scalars(query)]

    def revoke(self, study_id: str, link_id: str) -> bool:
        """Close a link of this study for good; False when it has no such link in force."""
        with Session(self._engine) as session, session.begin():
            closed = session.scalars(
                update(LinkRow)
                .where(LinkRow.study_id == study_id, LinkRow.id == link_id, *_in_force())
                .values(revoked_at=_now(), page_html=b"")
                .returning(LinkRow.id)
            ).all()
            return bool(closed)


def _is_live(token: str) -> ColumnElement[bool]:
    known, unrevoked, unexpired = LinkRow.token_hash == _hash(token), *_in_force()
    return known & unrevoked & unexpired


def _in_force() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return LinkRow.revoked_at.is_(None), or_(
        LinkRow.expires_at.is_(None), LinkRow.expires_at > _now()
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token[:LONGEST_TOKEN].encode("utf-8", "replace")).hexdigest()


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _frozen(row: LinkRow) -> SavedStudy:
    return SavedStudy(
        id=row.study_id,
        dataset=row.dataset,
        tables=dict(row.tables),
        settings=read_settings(row.settings),
        problems=tuple(read_problem(problem) for problem in row.problems),
        changed_at=row.created_at,
        undo="",
        redo="",
        step=row.step,
    )


def _link(row: LinkRow) -> ShareLink:
    return ShareLink(
        id=row.id,
        study_id=row.study_id,
        name=row.name,
        page=row.page,
        scope="what_if" if row.scope == "what_if" else "view",
        names=row.names,
        step=row.step,
        created_at=row.created_at,
        expires_at=row.expires_at,
        opened=row.opened,
    )
