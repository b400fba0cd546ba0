"""Every step has its page, and the way through them has one order."""

from ui.answers.steps import PAGES, STEPS, next_step


def test_every_step_has_a_page_and_every_page_is_a_step():
    assert sorted(path.stem for path in PAGES.glob("*.py")) == sorted(step.key for step in STEPS)


def test_next_leads_from_the_first_to_the_last():
    walked, current = [STEPS[0]], next_step(STEPS[0].key)
    while current:
        walked.append(current)
        current = next_step(current.key)
    assert walked == list(STEPS)


def test_addresses_are_one_segment():
    assert all("/" not in step.url_path and "_" not in step.url_path for step in STEPS)
