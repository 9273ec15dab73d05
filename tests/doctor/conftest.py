"""The sound card made of software, as the tests of sound have it."""

from tests.sound.conftest import sound_card

__all__ = ["sound_card"]
