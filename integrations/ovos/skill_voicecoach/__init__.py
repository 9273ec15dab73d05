"""The skill: what is said to OpenVoiceOS goes to voicecoach, which guides and speaks by itself.

The .intent files are made from voicecoach's own grammars (script/make_ovos_locale.py); what is spoken
here is in the .dialog files beside them, and in the words of the coach's page.
"""

from typing import Any

from ovos_workshop.skills.ovos import OVOSSkill

from skill_voicecoach.coach import Coach, NotReachedError

ROUTINES = ("morning", "evening", "stretch", "five_minutes")
ORDERS = {"pause": "pause", "resume": "resume", "stop_coach": "stop", "finish": "finish"}
"""Intents of the skill, and what the coach is asked for."""
NO_SESSION = ("away", "idle", "ended", "waiting", "asleep", "muted")


class VoicecoachSkill(OVOSSkill):
    """Starts, pauses, stops and asks how far we are."""

    def initialize(self) -> None:
        """Listen for what the coach can be asked for."""
        for routine in ROUTINES:
            self._pass_on(f"start_{routine}", "start", routine=routine)
        for name, intent in ORDERS.items():
            self._pass_on(name, intent)
        self.register_intent_file("how_far.intent", self._tell)

    @property
    def coach(self) -> Coach:
        """The coach that the settings name."""
        url = self.settings.get("url") or "http://127.0.0.1:8377"
        return Coach(url, self.settings.get("token") or "")

    def stop(self) -> bool:
        """Stop the exercises by OpenVoiceOS's own "stop"; whether there was something to stop."""
        try:
            return self.coach.ask_for("stop") == "taken"
        except NotReachedError:
            return False

    def _pass_on(self, name: str, intent: str, **slots: str) -> None:
        def handle(_message: Any) -> None:
            self._ask_for(intent, **slots)

        handle.__name__ = f"handle_{name}"  # OpenVoiceOS tells handlers apart by it
        self.register_intent_file(f"{name}.intent", handle)

    def _ask_for(self, intent: str, **slots: str) -> None:
        """Ask; where it is taken the coach speaks, and this stays silent."""
        try:
            answer = self.coach.ask_for(intent, **slots)
        except NotReachedError:
            self.speak_dialog("not_reached")
            return
        if answer != "taken":
            self.speak_dialog("not_now")

    def _tell(self, _message: Any) -> None:
        try:
            status = self.coach.status()
        except NotReachedError:
            self.speak_dialog("not_reached")
            return
        if status["state"] in NO_SESSION:
            self.speak_dialog("no_session")
            return
        self.speak(". ".join(part for part in (status["exercise"], status["title"], status["place"]) if part))
