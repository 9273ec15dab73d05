"""Says sentences to the skill in a small OpenVoiceOS (ovoscope).

    python converse.py URL SENTENCE[=STATE] …

A line of JSON for each: the sentence, the skill's intents that it came to, and what was spoken. After
a sentence with a STATE, such as `pause=paused`, it waits until the coach is in it, as a person would: the
next "pause" or "stop" would take back what the coach has not begun yet.
"""

import json
import sys
import time

from ovos_bus_client.message import Message
from ovoscope import CaptureSession, get_minicroft
from skill_voicecoach import VoicecoachSkill
from skill_voicecoach.coach import Coach

NAME = "skill-voicecoach.voicecoach"
SPOKEN = ("speak", "ovos.utterance.speak")
SECONDS = 10.0
"""How long a state is waited for."""


def main() -> None:
    """Converse."""
    url, *sentences = sys.argv[1:]
    croft = get_minicroft([NAME], extra_skills={NAME: VoicecoachSkill})
    croft.plugin_skills[NAME].instance.settings["url"] = url
    for asked in sentences:
        sentence, _, state = asked.partition("=")
        capture = CaptureSession(croft)
        capture.capture(Message("recognizer_loop:utterance", {"utterances": [sentence], "lang": "en-US"}))
        told = capture.finish()
        spoken = list(dict.fromkeys(m.data["utterance"] for m in told if m.msg_type in SPOKEN))
        intents = [m.msg_type.partition(":")[2] for m in told if m.msg_type.startswith(f"{NAME}:")]
        print(json.dumps({"said": sentence, "intents": intents, "spoken": spoken}), flush=True)
        if state:
            wait_for(Coach(url), state)
    croft.stop()


def wait_for(coach: Coach, state: str) -> None:
    """Wait until the coach is in a state; end with what it is in instead."""
    end = time.monotonic() + SECONDS
    while (found := coach.status()["state"]) != state:
        if time.monotonic() > end:
            sys.exit(f"converse: {state} was waited for, the coach is in {found}")
        time.sleep(0.05)


if __name__ == "__main__":
    main()
