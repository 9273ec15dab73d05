"""`voicecoach serve`: the status page by itself; a session begins when its button is pressed."""

from typing import Annotated

import typer

from voicecoach.commands import options
from voicecoach.commands.beside import beside
from voicecoach.commands.parts import check_recognizer, choose_routine

LOOK_SECONDS = 0.5
"""How soon the program notices that it is to end."""


def serve(
    address: Annotated[
        str | None,
        typer.Option("--address", help="Where to listen; anything but this machine needs pairing."),
    ] = None,
    port: Annotated[int | None, typer.Option("--port", help="The port to listen on.")] = None,
    new_token: Annotated[
        bool, typer.Option("--new-token", help="Make up a new code; devices must be paired again.")
    ] = False,
    lang: options.Lang = None,
    recognizer: options.Recogniser = None,
    model: options.Model = None,
    voice: options.Voice = None,
    data: options.Data = None,
    button: options.Button = False,
) -> None:
    """Show the status page, and go through a session whenever one is started there.

    Seen from this machine only, unless --address gives another; then devices are paired by a QR code.
    """
    from voicecoach.commands.keeping import open_journal
    from voicecoach.commands.run import check_room, hold
    from voicecoach.settings import load_settings

    settings = load_settings(
        lang=lang,
        recognizer=recognizer,
        model=model,
        voice=voice,
        data=data,
        serve=True,
        page_address=address,
        page_port=port,
    )
    content, _ = choose_routine(settings, None, None)
    check_recognizer(settings)
    if not button:
        with open_journal(settings.data) as journal:
            check_room(settings, journal)
    with beside(settings, content, settings.data, renew_token=new_token) as home:
        while home.control:
            routine = home.control.wait_for_start(LOOK_SECONDS)
            if routine is not None:
                home.starting(routine)
                hold(settings, content, routine, home)
                home.control.board.clear()
