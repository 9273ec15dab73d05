"""`voicecoach rehearse`: a whole session in a simulated room, faster than life."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from voicecoach.coach import Coach, Observer
from voicecoach.commands import options
from voicecoach.commands.beside import beside
from voicecoach.commands.parts import build_ears, build_speaker, choice_of, choose_routine
from voicecoach.commands.record import Folder, Screen
from voicecoach.errors import SettingsError
from voicecoach.hearing.grammar import Grammar
from voicecoach.rehearsal.experience import done_this_before
from voicecoach.rehearsal.pace import Paced
from voicecoach.rehearsal.person import SimulatedPerson
from voicecoach.rehearsal.script import PERSONS, Line, load_script
from voicecoach.session.choice import Past
from voicecoach.session.session import Session
from voicecoach.settings import load_settings
from voicecoach.sound.acoustics import Acoustics
from voicecoach.sound.audio import AudioClip
from voicecoach.sound.ports import Microphone
from voicecoach.sound.recording import read_recording
from voicecoach.sound.room import SimulatedRoom
from voicecoach.speaking.cache import CachedSynthesizer
from voicecoach.speaking.voices import choose_voice

USUAL_MORNING = datetime(2026, 12, 1, 7, tzinfo=UTC)
"""When a rehearsal takes place that was given no date: the same day every time, so that it is the same."""


def rehearse(
    routine: options.RoutineName = None,
    routine_file: options.RoutineFile = None,
    person: Annotated[
        Path | None, typer.Option("--person", help="What the simulated person says: a TOML script.")
    ] = None,
    lang: options.Lang = None,
    recognizer: options.Recogniser = None,
    model: options.Model = None,
    voice: options.Voice = None,
    out: options.Out = None,
    first_time: Annotated[
        bool, typer.Option("--first-time", help="The coach does not know the person yet.")
    ] = False,
    room: Annotated[
        str | None, typer.Option("--room", help="Walls: living, bedroom or bathroom (extra `lab`).")
    ] = None,
    distance: Annotated[
        float, typer.Option("--distance", help="From the microphone to the person, in metres.")
    ] = 1.75,
    echo: Annotated[
        float | None,
        typer.Option("--echo", help="The coach's level at the microphone against the person's, in dB."),
    ] = None,
    noise: Annotated[
        Path | None, typer.Option("--noise", help="A recording that goes on all the time.")
    ] = None,
    snr: Annotated[
        float, typer.Option("--snr", help="The person's level against the noise's, in dB.")
    ] = 20.0,
    drift: Annotated[
        float, typer.Option("--drift", help="How the loudspeaker's clock falls behind, in parts per million.")
    ] = 0.0,
    delay: Annotated[
        float, typer.Option("--delay", help="How late the devices bring the echo, in milliseconds.")
    ] = 60.0,
    distortion: Annotated[
        float | None, typer.Option("--distortion", help="What the loudspeaker adds to the echo, in dB: -30.")
    ] = None,
    serve: options.Serve = None,
    play: Annotated[bool, typer.Option("--play", help="Play the session afterwards.")] = False,
) -> None:
    """Rehearse a session: a simulated person speaks, a real recogniser hears, and the coach guides.

    Needs no sound card. With --echo the microphone hears the coach too, as it does in life. With --out
    the folder gets session.wav (left the coach, right the person), events.jsonl and transcript.txt. With
    --serve it goes at life's own pace, for the page to be looked at.
    """
    settings = load_settings(lang=lang, recognizer=recognizer, model=model, voice=voice, serve=bool(serve))
    content, chosen = choose_routine(settings, routine, routine_file)
    path = person or PERSONS / f"{settings.lang}.toml"
    script = load_script(path)
    ears = build_ears(settings)
    folder = Folder(out) if out else None
    place = laboratory(room, distance, echo, noise, snr, drift, delay, distortion)
    with (
        SimulatedRoom(out / "session.wav" if out else None, place) as simulated,
        beside(settings, content, None) as home,
    ):
        own = CachedSynthesizer(
            choose_voice(script.language, script.rate_wpm, script.voice), settings.cache / "clips"
        )
        lines = speaker_of_lines(own, path.parent, start_words(ears.grammar, chosen))
        lying = SimulatedPerson(script, simulated, lines)
        memory = {} if first_time else done_this_before(USUAL_MORNING)
        choice = choice_of(settings, ears.recognizer, chosen)
        session = Session(content, memory, choice, Past(USUAL_MORNING))
        speaker = build_speaker(settings, simulated.player)
        watching: tuple[Observer, ...] = (lying, Screen(Console()), *home.watch(session, speaker))
        observers = (*watching, folder) if folder else watching
        device: Microphone = Paced(lying) if serve else lying
        Coach(session, content, ears, speaker, device, observers, lambda _key, _value: None, home.doors).run()
    if folder:
        folder.close()
    if play:
        play_back(out / "session.wav" if out else None)


def laboratory(
    room: str | None,
    distance: float,
    echo: float | None,
    noise: Path | None,
    snr: float,
    drift: float,
    delay: float,
    distortion: float | None,
) -> Acoustics | None:
    """Build what lies between the two sides, None where nothing was asked for. Raises SoundError."""
    if room is None and echo is None and noise is None:
        return None
    return Acoustics(
        *(room, distance, echo),
        noise=noise, snr_db=snr, drift_ppm=drift, delay_ms=delay, distortion_db=distortion,
    )  # fmt: skip


def play_back(recording: Path | None) -> None:
    """Play a session's recording to its end, on the system's loudspeaker."""
    from voicecoach.sound.sounddevice import play_file

    if recording is None:
        raise SettingsError("--play needs --out: the folder that the session is recorded to.")
    play_file(recording)


def start_words(grammar: Grammar, routine: str) -> str:
    """Give a short phrase that starts a routine, in a whole sentence where there is one.

    The user's own goes by "my routine" (`own`).
    """
    found = [
        phrase
        for phrase in grammar.phrases(frozenset({"start"}))
        if (meant := grammar.understand(phrase)) and meant.slots.get("routine") == routine
    ]
    if not found and routine != "own":
        return start_words(grammar, "own")
    return min(found, key=lambda phrase: (" the " not in phrase, len(phrase)))


def speaker_of_lines(voice: CachedSynthesizer, folder: Path, start: str) -> Callable[[Line], AudioClip]:
    """Give what turns a line of a script into sound: its recording, or its words spoken by `voice`."""

    def speak(line: Line) -> AudioClip:
        if line.wav:
            return AudioClip(read_recording(folder / line.wav))
        return voice.synthesize(line.say.replace("{routine}", start))

    return speak
