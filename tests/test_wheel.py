"""The wheel, as a user gets it: built, installed elsewhere, and used from an empty folder."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
KEPT = ("PATH", "LANG", "SSL_", "PIP_", "UV_")
"""What the machine says about itself and its registry; nothing of ours."""
SHORT = 'exercises = [{ exercise = "rotation", repetitions = 1, hold_seconds = 1 }]\n'


class Installed:
    """A `voicecoach` on its own, with a home and a working folder in which there is nothing."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.program = program
        self.home, self.empty = folder / "home", folder / "empty"
        for each in (self.home, self.empty):
            each.mkdir()
        alone = {key: value for key, value in os.environ.items() if key.startswith(KEPT)}
        self.environment = {**alone, "HOME": str(self.home)}

    def __call__(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [self.program, *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=self.empty, env=self.environment
        )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel in a fresh environment that borrows its dependencies from this one."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "venv")
    python = folder / "venv" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--quiet", "--python", python, "install", "--no-deps", wheel]
    subprocess.run(pip, check=True, env={"PATH": os.environ["PATH"]})
    (site,) = (folder / "venv" / "lib").glob("python3*/site-packages")
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return Installed(folder / "venv" / "bin" / "voicecoach", folder)


def use(voicecoach: Installed) -> None:
    """List, check, and go through one short exercise."""
    listed = voicecoach("routines")
    assert listed.returncode == 0, listed.stderr
    assert "morning" in listed.stdout
    checked = voicecoach("validate")
    assert (checked.returncode, checked.stderr) == (0, "")
    (voicecoach.home / "short.toml").write_text(SHORT, encoding="utf-8")
    rehearsed = voicecoach("rehearse", "--routine", "../home/short.toml", "--recognizer", "moonshine")
    assert rehearsed.returncode == 0, rehearsed.stderr
    assert "=== own: done, heard by moonshine" in rehearsed.stdout
    assert list(voicecoach.empty.iterdir()) == []


def test_the_installed_wheel_is_the_one_that_runs(installed):
    code = "import voicecoach.resources as here; print(here.grammars())"
    command = [installed.program.parent / "python", "-c", code]
    told = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=installed.empty, env=installed.environment
    )
    assert Path(told.stdout.strip()).is_relative_to(installed.program.parent.parent)


def test_the_wheel_works_from_an_empty_folder(installed):
    use(installed)


@pytest.mark.full
@pytest.mark.parametrize("installer", [["uv", "tool", "install"], ["pipx", "install"]], ids=["uv", "pipx"])
def test_it_installs_as_a_tool_with_all_that_it_needs(installer, wheel, tmp_path):
    venv.create(tmp_path / "tools", with_pip=True)
    tools = tmp_path / "tools" / "bin"
    subprocess.run([tools / "python", "-m", "pip", "install", "--quiet", installer[0]], check=True)
    program = Installed(tmp_path / "home" / ".local" / "bin" / "voicecoach", tmp_path)
    subprocess.run([tools / installer[0], *installer[1:], wheel], check=True, env=program.environment)
    use(program)


BARE = ("ca-certificates", "pipx", "python3-venv", "libportaudio2")
"""What the README asks a Debian for."""


@pytest.mark.full
@pytest.mark.skipif(not shutil.which("debootstrap") or os.geteuid() != 0, reason="needs debootstrap, as root")
def test_it_installs_with_pipx_on_a_bare_debian(wheel, tmp_path):
    root = tmp_path / "root"
    bare = ["debootstrap", "--variant=minbase", f"--include={','.join(BARE)}", "bookworm", root]
    subprocess.run(bare, check=True, capture_output=True)
    for file in (
        "etc/resolv.conf",
        "etc/ssl/certs/ca-certificates.crt",
    ):  # the way to the registry
        shutil.copy(Path("/") / file, root / file)
    shutil.copy(wheel, root / "root")
    inside = ["unshare", "--fork", "--pid", "--mount", "--mount-proc", f"--root={root}", "--wd=/root/empty"]
    entering = " ".join([*inside, "env", "HOME=/root/home", "LANG=C.UTF-8"])
    program = tmp_path / "voicecoach"
    program.write_text(
        f'#!/bin/sh\nexec {entering} /root/home/.local/bin/voicecoach "$@"\n', encoding="utf-8"
    )
    program.chmod(0o755)
    voicecoach = Installed(program, root / "root")
    subprocess.run([*entering.split(), "pipx", "install", f"/root/{wheel.name}"], check=True)
    told = voicecoach("doctor", "system", "storage", "voice", "hearing").stdout
    assert "✓ voice" in told
    assert "✗ sound server: none, and no card →" in told
    use(voicecoach)
