"""How sound is cut into utterances, with a detector that takes what is loud for speech."""

import numpy as np
import pytest

from voicecoach.hearing.activity import WINDOW_SAMPLES, Activity, Cutting, Utterance
from voicecoach.sound.audio import AudioChunk, Samples, samples_of

W = WINDOW_SAMPLES
PAUSE = samples_of(0.3)


class Loudness:
    """A Detector: the louder, the more likely speech."""

    def __init__(self) -> None:
        self.resets = 0

    def process_samples(self, samples: list[float]) -> float:
        return min(1.0, float(np.abs(samples).max()))

    def reset(self) -> None:
        self.resets += 1


@pytest.fixture
def activity() -> Activity:
    return Activity(Loudness())


def windows(*loudness: float) -> Samples:
    """Sound of so many windows, each as loud as it says."""
    return np.repeat(np.float32(loudness), W)


def cut(activity: Activity, sound: Samples, chunk: int = 1600) -> list[Utterance]:
    """Give the utterances of `sound`, each closed after a pause as a recogniser does."""
    found: list[Utterance] = []
    for at in range(0, len(sound), chunk):
        for utterance in activity.windows(AudioChunk(at, sound[at : at + chunk])):
            if utterance not in found:
                found.append(utterance)
            if utterance.pause >= PAUSE or activity.is_long:
                activity.close()
    return found


def places(found: list[Utterance]) -> list[tuple[int, int]]:
    return [(each.start // W, each.end // W) for each in found]


def test_silence_is_no_utterance(activity: Activity) -> None:
    assert cut(activity, windows(*[0.0] * 100)) == []
    assert activity.heard_until == 100 * W


def test_an_utterance_begins_and_ends_where_the_speech_does(activity: Activity) -> None:
    assert places(cut(activity, windows(*[0] * 30, *[0.9] * 20, *[0] * 30))) == [(30, 50)]


def test_the_sound_before_the_words_is_kept(activity: Activity) -> None:
    (utterance,) = cut(activity, windows(*[0.01] * 30, *[0.9] * 20, *[0] * 30))
    assert utterance.first == utterance.start - activity.cutting.before_samples // W * W
    assert len(utterance.samples()) == utterance.heard_until - utterance.first
    assert utterance.samples(since=utterance.start)[0] == np.float32(0.9)


def test_a_dip_within_a_word_does_not_end_it(activity: Activity) -> None:
    assert places(cut(activity, windows(*[0.9] * 5, *[0.25] * 20, *[0.9] * 5, *[0] * 20))) == [(0, 30)]


def test_what_is_likely_enough_to_go_on_is_not_enough_to_begin(activity: Activity) -> None:
    assert cut(activity, windows(*[0.25] * 40)) == []


def test_a_pause_ends_one_utterance_and_the_next_begins_later(activity: Activity) -> None:
    sound = windows(*[0.9] * 10, *[0] * 20, *[0.9] * 10, *[0] * 20)
    assert places(cut(activity, sound)) == [(0, 10), (30, 40)]


def test_the_silence_after_one_utterance_is_the_beginning_of_the_next(activity: Activity) -> None:
    sound = windows(*[0.9] * 10, *[0.01] * 12, *[0.9] * 10, *[0] * 20)
    _, second = cut(activity, sound)
    assert second.first == 10 * W
    assert second.samples()[0] == np.float32(0.01)


@pytest.mark.parametrize("chunk", [160, 512, 1600, 7000])
def test_the_same_sound_gives_the_same_utterances_however_it_is_chunked(chunk: int) -> None:
    sound = windows(*[0] * 33, *[0.9] * 21, *[0] * 30, *[0.5] * 9, *[0] * 30)
    assert places(cut(Activity(Loudness()), sound, chunk)) == [(33, 54), (84, 93)]


def test_a_faint_noise_before_the_words_is_forgotten(activity: Activity) -> None:
    sound = windows(*[0.4] * 2, *[0] * 6, *[0.95] * 20, *[0] * 20)
    assert places(cut(activity, sound))[-1] == (8, 28)


def test_a_sure_word_before_a_short_pause_belongs_to_the_sentence(activity: Activity) -> None:
    sound = windows(*[0.95] * 4, *[0] * 6, *[0.95] * 20, *[0] * 20)
    assert places(cut(activity, sound)) == [(0, 30)]


def test_what_goes_on_for_ever_is_cut() -> None:
    activity = Activity(Loudness(), Cutting(longest_samples=20 * W))
    assert places(cut(activity, windows(*[0.9] * 50)))[:2] == [(0, 20), (20, 40)]


def test_memory_of_a_long_silence_is_short(activity: Activity) -> None:
    cut(activity, windows(*[0.05] * 10_000))
    assert len(activity._before) * W <= activity.cutting.before_samples


def test_the_detector_forgets_a_silence_and_never_a_word() -> None:
    loudness = Loudness()
    cut(Activity(loudness), windows(*[0.9] * 100))
    assert loudness.resets == 0
    cut(Activity(loudness), windows(*[0.0] * 100))
    assert loudness.resets == 100 // Cutting().quiet_windows


def test_broken_samples_are_taken_as_sound_within_full_scale(activity: Activity) -> None:
    sound = windows(*[0.9] * 10, *[0] * 20)
    sound[100], sound[200], sound[300] = np.nan, np.inf, -7.0
    (utterance,) = cut(activity, sound)
    assert np.isfinite(utterance.samples()).all()
    assert np.abs(utterance.samples()).max() <= 1


# ---- over someone who talks all the time


TALK = [0.4] * 110


def test_a_voice_that_speaks_up_over_talk_is_an_utterance_of_its_own(activity: Activity) -> None:
    found = cut(activity, windows(*TALK, *[0.9] * 10, *TALK))
    assert places(found)[1] == (len(TALK), len(TALK) + 10)
    assert len(found[1].samples()) < 12 * W  # the talk around it is cut off


def test_a_loud_syllable_of_the_talk_itself_is_forgotten(activity: Activity) -> None:
    found = cut(activity, windows(*TALK, *[0.9] * 2, *TALK))
    assert [each.over > 0 for each in found] == [False, True, False]
    assert activity.utterance is not None
    assert not activity.utterance.over


def test_talk_that_becomes_louder_is_talk_again_after_a_while(activity: Activity) -> None:
    found = cut(activity, windows(*TALK, *[0.9] * 200, *[0.0] * 20))
    assert [each.over > 0 for each in found][:2] == [False, True]
    cut(activity, windows(*[0.9] * 100))
    assert activity.utterance is not None
    assert not activity.utterance.over


def test_a_voice_is_one_of_its_own_over_talk_that_became_louder_for_longer_than_a_phrase(
    activity: Activity,
) -> None:
    found = cut(activity, windows(*[0.3] * 200, *[0.5] * 120, *[0.9] * 10, *[0.5] * 30))
    assert (320, 330) in places(found)
    assert [each.over > 0 for each in found] == [False, True, True, False]


def test_in_a_quiet_room_a_sentence_may_become_louder(activity: Activity) -> None:
    assert places(cut(activity, windows(*[0] * 40, *[0.4] * 30, *[0.9] * 20, *[0] * 20))) == [(40, 90)]


def test_the_rest_of_what_was_too_long_is_known_as_such() -> None:
    activity = Activity(Loudness(), Cutting(longest_samples=60 * W))
    found = cut(activity, windows(*[0.9] * 70, *[0] * 20, *[0.9] * 10, *[0] * 20))
    assert [each.is_rest for each in found] == [False, True, False]
