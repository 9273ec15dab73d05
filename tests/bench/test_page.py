from bench.page import in_short, page, tables

MACHINE = {
    "when": "2026-01-02T03:04+00:00", "processor": "one | two", "cores": "1 of 2", "memory": "4 GB",
    "system": "Linux", "python": "3.11", "parts": "numpy 2", "commit": "abc",
}  # fmt: skip


def figure(what, who, value, unit="%", count=60):
    return {"what": what, "who": who, "value": value, "unit": unit, "count": count, "note": ""}


KEPT = {
    name: {
        "machine": MACHINE,
        "quick": True,
        "busy": 8.0,
        "minutes": 3.2,
        "whole": name == "hearing",
        "figures": figures,
    }
    for name, figures in {
        "hearing": [figure("words: accepted right", "moonshine", 96.7)],
        "pocketsphinx": [figure("words: accepted right", "pocketsphinx", 61.0)],
    }.items()
}  # fmt: skip


def test_peers_stand_in_the_same_table_as_the_coach():
    ((_, table),) = tables(KEPT)
    assert table.columns == ("measured", "of", "moonshine", "pocketsphinx", "aim")
    assert table.rows == (("words: accepted right", "60", "96.7 %", "61.0 %", "≥ 93"),)


def test_in_short_others_share_a_column_and_the_coachs_recogniser_is_named():
    shown = ("words: accepted right", "96.7 % of 60 (moonshine)", "pocketsphinx 61.0 %", "≥ 93")
    assert in_short(KEPT).rows == (shown,)


def test_the_page_tells_the_machine_the_commit_and_how_busy_it_was():
    text = page(KEPT)
    for told in ("2026-01-02", "abc", "8.0", "one in six", "1 of 2", "3.2, cut off", "## What is heard"):
        assert told in text
    assert text.count("processor:") == 1
