"""`voicecoach run`: a session with microphone and loudspeaker, or the same loop on a recording."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from voicecoach.calibration.outcome import gain_kept, key_of, problems_kept
from voicecoach.coach import Coach, Observer
from voicecoach.commands import options
from voicecoach.commands.alarm import bell_of
from voicecoach.commands.beside import Beside, beside
from voicecoach.commands.keeping import open_journal
from voicecoach.commands.parts import build_ears, build_speaker, choice_of, choose_routine
from voicecoach.commands.past import session_of
from voicecoach.commands.record import Diary, Folder, Screen
from voicecoach.content.models import Content
from voicecoach.errors import SettingsError
from voicecoach.home.keys import open_keys
from voicecoach.home.wall import local_now
from voicecoach.journal.journal import Journal
from voicecoach.settings import Settings, load_settings
from voicecoach.sound.full_duplex import FullDuplex
from voicecoach.sound.recorded_microphone import RecordedMicrophone


def run(
    routine: options.RoutineName = None,
    routine_file: options.RoutineFile = None,
    lang: options.Lang = None,
    recognizer: options.Recogniser = None,
    model: options.Model = None,
    voice: options.Voice = None,
    microphone: Annotated[
        Path | None,
        typer.Option("--microphone", help="A recording to hear instead of the microphone; needs --out."),
    ] = None,
    out: options.Out = None,
    data: options.Data = None,
    serve: options.Serve = None,
    button: options.Button = False,
) -> None:
    """Go through a session by voice; without a ROUTINE, say "start morning routine".

    With --microphone FILE --out DIR the same happens on a recording, without devices.
    """
    if microphone is not None and out is None:
        raise SettingsError("--microphone needs --out: the folder that the session is written to.")
    settings = load_settings(
        lang=lang, recognizer=recognizer, model=model, voice=voice, data=data, serve=serve
    )
    content, chosen = choose_routine(settings, routine, routine_file)
    asked = bool(routine or routine_file)
    with beside(settings, content, settings.data) as home:
        by_voice_alone = microphone is None and not button
        hold(
            *(settings, content, chosen, home),
            begin=asked, by_voice_alone=by_voice_alone, microphone=microphone, out=out,
        )  # fmt: skip


def hold(
    settings: Settings,
    content: Content,
    routine: str,
    home: Beside,
    *,
    begin: bool = True,
    by_voice_alone: bool = False,
    microphone: Path | None = None,
    out: Path | None = None,
) -> None:
    """Hold one session; it waits for a start unless it shall `begin` by itself.

    Raises SettingsError where nothing but the voice stops it and this room is not safe for that.
    """
    with open_journal(settings.data) as journal:
        if by_voice_alone:
            check_room(settings, journal)
        gain_db = 0.0 if microphone else gain_here(settings, journal)
        ears = build_ears(settings, patient=microphone is not None, gain_db=gain_db)
        folder = Folder(out) if out else None
        device = open_microphone(settings.microphone, settings.loudspeaker, microphone, out)
        try:
            choice = choice_of(settings, ears.recognizer, routine)
            session = session_of(content, journal, choice, local_now())
            diary = Diary(journal, local_now(), session)
            speaker = build_speaker(settings, device.player, local_now().time())
            watching: tuple[Observer, ...] = (
                *(diary, bell_of(settings), Screen(Console())),
                *home.watch(session, speaker),
            )
            observers = (*watching, folder) if folder else watching
            keep = remember_in(journal)
            with open_keys() as keys:
                doors = (*home.doors, *keys)
                Coach(session, content, ears, speaker, device, observers, keep, doors).run(
                    routine if begin else None
                )
        finally:
            device.close()
            if folder:
                folder.close()


def gain_here(settings: Settings, journal: Journal) -> float:
    """Give by how many decibels the last calibration had the microphone of this room turned up."""
    return gain_kept(journal.memory(), key_of(settings.microphone, settings.loudspeaker))


def check_room(settings: Settings, journal: Journal) -> None:
    """Raise SettingsError where the last calibration found that stop or pain are not heard in this room."""
    problems = problems_kept(journal.memory(), key_of(settings.microphone, settings.loudspeaker))
    if problems:
        again = (
            "Then: voicecoach calibrate. Or, with something at hand that stops: --button for a key (s) or the"
            " page, and button_pin in the settings for stand-by."
        )
        raise SettingsError(*(f"By voice alone it would not be safe here: {one}" for one in problems), again)


def remember_in(journal: Journal) -> Any:
    """Give what keeps something about the person in their journal."""
    return lambda key, value: journal.remember(key, value, local_now())


def open_microphone(
    microphone: str | None, loudspeaker: str | None, recording: Path | None, out: Path | None
) -> FullDuplex | RecordedMicrophone:
    """Open the sound card, or a recording in its place."""
    if recording is not None and out is not None:
        return RecordedMicrophone(recording, out / "session.wav")
    return FullDuplex(microphone, loudspeaker)
