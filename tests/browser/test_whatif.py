"""The what-if control: the browser counts as the engine does; the page answers, counts looks, and
can be used.
"""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect

from icp_engine.rubric.model import Criterion, Group, Rubric
from icp_engine.rubric.weights import share_out
from icp_engine.whatif.step import WhatIfRows, what_if
from tests.browser.watching import PATIENT, grave_findings, settle

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
CODE = Path(__file__).resolve().parents[2] / "ui" / "components" / "whatif"
GROUPS = ("must_have", "growth", "technical")
POLICIES = ("average", "zero", "leave_out")


# ---------------------------------------------------------------------- golden vectors


@pytest.fixture(scope="module")
def script(browser):
    """A page that has loaded exactly the control's own file, and nothing of the app."""
    page = browser.new_page()
    page.route("http://golden.test/*", lambda route: _serve(route))
    page.goto("http://golden.test/")
    page.evaluate("async () => { window.score = await import('/score.js'); }")
    yield page
    page.close()


def _serve(route):
    name = route.request.url.rsplit("/", 1)[-1]
    if name:
        route.fulfill(
            body=(CODE / name).read_text(encoding="utf-8"), content_type="text/javascript"
        )
    else:
        route.fulfill(body="<!doctype html><title>golden</title>", content_type="text/html")


def drawn_rubric(draw, *, locks=False):
    size = int(draw.integers(1, 13))
    weights = list(
        share_out(
            100, {str(i): float(w) for i, w in enumerate(draw.integers(0, 30, size))}
        ).values()
    )
    groups = draw.choice(GROUPS, size)
    totals = {
        g: int(sum(w for w, of in zip(weights, groups, strict=True) if of == g)) for g in GROUPS
    }
    yellow = int(draw.integers(0, 99))
    return Rubric(
        criteria=tuple(
            Criterion(
                name=f"c{i}",
                group=str(groups[i]),
                weight=w,
                unknown_fit=int(draw.integers(0, 21)),
                locked=bool(locks and draw.random() < 0.25),
            )
            for i, w in enumerate(weights)
        ),
        groups=tuple(
            Group(key=g, name=g, locked_total=totals[g] if locks and draw.random() < 0.3 else None)
            for g in GROUPS
        ),
        missing_policy=str(draw.choice(POLICIES)),
        coverage_floor=float(draw.choice([0, 0.4, 0.6, 1])),
        yellow=yellow,
        green=int(draw.integers(yellow + 1, 101)),
    )


def drawn_rows(draw, rubric):
    n, criteria = int(draw.integers(2, 120)), len(rubric.criteria)
    fits = np.where(draw.random((n, criteria)) < 0.25, -1, draw.integers(0, 21, (n, criteria)))
    deals = draw.integers(0, 5, n)
    won = np.minimum(deals, draw.integers(0, 5, n))
    best = (draw.random(n) < 0.3).astype(np.int64)
    return WhatIfRows(
        pd.RangeIndex(n),
        fits,
        draw.integers(0, 21, (n, criteria)),
        draw.choice([0, 0, 0, 1, 2], n),
        {"deals": won, "value": best},
        {"deals": deals, "value": np.ones(n, dtype=np.int64)},
        True,
        n,
    )


def sent(rubric):
    return {
        "weights": [c.weight for c in rubric.criteria],
        "group": [c.group for c in rubric.criteria],
        "locked": [c.locked for c in rubric.criteria],
        "held": [[g.key, g.locked_total] for g in rubric.groups],
        "green": rubric.green,
        "yellow": rubric.yellow,
        "policy": rubric.missing_policy,
        "floor": round(100 * rubric.coverage_floor),
    }


SCORE = """(cases) => cases.map(([text, rubric, basis]) => {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const found = score.whatIf(rubric, score.readRows(bytes), basis, true);
  return { ...found, tenths: Array.from(found.tenths), band: Array.from(found.band) };
})"""
WEIGH = """(cases) => cases.map(([rubric, kind, name, value]) => {
  const own = { ...rubric, held: new Map(rubric.held) };
  try {
    return (kind === 'weight' ? score.withWeight(own, name, value) : score.withGroup(own, name, value)).weights;
  } catch (error) { return null; }
})"""


