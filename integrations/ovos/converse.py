"""Says sentences to the skill in a small OpenVoiceOS (ovoscope): converse.py URL SENTENCE.

A line of JSON for each: the sentence, the skill's intents that it came to, and what was spoken.
"""

import json
import sys

from ovos_bus_client.message import Message
from ovoscope import CaptureSession, get_minicroft
from skill_voicecoach import VoicecoachSkill

NAME = "skill-voicecoach.voicecoach"
SPOKEN = ("speak", "ovos.utterance.speak")


def main() -> None:
    """Converse."""
    url, *sentences = sys.argv[1:]
    croft = get_minicroft([NAME], extra_skills={NAME: VoicecoachSkill})
    croft.plugin_skills[NAME].instance.settings["url"] = url
    for sentence in sentences:
        capture = CaptureSession(croft)
        capture.capture(Message("recognizer_loop:utterance", {"utterances": [sentence], "lang": "en-US"}))
        told = capture.finish()
        spoken = list(dict.fromkeys(m.data["utterance"] for m in told if m.msg_type in SPOKEN))
        intents = [m.msg_type.partition(":")[2] for m in told if m.msg_type.startswith(f"{NAME}:")]
        print(json.dumps({"said": sentence, "intents": intents, "spoken": spoken}), flush=True)
    croft.stop()


if __name__ == "__main__":
    main()
