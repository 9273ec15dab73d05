"""The settings, from a file, the environment and the command line, the later winning.

File: settings.toml in the user's configuration folder, or the one that VOICECOACH_SETTINGS names.
Environment: VOICECOACH_ and the setting's name in capitals.
"""

import os
import re
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_cache_path, user_config_path, user_data_path
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from pydantic_settings import SettingsError as UnreadableError

from voicecoach.errors import SettingsError
from voicecoach.reasons import reasons
from voicecoach.toml_file import read_toml

_QUOTED = re.compile(r'field "(\w+)"')
"""Where pydantic-settings names what it could not read."""


def settings_file() -> Path:
    """Give the path of the settings file, whether or not it exists."""
    return Path(os.environ.get("VOICECOACH_SETTINGS") or user_config_path("voicecoach") / "settings.toml")


def _read_file() -> dict[str, Any]:
    """Read the settings file, which need not be there. Raises SettingsError."""
    path = settings_file()
    return read_toml(path, SettingsError) if path.exists() else {}


def _without_zone(moment: time) -> time:
    if moment.tzinfo is not None:
        raise ValueError("a time of the day here has no zone; write it as 22:00:00")
    return moment


WallTime = Annotated[time, AfterValidator(_without_zone)]
"""A time of the day on the clock of the place where the coach is."""


class Settings(BaseSettings):
    """All that can be chosen; every field has a default that works."""

    model_config = SettingsConfigDict(
        env_prefix="VOICECOACH_",
        env_ignore_empty=True,  # VOICECOACH_DATA= is not the folder one happens to be in
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
    )

    lang: str = "en"
    """The language that is spoken and heard: a folder of content and a grammar file."""
    recognizer: Literal["auto", "vosk", "moonshine"] = "auto"
    """Who listens; auto takes vosk where its model is found, else moonshine."""
    model: Path | None = None
    """The folder of a Vosk model."""
    second_opinion: bool = True
    """Whether Moonshine must hear too what Vosk proposes; in English, the only language it knows."""
    counting: Literal["all", "few"] = "all"
    """Whether every second of a hold is counted, or halfway and the last three."""
    soon_after_getting_up: Literal["last", "evening", "as_is"] = "last"
    """What happens to bending exercises in a morning within an hour of getting up: they come last, are left
    for the evening, or stay where they are, and it is not asked. Who avoided bending then had fewer days of
    pain (Snook 1998, Spine 23:2601); your clinician may see it otherwise."""
    on_alarm: tuple[str, ...] = ()
    """A program and its arguments, run when warning signs are told or someone cannot get up; the coach
    itself cannot call anyone. VOICECOACH_ALARM says which: red_flag or cannot_get_up."""
    voice: str | None = None
    """Who speaks: 'joe', the path of a voice of Piper's (.onnx), or one of espeak-ng's; none takes the
    language's own of espeak-ng."""
    rate_wpm: int = Field(default=160, ge=80, le=300)
    """How fast the coach speaks, in words a minute."""
    volume: float = Field(default=1.0, gt=0, le=2)
    """How loud the coach starts; 1 is speech at -20 dB below full scale, 2 is 6 dB more."""
    night_volume: float = Field(default=0.5, gt=0, le=2)
    """How loud the coach starts at night, on the same scale."""
    night_begins: WallTime = time(22)
    """When the night begins, such as 22:00:00; equal to its end, there is none."""
    night_ends: WallTime = time(7)
    """When it is over."""
    echo: Literal["auto", "on", "off"] = "auto"
    """Whether the coach's voice is removed from what the microphone hears, so that stop and pain are heard
    over it: where that is measured to work, always, or never."""
    microphone: str | None = None
    """A part of the microphone's name; none takes the system's."""
    loudspeaker: str | None = None
    """A part of the loudspeaker's name; none takes the system's."""
    serve: bool = False
    """Whether the status page is shown beside a session."""
    page_address: str = "127.0.0.1"
    """Where the status page listens; any address but this machine's own asks for devices to be paired."""
    page_port: int = Field(default=8377, ge=0, le=65535)
    """The status page's port; 0 takes a free one."""
    share_pain: frozenset[Literal["page", "mqtt"]] = frozenset({"page"})
    """Who is told of pain beside the journal; the page is seen only by paired devices."""
    morning: WallTime | None = None
    """When stand-by gently reminds of the morning routine, such as 07:30:00; none does not."""
    evening: WallTime | None = None
    """When stand-by gently reminds of the evening routine."""
    wake_word: str | None = None
    """The word before every command in stand-by; none takes the language's, such as "coach"."""
    own_routine: Path | None = None
    """A routine of your own, which "start my routine" starts in stand-by."""
    button_pin: int | None = Field(default=None, ge=0, le=27)
    """The pin (BCM number) of a button on a Raspberry Pi: a press stops, a long press starts."""
    lamp_pin: int | None = Field(default=None, ge=0, le=27)
    """The pin (BCM number) of a light that shows what the coach does."""
    mqtt_host: str | None = None
    """The broker that Home Assistant listens to; none connects to none."""
    mqtt_port: int | None = Field(default=None, ge=1, le=65535)
    """Its port; without it 1883, or 8883 with TLS."""
    mqtt_user: str | None = None
    """Who the coach is there."""
    mqtt_password: SecretStr | None = None
    """Best given as VOICECOACH_MQTT_PASSWORD."""
    mqtt_tls: bool = False
    """Whether to speak TLS with it."""
    mqtt_authority: Path | None = None
    """The certificate of who vouches for the broker; none takes the system's."""
    mqtt_name: str = Field(default="voicecoach", pattern=r"^[A-Za-z0-9_-]{1,32}$")
    """The coach's name there; a second coach needs another one."""
    data: Path = Field(default_factory=lambda: user_data_path("voicecoach"))
    """Where the journal is kept."""
    cache: Path = Field(default_factory=lambda: user_cache_path("voicecoach"))
    """Where rendered speech is kept."""

    def volume_at(self, moment: time) -> float:
        """Tell how loud a session starts at this time of the day."""
        begins, ends = self.night_begins, self.night_ends
        night = begins <= moment < ends if begins <= ends else not ends <= moment < begins
        return min(self.volume, self.night_volume) if night else self.volume

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the command line win over the environment, and that over the file."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, InitSettingsSource(settings_cls, _read_file())


def load_settings(**chosen: Any) -> Settings:
    """Put the settings together; `chosen` are those of the command line, None where not given.

    Raises SettingsError with every setting that cannot be used.
    """
    try:
        return Settings(**{key: value for key, value in chosen.items() if value is not None})
    except ValidationError as error:
        told = reasons(error, keys=Settings.model_fields)
        raise SettingsError(*(_sentence(place, reason) for place, reason in told)) from error
    except UnreadableError as error:  # of the environment only; a list of the file is one already
        named = _QUOTED.search(str(error))
        name = f"VOICECOACH_{named[1].upper()}" if named else "VOICECOACH_…"
        raise SettingsError(f'{name}: write a list in one line, such as ["page", "mqtt"].') from error


def _sentence(place: tuple[str, ...], reason: str) -> str:
    places = f"on the command line, in VOICECOACH_{place[0].upper()} or in {settings_file()}"
    return f"The setting '{'.'.join(place)}' cannot be used: {reason}. Mend it {places}."