def test_scores_bands_and_counts_are_the_engines(script):
    draw = np.random.default_rng(7)
    cases = [
        (rubric, drawn_rows(draw, rubric), str(draw.choice(["deals", "value"])))
        for rubric in (drawn_rubric(draw) for _ in range(150))
    ]
    packed = [
        [base64.b64encode(rows.packed[1]).decode(), sent(rubric), basis]
        for rubric, rows, basis in cases
    ]
    for (rubric, rows, basis), ours in zip(cases, script.evaluate(SCORE, packed), strict=True):
        engine = what_if(rubric, rows, basis)
        assert ours["tenths"] == engine.tenths.tolist() and ours["band"] == engine.band.tolist()
        assert (
            ours["good"] == engine.histogram["good"].tolist()
            and ours["bad"] == engine.histogram["bad"].tolist()
        )
        assert_same_bands(ours["bands"], engine.bands)
        auc = [engine.auc.value, engine.auc.low, engine.auc.high]
        assert (
            ours["auc"] == pytest.approx(auc, abs=1e-9)
            if auc[0] is not None
            else ours["auc"][0] is None
        )


def assert_same_bands(ours, engine):
    for mine, theirs in zip(ours, engine.to_dict("records"), strict=True):
        assert [mine[name] for name in ("accounts", "deals", "won")] == [
            theirs[name] for name in ("accounts", "deals", "won")
        ]
        for name in ("share", "win_rate", "low", "high"):
            blank = mine[name] is None
            assert (
                np.isnan(theirs[name])
                if blank
                else mine[name] == pytest.approx(theirs[name], abs=1e-12)
            )


def test_weights_follow_by_the_engines_rule_with_locks_and_where_nothing_can_give(script):
    draw = np.random.default_rng(11)
    cases = [(drawn_rubric(draw, locks=True), int(draw.integers(0, 101))) for _ in range(600)]
    cases = [(rubric, int(draw.integers(len(rubric.criteria))), value) for rubric, value in cases]
    ours = script.evaluate(
        WEIGH, [[sent(rubric), "weight", place, value] for rubric, place, value in cases]
    )
    assert ours == [moved(rubric, {f"c{place}": value}) for rubric, place, value in cases]
    assert None in ours


def test_group_totals_follow_by_the_engines_rule(script):
    draw = np.random.default_rng(13)
    cases = [
        (drawn_rubric(draw), str(draw.choice(GROUPS)), int(draw.integers(0, 101)))
        for _ in range(300)
    ]
    cases = [
        (rubric, key, value)
        for rubric, key, value in cases
        if any(c.group == key for c in rubric.criteria)
    ]
    ours = script.evaluate(
        WEIGH, [[sent(rubric), "group", key, value] for rubric, key, value in cases]
    )
    for (rubric, key, value), weights in zip(cases, ours, strict=True):
        members = {c.name: float(c.weight) for c in rubric.criteria if c.group == key}
        assert weights == moved(rubric, share_out(value, members))


def moved(rubric, weights):
    try:
        return [c.weight for c in rubric.with_weights(weights).criteria]
    except ValueError:
        return None


BESIDE = """async ([data, rubric]) => {
  const beside = await import('/suggested.js');
  return [beside.weightsSuggested({ data, rubric }), beside.otherwiseSuggested({ data, rubric })];
}"""
SUGGESTED = {
    "alike": True,
    "names": ["A", "B"],
    "weights": [60, 40],
    "green": 80,
    "yellow": 60,
    "policy": "average",
}


@pytest.mark.parametrize(
    ("names", "change", "alike", "weights", "said"),
    [
        (["A", "B"], {}, True, [None, None], ""),
        (["Money", "B"], {}, True, [None, None], ""),
        (["A", "B"], {"weights": [70, 30]}, True, [60, 40], ""),
        (
            ["A", "B"],
            {"green": 85, "policy": "zero"},
            True,
            [None, None],
            "Suggested: Green from 80 and Yellow from 60; a missing value earns the average.",
        ),
        (
            ["C", "A"],
            {"weights": [40, 60]},
            False,
            [None, None],
            "Suggested: with B 40; without C.",
        ),
    ],
)
def test_what_is_suggested_stands_beside_what_differs_and_nothing_else(
    script, names, change, alike, weights, said
):
    rubric = {**{key: SUGGESTED[key] for key in ("weights", "green", "yellow", "policy")}, **change}
    data = {
        "criteria": [{"name": name} for name in names],
        "suggested": {**SUGGESTED, "alike": alike},
        "policies": {"average": "the average", "zero": "nothing"},
    }
    assert script.evaluate(BESIDE, [data, rubric]) == [weights, said]


