from bench.jsgf import write_jsgf
from voicecoach.hearing.grammar import Grammar

GRAMMAR = Grammar.parse(
    {
        "language": "en",
        "lists": {"score": {"range": {"from": 1, "to": 2}}},
        "expansion_rules": {"pain": "(pain|ache)"},
        "intents": {
            "stop": {"sentences": ["stop [it|please]"]},
            "pain": {"sentences": ["[my] <pain> is {score}"]},
        },
    },
    "the test",
)


def rule(live, knows=lambda _word: True):
    return write_jsgf(GRAMMAR, live, knows).splitlines()[-1].removeprefix("public <coach> = ")


def test_choices_and_what_may_be_left_out_are_written_as_such():
    assert rule(frozenset({"stop"})) == "(stop [it | please]);"


def test_rules_and_lists_are_written_out():
    assert rule(frozenset({"pain"})) == "([my] (pain | ache) is (one | two));"


def test_only_what_is_live_is_written():
    assert "pain" not in rule(frozenset({"stop"}))
    assert "stop" in rule(None)


def test_what_has_an_unknown_word_is_left_out_and_the_rest_stays():
    assert rule(frozenset({"stop"}), lambda word: word != "please") == "(stop [it]);"
    assert rule(None, lambda word: word != "stop") == "([my] (pain | ache) is (one | two));"
