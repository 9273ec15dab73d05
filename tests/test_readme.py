import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_state_diagram_is_the_tables():
    sys.path.insert(0, str(ROOT / "script"))
    from fill_readme import fill_diagram  # noqa: PLC0415

    assert fill_diagram(README) == README, "run: python script/fill_readme.py"


def test_every_command_is_in_the_readme():
    shown = subprocess.run(
        [sys.executable, "-m", "voicecoach", "--help"], capture_output=True, text=True, check=True
    )
    words = shown.stdout.split()
    commands = (
        "rehearse",
        "run",
        "listen",
        "setup",
        "routines",
        "validate",
        "history",
        "export",
        "import",
        "forget",
    )
    for command in commands:
        assert command in words
        assert f"`{command}" in README or f"voicecoach {command}" in README


def test_the_test_command_of_the_readme_is_what_ci_runs():
    assert README.split("```sh\n")[2].splitlines()[0] == "script/test"
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().splitlines()[-1] == "script/test"
