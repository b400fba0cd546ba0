"""What stands beside the weights in force is the suggestion's own, and costs no look."""

import pytest

import icp_engine as icp
from icp_engine.study.looks import fingerprint
from icp_engine.whatif.step import what_if
from ui.answers.rubric.reasons import explain_criteria
from ui.answers.rubric.suggested import suggested_figures, suggested_held_out
from ui.home import loading


@pytest.fixture(scope="module")
def sample_study():
    return icp.Study.open(*loading.sample_files())


@pytest.fixture(scope="module")
def moved(sample_study):
    # as it stands in the settings once weights are moved
    seen = (fingerprint(sample_study.rubric),)
    return sample_study.replace(
        rubric=sample_study.rubric.with_weights({"Industry": 60}), looked_at=seen
    )


def test_the_suggestions_figures_are_those_of_the_engine_on_the_same_accounts(sample_study, moved):
    rows, beside = moved.what_if_rows(), suggested_figures(moved, moved.what_if_rows())
    engine = what_if(sample_study.rubric, rows, "deals")
    assert beside["alike"] and beside["figures"]["deals"]["auc"] == engine.auc.value
    assert [band["share"] for band in beside["figures"]["deals"]["bands"]] == engine.bands[
        "share"
    ].tolist()
    assert beside["weights"] == [c.weight for c in sample_study.rubric.criteria]


def test_other_criteria_are_not_alike_and_the_figures_stay_the_suggestions(sample_study, moved):
    fewer = moved.rubric.model_copy(update={"criteria": moved.rubric.criteria[:1]})
    fewer = fewer.model_copy(
        update={"criteria": (fewer.criteria[0].model_copy(update={"weight": 100}),)}
    )
    other = sample_study.replace(rubric=fewer)
    one, two = (suggested_figures(study, study.what_if_rows()) for study in (other, moved))
    assert not one["alike"] and one["figures"] == two["figures"]


def test_held_out_figures_of_the_suggestion_are_its_own(sample_study, moved):
    beside = suggested_held_out(moved)
    assert beside["ranks"] == f"{100 * sample_study.validation.metrics['auc'].value:.0f}"
    assert beside["rates"][0] == sample_study.validation.bands["win_rate"].iloc[0]


def test_a_suggestion_nobody_has_seen_is_not_shown_beside(moved):
    assert suggested_held_out(moved.replace(looked_at=())) is None


def test_a_reason_names_what_earns_most_and_how_it_did(sample_study):
    place, criterion = next(
        (i, c) for i, c in enumerate(sample_study.rubric.criteria) if c.name == "Industry"
    )
    reason, top = (
        explain_criteria(sample_study, "deals")[place],
        max(criterion.levels, key=lambda level: level.fit),
    )
    rows, values = sample_study.what_if_rows(), set(top.tests[0].values)
    best = sample_study.accounts["Industry"].reindex(rows.index).isin(values).to_numpy() & (
        rows.all["deals"] > 0
    )
    rate = (rows.good["deals"][best] / rows.all["deals"][best]).mean()
    assert reason["best"] == f"{top.label}:"
    assert reason["rates"].startswith(f"{100 * rate:.0f}\u202f% won, others ")
    assert f"Its {best.sum()} accounts: " in reason["about"]
    assert "taught the levels" in reason["about"]
