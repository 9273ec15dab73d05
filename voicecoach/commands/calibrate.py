"""`voicecoach calibrate`: whether stop and pain are heard where one lies; remembered for this room."""

import typer

from voicecoach.calibration.outcome import Outcome, key_of
from voicecoach.calibration.trials import Trials
from voicecoach.commands import options
from voicecoach.commands.keeping import open_journal
from voicecoach.commands.parts import build_ears, build_speaker
from voicecoach.commands.run import open_microphone, remember_in
from voicecoach.content.models import Content
from voicecoach.home.wall import local_now
from voicecoach.settings import load_settings


def calibrate(
    lang: options.Lang = None,
    recognizer: options.Recogniser = None,
    model: options.Model = None,
    voice: options.Voice = None,
    data: options.Data = None,
) -> None:
    """Lie down and say what the coach asks for: stop, pain worse and ready, three times each.

    Where stop or pain are not heard, `voicecoach run` refuses to start by voice alone; exit code 1.
    """
    settings = load_settings(lang=lang, recognizer=recognizer, model=model, voice=voice, data=data)
    ears, content = build_ears(settings, patient=False), Content.load(settings.lang)
    with open_journal(settings.data) as journal:
        device = open_microphone(settings.microphone, settings.loudspeaker, None, None)
        try:
            speaker = build_speaker(settings, device.player, local_now().time())
            outcome = Trials(content, ears, speaker, device, ()).run()
        finally:
            device.close()
        key = key_of(settings.microphone, settings.loudspeaker)
        remember_in(journal)(key, outcome.kept(local_now().date().isoformat()))
    show(outcome)


def show(outcome: Outcome) -> None:
    """Print what was heard. Raises typer.Exit where it is not enough."""
    for line in (*outcome.lines(), *outcome.problems):
        typer.echo(line)
    if outcome.problems:
        raise typer.Exit(1)
