"""Our recogniser and our voice for other systems in the house, over the Wyoming protocol.

It has no part in a session: it transcribes the phrases of the grammar, and speaks what it is given.
The protocol knows no password, so who can reach the address can use it.
"""

import asyncio
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk as WyomingChunk
from wyoming.audio import AudioStart, AudioStop
from wyoming.error import Error
from wyoming.event import Event
from wyoming.info import AsrModel, AsrProgram, Attribution, Describe, Info, TtsProgram, TtsVoice
from wyoming.server import AsyncEventHandler, AsyncServer
from wyoming.tts import Synthesize

from voicecoach import __version__
from voicecoach.errors import HomeError, VoicecoachError
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.recognizer import Recognizer
from voicecoach.sound.audio import CHUNK_SAMPLES, RATE_HZ, AudioChunk, Samples, samples_of
from voicecoach.sound.resample import Resampler
from voicecoach.speaking.synthesizer import Synthesizer

LONGEST_SAMPLES = samples_of(30)
"""What is longer is no phrase of ours; the rest of it is not kept."""
SILENCE_SAMPLES = samples_of(1.5)
"""After an utterance, so that the recogniser knows that it is over."""
LETTERS_AT_MOST = 500
SENT_SAMPLES = 1024
FULL_SCALE = 32767
WIDTH_BYTES = 2
CHANNELS_AT_MOST = 8
RATES_HZ = (4_000, 192_001)
NOT_AS_AGREED = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What reading an event raises whose fields are of other kinds than the protocol's."""


@dataclass(slots=True)
class Listener:
    """One recogniser for all who ask, one utterance after the other."""

    recognizer: Recognizer
    grammar: Grammar
    _position: int = field(default=0, init=False)

    def transcribe(self, samples: Samples) -> str:
        """Give the phrase that was said; empty where it was none of the grammar."""
        sound = np.concatenate([samples, np.zeros(SILENCE_SAMPLES, np.float32)])
        live = frozenset(self.grammar.intents)
        said = []
        for start in range(0, len(sound) - CHUNK_SAMPLES + 1, CHUNK_SAMPLES):
            chunk = AudioChunk(self._position, sound[start : start + CHUNK_SAMPLES])
            self._position = chunk.end
            said += [one.text for one in self.recognizer.hear(chunk, live) if one.accepted and one.text]
        return " ".join(said)


