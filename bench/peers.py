"""What else one could install to hear phrases offline, each used as its own documentation shows.

All of them hear the very same sound as the coach's recognisers, and what they hear is understood by the very
same grammar. They are in the dependency group `bench` and never in the product. Phrases with a word that a
peer's dictionary lacks are not asked of it.
"""

import io
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import soundfile

from bench.hearing import Ears
from bench.jsgf import NAME, write_jsgf
from bench.listeners import Live
from bench.recordings import Heard, surround
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.moonshine_model import find_model
from voicecoach.hearing.recognizer import Transcript
from voicecoach.sound.audio import RATE_HZ, Samples, samples_of

INSTALLED_FOR_BENCH = ("pocketsphinx", "speech_recognition")
SENSITIVITY = 1.0
"""Of a keyword, as in the examples of speech_recognition."""
MICROPHONE_CHUNK = 1024
"""Samples that speech_recognition looks at together when they come from a microphone."""
BLOCK_SAMPLES = samples_of(0.1)
"""What Moonshine's own stream is fed at a time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Something that a peer heard; seconds of the sound, but for `took`."""

    text: str
    end: float
    """Where the words ended."""
    told: float
    """How much of the sound was needed."""
    took: float
    """Seconds of computing between the last sound that was needed and the answer."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A Listener: one way to hear sound, with a grammar that tells what of it is a phrase."""

    listen: Callable[[Samples], Iterator[Answer]]
    grammar: Grammar
    live: Live

    def hear(self, samples: Samples) -> Heard:
        """Hear a recording, with silence around it; accepted is what is a live phrase."""
        sound, began = surround(samples), time.process_time()
        answers = list(self.listen(sound))
        computed = time.process_time() - began
        return Heard(
            tuple(map(self._transcript, answers)),
            tuple(each.told - each.end + each.took for each in answers),
            computed,
            len(sound) / RATE_HZ,
        )

    def _transcript(self, answer: Answer) -> Transcript:
        meant = self.grammar.understand(answer.text, self.live) is not None
        return Transcript(answer.text, 0, samples_of(answer.end), float(meant), accepted=meant)


def pocketsphinx(grammar: Grammar, live: Live = None, _model: Path | None = None) -> Peer:
    """Build pocketsphinx with a JSGF of the phrases and with its own endpointer."""
    from pocketsphinx import Decoder, Endpointer  # noqa: PLC0415 - installed for the bench only

    decoder = Decoder(lm=None, loglevel="FATAL")
    decoder.add_jsgf_string(
        NAME, write_jsgf(grammar, live, lambda word: decoder.lookup_word(word) is not None)
    )
    decoder.activate_search(NAME)

    def listen(sound: Samples) -> Iterator[Answer]:
        endpointer, pcm, told = Endpointer(), pcm_of(sound), 0.0
        for at in range(0, len(pcm) - endpointer.frame_bytes + 1, endpointer.frame_bytes):
            began, spoken = time.process_time(), endpointer.in_speech
            speech = endpointer.process(pcm[at : at + endpointer.frame_bytes])
            if speech is None:
                continue
            if not spoken:
                decoder.start_utt()
            decoder.process_raw(speech)
            if not endpointer.in_speech:
                decoder.end_utt()
                told = (at + endpointer.frame_bytes) / 2 / RATE_HZ
                if decoder.hyp() is not None:
                    took = time.process_time() - began
                    yield Answer(decoder.hyp().hypstr, endpointer.speech_end, told, took)

    return Peer(listen, grammar, live)


