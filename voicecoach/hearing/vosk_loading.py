"""Loading a Vosk model as the coach wants it: more alternatives, and less of its graph."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from voicecoach.errors import HearingError
from voicecoach.hearing.vosk_graph import words_only
from voicecoach.hearing.vosk_lane import quiet
from voicecoach.hearing.vosk_memory import part_with_large_blocks
from voicecoach.sound.audio import RATE_HZ

MODEL_SETTINGS: Mapping[str, float] = {
    "endpoint.rule2.min-trailing-silence": 0.3,  # two commands in one utterance are two; theirs is 0.5 s
    "endpoint.rule3.min-trailing-silence": 0.6,  # after words that may go on; theirs is 1 s
    "endpoint.rule4.min-trailing-silence": 1.0,  # after anything; theirs is 2 s
    "beam": 12.0,
    "lattice-beam": 6.0,  # the models' own 2 leaves too few alternatives to find the phrase among
}
"""What is changed in a model's conf/model.conf."""
WORDS = "Gr.fst"
"""The file in graph/ with a model's words and its language model."""


def load_model(folder: Path) -> Any:
    """Load a Vosk model, with MODEL_SETTINGS. Raises HearingError."""
    import vosk  # noqa: PLC0415 - only who listens with Vosk needs it

    vosk.SetLogLevel(-1)
    part_with_large_blocks()
    with tempfile.TemporaryDirectory(prefix="voicecoach-") as place, quiet():
        try:
            model = vosk.Model(model_path=str(_changed(folder, Path(place) / "model")))
        except OSError as error:
            raise HearingError(f"{folder}: the model cannot be read ({error.strerror}).") from error
        except Exception as error:
            raise HearingError(f"{folder}: Vosk cannot use this model ({error}); get it anew.") from error
    _try_out(model, folder)
    return model


def _changed(folder: Path, copy: Path) -> Path:
    """Lay out the model again by links, with MODEL_SETTINGS in its configuration and less in its graph."""
    copy.mkdir()
    for entry in folder.iterdir():
        if entry.name not in {"conf", "graph"}:
            (copy / entry.name).symlink_to(entry.resolve())
    _lay_graph(folder / "graph", copy / "graph")
    shutil.copytree(folder / "conf", copy / "conf")
    _set(copy / "conf" / "model.conf", MODEL_SETTINGS)
    return copy


def _set(file: Path, settings: Mapping[str, float]) -> None:
    """Change settings in one of Kaldi's files, which have one a line."""
    kept = [line for line in file.read_text().splitlines() if line[2:].partition("=")[0] not in settings]
    kept += [f"--{name}={value}" for name, value in settings.items()]
    file.write_text("\n".join(kept) + "\n")


def _lay_graph(folder: Path, copy: Path) -> None:
    """Leave the language model out; where it is laid out otherwise, all stays as it is."""
    file = folder / WORDS
    words = words_only(file.read_bytes()) if file.is_file() else None
    if words is None:
        copy.symlink_to(folder.resolve())
        return
    copy.mkdir()
    for entry in folder.iterdir():
        if entry.name != WORDS:
            (copy / entry.name).symlink_to(entry.resolve())
    (copy / WORDS).write_bytes(words)


def _try_out(model: Any, folder: Path) -> None:
    """Decode a second of silence: some damaged models load, and fail later.

    Without a grammar: one on a model that lacks its graph ends the process.
    """
    import vosk  # noqa: PLC0415 - only who listens with Vosk needs it

    try:
        with quiet():
            vosk.KaldiRecognizer(model, RATE_HZ).AcceptWaveform(bytes(2 * RATE_HZ))
    except Exception as error:
        raise HearingError(f"{folder}: the model is damaged ({error}); get it anew.") from error
