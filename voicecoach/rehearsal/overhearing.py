"""What the coach's own voice is taken for: every prompt played in a room, and listened to as in a session.

The same ears as in a session, with whatever they have learned of the room by then. Nobody is there, so
whatever they understand is an error of the prompt's words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from voicecoach.content.models import Content
from voicecoach.content.wording import braces
from voicecoach.hearing.ears import Ears
from voicecoach.hearing.recognizer import Intent
from voicecoach.sound.audio import samples_of
from voicecoach.sound.room import Acoustics, SimulatedRoom
from voicecoach.speaking.synthesizer import Synthesizer

PAUSE_SECONDS = 1.0
"""Between prompts: long enough for a recogniser to decide on each."""
EXAMPLE = 3
"""What stands in the braces of a prompt."""


@dataclass(frozen=True, slots=True)
class Misheard:
    """A prompt that was taken for a person's words."""

    prompt: str
    phrase: str
    intent: str


def overhear(
    lines: Iterable[tuple[str, Sequence[str]]],
    voice: Synthesizer,
    ears: Ears,
    acoustics: Acoustics,
    live: frozenset[str],
) -> Iterator[Misheard]:
    """Say the lines (prompt id, sentences) in a room with nobody in it; tell what was understood."""
    room = SimulatedRoom(acoustics=acoustics)
    for prompt, sentences in lines:
        end = room.position
        for sentence in sentences:
            clip = voice.synthesize(sentence)
            room.player.place(clip, end)
            end += len(clip.samples) + samples_of(PAUSE_SECONDS / 2)
        until = end + samples_of(PAUSE_SECONDS / 2)
        while room.position < until:
            for heard in ears.hear(room.read(), live, until):
                if isinstance(heard, Intent):
                    yield Misheard(prompt, heard.text, heard.name)


def spoken_lines(content: Content) -> list[tuple[str, Sequence[str]]]:
    """Give every prompt of a language as it may be said."""
    return [
        (prompt, content.text(prompt, **dict.fromkeys(_names(sentences), EXAMPLE)))
        for prompt, sentences in content.prompts.items()
    ]


def _names(sentences: Sequence[str]) -> list[str]:
    return [name for sentence in sentences for name, _ in braces(sentence)]