def moonshine_free(grammar: Grammar, live: Live = None, _model: Path | None = None) -> Peer:
    """Build Moonshine by its own library: it writes whatever it hears, and that is looked up."""
    from moonshine_voice.moonshine_api import ModelArch  # noqa: PLC0415 - its library is for the bench only
    from moonshine_voice.transcriber import LineCompleted, Transcriber  # noqa: PLC0415

    transcriber = Transcriber(str(find_model()), ModelArch.TINY)

    def listen(sound: Samples) -> Iterator[Answer]:
        lines: list[Any] = []

        def note(event: Any) -> None:
            if isinstance(event, LineCompleted):
                lines.append(event.line)

        with transcriber.create_stream() as stream:
            stream.add_listener(note)
            stream.start()
            for at in range(0, len(sound), BLOCK_SAMPLES):
                began = time.process_time()
                stream.add_audio(sound[at : at + BLOCK_SAMPLES].tolist(), RATE_HZ)
                took, told = time.process_time() - began, (at + BLOCK_SAMPLES) / RATE_HZ
                yield from (Answer(each.text, each.start_time + each.duration, told, took) for each in lines)
                lines.clear()
            stream.stop()
            told = len(sound) / RATE_HZ
            yield from (Answer(each.text, each.start_time + each.duration, told, 0.0) for each in lines)

    return Peer(listen, grammar, live)


def sphinx_by_grammar(grammar: Grammar, live: Live = None, _model: Path | None = None) -> Peer:
    """Build speech_recognition with a grammar file, in a new folder each time.

    3.17 keeps what it makes of the grammar beside it, and fails with pocketsphinx 5.1 when it finds that.
    """
    words = dictionary()
    written = write_jsgf(grammar, live, words.__contains__)

    def heard(recognizer: Any, audio: Any) -> Iterable[str]:
        with TemporaryDirectory() as folder:
            file = Path(folder) / f"{NAME}.gram"
            file.write_text(written, encoding="utf-8")
            return [recognizer.recognize_sphinx(audio, grammar=str(file))]

    return Peer(by_speech_recognition(heard), grammar, live)


def sphinx_by_keywords(grammar: Grammar, live: Live = None, _model: Path | None = None) -> Peer:
    """Build speech_recognition with a list of keywords."""
    words = dictionary()
    phrases = [each for each in grammar.phrases(live) if words.issuperset(each.split())]
    entries = [(each, SENSITIVITY) for each in phrases]
    pattern = re.compile(r"\b(" + "|".join(sorted(map(re.escape, phrases), key=len, reverse=True)) + r")\b")

    def heard(recognizer: Any, audio: Any) -> Iterable[str]:
        found = pattern.findall(recognizer.recognize_sphinx(audio, keyword_entries=entries))
        return dict.fromkeys(found)

    return Peer(by_speech_recognition(heard), grammar, live)


def by_speech_recognition(
    heard: Callable[[Any, Any], Iterable[str]],
) -> Callable[[Samples], Iterator[Answer]]:
    """Give the usual loop: listen for a phrase, and then recognise it."""
    import speech_recognition  # noqa: PLC0415 - installed for the bench only

    def listen(sound: Samples) -> Iterator[Answer]:
        recognizer, file = speech_recognition.Recognizer(), io.BytesIO()
        soundfile.write(file, sound, RATE_HZ, format="WAV", subtype="PCM_16")
        file.seek(0)
        with speech_recognition.AudioFile(file) as source:
            source.CHUNK = MICROPHONE_CHUNK
            while (audio := recognizer.listen(source)) and audio.frame_data:
                began, told = time.process_time(), source.audio_reader.tell() / RATE_HZ
                try:
                    texts = list(heard(recognizer, audio))
                except speech_recognition.UnknownValueError:
                    continue
                took = time.process_time() - began
                yield from (Answer(text, told - recognizer.pause_threshold, told, took) for text in texts)

    return listen


def dictionary() -> frozenset[str]:
    """Give the words that speech_recognition's own model knows."""
    import speech_recognition  # noqa: PLC0415 - installed for the bench only

    folder = Path(speech_recognition.__file__).parent / "pocketsphinx-data" / "en-US"
    lines = (folder / "pronounciation-dictionary.dict").read_text(encoding="utf-8").splitlines()
    return frozenset(line.split(maxsplit=1)[0] for line in lines if line)


def pcm_of(sound: Samples) -> bytes:
    """Give sound as 16-bit integers."""
    return (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()


PEERS = (
    Ears("pocketsphinx", pocketsphinx),
    Ears("moonshine-free", moonshine_free, moonshine_free),
    Ears("speech_recognition-grammar", sphinx_by_grammar, in_noise=False),
    Ears("speech_recognition-keywords", sphinx_by_keywords, in_noise=False),
)
