"""Bad input gets a Problem with code, place and advice; never a traceback."""

import io
import zlib

import pandas as pd
import pytest

import icp_engine as icp


def file(name: str, content: bytes) -> io.BytesIO:
    handle = io.BytesIO(content)
    handle.name = name
    return handle


def png() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + zlib.compress(bytes(range(256)) * 8)


def xlsx() -> bytes:
    buffer = io.BytesIO()
    rows = pd.DataFrame(
        {
            "Deal ID": [f"d{i}" for i in range(40)],
            "Stage": ["Closed Won", "Closed Lost"] * 20,
            "Industry": ["Retail", "Media"] * 20,
            "Amount": range(40),
        }
    )
    rows.to_excel(buffer, index=False)
    return buffer.getvalue()


def csv(rows: list[str]) -> bytes:
    return "\n".join(rows).encode()


STOPS = {
    "empty file": (file("deals.csv", b""), "file-empty"),
    "header only": (file("deals.csv", b"Deal ID,Stage,Amount\n"), "file-header-only"),
    "a picture renamed": (file("deals.csv", png()), "file-not-a-table"),
    "a path that does not exist": ("/nowhere/deals.csv", "file-missing"),
}
REPAIRED = {
    "a workbook renamed": (file("deals.csv", xlsx()), "file-renamed"),
    "duplicate ids": (
        file(
            "accounts.csv",
            csv(["Account ID,Industry,LTV", *(f"a{i // 2},Retail,{i}" for i in range(80))]),
        ),
        "id-duplicate",
    ),
    "no id column": (
        file("deals.csv", csv(["Stage,Industry", *["Won,Retail", "Lost,Media"] * 30])),
        "id-missing",
    ),
    "all metrics missing": (
        file(
            "accounts.csv", csv(["Account ID,Industry,LTV", *(f"a{i},Retail," for i in range(40))])
        ),
        "metrics-all-missing",
    ),
    "one row": (
        file("accounts.csv", csv(["Account ID,Industry,LTV", "a1,Retail,100"])),
        "table-one-row",
    ),
}


@pytest.mark.parametrize("case", STOPS)
def test_what_cannot_be_read_is_refused_with_place_and_advice(case):
    source, code = STOPS[case]
    study = icp.Study.open(source)
    problem = next(p for p in study.problems if p.code == code)
    assert problem.severity == "stop"
    assert problem.table == "deals"
    assert problem.message
    assert problem.advice
    with pytest.raises(icp.InputRefused):
        _ = study.profile


@pytest.mark.parametrize("case", REPAIRED)
def test_what_can_be_repaired_is_repaired_and_said(case):
    source, code = REPAIRED[case]
    source.seek(0)
    study = icp.Study.open(source)
    problem = next((p for p in study.problems if p.code == code), None)
    assert problem is not None, [p.code for p in study.problems]
    assert problem.advice
    assert answers_or_refuses(study)


def answers_or_refuses(study: icp.Study) -> bool:
    try:
        return bool(study.profile.to_html() and study.validation.verdict.sentence)
    except icp.InputRefused as refused:
        return bool(refused.problems)


@pytest.mark.parametrize("rows", [1, 2, 3, 5])
def test_hardly_any_rows_never_crash_a_stage(rows):
    deals = pd.DataFrame(
        {
            "deal_id": [f"d{i}" for i in range(rows)],
            "stage": ["Won", "Lost", "Won", "Open", "Lost"][:rows],
            "industry": ["Retail"] * rows,
            "amount": range(rows),
        }
    )
    assert answers_or_refuses(icp.Study.open({"deals": deals}))


def test_columns_of_nothing_but_missing_words_describe_nobody():
    accounts = pd.DataFrame(
        {"account_id": [f"a{i}" for i in range(50)], "industry": ["N/A"] * 50, "ltv": range(50)}
    )
    study = icp.Study.open({"accounts": accounts})
    assert not study.attributes.attributes
    assert study.traits.verdict.level in ("none", "too_little_data")
    assert study.validation.verdict.level in ("none", "too_little_data")


def test_a_role_that_does_not_exist_is_a_problem_that_names_the_roles():
    accounts = pd.DataFrame(
        {"account_id": ["a", "b", "c"], "industry": list("xyz"), "ltv": [1, 2, 3]}
    )
    study = icp.Study.open({"accounts": accounts}, roles={"accounts": {"industry": "colour"}})
    problem = next(p for p in study.problems if p.code == "role-unknown")
    assert "attribute" in problem.advice
