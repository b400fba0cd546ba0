"""What strangers see of the sample: every page, in counts, without one name, contact, owner or id."""

import base64
import re
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from icp_engine import Study
from icp_engine.activate.study_files import study_files
from icp_engine.profile.from_choices import title_of
from icp_engine.settings import Settings
from icp_engine.share.render import render_snapshot
from ui.answers.in_short import PATTERN, PROVEN, advice
from ui.home import loading
from ui.sharing.snapshot import BUILDERS, FAILED, NOTHING_YET, build_page, take_snapshot


@pytest.fixture(scope="module")
def study():
    return Study.open(*loading.sample_files())


def whole(html):
    """The page and all that its pictures hold."""
    return html + "".join(
        base64.b64decode(part).decode() for part in re.findall(r"base64,([A-Za-z0-9+/=]+)", html)
    )


def personal(study):
    """Every account name, id, contact, owner, deal name and note of the sample."""
    contacts = study.intake.contacts
    columns = [contacts[name] for name in ("first_name", "last_name", "email", "phone")]
    columns += [study.accounts["account_name"], study.deals["deal_name"], study.deals["owner"]]
    columns += [
        study.intake.texts["text"],
        study.accounts.index.to_series(),
        study.deals.index.to_series(),
    ]
    values = pd.concat([column.dropna().astype("str") for column in columns]).unique()
    return [value for value in values if len(value) > 3]


def test_no_name_contact_owner_or_id_of_the_sample_is_on_the_page(study):
    html = render_snapshot(take_snapshot(study, "segments", names=False))
    assert FAILED not in html
    assert NOTHING_YET not in html
    text = whole(html)
    assert [value for value in personal(study) if stands_in(text, value)] == []


def stands_in(text, value):
    """Whether a value is on the page; an id is not when it is some decimals of a point in a picture."""
    if not value.isdigit():
        return value in text
    return value in text and bool(re.search(rf"(?<![\d.]){value}(?!\d)", text))


def test_an_id_is_found_and_the_decimals_of_a_point_are_none():
    assert stands_in("<td>7005287</td>", "7005287")
    assert stands_in("deal-7005287.", "7005287")
    assert not stands_in("translate(92.7005287861311,276.7)", "7005287")


def test_switched_on_accounts_are_named(study):
    page = build_page(study, "best_customers", names=True)
    listed = next(table for table in page.tables if table.title == "Best customers").rows
    assert set(listed["Account"]) <= set(study.accounts["account_name"])
    assert len(listed) == len(study.best.accounts)


def test_the_shared_page_stands_in_front_and_the_others_follow(study):
    pages = take_snapshot(study, "anti_icp", names=False).pages
    assert pages[0].key == "anti_icp"
    assert {page.key for page in pages} == set(BUILDERS)
    assert all(page.sentence for page in pages)


def test_a_share_of_the_start_page_begins_with_every_sentence(study):
    first = take_snapshot(study, "home", names=False).pages[0]
    assert len(first.lines) == len(BUILDERS)


def test_a_study_of_too_little_still_makes_a_page():
    study = Study.open(
        {"accounts": pd.DataFrame({"account_id": list("abc"), "industry": ["x", "y", "x"]})}
    )
    html = render_snapshot(take_snapshot(study, "validation", names=False))
    assert FAILED not in html
    assert "Validation" in html


def test_hostile_names_are_inert_where_accounts_are_named():
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    accounts = pd.DataFrame(
        {
            "Account ID": [f"a{n}" for n in range(60)],
            "Company name": [f"{hostile}{n}" for n in range(60)],
            "Industry": [f"{hostile}{n % 3}" for n in range(60)],
            "LTV": [str(1000 * n) for n in range(60)],
            "Customer since": "2023-01-10",
        }
    )
    html = whole(
        render_snapshot(
            take_snapshot(Study.open({"accounts": accounts}), "best_customers", names=True)
        )
    )
    assert "alert(1)" in html
    assert not re.search(r"<script|<img src=x", html)


def test_whoever_sees_one_page_learns_who_the_ideal_customer_is_and_what_a_band_is(study):
    who, against, scale, rates, advice = take_snapshot(study, "validation", names=False).in_short
    assert who.startswith("The ideal customer, by proven traits: ") and against.startswith(
        "Fits badly: "
    )
    assert f"Green from {study.rubric.green}" in scale
    green = study.validation.bands.set_index("band").loc["Green"]
    assert f"Green won {100 * green['win_rate']:.0f}" in rates and advice == PROVEN


def test_a_proof_that_is_weak_or_out_of_order_closes_no_door(study):
    found = study.validation
    weak = replace(found, verdict=replace(found.verdict, level="weak"))
    swapped = replace(
        found,
        bands=found.bands.assign(win_rate=found.bands["win_rate"].iloc[[2, 1, 0, 3]].to_numpy()),
    )
    nothing = replace(found, verdict=replace(found.verdict, level="none"))
    said = [advice(SimpleNamespace(validation=one)) for one in (weak, swapped, nothing)]
    assert said == [PATTERN, PATTERN, ""]


