"""What a recogniser may write down while it listens: an automaton over characters, made as it is used.

It follows the sentences of a grammar in all the ways in which a speech model writes them: first
letters large or small, a comma or a hyphen between words, a full stop, exclamation or question mark
or nothing at the end, numbers in words or digits. "▁" is the space before a word, as in the model's
tokens. Deterministic and lazy: a state exists once something has led to it. Pure; knows no tokens.
"""

from collections.abc import Iterable, Mapping
from enum import IntEnum

from hassil import Intents

from voicecoach.hearing.sentence_graph import GAP, Compiler, SentenceGraph
from voicecoach.hearing.spelling import fold, spell_digits

SPACE = "▁"
FINAL_MARKS = ".!?"
DECOY = ""
"""What a sentence means that is no sentence of the grammar but competes with them."""


class Pen(IntEnum):
    """What was written last, which says how the next letter may look."""

    NOTHING = 0
    SPACE = 1
    CAPITAL = 2
    """The first letter of a word, large."""
    CAPITALS = 3
    """More than one letter, all large."""
    LETTER = 4
    GAP = 5
    """The same as LETTER, but the sentence has crossed to its next word."""
    COMMA = 6
    MARK = 7


_WITHIN_WORD = frozenset({Pen.CAPITAL, Pen.CAPITALS, Pen.LETTER})
_AFTER_WORD = _WITHIN_WORD | {Pen.GAP}
_BETWEEN_WORDS = ((Pen.GAP, SPACE, Pen.SPACE), (Pen.GAP, "-", Pen.SPACE), (Pen.GAP, ",", Pen.COMMA))
_SEPARATORS = (*_BETWEEN_WORDS, (Pen.COMMA, SPACE, Pen.SPACE), (Pen.NOTHING, SPACE, Pen.SPACE))

_Place = tuple[int, Pen]


