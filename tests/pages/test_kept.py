"""Leaving a page and coming back: what was typed, chosen and opened is there; another study's is
not.
"""


def leave_and_return(at, key):
    at.switch_page("../pages/validation.py").run()
    return at.switch_page(f"../pages/{key}.py").run()


def test_answers_about_one_company_outlive_another_page(visit, fresh_sample):
    at = visit("activate", fresh_sample)
    at.selectbox(key="one_Industry").select("FinTech").run()
    at = leave_and_return(at, "activate")
    assert at.selectbox(key="one_Industry").value == "FinTech" and not at.exception


def test_the_open_tab_and_the_account_looked_at_outlive_another_page(visit, fresh_sample):
    at = visit("rubric", fresh_sample)
    at.session_state["tabs_rubric"] = "Accounts"
    at.run()
    at.text_input(key="one_account").input("ltd").run()
    at = leave_and_return(at, "rubric")
    assert (
        at.session_state["tabs_rubric"] == "Accounts"
        and at.text_input(key="one_account").value == "ltd"
    )


def test_another_study_begins_empty(visit, fresh_sample, save, sample_tables):
    at = visit("activate", fresh_sample)
    at.selectbox(key="one_Industry").select("FinTech").run()
    at.query_params["study"] = save(sample_tables, title="Another")
    at.run()
    assert at.selectbox(key="one_Industry").value is None