def test_weights_set_by_hand_and_looks_stand_under_the_headline(study):
    first, second, *_ = study.rubric.criteria
    weights = (first.weight - 1, second.weight + 1)
    moved = (
        one.model_copy(update={"weight": weight})
        for one, weight in zip((first, second), weights, strict=True)
    )
    rubric = study.rubric.model_copy(
        update={"criteria": (*moved, *study.rubric.criteria[2:]), "origin": "by hand"}
    )
    html = render_snapshot(
        take_snapshot(study.replace(rubric=rubric, looks=2), "validation", names=False)
    )
    head = html[: html.index("The rest of the study")]
    assert "Weights set by hand" in head and "looked at twice" in head
    assert "Set by hand, the weights rank" in head
    assert "Weights set by hand" not in render_snapshot(
        take_snapshot(study, "validation", names=False)
    )


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Accounts and 1 more", "Ideal Customer Profile"),
        ("", "Ideal Customer Profile"),
        ("Spring plan", "Spring plan"),
    ],
)
def test_a_readers_title_is_the_one_a_person_gave_never_a_files_name(title, shown):
    tables = {"Accounts": pd.DataFrame({"account_id": ["a", "b"], "ltv": [1, 2]})}
    assert title_of(Study.open(tables, settings=Settings(title=title))) == shown


PEOPLE = ("Hartmut Klobrezel", "Ingrid Wabnitz", "Mireille Vauquelin", "Zawada, Piotr")
NAMING = ("Account manager", "Consultant", "Customer success lead", "Referred by", "Kolumne")


@pytest.fixture(scope="module")
def planted():
    """A market whose columns and reasons name people and other customers, winners above all."""
    rng, rows = np.random.default_rng(3), 240
    won = rng.random(rows) < 0.5
    firms = [f"Quax{row:03d}lotl GmbH" for row in range(rows)]
    reasons = (
        "Price too high (said Hartmut Klobrezel, CFO of Quax001lotl)",
        "Zu teuer, sagt Frau Wabnitz",
        "Trop cher selon M. Vauquelin",
        "Quax004lotl warned them",
        "Piotr Zawada meint: zu teuer",
    )
    accounts = pd.DataFrame(
        {
            "account_id": [f"a{row}" for row in range(rows)],
            "Company": firms,
            "Industry": np.where(
                rng.random(rows) < 0.3 + 0.4 * won, "Real Estate", "Life Sciences"
            ),
            "Implementation partner": rng.choice([*firms[:2], "Accentra"], rows),
            "Main product": rng.choice(["Blue Prism", "Palo Alto"], rows),
            "City": rng.choice(["San Jose", "Los Angeles"], rows),
            "Plan wanted": rng.choice(["Gold Plus", "Silver Plus"], rows),
        }
        | {
            name: np.where(won, rng.choice(PEOPLE[:2], rows), rng.choice(PEOPLE[2:], rows))
            for name in NAMING
        }
    )
    deals = pd.DataFrame(
        {
            "deal_id": [f"d{row}" for row in range(rows)],
            "account_id": accounts["account_id"],
            "stage": np.where(won, "Closed Won", "Closed Lost"),
            "closed_date": pd.Timestamp("2026-09-01")
            - pd.to_timedelta(rng.permutation(rows), unit="D"),
            "Lost reason": np.where(won, None, rng.choice(reasons, rows)),
        }
    )
    return Study.open({"accounts": accounts, "deals": deals})


def test_nobody_is_named_by_a_column_or_a_reason_on_the_page_or_in_a_file(planted):
    page = whole(render_snapshot(take_snapshot(planted, "anti_icp", names=False)))
    words = [*(word.strip(",") for name in PEOPLE for word in name.split()), "Quax"]
    for name, text in {"page": page, **study_files(planted)}.items():
        assert [word for word in words if word in text] == [], name
    assert "Trop cher" in page


def test_products_towns_industries_and_plans_of_two_words_still_describe(planted):
    names = {attribute.name for attribute in planted.attributes.attributes}
    assert names == {"Industry", "Main product", "City", "Plan wanted"}


def test_to_whom_sales_were_lost_is_read_by_the_owner_and_not_by_strangers(tmp_path):
    deals = pd.read_csv(loading.sample_files()[1], dtype="str")
    reason = deals["Closed Lost Reason"].replace("Lost to competitor", "Lost to Zwibbelsoft")
    said = "Bad timing (said Hartmut Klobrezel, CFO of Quaxolotl)"
    reason = reason.replace("Bad timing", said)
    path = tmp_path / "deals.csv"
    deals.assign(**{"Closed Lost Reason": reason}).to_csv(path, index=False)
    planted = Study.open(loading.sample_files()[0], path)
    shared = [
        str(build_page(planted, "profile", names=names).sections).count("Zwibbelsoft")
        for names in (True, False)
    ]
    assert shared[0] > 0
    assert shared[1] == 0
    page = whole(render_snapshot(take_snapshot(planted, "profile", names=True)))
    assert not re.search("Klobrezel|Quaxolotl", page)
