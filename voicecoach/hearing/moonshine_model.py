"""The Moonshine model (tiny, English) as two functions: hear an utterance, then write it token by token.

The model lies in the package moonshine-voice, whose own library is never loaded; it runs by
onnxruntime on one thread. Which words are written is not decided here.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import numpy as np

from voicecoach.errors import HearingError
from voicecoach.hearing.beam_search import Logits
from voicecoach.hearing.tokens import BEGIN, Tokens, read_tokens
from voicecoach.sound.audio import Samples

PACKAGE = "moonshine_voice"
FOLDER = "assets/tiny-en"
ENCODER, DECODER, TOKENIZER = "encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin"
LAYERS, HEADS, HEAD_SIZE = 6, 8, 36
SAMPLES_A_FRAME = 384
"""The decoder thins its mask by this, so the mask must have the length of the sound (issue of the model:
a mask with the length of the frames works by luck up to 9 s)."""

_PAST = [f"{layer}.decoder.{part}" for layer in range(LAYERS) for part in ("key", "value")]
_HEARD = [f"{layer}.encoder.{part}" for layer in range(LAYERS) for part in ("key", "value")]


def find_model() -> Path:
    """Give the folder of the model. Raises HearingError if the package is not there or carries none."""
    spec = find_spec(PACKAGE)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / FOLDER
        if all((folder / name).is_file() for name in (ENCODER, DECODER, TOKENIZER)):
            return folder
    raise HearingError(
        "Moonshine's English model is not installed; install it with: pip install moonshine-voice==0.0.54."
    )


class MoonshineModel:
    """Encoder, decoder and tokens."""

    def __init__(self, folder: Path | None = None) -> None:
        """Load the model from `folder`, by default the installed one. Raises HearingError."""
        folder = find_model() if folder is None else folder
        try:
            self.tokens = Tokens(read_tokens((folder / TOKENIZER).read_bytes()))
            self._encoder = _open(folder / ENCODER)
            self._decoder = _open(folder / DECODER)
        except OSError as error:
            raise HearingError(f"{folder}: the model cannot be read ({error.strerror}).") from None

    def listen(self, samples: Samples, rows: int) -> "MoonshineDecoder":
        """Hear an utterance (mono, 16 kHz) and give what writes it, in up to `rows` rows at a time."""
        mask = np.ones((1, len(samples)), np.int64)
        (heard,) = self._encoder.run(None, {"input_values": samples[None], "attention_mask": mask})
        return MoonshineDecoder(self._decoder, heard, rows)


class MoonshineDecoder:
    """What was heard in one utterance, and the state of writing it."""

    def __init__(self, session: Any, heard: Logits, rows: int) -> None:
        self._session = session
        self._frames = np.repeat(heard, rows, 0)
        self._mask = np.ones((rows, heard.shape[1] * SAMPLES_A_FRAME), np.int64)
        self._rows = rows
        self._past: list[Logits] = []
        self._heard: list[Logits] = []

    def begin(self) -> Logits:
        """Give the logits of the first token, shape (1, tokens)."""
        nothing = np.zeros((1, HEADS, 0, HEAD_SIZE), np.float32)
        logits, *present = self._run(
            ["logits", *(f"present.{name}" for name in (*_PAST, *_HEARD))],
            [BEGIN],
            dict.fromkeys((*_PAST, *_HEARD), nothing),
            cached=False,
        )
        self._past = present[: len(_PAST)]
        self._heard = [np.repeat(each, self._rows, 0) for each in present[len(_PAST) :]]
        return cast("Logits", logits)

    def step(self, rows: Sequence[int], tokens: Sequence[int]) -> Logits:
        """Go on from `rows` of the last answer, each with a token; give the logits after it, a row each."""
        past = {name: each[rows] for name, each in zip(_PAST, self._past, strict=True)}
        heard = {name: each[: len(rows)] for name, each in zip(_HEARD, self._heard, strict=True)}
        logits, *self._past = self._run(
            ["logits", *(f"present.{name}" for name in _PAST)], tokens, past | heard, cached=True
        )
        return cast("Logits", logits)

    def _run(
        self, outputs: list[str], tokens: Sequence[int], past: dict[str, Logits], *, cached: bool
    ) -> list[Any]:
        count = len(tokens)
        inputs = {
            "input_ids": np.array(tokens, np.int64)[:, None],
            "encoder_hidden_states": self._frames[:count],
            "encoder_attention_mask": self._mask[:count],
            "use_cache_branch": np.array([cached]),
            **{f"past_key_values.{name}": each for name, each in past.items()},
        }
        logits, *rest = self._session.run(outputs, inputs)
        return [logits[:, 0], *rest]


def _open(file: Path) -> Any:
    """Open one network, on one thread. Raises HearingError if it is damaged."""
    import onnxruntime  # noqa: PLC0415 - a heavy library, opened only where it listens

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4  # its errors come as exceptions
    try:
        return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own classes share no useful base
        raise HearingError(
            f"{file}: damaged model ({str(error).splitlines()[0]}); install moonshine-voice==0.0.54 again."
        ) from error
