"""Home Assistant itself, without its front end: it presses the coach's buttons and says what it sees.

    python converse.py BROKER_PORT WYOMING_PORT [BUTTON=STATE …]

The broker and `voicecoach wyoming` are on this machine. For each BUTTON, such as `pause=paused`, it waits
until its sensor shows STATE. A line of JSON each: the entities, the presses, and what Wyoming made of a
phrase that its voice had spoken. Needs the package homeassistant, 2024.12 or later.
"""

import asyncio
import io
import json
import sys
import tempfile
import time
import wave
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from homeassistant import bootstrap, runner
from homeassistant.const import EVENT_STATE_CHANGED, STATE_UNAVAILABLE
from homeassistant.core import Event, HomeAssistant, State, callback
from homeassistant.helpers.entity_component import DATA_INSTANCES

SECONDS = 30.0
SENSOR = "sensor.voicecoach_state"
PHRASE = "start morning routine"
SENT_BYTES = 2048


def tell(**what: Any) -> None:
    """Print a line."""
    print(json.dumps(what), flush=True)


async def main(broker: int, wyoming: int, presses: list[str]) -> None:
    """Set Home Assistant up, and go through the presses and a phrase."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "configuration.yaml").write_text("", encoding="utf-8")
        home = await bootstrap.async_setup_hass(runner.RuntimeConfig(config_dir=folder, skip_pip=False))
        assert home
        await home.async_start()
        await add(home, "mqtt", broker="127.0.0.1", port=broker)
        entities = {SENSOR, *(f"button.voicecoach_{press.split('=')[0]}" for press in presses)}
        await until(lambda: entities <= {one.entity_id for one in home.states.async_all() if is_there(one)})
        for press in presses:
            await asyncio.wait_for(pressed(home, *press.split("=")), SECONDS)
        for state in home.states.async_all():
            if "voicecoach" in state.entity_id:
                tell(entity=state.entity_id, state=state.state)
        await add(home, "wyoming", host="127.0.0.1", port=wyoming)
        await until(lambda: home.states.async_entity_ids("stt") and home.states.async_entity_ids("tts"))
        await asyncio.wait_for(spoken_and_heard(home), SECONDS)
        await home.async_stop()


async def add(home: HomeAssistant, integration: str, **told: Any) -> None:
    """Add an integration as a person does in the settings."""
    flow = await home.config_entries.flow.async_init(integration, context={"source": "user"})
    done = await home.config_entries.flow.async_configure(flow["flow_id"], told)
    tell(added=integration, result=str(done["type"]), errors=done.get("errors"))


def is_there(entity: State) -> bool:
    """Tell whether the coach has said that it is there; Home Assistant presses nothing before."""
    return entity.state != STATE_UNAVAILABLE


async def until(true: Any) -> None:
    """Wait until something is there."""
    async with asyncio.timeout(SECONDS):
        while not true():
            await asyncio.sleep(0.05)


async def pressed(home: HomeAssistant, button: str, wanted: str) -> None:
    """Press a button, and wait until the sensor shows what is wanted."""
    shown: asyncio.Queue[tuple[float, str]] = asyncio.Queue()

    @callback
    def changed(event: Event) -> None:
        if event.data["entity_id"] == SENSOR and event.data["new_state"]:
            shown.put_nowait((time.monotonic(), event.data["new_state"].state))

    forget = home.bus.async_listen(EVENT_STATE_CHANGED, changed)
    began = time.monotonic()
    entity = {"entity_id": f"button.voicecoach_{button}"}
    await home.services.async_call("button", "press", entity, blocking=True)
    at, state = await shown.get()
    while state != wanted:
        at, state = await shown.get()
    forget()
    tell(pressed=button, state=state, ms=round(1000 * (at - began)))


async def spoken_and_heard(home: HomeAssistant) -> None:
    """Let the coach's voice speak a phrase, and its recogniser hear it."""
    from homeassistant.components import stt  # noqa: PLC0415 - what it needs came with the integration

    voice, ears = home.states.async_entity_ids("tts")[0], home.states.async_entity_ids("stt")[0]
    speaker = home.data[DATA_INSTANCES]["tts"].get_entity(voice)
    _, sound = await speaker.async_get_tts_audio(PHRASE, "en", {})
    with wave.open(io.BytesIO(sound)) as file:
        samples = file.readframes(file.getnframes())

    async def stream() -> AsyncIterator[bytes]:
        for start in range(0, len(samples), SENT_BYTES):
            yield samples[start : start + SENT_BYTES]

    form = stt.SpeechMetadata(
        language="en", format=stt.AudioFormats.WAV, codec=stt.AudioCodecs.PCM,
        bit_rate=stt.AudioBitRates.BITRATE_16, sample_rate=stt.AudioSampleRates.SAMPLERATE_16000,
        channel=stt.AudioChannels.CHANNEL_MONO,
    )  # fmt: skip
    listener = stt.async_get_speech_to_text_entity(home, ears)
    assert listener
    heard = await listener.internal_async_process_audio_stream(form, stream())
    tell(voice=voice, ears=ears, said=PHRASE, seconds=len(samples) / 32_000, heard=heard.text)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
