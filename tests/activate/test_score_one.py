"""One company from a form: the rubric's fields only; what is unknown and could matter is asked for."""

import numpy as np
import pandas as pd
import pytest

from icp_engine.activate.asking import list_asks, worth_asking
from icp_engine.activate.score_one import list_fields, score_one
from icp_engine.rubric.model import Criterion, Level, Match, Rubric
from icp_engine.rubric.scoring import Fits, find_fits, score_fits
from icp_engine.rubric.starter import starter_rubric


def question(name, weight):
    levels = (
        Level(label="best", fit=20, tests=(Match(values=("best",)),)),
        Level(label="none", fit=0, tests=(Match(values=("none",)),)),
    )
    return Criterion(name=name, group="must_have", weight=weight, levels=levels, unknown_fit=10)


def fits_of(rubric, *rows):
    values = np.array(rows, dtype=np.int64)
    nobody = np.zeros(len(values), dtype=bool)
    return Fits(pd.RangeIndex(len(values)), values, nobody, nobody, ())


TWO = Rubric(
    criteria=(question("Heavy", 70), question("Light", 30)), coverage_floor=0.0, green=80, yellow=60
)


def test_the_fields_are_those_of_the_rubric_the_weightiest_first(sample):
    fields = list_fields(sample.rubric, sample.accounts)
    read = {name for criterion in sample.rubric.criteria for name in criterion.columns}
    assert {field.name for field in fields} == read
    assert [field.weight for field in fields] == sorted(
        (field.weight for field in fields), reverse=True
    )


def test_questions_are_answered_best_good_or_none():
    field = list_fields(starter_rubric(), pd.DataFrame())[0]
    assert (
        field.kind == "question"
        and field.options == ("best", "good", "none")
        and field.question.endswith("?")
    )


def test_a_form_scores_as_the_table_does(sample):
    account = sample.accounts.index[sample.scores["coverage"].to_numpy() == 1.0][0]
    row = sample.accounts.loc[account]
    answers = {field.name: row[field.name] for field in list_fields(sample.rubric, sample.accounts)}
    answers = {
        name: "yes" if value is True else "no" if value is False else value
        for name, value in answers.items()
    }
    found = score_one(sample, answers)
    assert (
        found.score == sample.scores.loc[account, "score"]
        and found.band == sample.scores.loc[account, "band"]
    )
    assert found.parts["points"].sum() == pytest.approx(found.score) and not found.asks


def test_nothing_answered_is_not_rated_and_asks(sample):
    found = score_one(sample, {})
    assert found.band == "Not rated" and found.known == 0 and found.asks and not found.segment


def test_only_an_answer_that_could_move_the_band_is_asked_for():
    asks = worth_asking(TWO, fits_of(TWO, (-1, 20), (20, -1), (0, -1)))
    assert asks.tolist() == [[True, False], [False, True], [False, False]]


def test_answers_that_matter_only_together_are_asked_together():
    three = Rubric(
        criteria=(question("A", 34), question("B", 33), question("C", 33)),
        coverage_floor=0.0,
        green=95,
        yellow=20,
    )
    fits = fits_of(three, (20, -1, -1))
    assert worth_asking(three, fits).tolist() == [[False, True, True]]
    assert not any(ask.alone for ask in list_asks(three, fits))


def test_what_is_asked_for_can_really_move_the_band():
    rubric, rng = starter_rubric(), np.random.default_rng(5)
    fits = fits_of(rubric, *rng.choice([-1, 0, 10, 20], (200, len(rubric.criteria))))
    asks, now = worth_asking(rubric, fits), score_fits(rubric, fits)["band"].to_numpy()
    for row in np.flatnonzero(asks.any(axis=1)):
        bands = set()
        for answer in (0, 20):
            tried = fits_of(rubric, np.where(asks[row], answer, fits.fits[row]))
            bands.add(score_fits(rubric, tried)["band"].iloc[0])
        alone = {ask.best_band for ask in list_asks(rubric, fits, int(row))} | {
            ask.worst_band for ask in list_asks(rubric, fits, int(row))
        }
        assert (bands | alone) - {now[row]}


def test_bad_fit_traits_are_named_although_switched_off(sample):
    flag = next(flag for flag in sample.rubric.flags if flag.test.values and not flag.on)
    assert flag.sentence in score_one(sample, {flag.attribute: flag.test.values[0]}).cautions


def test_the_nearest_segment_comes_with_a_confidence(sample):
    segment = sample.segments.segments[0]
    example = sample.accounts.loc[segment.examples[0]]
    answers = {
        a.name: example[a.name]
        for a in sample.attributes.attributes
        if a.measure in ("category", "ordered")
    }
    found = score_one(sample, answers)
    assert found.segment == segment.name and 0 < found.confidence <= 1


def test_find_fits_reads_numbers_as_given():
    levels = (Level(label="big", fit=20, tests=(Match(low=10.0),)),)
    rubric = Rubric(
        criteria=(
            Criterion(
                name="Size", group="must_have", weight=100, attributes=("Size",), levels=levels
            ),
        )
    )
    assert find_fits(rubric, pd.DataFrame({"Size": [12.0, 3.0]})).fits[:, 0].tolist() == [20, 0]
