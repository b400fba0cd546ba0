"""Lists, quotations and sentences are worded one way."""

from icp_engine.wording.sentences import first_few, listed, quote, sentence


def test_fragments_become_sentences():
    assert [sentence(text) for text in ("the usual", "Done.", " ")] == [
        "The usual.",
        "Done.",
        "",
    ]


def test_lists_end_in_and():
    assert (listed([]), listed(["a"]), listed(["a", "b", "c"])) == ("", "a", "a, b and c")
    assert listed(["a", "b"], "or") == "a or b"


def test_long_lists_name_the_first_few():
    names = [f"n{place}" for place in range(1203)]
    assert first_few(names, 2) == "n0, n1 and 1,201 more"
    assert first_few(names[:3], 2, "or") == "n0, n1 or 1 more"
    assert first_few(names[:2], 2) == "n0, n1"


def test_quotations_stay_on_one_line_and_are_cut():
    assert quote("a\nb " + "c" * 100, 10) == "“a b ccccc…”"
