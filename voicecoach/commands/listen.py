"""`voicecoach listen`: what is understood in recordings, one JSON line an utterance."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from voicecoach.commands import options
from voicecoach.commands.parts import build_recognizer, load_grammar
from voicecoach.errors import SettingsError, SoundError
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.recognizer import Recognizer, Transcript
from voicecoach.session.states import LIVE
from voicecoach.session.table import live_intents
from voicecoach.settings import load_settings
from voicecoach.sound.audio import CHUNK_SAMPLES, AudioChunk, Samples, samples_of, seconds_of
from voicecoach.sound.recording import read_recording

GAP_SAMPLES = samples_of(2.0)
"""Silence after a recording, so that its last word is decided on before the next one begins."""


def listen(
    files: Annotated[list[Path], typer.Argument(help="WAV, FLAC or Ogg files of any rate.")],
    lang: options.Lang = None,
    recognizer: options.Recogniser = None,
    model: options.Model = None,
    state: Annotated[
        str | None, typer.Option("--state", help="Understand what is live in this state.")
    ] = None,
    grammar_file: Annotated[
        Path | None, typer.Option("--grammar", help="Understand the phrases of this TOML file instead.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines, also on a terminal.")] = False,
) -> None:
    """Tell what is understood in recordings: a line an utterance, intent null where it was not."""
    grammar = Grammar.load(grammar_file) if grammar_file else None
    settings = load_settings(
        lang=lang or (grammar.language if grammar else None), recognizer=recognizer, model=model
    )
    grammar = grammar or load_grammar(settings.lang)
    live = _live_in(state, grammar)
    ears = build_recognizer(settings, grammar)
    plain = as_json or not sys.stdout.isatty()
    problems: list[str] = []
    place = 0
    for file in files:
        try:
            samples = read_recording(file)
        except SoundError as error:
            problems += error.problems
            continue
        for line in _utterances(file, samples, place, ears, grammar, live):
            _show(line, plain=plain)
        place += _length(samples)
    if problems:
        raise SoundError(*problems)


def _live_in(state: str | None, grammar: Grammar) -> frozenset[str]:
    if state is None:
        return frozenset(grammar.intents)
    found = [each for each in LIVE if each.value == state]
    if not found:
        known = ", ".join(each.value for each in LIVE)
        raise SettingsError(f"There is no state '{state}'; choose one of {known}.")
    return live_intents(found[0])


def _length(samples: Samples) -> int:
    """Give how many samples a recording takes with the silence after it, in whole chunks."""
    return -(-(len(samples) + GAP_SAMPLES) // CHUNK_SAMPLES) * CHUNK_SAMPLES


def _utterances(
    file: Path, samples: Samples, place: int, ears: Recognizer, grammar: Grammar, live: frozenset[str]
) -> Iterator[dict[str, Any]]:
    """Feed one recording and the silence after it to the recogniser, which lives through all files."""
    import numpy as np

    padded = np.concatenate((samples, np.zeros(_length(samples) - len(samples), np.float32)))
    for start in range(0, len(padded), CHUNK_SAMPLES):
        chunk = AudioChunk(place + start, padded[start : start + CHUNK_SAMPLES])
        for said in ears.hear(chunk, live):
            if said.final or said.accepted:
                yield _line(file, said, place, grammar, live)


def _line(file: Path, said: Transcript, place: int, grammar: Grammar, live: frozenset[str]) -> dict[str, Any]:
    intent = grammar.understand(said.text, live) if said.accepted else None
    return {
        "file": str(file),
        "start": round(max(seconds_of(said.start - place), 0.0), 3),
        "end": round(seconds_of(said.end - place), 3),
        "text": said.text,
        "intent": intent.name if intent else None,
        "slots": dict(intent.slots) if intent else {},
        "confidence": round(said.confidence, 3),
    }


def _show(line: dict[str, Any], *, plain: bool) -> None:
    if plain:
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()
        return
    meant = f"{line['intent']} {line['slots'] or ''}" if line["intent"] else "not understood"
    span = f"{line['start']:7.2f}-{line['end']:.2f} s"
    Console().print(f"{line['file']} {span}  “{line['text']}” → {meant} ({line['confidence']:.2f})")