# ---------------------------------------------------------------------- the page


@pytest.fixture(scope="module")
def rubric_link(sample_link):
    return sample_link.replace("/?", "/rubric?")


@pytest.fixture
def rubric(page, rubric_link):
    """The rubric as suggested, answered by the engine."""
    page.goto(rubric_link)
    wait_for_engine(page)
    reset = page.get_by_role("button", name="Reset to suggested")
    if reset.is_enabled():
        reset.click()
        expect(reset).to_be_disabled(timeout=PATIENT)
        expect(page.locator(".whatif .weight .beside").first).to_have_text("", timeout=PATIENT)
        wait_for_engine(page)
    return page


def wait_for_engine(page):
    expect(page.locator(".whatif[data-shown=engine][data-agrees=true]")).to_be_visible(
        timeout=PATIENT
    )


def control(page, name="Weight of Industry"):
    return page.get_by_label(name, exact=True)


def test_while_dragging_the_browser_answers_and_on_release_the_engine_agrees(rubric):
    slider, finding = control(rubric), rubric.locator(".whatif .finding")
    before, box = finding.inner_text(), slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    rubric.mouse.move(box["x"] + 8 + (box["width"] - 16) * int(slider.input_value()) / 100, middle)
    rubric.mouse.down()
    rubric.mouse.move(box["x"] + box["width"] * 0.7, middle, steps=6)
    expect(rubric.locator(".whatif[data-shown=preview]")).to_be_visible()
    dragged = finding.inner_text()
    assert dragged != before
    rubric.mouse.up()
    wait_for_engine(rubric)
    assert finding.inner_text() == dragged
    assert (
        sum(int(box.input_value()) for box in rubric.locator(".weight input[type=number]").all())
        == 100
    )


def test_a_weight_is_moved_by_keyboard_kept_over_a_reload_and_undone(rubric, rubric_link):
    settle(rubric)
    before = int(control(rubric).input_value())
    control(rubric).focus()
    rubric.keyboard.press("PageUp")
    expect(control(rubric)).not_to_have_value(str(before))
    wait_for_engine(rubric)
    after = control(rubric).input_value()
    settle(rubric)
    rubric.goto(rubric_link)
    wait_for_engine(rubric)
    expect(control(rubric)).to_have_value(after)
    rubric.get_by_test_id("stSidebar").get_by_role("button", name="Undo").click()
    expect(control(rubric)).to_have_value(str(before), timeout=PATIENT)


def test_a_held_weight_stays_while_others_move(rubric):
    held = control(rubric, "Weight of Industry, exactly").input_value()
    control(rubric, "Hold the weight of Industry").click()
    control(rubric, "Weight of CRM used, exactly").fill("50")
    rubric.keyboard.press("Enter")
    wait_for_engine(rubric)
    expect(control(rubric, "Weight of CRM used")).to_have_value("50")
    expect(control(rubric, "Weight of Industry, exactly")).to_have_value(held)


def test_moving_costs_no_look_and_checking_costs_one(rubric):
    check = rubric.get_by_role("button", name="Check on held-out deals")
    expect(check).to_be_disabled()
    control(rubric, "Weight of Industry, exactly").fill("61")
    rubric.keyboard.press("Enter")
    expect(check).to_be_enabled(timeout=PATIENT)
    expect(rubric.locator(".whatif .ranking")).to_contain_text("as of the last check")
    check.click()
    expect(rubric.get_by_text("You have looked once at these")).to_be_visible(timeout=PATIENT)
    expect(rubric.locator(".whatif .ranking")).not_to_contain_text("as of the last check")


