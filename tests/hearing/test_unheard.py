"""How probable Moonshine's model finds phrases where there is nothing to hear."""

import pytest

from tests.hearing.letters import NUMBER, Writer
from voicecoach.hearing.beam_search import Hypothesis
from voicecoach.hearing.unheard import Unheard


class Talker:
    """A model that expects some texts more than others, whatever it hears."""

    def __init__(self) -> None:
        self.heard = 0

    def listen(self, _samples: object, _rows: int) -> Writer:
        self.heard += 1
        return Writer({("▁stop",): 0.8, ("▁go", "▁on"): 0.2})


def phrase(*words: str) -> Hypothesis:
    writing = tuple(NUMBER[word.encode()] for word in words)
    return Hypothesis(" ".join(words), frozenset(), 0.0, 0.0, len(writing) + 1, writing)


def test_what_is_often_said_is_more_probable_than_what_is_not() -> None:
    unheard = Unheard(Talker())
    assert unheard(phrase("▁stop")) == pytest.approx(-0.22, abs=0.01)
    assert unheard(phrase("▁go", "▁on")) == pytest.approx(-1.61, abs=0.01)


def test_the_model_is_asked_once_about_a_phrase() -> None:
    talker = Talker()
    unheard = Unheard(talker)
    assert unheard(phrase("▁stop")) == unheard(phrase("▁stop"))
    assert talker.heard == 1
