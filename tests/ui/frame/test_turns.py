"""Whose turn it is: releases first, lists one person at a time, nobody for ever."""

from __future__ import annotations

import threading
import time

from ui.frame.turns import CROWD, CROWDED_REST, REST, Turns


def patiently() -> bool:
    """Nobody asks for another run."""
    return False


def asked() -> bool:
    """This person let a weight go once more."""
    return True


def in_thread(action) -> threading.Thread:
    thread = threading.Thread(target=action, daemon=True)
    thread.start()
    return thread


def hold_as_release(turns: Turns) -> threading.Event:
    """Another thread answers a release until the event is set."""
    begun, answer = threading.Event(), threading.Event()

    def release() -> None:
        turns.begin_release()
        begun.set()
        answer.wait(5)
        turns.end_release()

    in_thread(release)
    begun.wait(5)
    return answer


def noting(turns: Turns, order: list[str]) -> tuple[threading.Thread, threading.Thread]:
    """First somebody who draws, then somebody who lets a weight go."""

    def draw() -> None:
        with turns.drawing(patiently):
            order.append("lists")

    def release() -> None:
        turns.begin_release()
        order.append("release")
        turns.end_release()

    drawer = in_thread(draw)
    drawer.join(0.05)
    releaser = in_thread(release)
    releaser.join(0.05)
    return drawer, releaser


def test_a_release_overtakes_lists_that_wait():
    turns, order = Turns(longest=60), []
    answered = hold_as_release(turns)
    threads = noting(turns, order)
    assert order == []
    answered.set()
    for thread in threads:
        thread.join(5)
    assert order == ["release", "lists"]


def test_lists_give_way_between_two_parts():
    turns, order = Turns(longest=60), []
    with turns.drawing(patiently):
        _, releaser = noting(turns, order)
        order.append("first part")
        turns.give_way(patiently)
        order.append("second part")
    releaser.join(5)
    assert order[:3] == ["first part", "release", "second part"]


def test_one_person_draws_at_a_time():
    turns, drawing, most = Turns(longest=60), [], []

    def draw() -> None:
        with turns.drawing(patiently):
            drawing.append(1)
            most.append(len(drawing))
            time.sleep(0.02)
            drawing.pop()

    for thread in [in_thread(draw) for _ in range(4)]:
        thread.join(5)
    assert most == [1, 1, 1, 1]


def test_a_release_that_was_never_answered_holds_nobody_for_ever():
    turns, order = Turns(longest=0.05), []
    in_thread(turns.begin_release).join(5)
    for thread in noting(turns, order):
        thread.join(5)
    assert sorted(order) == ["lists", "release"]


def test_patience_ends_though_a_release_goes_on():
    turns = Turns(longest=60, patience=0.05)
    answered = hold_as_release(turns)
    with turns.drawing(patiently):
        pass
    answered.set()


def test_who_asked_for_another_run_waits_no_longer_since_it_begins_when_this_one_ends():
    turns, order = Turns(longest=60), []
    answered = hold_as_release(turns)
    with turns.drawing(asked):
        order.append("drawn")
    answered.set()
    for thread in noting(turns, order):
        thread.join(5)
    assert order == ["drawn", "lists", "release"]


def test_a_part_that_is_drawn_does_not_end_the_turn_of_who_draws():
    turns, order = Turns(longest=60), []
    with turns.drawing(patiently):
        turns.end_release()  # the live control stands within what is drawn
        noting(turns, order)
        assert order == []


def test_who_does_not_draw_never_waits():
    turns = Turns(longest=60)
    answered = hold_as_release(turns)
    turns.give_way(patiently)
    answered.set()


def test_lists_wait_longer_where_many_move_at_once():
    turns = Turns()
    for _ in range(CROWD - 1):
        turns.begin_release()
        turns.end_release()
    assert turns.pause() == REST
    turns.begin_release()
    turns.end_release()
    assert turns.pause() == CROWDED_REST
