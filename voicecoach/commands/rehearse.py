"""`voicecoach rehearse`: a whole session in a simulated room, faster than life."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from voicecoach.calibration.trials import Trials
from voicecoach.coach import Observer
from voicecoach.commands import options
from voicecoach.commands.beside import beside
from voicecoach.commands.calibrate import show
from voicecoach.commands.parts import choice_of, choose_routine
from voicecoach.commands.record import Folder, Screen
from voicecoach.commands.stage import Rehearsal, open_journal, set_up, set_up_in_text
from voicecoach.content.models import Content
from voicecoach.errors import SettingsError
from voicecoach.journal.lines import FIRST_YEAR, LAST_YEAR
from voicecoach.rehearsal.pace import Paced
from voicecoach.rehearsal.person import SimulatedPerson
from voicecoach.rehearsal.script import Script, check_script, load_script, person_who_speaks
from voicecoach.settings import Settings, load_settings
from voicecoach.sound.acoustics import Acoustics
from voicecoach.sound.room import SimulatedRoom

USUAL_MORNING = datetime(2026, 12, 1, 7, tzinfo=UTC)
"""When a rehearsal takes place that was given no date: the same day every time, so that it is the same."""

LIMITS = {
    "--distance": (0.1, 10),
    "--echo": (-100, 60),
    "--snr": (-60, 100),
    "--drift": (-10_000, 10_000),
    "--delay": (0, 1000),
    "--distortion": (-100, 0),
}
"""What the laboratory can be asked for; outside there is nothing to hear, or no sound card like it."""


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
    data: Annotated[
        Path | None,
        typer.Option("--data", help="The folder of a journal that the session goes into; else none is kept."),
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", help="When it takes place, such as 2026-12-01T07:00.")
    ] = None,
    text: Annotated[
        bool, typer.Option("--text", help="Without sound, for speed: words are understood as written.")
    ] = False,
    first_time: Annotated[
        bool, typer.Option("--first-time", help="The coach does not know the person yet.")
    ] = False,
    room: Annotated[
        str | None, typer.Option("--room", help="Walls: living, bedroom or bathroom (extra `lab`).")
    ] = None,
    distance: Annotated[
        float, typer.Option("--distance", help="From the microphone to the person, in metres; with --room.")
    ] = 1.75,
    echo: Annotated[
        float | None,
        typer.Option("--echo", help="The coach's level at the microphone against the person's, in dB."),
    ] = None,
    noise: Annotated[
        Path | None, typer.Option("--noise", help="A recording that goes on all the time.")
    ] = None,
    snr: Annotated[
        float, typer.Option("--snr", help="The person's level against the noise's, in dB; with --noise.")
    ] = 20.0,
    drift: Annotated[
        float, typer.Option("--drift", help="How the loudspeaker's clock falls behind, in ppm; with --echo.")
    ] = 0.0,
    delay: Annotated[
        float, typer.Option("--delay", help="How late the devices bring the echo, in ms; with --echo.")
    ] = 60.0,
    distortion: Annotated[
        float | None,
        typer.Option("--distortion", help="What the loudspeaker adds to the echo, in dB: -30; with --echo."),
    ] = None,
    calibrate: Annotated[
        bool,
        typer.Option("--calibrate", help="Rehearse the calibration instead of a session; nothing is kept."),
    ] = False,
    serve: options.Serve = None,
    play: Annotated[bool, typer.Option("--play", help="Play the session afterwards.")] = False,
) -> None:
    """Rehearse a session: a simulated person speaks, a real recogniser hears, and the coach guides.

    Needs no sound card. It goes into the journal of --data at --date, else into a temporary one of a person
    who has done this before. With --echo the microphone hears the coach too, as it does in life. With
    --out the folder gets session.wav (left the coach, right the person), events.jsonl and transcript.txt.
    With --serve it goes at life's own pace, for the page to be looked at.
    """
    given = load_script(person) if person else None
    spoken = lang or (given.language if given else None)
    settings = load_settings(lang=spoken, recognizer=recognizer, model=model, voice=voice, serve=bool(serve))
    content, chosen = choose_routine(settings, routine, routine_file)
    place = laboratory(room, distance, echo, noise, snr, drift, delay, distortion)
    path = person or person_who_speaks(settings.lang, "_calibrate" if calibrate else "")
    script = given or load_script(path)
    if calibrate:
        rehearse_calibration(settings, script, path.parent, place)
        return
    moment = read_date(date)
    check_script(script, path, content)
    folder = Folder(out) if out else None
    with (
        SimulatedRoom(out / "session.wav" if out and not text else None, place) as simulated,
        open_journal(data, moment, first_time=first_time) as journal,
        beside(settings, content, data) as home,
    ):
        if text:
            stage = set_up_in_text(settings, chosen)
        else:
            stage = set_up(settings, script, path.parent, chosen, simulated)
        lying = SimulatedPerson(script, stage.room, stage.speak)
        seen: tuple[Observer, ...] = (lying, Screen(Console()), *((folder,) if folder else ()))
        choice = choice_of(settings, stage.ears.recognizer, chosen)
        Rehearsal(content, choice, journal, moment).hold(
            stage,
            Paced(lying) if serve else lying,
            lambda session: (*seen, *home.watch(session, stage.speaker)),
            home.doors,
        )
    if folder:
        folder.close()
    if play:
        play_back(out / "session.wav" if out else None)


def rehearse_calibration(settings: Settings, script: Script, folder: Path, place: Acoustics | None) -> None:
    """Let a simulated person say what the calibration asks for, and print what was heard."""
    with SimulatedRoom(None, place) as room:
        stage = set_up(settings, script, folder, "morning", room)
        lying = SimulatedPerson(script, room, stage.speak)
        show(Trials(Content.load(settings.lang), stage.ears, stage.speaker, lying, (lying,)).run())


def read_date(text: str | None) -> datetime:
    """Read a day and time; without a zone it is this machine's. Raises SettingsError."""
    if text is None:
        return USUAL_MORNING
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(f"--date {text}: that is no day and time. Write 2026-12-01T07:00.") from error
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        raise SettingsError(f"--date {text}: that is no moment of a life. Write 2026-12-01T07:00.")
    return moment if moment.tzinfo else moment.astimezone()


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
    numbers = {
        "--distance": distance,
        "--echo": echo,
        "--snr": snr,
        "--drift": drift,
        "--delay": delay,
        "--distortion": distortion,
    }
    problems = [
        f"{name} {value}: this has to be a number from {LIMITS[name][0]:g} to {LIMITS[name][1]:g}."
        for name, value in numbers.items()
        if value is not None and not LIMITS[name][0] <= value <= LIMITS[name][1]
    ]
    if problems:
        raise SettingsError(*problems)
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
