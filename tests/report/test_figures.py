"""The drawings: every exercise has one, and a few angles are enough."""

import xml.etree.ElementTree as ET
from pathlib import Path
from string import Formatter

import pytest

from voicecoach.content.models import Content
from voicecoach.errors import ReportError, VoicecoachError
from voicecoach.report.drawing import PICTURES, VIEW, draw
from voicecoach.report.figure import between, load_figures
from voicecoach.report.showing import show
from voicecoach.report.skeleton import SHIN_CM, THIGH_CM, flat, joints_of
from voicecoach.report.words import load_words

FIGURES = load_figures()
LEAST = """
[bridge.start]
legs = { thigh = 54, shin = -56 }
arms = { upper = 0, lower = 0 }
"""


@pytest.mark.parametrize("language", ["en", "ko", "de"])
def test_every_exercise_has_three_pictures_with_words_for_those_who_do_not_see_them(language: str) -> None:
    words = load_words(language)
    for name in words.content.exercises:
        page = show(name, words, FIGURES).decode()
        assert page.count("<svg") == page.count("<title>") - 1 == 3
        assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
        assert "<script" not in page


@pytest.mark.parametrize("name", list(FIGURES))
def test_no_joint_leaves_the_picture_or_goes_into_the_floor(name: str) -> None:
    left, top, width, height = VIEW
    for picture in PICTURES:
        for joint, point in joints_of(getattr(FIGURES[name], picture)).items():
            x, y = flat(point)
            assert left + 4 < x < left + width - 4, (picture, joint)
            assert top + 4 < y < top + height - 4, (picture, joint)
            assert point[1] > -4, (picture, joint)


@pytest.mark.parametrize("name", list(FIGURES))
def test_feet_that_stand_are_on_the_floor(name: str) -> None:
    for side in ("left", "right"):
        leg = getattr(FIGURES[name].start, f"{side}_leg")
        if leg.shin < 0:
            assert joints_of(FIGURES[name].start)[f"{side}_ankle"][1] == pytest.approx(5, abs=5)


def test_bones_keep_their_length_when_the_knees_roll_over() -> None:
    joints = joints_of(FIGURES["rotation"].end)
    thigh = sum((a - b) ** 2 for a, b in zip(joints["right_knee"], joints["right_ankle"], strict=True)) ** 0.5
    assert thigh == pytest.approx(SHIN_CM)
    assert THIGH_CM == SHIN_CM
    start = joints_of(FIGURES["rotation"].start)
    assert joints["right_knee"][2] > start["right_knee"][2] + 20  # towards the viewer, who sits on the right
    assert joints["right_knee"][1] < start["right_knee"][1] - 20


def test_what_is_not_told_is_as_at_the_start_and_half_of_the_way(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(LEAST + "[bridge.end]\nright_leg = { thigh = 90, shin = 0, foot = 90 }\n")
    figure = load_figures(file)["bridge"]
    assert figure.end.left_leg == figure.start.left_leg
    assert figure.movement == between(figure.start, figure.end, 0.5)
    assert figure.movement.right_leg.thigh == 72
    assert ET.fromstring(draw(figure, "end", "<b> & x")).tag.endswith("svg")  # noqa: S314 - our own


def test_all_that_is_wrong_with_a_file_of_figures_is_told(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(LEAST + "[bridge]\narows = []\n[plank]\nstart = 5\n")
    with pytest.raises(VoicecoachError) as told:
        load_figures(file)
    assert len(told.value.problems) >= 2
    assert any("bridge.arows" in problem for problem in told.value.problems)
    with pytest.raises(VoicecoachError, match="cannot be read"):
        load_figures(tmp_path / "none.toml")


def test_an_exercise_without_a_figure_is_shown_in_words() -> None:
    page = show("rotation", load_words("en"), {}).decode()
    assert "no drawing" in page
    assert "Stretch your arms out" in page
    with pytest.raises(ReportError, match="no exercise 'handstand'"):
        show("handstand", load_words("en"), {})


@pytest.mark.parametrize("language", ["ko", "de"])
def test_every_language_has_the_same_words_with_the_same_braces(language: str) -> None:

    def braces(text: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    english, other = load_words("en").texts, load_words(language).texts
    assert {key: braces(text) for key, text in english.items()} == {
        key: braces(text) for key, text in other.items()
    }
    families = {exercise.family for exercise in Content.load("en").exercises.values()}
    assert families <= FIGURES.keys() <= Content.load("en").exercises.keys()
