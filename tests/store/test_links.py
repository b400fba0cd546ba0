"""A link opens one study as it stood; unknown, expired and revoked tokens are alike; links die with
their study.
"""

from datetime import timedelta

import pandas as pd
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from icp_engine.settings import Settings
from icp_engine.store import links
from icp_engine.store.model import LinkRow
from icp_engine.store.studies import StudyStore


@pytest.fixture
def store(tmp_path):
    return StudyStore(tmp_path / "home")


@pytest.fixture
def saved(store):
    return store.create({"accounts": pd.DataFrame({"account_id": ["a"]})}, Settings(title="shared"))


def share(store, saved, **how):
    return store.links.create(saved, "<p>page</p>", page="rubric", name="For the board", **how)


def test_a_token_opens_the_page_and_is_kept_only_as_a_hash(store, saved):
    link, token = share(store, saved)
    assert store.links.open_page(token) == "<p>page</p>"
    with Session(store._engine) as session:
        row = session.scalars(select(LinkRow)).one()
    assert token not in repr(vars(row))
    assert len(token) >= 22  # 128 bits in base 64
    assert (link.scope, link.names) == ("view", False)


def test_what_was_shared_stays_as_it_was(store, saved):
    _link, token = share(store, saved)
    store.save(saved.id, Settings(title="later", green=70), "Green from 70")
    store.save_tables(
        saved.id, {"accounts": pd.DataFrame({"account_id": ["newer"]})}, Settings(), "Newer files"
    )
    _link, frozen = store.links.find(token)
    assert (frozen.settings, frozen.dataset) == (saved.settings, saved.dataset)


def test_data_that_a_link_shows_outlive_their_step(store, saved):
    tables = {"accounts": pd.DataFrame({"account_id": ["newer"]})}
    _link, token = share(store, store.save_tables(saved.id, tables, Settings(), "Newer files"))
    store.undo(saved.id)
    store.save(saved.id, Settings(green=70), "the undone step is dropped")
    _link, frozen = store.links.find(token)
    assert store.tables(frozen)["accounts"]["account_id"].tolist() == ["newer"]
    store.delete(saved.id)
    assert list(store.tables_folder.iterdir()) == []


def test_openings_are_counted_and_looking_a_token_up_is_none(store, saved):
    _link, token = share(store, saved)
    store.links.open_page(token)
    store.links.open_page(token)
    store.links.find(token)
    assert [link.opened for link in store.links.live(saved.id)] == [2]


@pytest.mark.parametrize("token", ["", "x", "\ud800", "' OR 1=1 --", "a" * 10_000])
def test_an_unknown_token_opens_nothing(store, saved, token):
    share(store, saved)
    assert store.links.find(token) is None
    assert store.links.open_page(token) is None


def test_a_revoked_link_is_gone_with_its_page(store, saved):
    link, token = share(store, saved)
    assert store.links.revoke(saved.id, link.id)
    assert (store.links.find(token), store.links.open_page(token), store.links.live(saved.id)) == (
        None,
        None,
        [],
    )
    assert not store.links.revoke(saved.id, link.id)


def test_an_expired_link_is_as_one_that_never_was(store, saved):
    _link, token = share(store, saved, days=1)
    with Session(store._engine) as session, session.begin():
        session.execute(update(LinkRow).values(expires_at=links._now() - timedelta(seconds=1)))
    assert (store.links.find(token), store.links.open_page(token), store.links.live(saved.id)) == (
        None,
        None,
        [],
    )


def test_a_link_without_expiry_stays(store, saved):
    _link, token = share(store, saved, days=None)
    assert store.links.find(token)[0].expires_at is None


def test_only_the_own_study_can_revoke(store, saved):
    link, token = share(store, saved)
    assert not store.links.revoke("another", link.id)
    assert store.links.open_page(token)


def test_a_link_dies_with_its_study(store, saved):
    _link, token = share(store, saved)
    store.delete(saved.id)
    assert store.links.find(token) is None
    with Session(store._engine) as session:
        assert session.scalars(select(LinkRow)).all() == []


def test_links_are_listed_newest_first_and_by_study(store, saved):
    other = store.create({"accounts": pd.DataFrame({"account_id": ["b"]})}, Settings())
    share(store, other)
    first, _token = share(store, saved)
    second, _token = share(store, saved, scope="what_if", names=True)
    assert {link.id for link in store.links.live(saved.id)} == {first.id, second.id}
    assert store.links.live(saved.id)[0].created_at >= store.links.live(saved.id)[1].created_at
