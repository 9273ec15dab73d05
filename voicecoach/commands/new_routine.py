"""`voicecoach new-routine`: asks for a routine in a terminal, and writes a TOML file that was checked.

It asks and writes; what is right is content's to say, and the draft is read back by it before it is kept.
"""

import re
import tempfile
from pathlib import Path
from typing import Annotated, Any

import tomli_w
import typer
from pydantic import TypeAdapter, ValidationError
from rich.console import Console
from rich.prompt import Confirm, Prompt

from voicecoach import resources
from voicecoach.commands import options
from voicecoach.commands.parts import load_grammar
from voicecoach.content.models import Content, Exercise, Few, HoldSeconds
from voicecoach.errors import ContentError, SettingsError
from voicecoach.reasons import reasons
from voicecoach.settings import load_settings

Table = dict[str, Any]

WORDS = {
    "announce": "What is said when it begins",
    "position": "The position it is done in, for closed eyes",
    "movement": "The movement",
    "breathing": "How to breathe",
    "feel": "What one should feel",
    "avoid": "What to avoid",
    "return": "Out of it again",
    "why": "What it is good for",
}
"""The words that every exercise has, as they are asked for; its name is asked first."""
STARTS = {
    False: {"start": "The first time: do it, and hold", "again": "The next times, in short"},
    True: {
        "start_left": "The first time on the left",
        "start_right": "The first time on the right",
        "again_left": "The next times on the left, in short",
        "again_right": "The next times on the right, in short",
    },
}
"""The words of the movement, without sides and with them."""


def new_routine(
    file: Annotated[Path, typer.Argument(help="The TOML file to write.")] = Path("my_routine.toml"),
    lang: options.Lang = None,
) -> None:
    """Ask for a routine of your own, and write it to a file: exercises, doses, and exercises of your own."""
    settings = load_settings(lang=lang)
    load_grammar(settings.lang)
    if file.exists():
        raise SettingsError(f"{file}: is there already; give another name, or edit it.")
    content = Content.load(settings.lang)
    console = Console()
    draft = _ask(content, console)
    text = f"#:schema {(resources.PACKAGE / 'schemas' / 'routine.json').as_uri()}\n{tomli_w.dumps(draft)}"
    check(content, text)
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{file}: cannot be written ({error.strerror}).") from error
    console.print(
        f"{file} is written and checked. Try it: voicecoach rehearse --routine {file}", markup=False
    )


def check(content: Content, text: str) -> None:
    """Read a routine as a session would. Raises ContentError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "routine.toml"
        path.write_text(text, encoding="utf-8")
        try:
            content.load_routine(path)
        except ContentError as error:
            told = (problem.removeprefix(f"{path}: ") for problem in error.problems)
            raise ContentError(*(f"This routine cannot be used: {problem}" for problem in told)) from error


def _ask(content: Content, console: Console) -> Table:
    name = _text("What is the routine called?", "my routine")
    own: dict[str, Table] = {}
    entries: list[Table] = []
    while not entries or Confirm.ask("Another exercise?", default=True):
        known = [*(e.id for e in content.exercises.values() if not e.variant_of), *own]
        for number, exercise in enumerate(known, 1):
            console.print(f"  {number}  {_name(content, own, exercise)}", highlight=False)
        console.print(f"  {len(known) + 1}  one of my own", highlight=False)
        choice = Prompt.ask("Which exercise?", choices=[str(n + 1) for n in range(len(known) + 1)])
        if int(choice) > len(known):
            identity, table = _ask_exercise({*known})
            own[identity] = table
            entries.append({"exercise": identity})
        else:
            entries.append(_ask_entry(known[int(choice) - 1], content))
    return {"name": name, "exercises": entries, **({"own": own} if own else {})}


def _name(content: Content, own: dict[str, Table], exercise: str) -> str:
    return str(own[exercise]["words"]["name"]) if exercise in own else content.exercises[exercise].name


def _ask_entry(name: str, content: Content) -> Table:
    exercise = content.exercises.get(name)
    if exercise is None:
        return {"exercise": name}
    usual = exercise.usual
    told = f"Usual is {usual.repetitions} times {usual.hold_seconds:g} s. Another dose?"
    if not Confirm.ask(told, default=False):
        return {"exercise": name}
    return {"exercise": name, **_ask_dose(exercise)}


def _ask_dose(exercise: Exercise) -> Table:
    """Ask for a dose that is not above the exercise's top."""
    usual, top = exercise.usual, exercise.top
    seconds = f"Seconds a hold (at most {top.hold_seconds:g})"
    times = f"Repetitions{' a side' if exercise.sides else ''} (at most {top.repetitions})"
    return {
        "hold_seconds": _number(seconds, HoldSeconds, usual.hold_seconds, top.hold_seconds),
        "repetitions": _number(times, Few, usual.repetitions, top.repetitions),
    }


def _ask_exercise(taken: set[str]) -> tuple[str, Table]:
    spoken = _text("What is your exercise called?")
    identity = re.sub(r"\W+", "_", spoken.casefold()).strip("_") or "own_exercise"
    while identity in taken:
        identity += "_2"
    kind = Prompt.ask("Is it for strength or for stretch?", choices=["core", "flexibility"], default="core")
    sides = Confirm.ask("Is it done on the left and on the right in turn?", default=False)
    levels = [
        {
            "hold_seconds": _number("Seconds a hold", HoldSeconds, 5.0),
            "repetitions": _number(f"Repetitions{' a side' if sides else ''}", Few, 3),
        }
    ]
    words = {part: _text(question) for part, question in {**WORDS, **STARTS[sides]}.items()}
    return identity, {"kind": kind, "sides": sides, "levels": levels, "words": {"name": spoken, **words}}


def _text(question: str, default: str | None = None) -> str:
    while True:
        answer = Prompt.ask(question, default=default) if default else Prompt.ask(question)
        if answer and answer.strip():
            return answer.strip()


def _number(question: str, kind: Any, default: float, top: float | None = None) -> float:
    while True:
        answer = Prompt.ask(question, default=f"{default:g}")
        try:
            number: float = TypeAdapter(kind).validate_strings(answer)
        except ValidationError as error:
            Console().print(next(reasons(error))[1], highlight=False)
            continue
        if top is None or number <= top:
            return number
        Console().print(f"this may be at most {top:g}, as the leaflet says", highlight=False)
