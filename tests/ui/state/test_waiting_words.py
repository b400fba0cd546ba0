"""What a callback has to say stands in the run that follows, once."""

from streamlit.testing.v1 import AppTest


def page():
    import streamlit as st

    from ui.frame.cards import guarded
    from ui.state.waiting_words import say

    @st.fragment
    @guarded
    def part():
        st.button("Refused", key="refused", on_click=say, args=("Not changed.",))

    part()


def test_a_refusal_in_a_fragment_is_said_once_and_not_by_the_callback():
    at = AppTest.from_function(page).run()
    at.button(key="refused").click().run()
    assert [toast.value for toast in at.toast] == ["Not changed."]
    assert not at.run().toast