class Automaton:
    """The sentences of a grammar, of all its intents at once; where to start says which are live.

    States are numbers and stay the same for good, so that what is learned about one state serves all.
    """

    def __init__(self, intents: Intents, decoys: Iterable[str] = ()) -> None:
        """Compile `intents`; `decoys` are other things that people say, in plain words."""
        self.language = intents.language
        self._graph = SentenceGraph(intents.language)
        compiler = Compiler(self._graph, intents)
        self._intents = {name: compiler.intent(name) for name in intents.intents}
        self.slotted = frozenset(name for name in intents.intents if compiler.has_list(name))
        """Intents whose sentences hold values, so that two of them may mean different things."""
        end = self._graph.end(DECOY)
        self._decoys = tuple(self._graph.phrase(fold(decoy), end) for decoy in decoys)
        self._numbers: dict[frozenset[_Place], int] = {}
        self._places: list[frozenset[_Place]] = []
        self._edges: list[Mapping[str, int] | None] = []
        self._meanings: list[frozenset[str]] = []
        self._starts: dict[frozenset[str], int] = {}
        self._astray: list[bool] = []
        self._decoy_nodes = self._graph.nodes_from(self._decoys)

    def __len__(self) -> int:
        """Count the states made so far."""
        return len(self._places)

    def start(self, live: frozenset[str]) -> int:
        """Give the state before the first word, where the sentences of the intents `live` begin.

        Names that the grammar does not have are passed over.
        """
        if live not in self._starts:
            nodes = [node for name, node in self._intents.items() if name in live]
            self._starts[live] = self._state((node, Pen.NOTHING) for node in (*nodes, *self._decoys))
        return self._starts[live]

    def edges(self, state: int) -> Mapping[str, int]:
        """Give what may be written next, and the state after it."""
        known = self._edges[state]
        if known is None:
            known = self._edges[state] = self._lead_on(self._places[state])
        return known

    def meanings(self, state: int) -> frozenset[str]:
        """Name the intents of which a whole sentence is written here; DECOY for a decoy."""
        return self._meanings[state]

    def walk(self, state: int, written: str) -> int | None:
        """Give the state after `written`, None where nothing of the grammar is written so."""
        for letter in written:
            after = self.edges(state).get(letter)
            if after is None:
                return None
            state = after
        return state

    def is_settled(self, text: str, live: frozenset[str]) -> bool:
        """Tell whether more words after the sentence `text` (plain words) could not change what it means."""
        state = self.walk(self.start(live), SPACE + text.replace(" ", SPACE))
        if state is None or SPACE not in self.edges(state):
            return True
        meant = self.meanings(state)
        ahead = {node for node, _ in self._places[self.edges(state)[SPACE]]}
        return self._graph.labels_from(ahead) <= meant and not meant & self.slotted

    def is_astray(self, state: int) -> bool:
        """Tell whether nothing but decoys goes on from here."""
        return self._astray[state]

    def read(self, written: str) -> str:
        """Turn what was written along the edges into the plain words of the grammar."""
        words = fold(written.replace(SPACE, " "))
        return next(iter(spell_digits(words, self.language)), words)

    def _state(self, places: Iterable[_Place]) -> int:
        reached = self._reach(places)
        number = self._numbers.get(reached)
        if number is None:
            number = self._numbers[reached] = len(self._places)
            self._places.append(reached)
            self._edges.append(None)
            self._meanings.append(self._ended(reached))
            self._astray.append(all(node in self._decoy_nodes for node, _ in reached))
        return number

    def _ended(self, places: frozenset[_Place]) -> frozenset[str]:
        labels = (self._graph.label[node] for node, pen in places if pen in _AFTER_WORD or pen is Pen.MARK)
        return frozenset(label for label in labels if label is not None)

    def _reach(self, places: Iterable[_Place]) -> frozenset[_Place]:
        """Follow what writes nothing, and keep the places where something is written or a sentence ends."""
        graph, ahead = self._graph, list(places)
        seen = set(ahead)
        while ahead:
            node, pen = ahead.pop()
            crossed = Pen.GAP if pen in _WITHIN_WORD else pen
            after = [(other, pen) for other in graph.free[node]]
            after += [(other, crossed) for letter, other in graph.letters[node] if letter == GAP]
            fresh = [place for place in after if place not in seen]
            seen.update(fresh)
            ahead += fresh
        return frozenset(place for place in seen if self._matters(*place))

    def _matters(self, node: int, pen: Pen) -> bool:
        ends = self._graph.label[node] is not None and (pen in _AFTER_WORD or pen is Pen.MARK)
        return ends or any(letter != GAP for letter, _ in self._graph.letters[node])

    def _lead_on(self, places: frozenset[_Place]) -> dict[str, int]:
        ahead: dict[str, list[_Place]] = {}
        for node, pen in places:
            for written, after in self._writings(node, pen):
                ahead.setdefault(written, []).append(after)
        return {written: self._state(after) for written, after in ahead.items()}

    def _writings(self, node: int, pen: Pen) -> list[tuple[str, _Place]]:
        if self._graph.label[node] is not None:
            return [] if pen is Pen.MARK else [(mark, (node, Pen.MARK)) for mark in FINAL_MARKS]
        found = [(written, (node, then)) for before, written, then in _SEPARATORS if before is pen]
        for letter, other in self._graph.letters[node]:
            if letter != GAP:
                found += [(written, (other, then)) for written, then in _letter_forms(letter, pen)]
        return found


def _letter_forms(letter: str, pen: Pen) -> list[tuple[str, Pen]]:
    """Give the ways to write `letter` after `pen`, and the pen after each."""
    large = letter.upper() if len(letter.upper()) == 1 else letter
    if pen is Pen.SPACE:
        return [(letter, Pen.LETTER)] + ([(large, Pen.CAPITAL)] if large != letter else [])
    if pen is Pen.CAPITAL:
        return [(letter, Pen.LETTER)] + ([(large, Pen.CAPITALS)] if large != letter else [])
    if pen is Pen.CAPITALS:
        return [(large, Pen.CAPITALS)]
    return [(letter, Pen.LETTER)] if pen is Pen.LETTER else []
