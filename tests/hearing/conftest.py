"""Moonshine with its real model, which is loaded once a module, and a room to speak in."""

import pytest

from tests.hearing.room import Room
from voicecoach import resources
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.moonshine import Moonshine
from voicecoach.hearing.moonshine_model import MoonshineModel
from voicecoach.session.table import SAFETY

GRAMMAR = Grammar.load(resources.grammars() / "en.toml")


@pytest.fixture(scope="module")
def model() -> MoonshineModel:
    return MoonshineModel()


@pytest.fixture
def room(model: MoonshineModel) -> Room:
    return Room(Moonshine(GRAMMAR, frozenset(SAFETY), model=model))
