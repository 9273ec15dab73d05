"""Our recogniser and our voice, asked by the protocol's own client: a real recogniser and a real voice."""

import asyncio
import os
import signal
from contextlib import asynccontextmanager

import numpy as np
import pytest
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncClient, AsyncTcpClient
from wyoming.error import Error
from wyoming.info import Describe, Info
from wyoming.server import AsyncTcpServer
from wyoming.tts import Synthesize
from zeroconf import ServiceStateChange
from zeroconf.asyncio import AsyncServiceBrowser, AsyncZeroconf

from tests.home.brokers import SECONDS, free_port
from tests.home.rooms import grammar_of
from voicecoach.errors import HomeError
from voicecoach.hearing.moonshine import Moonshine
from voicecoach.home.announcing import KIND, announced, service_at
from voicecoach.home.wyoming import LETTERS_AT_MOST, Handler, Listener, Service, serve
from voicecoach.session.table import SAFETY
from voicecoach.speaking.voices import choose_voice


@pytest.fixture(scope="module")
def service():
    grammar = grammar_of("en")
    return Service(Listener(Moonshine(grammar, safety=frozenset(SAFETY)), grammar), choose_voice("en", 150))


def talk(service, *events):
    """Send events to a server of its own, and give what it answers until it is done."""

    async def conversation():
        port = free_port()
        server = AsyncTcpServer("127.0.0.1", port)
        await server.start(lambda *streams: Handler(service, *streams))
        heard = []
        async with AsyncTcpClient("127.0.0.1", port) as client:
            for event in events:
                await client.write_event(event)
            while (event := await asyncio.wait_for(client.read_event(), SECONDS * 4)) is not None:
                heard.append(event)
                if event.type in ("info", "transcript", "audio-stop", "error"):
                    break
        await server.stop()
        return heard

    return asyncio.run(conversation())


def sound_of(events) -> np.ndarray:
    chunks = [AudioChunk.from_event(event) for event in events if AudioChunk.is_type(event.type)]
    assert {chunk.rate for chunk in chunks} == {16_000}
    return np.frombuffer(b"".join(chunk.audio for chunk in chunks), "<i2")


def test_a_prompt_is_spoken_and_a_phrase_is_transcribed(service):
    spoken = sound_of(talk(service, Synthesize(text="pause").event()))
    assert np.abs(spoken).max() > 1000
    form = {"rate": 16_000, "width": 2, "channels": 1}
    parts = [AudioChunk(audio=part.tobytes(), **form).event() for part in np.array_split(spoken, 7)]
    ending = AudioStop().event()
    heard = talk(service, Transcribe().event(), AudioStart(**form).event(), *parts, ending)
    assert Transcript.from_event(heard[-1]).text == "pause"


def test_silence_is_no_phrase(service):
    form = {"rate": 48_000, "width": 2, "channels": 2}
    quiet = AudioChunk(audio=bytes(4 * 48_000), **form).event()
    heard = talk(service, AudioStart(**form).event(), quiet, AudioStop().event())
    assert Transcript.from_event(heard[-1]).text == ""


def test_it_describes_a_recogniser_and_a_voice(service):
    told = Info.from_event(talk(service, Describe().event())[-1])
    assert told.asr[0].models[0].languages == ["en"]
    assert told.tts[0].voices[0].name == "coach"


@pytest.mark.parametrize(
    "event",
    [
        Synthesize(text="").event(),
        Synthesize(text=["no", "text"]).event(),
        Synthesize(text="x" * (LETTERS_AT_MOST + 1)).event(),
        AudioStart(rate=16_000, width=3, channels=1).event(),
        AudioStart(rate=1, width=2, channels=1).event(),
        AudioStart(rate=16_000, width=2, channels=0).event(),
    ],
)
def test_what_cannot_be_used_is_answered_in_words(service, event):
    assert "That cannot be used" in Error.from_event(talk(service, event)[-1]).text


def test_it_is_announced_to_the_house_and_taken_back_at_the_end():
    async def look():
        told = asyncio.Queue()

        def change(*, name, state_change, **_more):
            told.put_nowait((name, state_change))

        async with AsyncZeroconf() as house:
            browser = AsyncServiceBrowser(house.zeroconf, KIND, handlers=[change])
            async with announced(service_at("tcp://192.0.2.7:10300")):
                (name, came) = await asyncio.wait_for(told.get(), SECONDS)
                found = await house.async_get_service_info(KIND, name)
            (_, went) = await asyncio.wait_for(told.get(), SECONDS)
            await browser.async_cancel()
        return name, came, went, found.parsed_addresses(), found.port

    name, came, went, addresses, port = asyncio.run(look())
    assert name.startswith("voicecoach on ")
    assert (came, went) == (ServiceStateChange.Added, ServiceStateChange.Removed)
    assert (addresses, port) == (["192.0.2.7"], 10300)


def test_it_listens_before_the_house_is_told_and_ends_at_sigterm(service):
    uri = f"tcp://127.0.0.1:{free_port()}"

    @asynccontextmanager
    async def told():
        async with AsyncClient.from_uri(uri) as client:
            await client.write_event(Describe().event())
            assert Info.is_type((await client.read_event()).type)
        os.kill(os.getpid(), signal.SIGTERM)
        yield
        ended.append(uri)

    ended = []
    asyncio.run(asyncio.wait_for(serve(service, uri, told_to=told()), SECONDS))
    assert ended == [uri]


@pytest.mark.parametrize(
    ("uri", "why"),
    [
        ("tcp://127.0.0.1:10300", "nobody but this machine"),
        ("tcp://localhost:10300", "nobody but this machine"),
        ("unix:///tmp/coach", "no address with a port"),
        ("tcp://0.0.0.0", "no address with a port"),
        ("tcp://0.0.0.0:99999", "range"),
        ("nonsense", "no address with a port"),
    ],
)
def test_what_nobody_else_reaches_is_not_announced(uri, why):
    with pytest.raises(HomeError, match=f"{uri} cannot be announced: .*{why}"):
        service_at(uri)


def test_an_address_that_is_none_is_told_in_plain_words(service):
    with pytest.raises(HomeError, match=r"Give one such as tcp://"):
        asyncio.run(serve(service, "nonsense"))
