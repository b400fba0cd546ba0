"""Whose turn it is: releases first, lists one person at a time, nobody for ever."""

from __future__ import annotations

import threading
import time

import pytest

from ui.turns import Turns


class AskedToLeaveError(Exception):
    """What Streamlit raises in a run that is to end."""


def leave() -> None:
    raise AskedToLeaveError


def stay() -> None:
    """Nobody asks for another run."""


def in_thread(action) -> threading.Thread:
    thread = threading.Thread(target=action, daemon=True)
    thread.start()
    return thread


def test_lists_wait_until_another_release_is_answered():
    turns, order = Turns(), []
    begun, answer = threading.Event(), threading.Event()

    def release() -> None:
        turns.begin_release()
        begun.set()
        answer.wait(5)
        order.append("release")
        turns.end_release()

    released = in_thread(release)
    begun.wait(5)

    def draw() -> None:
        with turns.drawing(stay):
            order.append("lists")

    drawn = in_thread(draw)
    drawn.join(0.05)
    assert order == []
    answer.set()
    released.join(5)
    drawn.join(5)
    assert order == ["release", "lists"]


def test_one_person_draws_at_a_time():
    turns, drawing, most = Turns(patience=5), [], []

    def draw() -> None:
        with turns.drawing(stay):
            drawing.append(1)
            most.append(len(drawing))
            time.sleep(0.02)
            drawing.pop()

    for thread in [in_thread(draw) for _ in range(4)]:
        thread.join(5)
    assert most == [1, 1, 1, 1]


def test_a_release_that_was_never_answered_holds_nobody_for_ever():
    turns = Turns(patience=60, longest=0.05)
    in_thread(turns.begin_release).join(5)
    with turns.drawing(stay):
        pass
    assert not turns._is_releasing()


def test_patience_ends_though_releases_go_on():
    turns = Turns(patience=0.05, longest=60)
    in_thread(turns.begin_release).join(5)
    with turns.drawing(stay):
        assert turns._is_releasing()


def test_who_is_asked_for_another_run_leaves_and_lets_the_next_one_in():
    turns = Turns(patience=60, longest=60)
    in_thread(turns.begin_release).join(5)
    with pytest.raises(AskedToLeaveError), turns.drawing(leave):
        pytest.fail("drawn while a release was under way")
    assert not turns._drawing.locked()


def test_who_does_not_draw_never_waits():
    turns = Turns(longest=60)
    in_thread(turns.begin_release).join(5)
    turns.give_way(leave)
