"""Reading a TOML file that a person may have written, with any editor of any system."""

import tomllib
from pathlib import Path
from typing import Any

from voicecoach.errors import VoicecoachError
from voicecoach.toml_places import explain


def read_toml(path: Path, problem: type[VoicecoachError]) -> dict[str, Any]:
    """Read a TOML file; the mark with which Windows begins a text is passed over.

    Raises `problem` where it cannot be read or is no TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise problem(f"{path}: cannot be read ({error.strerror}); is the name right?") from error
    except UnicodeDecodeError as error:
        raise problem(f"{path}: is not UTF-8 text; save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise problem(f"{path}: is not valid TOML: {explain(error)}.") from error
    except RecursionError as error:
        raise problem(f"{path}: its brackets stand too deep within each other; take some out.") from error
