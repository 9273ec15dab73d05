"""What can go wrong, one class a room.

Every error carries its problems as whole sentences for the person at the terminal:
what is wrong, where, and what to do about it. The command line prints one line a problem
and ends with exit code 2; nothing here prints.
"""


class VoicecoachError(Exception):
    """Something the user can mend.

    `problems` holds one plain sentence a problem, never empty.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class SettingsError(VoicecoachError):
    """A setting that cannot be used."""


class ContentError(VoicecoachError):
    """An exercise, routine or prompt file that cannot be used."""


class GrammarError(VoicecoachError):
    """A grammar file that cannot be used, or a word that the model does not know."""


class HearingError(VoicecoachError):
    """A recogniser or its model that cannot be used."""


class SpeakingError(VoicecoachError):
    """A voice that cannot be used, or a clip that cannot be kept."""


class SoundError(VoicecoachError):
    """A device or a recording that cannot be used."""


class JournalError(VoicecoachError):
    """A journal that cannot be read or written."""


class ReportError(VoicecoachError):
    """A report that cannot be made or written."""


class HomeError(VoicecoachError):
    """A page, a broker or another part of the home that cannot be used."""
