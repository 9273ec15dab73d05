"""What a session said and counted, found on a tape of the loudspeaker by the sound it has."""

from tests.live.outside import Event
from tests.sound.noises import ALIKE, find
from voicecoach import resources
from voicecoach.commands.parts import build_counting_voice, build_voice
from voicecoach.content.models import Content
from voicecoach.settings import load_settings
from voicecoach.sound.audio import RATE_HZ, Samples, samples_of
from voicecoach.sound.recording import read_recording

MARGINS = {"say": 3 * RATE_HZ // 2, "count": 2 * RATE_HZ // 5, "cue": 2 * RATE_HZ // 5}
"""How far from its place after the last one a sound is looked for, in samples."""


def sound_of(event: Event) -> Samples | None:
    """How it begins to sound; None for words that are filled in anew each time."""
    content, settings = Content.load("en"), load_settings()
    if event["kind"] == "cue":
        return read_recording(resources.audio() / f"tone_{event['name']}.wav")
    if event["kind"] == "count":
        word = " ".join(content.text(f"number.{event['n']}"))
        return build_counting_voice(settings).synthesize(word).samples
    texts = content.prompts.get(event["prompt"], (event["text"],))
    return None if "{" in texts[0] else build_voice(settings).synthesize(texts[0]).samples


def begin_of(event: Event) -> float:
    return event.get("start", event["t"])


def follow(tape: Samples, sounds: list[tuple[Event, Samples]]) -> tuple[list[int], list[int]]:
    """Where each is on the tape, in samples, and the numbers of those that are heard there.

    It is looked for near its place after the last one that was found; the clearest one is found first.
    """
    begin = find_clearest(tape, sounds)
    places, found = [], []
    for number, (event, sound) in enumerate(sounds):
        expected = begin + samples_of(begin_of(event))
        first = max(0, expected - MARGINS[event["kind"]])
        place, likeness = find(sound, tape[first : expected + len(sound) + MARGINS[event["kind"]]])
        if likeness > ALIKE:
            found.append(number)
            begin += first + place - expected
        places.append(begin + samples_of(begin_of(event)))
    return places, found


def find_clearest(tape: Samples, sounds: list[tuple[Event, Samples]]) -> int:
    """Find where the session's clock is at 0, by the prompt near its beginning that is found best."""
    found = [(*find(sound, tape), event) for event, sound in sounds[:6] if event["kind"] == "say"]
    place, likeness, event = max(found, key=lambda one: one[1])
    assert likeness > ALIKE, event
    return place - samples_of(begin_of(event))
