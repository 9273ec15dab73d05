"""The command line: runs the command asked for; errors become one line a problem and exit code 2.

A problem of a TOML file is told with the line it is in.
"""

import sys
from io import TextIOWrapper

from voicecoach.commands import build_app
from voicecoach.errors import VoicecoachError


def main() -> None:
    """Run the command that the arguments name."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter shows a question mark
    try:
        build_app()()
    except VoicecoachError as error:
        from voicecoach.toml_places import with_line  # noqa: PLC0415 - help and version stay quick

        for problem in error.problems:
            sys.stderr.write(f"voicecoach: {with_line(problem)}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