class Handler(AsyncEventHandler):
    """One client; what takes time is done in the service's one thread."""

    def __init__(self, service: "Service", *streams: Any) -> None:
        """Answer for `service`."""
        super().__init__(*streams)
        self._service = service
        self._begin(RATE_HZ, 1)

    def _begin(self, rate_hz: int, channels: int) -> None:
        self._channels = channels
        self._resampler = Resampler(rate_hz, RATE_HZ)
        self._heard: list[Samples] = []
        self._length = 0

    async def handle_event(self, event: Event) -> bool:
        """Answer one event; False ends the connection."""
        try:
            return await self._answer(event)
        except (VoicecoachError, *NOT_AS_AGREED) as error:
            await self.write_event(Error(text=f"That cannot be used: {error}").event())
            return False

    async def _answer(self, event: Event) -> bool:
        if Describe.is_type(event.type):
            await self.write_event(self._service.info.event())
        elif Transcribe.is_type(event.type):
            self._begin(RATE_HZ, 1)
        elif AudioStart.is_type(event.type):
            self._start(AudioStart.from_event(event))
        elif WyomingChunk.is_type(event.type):
            self._keep(WyomingChunk.from_event(event))
        elif AudioStop.is_type(event.type):
            await self._transcribe()
        elif Synthesize.is_type(event.type):
            await self._speak(Synthesize.from_event(event).text)
        return True

    def _start(self, start: AudioStart) -> None:
        usual = start.rate in range(*RATES_HZ) and start.channels in range(1, CHANNELS_AT_MOST + 1)
        if start.width != WIDTH_BYTES or not usual:
            raise ValueError("send 16-bit sound of 4 to 192 kHz")
        self._begin(start.rate, start.channels)

    def _keep(self, chunk: WyomingChunk) -> None:
        if self._length >= LONGEST_SAMPLES:
            return
        whole = len(chunk.audio) // (WIDTH_BYTES * self._channels) * WIDTH_BYTES * self._channels
        sound = np.frombuffer(chunk.audio[:whole], "<i2").astype(np.float32) / FULL_SCALE
        heard = self._resampler.push(sound.reshape(-1, self._channels).mean(axis=1))
        self._heard.append(heard)
        self._length += len(heard)

    async def _transcribe(self) -> None:
        sound = np.concatenate([*self._heard, np.zeros(0, np.float32)])
        self._begin(RATE_HZ, 1)
        text = await self._service.do(lambda: self._service.listener.transcribe(sound))
        await self.write_event(Transcript(text=text, language=self._service.language).event())

    async def _speak(self, text: str) -> None:
        if not 0 < len(text.strip()) <= LETTERS_AT_MOST:
            raise ValueError(f"send a text of 1 to {LETTERS_AT_MOST} letters")
        clip = await self._service.do(lambda: self._service.voice.synthesize(text))
        sound = (np.clip(clip.samples, -1, 1) * FULL_SCALE).astype("<i2")
        form = {"rate": RATE_HZ, "width": WIDTH_BYTES, "channels": 1}
        await self.write_event(AudioStart(**form).event())
        for start in range(0, len(sound), SENT_SAMPLES):
            part = sound[start : start + SENT_SAMPLES].tobytes()
            await self.write_event(WyomingChunk(audio=part, **form).event())
        await self.write_event(AudioStop().event())


class Service:
    """What is offered to all clients."""

    def __init__(self, listener: Listener, voice: Synthesizer) -> None:
        """Offer a listener and a voice."""
        self.listener, self.voice = listener, voice
        self.language = listener.grammar.language
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="wyoming")

    async def do(self, work: Callable[[], Any]) -> Any:
        """Do what takes time in the one thread: neither recogniser nor voice serve two at once."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    @property
    def info(self) -> Info:
        """Describe what is offered."""
        by = Attribution(name="voicecoach", url="")
        form: dict[str, Any] = {"attribution": by, "installed": True, "version": __version__}
        name = self.listener.recognizer.name
        phrases = AsrModel(name=name, description="Phrases of the coach", languages=[self.language], **form)
        voice = TtsVoice(name="coach", description="The coach's voice", languages=[self.language], **form)
        asr = AsrProgram(name="voicecoach", description="Phrases of the coach", models=[phrases], **form)
        tts = TtsProgram(name="voicecoach", description="The coach's voice", voices=[voice], **form)
        return Info(asr=[asr], tts=[tts])


async def serve(
    service: Service,
    uri: str,
    tell: Callable[[str], None] = lambda _uri: None,
    told_to: AbstractAsyncContextManager[None] | None = None,
) -> None:
    """Serve until cancelled; `tell` is told the address once it is one. Raises HomeError where it is not.

    `told_to` is who else is told meanwhile, as by announced.
    """
    try:
        server = AsyncServer.from_uri(uri)
        tell(uri)
        if told_to is None:
            await server.run(lambda *streams: Handler(service, *streams))
        else:
            await server.start(lambda *streams: Handler(service, *streams))
            await _listen_while_told(server, told_to)
    except (ValueError, OSError) as error:
        raise HomeError(
            f"{uri} cannot be served: {error}. Give one such as tcp://127.0.0.1:10300."
        ) from error


async def _listen_while_told(server: AsyncServer, told_to: AbstractAsyncContextManager[None]) -> None:
    """Let a server go on that listens already, lest someone is told of it too soon, until SIGTERM."""
    over = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, over.set)
    async with told_to:
        await over.wait()
    await server.stop()
