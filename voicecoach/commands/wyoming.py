"""`voicecoach wyoming`: the recogniser and the voice for other systems in the house."""

from typing import Annotated

import typer

from voicecoach.commands import options
from voicecoach.commands.parts import build_recognizer, build_voice, load_grammar
from voicecoach.errors import HomeError
from voicecoach.extras import requires


def wyoming(
    uri: Annotated[
        str, typer.Option("--uri", help="Where to listen; whoever can reach it can use it.")
    ] = "tcp://127.0.0.1:10300",
    announce: Annotated[
        bool,
        typer.Option("--announce", help="Tell the network by zeroconf, so that Home Assistant finds it."),
    ] = False,
    lang: options.Lang = None,
    recognizer: options.Recogniser = None,
    model: options.Model = None,
    voice: options.Voice = None,
) -> None:
    """Offer our recogniser and our voice over the Wyoming protocol, as Home Assistant's Assist speaks it."""
    import asyncio

    from voicecoach.settings import load_settings

    with requires("home", "Wyoming", HomeError):
        from voicecoach.home.announcing import announced, service_at
        from voicecoach.home.wyoming import Listener, Service, serve
    told_to = announced(service_at(uri)) if announce else None
    settings = load_settings(lang=lang, recognizer=recognizer, model=model, voice=voice)
    grammar = load_grammar(settings.lang)
    service = Service(Listener(build_recognizer(settings, grammar), grammar), build_voice(settings))
    asyncio.run(serve(service, uri, lambda told: typer.echo(f"Wyoming: {told}", err=True), told_to))