def test_what_is_suggested_and_what_is_old_is_said_as_soon_as_a_weight_moves_and_after_a_reload(
    rubric,
):
    before, beside = control(rubric).input_value(), rubric.locator(".whatif .weight .beside").first
    expect(beside).to_have_text("")
    control(rubric, "Weight of Industry, exactly").fill("62")
    expect(beside).to_have_text(f"suggested: {before}")
    expect(rubric.locator(".whatif tbody .beside").first).to_contain_text("suggested: ")
    expect(rubric.locator(".whatif th.held")).to_contain_text("before your change")
    rubric.keyboard.press("Enter")
    expect(rubric.get_by_text("As checked last, before your change")).to_be_visible(timeout=PATIENT)
    rubric.reload()
    wait_for_engine(rubric)
    expect(beside).to_have_text(f"suggested: {before}")
    expect(rubric.locator(".whatif .ranking")).to_contain_text("suggested: ")


def test_a_band_opens_its_accounts_by_keyboard(rubric):
    settle(rubric)
    red = rubric.get_by_role("button", name="Red accounts")
    size = red.inner_text()
    red.focus()
    rubric.keyboard.press("Enter")
    tab = rubric.get_by_role("tab", name="Accounts", exact=True)
    expect(tab).to_have_attribute("aria-selected", "true", timeout=PATIENT)
    expect(rubric.get_by_text(f"of {size} accounts, highest first")).to_be_visible(timeout=PATIENT)
    expect(tab).to_be_in_viewport()


def test_a_row_of_all_accounts_opens_the_account(rubric):
    settle(rubric)
    rubric.get_by_role("tab", name="Accounts", exact=True).click()
    table = rubric.get_by_test_id("stDataFrame").last
    expect(table).to_be_visible(timeout=PATIENT)
    settle(rubric)
    table.scroll_into_view_if_needed()
    table.click(position={"x": 15, "y": 70})
    expect(rubric.get_by_text("What would lift it")).to_be_visible(timeout=PATIENT)
    expect(rubric.get_by_text("What would lift it")).to_be_in_viewport()


def test_the_open_tab_outlives_another_page(rubric):
    settle(rubric)
    scenarios = rubric.get_by_role("tab", name="Scenarios")
    scenarios.click()
    expect(scenarios).to_have_attribute("aria-selected", "true", timeout=PATIENT)
    rubric.wait_for_timeout(1500)  # until the server has heard which tab is open
    settle(rubric)
    pages = rubric.get_by_test_id("stSidebar")
    pages.get_by_role("link", name="Validation").click()
    expect(rubric.get_by_role("heading", name="Validation")).to_be_visible(timeout=PATIENT)
    pages.get_by_role("link", name="Rubric").click()
    expect(rubric.get_by_role("tab", name="Scenarios")).to_have_attribute(
        "aria-selected", "true", timeout=PATIENT
    )


def test_bands_are_read_against_the_rate_of_all(rubric):
    rates = rubric.locator(".whatif thead .beside", has_text="all: ")
    share = int(rates.inner_text().removeprefix("all: ").split("\u202f")[0])
    assert 0 < share < 100
    place = rubric.locator(".whatif table").evaluate(
        "(one) => parseFloat(one.style.getPropertyValue('--base'))"
    )
    assert abs(place - share) <= 0.5


def test_on_a_phone_held_out_figures_stand_beneath_the_weights(rubric):
    rubric.set_viewport_size({"width": 390, "height": 844})
    expect(rubric.locator(".whatif .beneath")).to_contain_text("Held-out deals: Green")
    expect(rubric.locator(".whatif .beneath")).to_be_visible()


def test_the_control_has_no_serious_accessibility_fault_in_light_and_dark(rubric):
    settle(rubric)
    for scheme in ("light", "dark"):
        rubric.emulate_media(color_scheme=scheme)
        rubric.wait_for_timeout(500)
        assert grave_findings(rubric) == []


def test_on_a_phone_the_picture_stays_in_sight_above_the_weights(rubric):
    rubric.set_viewport_size({"width": 390, "height": 844})
    expect(rubric.locator(".whatif .plot")).to_be_visible()
    assert rubric.evaluate("document.documentElement.scrollWidth") <= 390
    last = rubric.locator(".weight input[type=range]").last
    last.scroll_into_view_if_needed()
    box = rubric.locator(".whatif .plot").bounding_box()
    assert box["y"] + box["height"] <= 844 and box["y"] >= 0
