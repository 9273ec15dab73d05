"""A grammar of ours as a JSGF, for recognisers that take one. Pure."""

from collections.abc import Callable, Iterable

from hassil.expression import Alternative, Expression, Group, ListReference, RuleReference, TextChunk
from hassil.intents import TextSlotList

from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.spelling import fold

NAME = "coach"


def write_jsgf(grammar: Grammar, live: frozenset[str] | None, knows: Callable[[str], bool]) -> str:
    """Write the sentences of the live intents (all for None), but those with a word that is not known."""
    templates = (
        sentence.expression
        for name, intent in grammar.hassil.intents.items()
        if live is None or name in live
        for data in intent.data
        for sentence in data.sentences
    )
    written = _either(_write(each, grammar, knows) for each in templates)
    return f"#JSGF V1.0;\ngrammar {NAME};\npublic <{NAME}> = {written};\n"


def _write(expression: Expression, grammar: Grammar, knows: Callable[[str], bool]) -> str | None:
    """Give an expression as JSGF, "" for silence; None where it cannot be said in words that are known."""
    match expression:
        case Alternative():
            return _either(_write(each, grammar, knows) for each in expression.items)
        case Group():
            parts = [_write(each, grammar, knows) for each in expression.items]
            return None if None in parts else " ".join(filter(None, parts))
        case ListReference():
            values = grammar.hassil.slot_lists[expression.list_name]
            assert isinstance(values, TextSlotList)
            return _either(_write(each.text_in, grammar, knows) for each in values.values)
        case RuleReference():
            return _write(grammar.hassil.expansion_rules[expression.rule_name].expression, grammar, knows)
        case TextChunk():
            words = fold(expression.original_text).split()
            return " ".join(words) if all(map(knows, words)) else None
    raise TypeError(expression)


def _either(choices: Iterable[str | None]) -> str | None:
    """Give one of several, optional where one of them is silence."""
    said = [each for each in choices if each is not None]
    words = " | ".join(dict.fromkeys(filter(None, said)))
    if not words:
        return "" if said else None
    return f"[{words}]" if "" in said else f"({words})"
