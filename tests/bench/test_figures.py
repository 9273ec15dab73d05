from bench.figures import Aim, Figure, from_data, lay, to_data, to_markdown

AIMS = {"words": Aim(97, least=True)}
OURS = Figure("words", "moonshine", 97.25, "%", 360)
THEIRS = Figure("words", "pocketsphinx", 61.0, "%", 360)
WAIT = Figure("wait", "moonshine", 0.291, "s")


def test_figures_of_the_same_thing_stand_side_by_side_with_the_aim_last():
    table = lay([OURS, WAIT, THEIRS], AIMS)
    assert table.columns == ("measured", "of", "moonshine", "pocketsphinx", "aim")
    assert table.rows == (
        ("words", "360", "97.2 %", "61.0 %", "≥ 97"),
        ("wait", "", "0.29 s", "", ""),
    )


def test_of_how_many_stands_with_each_figure_where_they_differ():
    (row,) = lay([OURS, Figure("words", "pocketsphinx", 61.0, "%", 60)], {}).rows
    assert row[1:4] == ("", "97.2 % of 360", "61.0 % of 60")


def test_markdown_leaves_out_columns_that_are_empty():
    assert to_markdown(lay([WAIT], AIMS)) == "| measured | moonshine |\n| --- | --- |\n| wait | 0.29 s |"


def test_a_note_stands_behind_its_figure():
    assert str(Figure("count", "a loop", 412.4, "ms", note="busy")) == "412 ms (busy)"


def test_a_kept_figure_says_whether_its_aim_is_met_and_is_read_again():
    data = to_data(THEIRS, AIMS)
    assert (data["aim"], data["met"]) == ("≥ 97", False)
    assert from_data(data) == THEIRS


def test_an_aim_may_be_a_least_or_a_most():
    assert Aim(97, least=True).met(97)
    assert not Aim(10, least=False).met(10.1)
