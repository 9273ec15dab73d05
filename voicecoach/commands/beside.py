"""What stands beside a session or a stand-by where it is asked for: the status page, a broker, or nothing."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer

from voicecoach.coach import Door, Observer
from voicecoach.content.models import Content
from voicecoach.errors import HomeError
from voicecoach.extras import requires
from voicecoach.home.control import Control
from voicecoach.home.standby import StandBy
from voicecoach.home.words import load_words
from voicecoach.report.charts import keep_fonts_in
from voicecoach.session.session import Session
from voicecoach.settings import Settings
from voicecoach.speaking.speaker import Speaker


@dataclass(frozen=True, slots=True)
class Beside:
    """The rest of the home, as a coach meets it: those who watch, and the doors they ask at."""

    control: Control | None = None

    @property
    def doors(self) -> tuple[Door, ...]:
        """Give the doors that the loop looks into."""
        return (self.control,) if self.control else ()

    def watch(self, session: Session, speaker: Speaker) -> tuple[Observer, ...]:
        """Give those who watch this session."""
        return (self.control.board.watch(session, speaker),) if self.control else ()

    def watch_waiting(self, standby: StandBy, speaker: Speaker) -> tuple[Observer, ...]:
        """Give those who watch this stand-by."""
        return (self.control.board.watch_waiting(standby, speaker),) if self.control else ()

    def starting(self, routine: str) -> None:
        """Tell everyone at once that a session was asked for; its parts take a moment."""
        if self.control:
            self.control.board.starting(routine)

    def mute(self) -> None:
        """Tell everyone that no microphone is open."""
        if self.control:
            self.control.board.mute()


@contextmanager
def beside(
    settings: Settings, content: Content, data: Path | None, *, renew_token: bool = False
) -> Iterator[Beside]:
    """Open what the settings ask for; `data` is the journal's folder, None in a rehearsal.

    Raises HomeError where something cannot be opened, so that it is told before the session starts.
    """
    with ExitStack() as stack:
        broker = settings.mqtt_host if data else None  # a rehearsal is nobody else's business
        if not (settings.serve or broker):
            yield Beside()
            return
        control = Control(tuple(content.routines))
        if settings.serve:
            _open_page(stack, settings, content, control, data, renew_token)
        if broker:
            stack.enter_context(_reach_broker(settings, broker, control))
        yield Beside(control)


def _open_page(
    stack: ExitStack,
    settings: Settings,
    content: Content,
    control: Control,
    data: Path | None,
    renew_token: bool,
) -> None:
    with requires("home", "The status page", HomeError):
        from voicecoach.home.page.app import Parts
        from voicecoach.home.page.record import Record
        from voicecoach.home.page.server import PageServer, access_for, listen
    keep_fonts_in(settings.cache / "fonts")
    words = load_words(settings.lang, settings.wake_word)
    pain = "page" in settings.share_pain
    access = access_for(settings.page_address, settings.data, renew=renew_token)
    record = Record(data, content, words, pain)
    parts = Parts(control, content, words, access, record, pain)
    server = stack.enter_context(PageServer(parts, listen(settings.page_address, settings.page_port)))
    typer.echo(f"The status page: {server.url}", err=True)
    if access.token is not None:
        _show_pairing(settings.page_address, server.port, access.token)


def _reach_broker(settings: Settings, host: str, control: Control) -> AbstractContextManager[object]:
    with requires("home", "MQTT", HomeError):
        from voicecoach.home.mqtt.peer import Broker, MqttPeer
    broker = Broker(
        host,
        settings.mqtt_port or (8883 if settings.mqtt_tls else 1883),
        settings.mqtt_user,
        settings.mqtt_password.get_secret_value() if settings.mqtt_password else None,
        settings.mqtt_tls,
        settings.mqtt_authority,
        settings.mqtt_name,
        "mqtt" in settings.share_pain,
    )
    return MqttPeer(broker, control, load_words(settings.lang), lambda said: typer.echo(said, err=True))


def _show_pairing(address: str, port: int, token: str) -> None:
    """Show how to pair a device; in a terminal only, for a log is read by others."""
    import segno

    from voicecoach.home.page.server import pairing_url

    if not sys.stderr.isatty():
        typer.echo("Start it in a terminal to see the code that pairs a device.", err=True)
        return
    segno.make(pairing_url(address, port, token)).terminal(out=sys.stderr, compact=True)
    typer.echo(f"Pair a device: open this with its camera, or type the code: {token}", err=True)
