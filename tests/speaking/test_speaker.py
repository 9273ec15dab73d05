"""What is said when, to the sample."""

import numpy as np
import pytest
import soundfile

from tests.speaking.voices import LETTER, SpellingVoice
from voicecoach.errors import SoundError
from voicecoach.sound.audio import RATE_HZ, samples_of
from voicecoach.sound.timeline import FADE_SAMPLES, Timeline
from voicecoach.speaking.levelling import SPEECH_LUFS, loudness_of
from voicecoach.speaking.priority import Priority
from voicecoach.speaking.speaker import LISTENING_SECONDS, LONGEST_PAUSE_SECONDS, PAUSE_SECONDS, Speaker

PAUSE = samples_of(PAUSE_SECONDS)
SECOND = RATE_HZ


@pytest.fixture
def speaker(tmp_path):
    tone = (0.2 * np.sin(np.arange(0.2 * RATE_HZ))).astype(np.float32)
    soundfile.write(tmp_path / "tone_go.wav", tone, RATE_HZ)
    return Speaker(Timeline(), SpellingVoice(), tmp_path, "en")


def sounding(speaker, start=0, end=10 * SECOND):
    """The stretches in which anything sounds, in samples."""
    heard = np.abs(speaker.player.render(start, end - start)) > 0
    gaps = np.flatnonzero(np.diff(np.flatnonzero(heard)) > 50)
    places = np.flatnonzero(heard)
    begins = places[np.concatenate(([0], gaps + 1))]
    ends = places[np.concatenate((gaps, [len(places) - 1]))]
    return [(start + int(b), start + int(e)) for b, e in zip(begins, ends, strict=True)]


def near(places):
    return [pytest.approx(place, abs=60) for place in places]


def test_a_prompt_sounds_where_it_says(speaker):
    said = speaker.say("hello", ["abc"], 5000)
    assert (said.start, said.end) == (5000, 5000 + 3 * LETTER)
    assert sounding(speaker) == near([(said.start, said.end)])


def test_sentences_come_one_after_the_other_with_a_pause_between(speaker):
    said = speaker.say("two", ["ab", "c"], 0)
    second = 2 * LETTER + PAUSE
    assert sounding(speaker) == near([(0, 2 * LETTER), (second, second + LETTER)])
    assert said.end == second + LETTER
    assert said.text == "ab c"


def test_a_prompt_waits_for_the_one_before(speaker):
    first = speaker.say("one", ["abc"], 0)
    second = speaker.say("two", ["d"], 1000)
    assert second.start == first.end + PAUSE
    assert speaker.next_end == first.end


def test_a_prompt_that_was_spoken_is_told_once_and_in_its_order(speaker):
    first, second = speaker.say("one", ["abc"], 0), speaker.say("two", ["d"], 0)
    assert speaker.finished(first.end - 1) == []
    assert speaker.finished(first.end) == [first]
    assert speaker.finished(first.end) == []
    assert speaker.finished(second.end + SECOND) == [second]
    assert speaker.next_end is None


def test_a_count_is_exact_and_gives_way_to_what_is_more_important(speaker):
    said = speaker.say("answer.left_time", ["abc"], 0)
    assert not speaker.count("5", said.end - 1)
    assert speaker.count("4", said.end + SECOND)
    assert speaker.player.render(0, said.end).any()
    assert sounding(speaker, said.end) == near([(said.end + SECOND, said.end + SECOND + LETTER)])


def test_a_count_cuts_off_what_is_less_important_and_that_is_told(speaker):
    speaker.say("rep.progress", ["abcdefgh"], 0)
    speaker.say("exercise.done", ["never heard"], 0)
    assert speaker.count("5", 2000)
    cut, unheard = speaker.finished(2000)
    assert (cut.prompt, cut.end, cut.completed) == ("rep.progress", 2000, False)
    assert (unheard.start, unheard.end, unheard.completed) == (2000, 2000, False)
    heard = np.abs(speaker.player.render(0, SECOND)) > 0
    assert np.flatnonzero(heard)[-1] == pytest.approx(2000 + LETTER, abs=60)


def test_what_the_person_asked_for_is_never_cut_off_by_a_count(speaker):
    speaker.say_shortest([("rep.progress", ["abcdefgh"])], 0, priority=Priority.ANSWER)
    assert not speaker.count("5", 2000)


def test_a_prompt_that_does_not_fit_its_slot_is_said_in_its_short_form(speaker):
    forms = [("start_left", ["abcdef"]), ("left", ["ab"])]
    assert speaker.say_shortest(forms, 0, 6 * LETTER).prompt == "start_left"
    speaker.silence(0)
    said = speaker.say_shortest(forms, 0, 6 * LETTER - 1)
    assert (said.prompt, said.end) == ("left", 2 * LETTER)
    assert speaker.finished(said.end) == [said]


def test_a_prompt_that_fits_in_no_form_is_left_out_and_told(speaker):
    said = speaker.say_shortest([("start_left", ["abcdef"]), ("left", ["ab"])], 1000, 1000 + LETTER)
    assert (said.start, said.end, said.completed) == (1000, 1000, False)
    assert not speaker.player.render(0, SECOND).any()
    assert speaker.finished(1000) == [said]


def test_a_tone_that_may_be_missed_gives_way_to_a_number_and_others_do_not(speaker, tmp_path):
    soundfile.write(tmp_path / "tone_halfway.wav", np.ones(100), RATE_HZ)
    speaker.count("5", 0)
    assert not speaker.cue("halfway", LETTER - 1)
    assert speaker.cue("go", LETTER - 1)
    speaker.count("4", SECOND)
    assert speaker.cue("halfway", SECOND + LETTER)


