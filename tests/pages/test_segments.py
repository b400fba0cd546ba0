"""Segments: the map lists what is chosen, merges cost something and can be taken back, other
numbers wait.
"""

from tests.pages.reading import button


def test_a_box_on_the_map_lists_its_accounts_and_what_marks_them(visit, words, fresh_sample):
    at = visit("segments", fresh_sample)
    at.session_state["chart_map"] = {"selection": {"box": {"x": [-9, 9], "y": [0, 9]}}}
    at.run()
    assert not at.exception
    assert "best customers in the box" in words(at)
    assert any("Segment" in frame.value and "Score" in frame.value for frame in at.dataframe)


def test_a_segment_can_be_listed_without_a_mouse(visit, words, fresh_sample):
    at = visit("segments", fresh_sample)
    at.session_state["fold_map"] = True
    sizes = next(
        frame.value for frame in at.run().dataframe if "Overlap when resampled" in frame.value
    )
    at.session_state["map_segment"] = sizes["Segment"].iloc[0]
    at.run()
    assert not at.exception
    assert "What marks them: " in words(at)


def test_of_a_box_and_a_segment_the_last_one_is_listed(visit, words, fresh_sample):
    at = visit("segments", fresh_sample)
    box = {"selection": {"box": {"x": [-9, 9], "y": [0, 9]}}}
    at.session_state["chart_map"] = box
    at.run()
    at.session_state["chart_map"] = box
    pills = at.pills(key="map_segment")
    pills.set_value(pills.options[0]).run()
    assert "best customers in the box" not in words(at) and "best customers in “" in words(at)
    at.session_state["chart_map"] = {"selection": {"box": {"x": [-9, 0], "y": [-9, 9]}}}
    at.run()
    assert "best customers in the box" in words(at)


def test_traits_stand_in_every_segment(open_tab):
    at = open_tab("segments", "Side by side")
    at.session_state["fold_heat"] = True
    table = next(frame.value for frame in at.run().dataframe if "all judged" in frame.value)
    assert table["all best"].str.contains(" of ").all() and len(table) >= 4


def test_a_merge_says_its_cost_first_and_can_be_taken_back(open_tab, words, fresh_sample, settings):
    at = open_tab("segments", "Merge or another number")
    box = at.selectbox(key="merge_from")
    first, second = box.options[:2]
    at.selectbox(key="merge_from").select_index(0).run()
    at.selectbox(key="merge_into").select_index(0).run()
    assert "belong clearly to one of them" in words(at), (first, second)
    button(at, "Merge them").click().run()
    assert not at.exception
    assert len(settings().segment_merges) == 1
    assert "is merged into" in words(at)
    assert next(metric.value for metric in at.metric if metric.label == "Segments") == "2"
    button(at, "Take back").click().run()
    assert not settings().segment_merges


def test_other_numbers_are_worked_out_only_when_asked(open_tab):
    at = open_tab("segments", "Merge or another number")
    assert not any("Weakest comes back" in frame.value for frame in at.dataframe)
    assert any(one.label.startswith("Work out 2 to") for one in at.button)


def test_stability_is_a_picture(open_tab, words):
    assert "come back surely when customers are drawn again" in words(
        open_tab("segments", "For analysts")
    )


def test_middle_values_carry_their_units(visit, words, fresh_sample):
    said = words(visit("segments", fresh_sample))
    assert "ARR \\$" in said and "Onboarding days " in said