def test_numbers_may_have_a_voice_of_their_own(speaker):
    speaker.counting = SpellingVoice()
    speaker.count("5", 0)
    speaker.say("one", ["abc"], SECOND)
    assert (speaker.counting.asked, speaker.voice.asked) == (["5"], ["abc"])


def test_a_tone_sounds_at_its_moment_and_words_wait_for_its_end(speaker):
    speaker.cue("go", 1000)
    said = speaker.say("one", ["a"], 1000)
    assert said.start == 1000 + samples_of(0.2)
    assert sounding(speaker)[0][0] == pytest.approx(1000, abs=10)


def test_a_tone_that_is_missing_is_told(speaker):
    with pytest.raises(SoundError, match="tone_nonsense"):
        speaker.cue("nonsense", 0)


def test_silence_is_silence_within_milliseconds(speaker):
    speaker.say("one", ["abcdefgh"], 0)
    speaker.silence(2000)
    assert speaker.player.render(0, 2000).any()
    assert not speaker.player.render(2000 + FADE_SAMPLES, SECOND).any()
    assert speaker.busy_until == 2000


def test_what_was_cut_is_told_with_its_actual_end(speaker):
    speaker.say("one", ["abcdefgh"], 0)
    speaker.say("two", ["never heard"], 0)
    (cut,) = speaker.silence(2000)
    assert (cut.prompt, cut.start, cut.end, cut.completed) == ("one", 0, 2000, False)
    assert speaker.finished(100 * SECOND) == []
    assert speaker.next_end is None


def test_a_prompt_that_was_over_at_that_moment_was_not_cut(speaker):
    said = speaker.say("one", ["abc"], 0)
    assert speaker.silence(said.end) == [said]


def test_after_silence_the_next_prompt_starts_at_once(speaker):
    speaker.say("one", ["abcdefgh"], 0)
    speaker.silence(2000)
    assert speaker.say("paused", ["a"], 2000).start == 2000


def test_slower_makes_the_pauses_longer_up_to_a_bound(speaker):
    speaker.adjust("pace", -1)
    said = speaker.say("two", ["a", "b"], 0)
    assert said.end > 2 * LETTER + 1.4 * PAUSE
    for _ in range(9):
        speaker.adjust("pace", -1)
    assert speaker.pause_seconds == LONGEST_PAUSE_SECONDS
    for _ in range(20):
        speaker.adjust("pace", 1)
    assert speaker.pause_seconds == PAUSE_SECONDS


def test_louder_is_louder_and_never_clips(speaker):
    speaker.adjust("volume", 1)
    assert speaker.player.volume == pytest.approx(1.585, rel=0.01)
    for _ in range(9):
        speaker.adjust("volume", 1)
    speaker.say("one", ["abc"], 0)
    assert 0.5 < np.abs(speaker.player.render(0, SECOND)).max() <= 1


@pytest.mark.parametrize("place", ["hello.wav", "en/hello.wav"])
def test_a_recorded_line_is_played_instead_as_loud_as_the_voice(speaker, tmp_path, place):
    path = tmp_path / place
    path.parent.mkdir(exist_ok=True)
    quiet = 0.01 * np.sin(2 * np.pi * 150 * np.arange(44_100) / 44_100)
    soundfile.write(path, np.concatenate((np.zeros(22_050), quiet)), 44_100)
    said = speaker.say("hello", ["Hello.", "How are you?"], 0)
    assert not speaker.voice.asked
    assert said.end == pytest.approx(SECOND, abs=SECOND // 20)
    heard = speaker.player.render(0, said.end)
    assert loudness_of(heard) == pytest.approx(SPEECH_LUFS, abs=0.5)


def test_a_line_recorded_for_the_language_comes_before_one_for_all(speaker, tmp_path):
    (tmp_path / "en").mkdir()
    for place, seconds in (("hello.wav", 2), ("en/hello.wav", 1)):
        sound = 0.1 * np.sin(np.arange(seconds * RATE_HZ))
        soundfile.write(tmp_path / place, sound, RATE_HZ)
    assert speaker.say("hello", ["Hello."], 0).end == pytest.approx(SECOND, abs=SECOND // 20)


def test_who_was_not_understood_gets_room_at_the_next_pause(speaker):
    room = samples_of(LISTENING_SECONDS)
    first = speaker.say("two", ["ab", "c"], 0)
    later = speaker.say("one", ["d"], 0)
    speaker.make_room(LETTER)
    second = 2 * LETTER + PAUSE + room
    third = second + LETTER + PAUSE
    assert sounding(speaker) == near([(0, 2 * LETTER), (second, second + LETTER), (third, third + LETTER)])
    assert [one.prompt for one in speaker.finished(first.end)] == []
    assert speaker.next_end == first.end + room
    assert speaker.busy_until == later.end + room


def test_in_the_room_that_was_made_the_coach_has_spoken_until_its_beginning(speaker):
    speaker.say("two", ["ab", "c"], 0)
    speaker.make_room(LETTER)
    assert speaker.spoke_until(LETTER) == speaker.busy_until
    assert speaker.spoke_until(2 * LETTER + 100) == 2 * LETTER
    assert speaker.spoke_until(2 * LETTER + samples_of(LISTENING_SECONDS)) == speaker.busy_until


def test_after_the_last_words_the_next_prompt_waits(speaker):
    said = speaker.say("one", ["abc"], 0)
    speaker.make_room(LETTER)
    assert speaker.busy_until == speaker.next_end == said.end
    speaker.finished(said.end)
    assert speaker.say("two", ["d"], said.end).start == said.end + samples_of(LISTENING_SECONDS)
