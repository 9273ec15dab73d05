"""The live microphone and loudspeaker on a real sound server, and all that can break there."""

import os
import signal
import subprocess
import threading
import time

import numpy as np
import pytest
import soundfile

from tests.sound.noises import ALIKE, chunks, find, listen, noise
from voicecoach.sound.audio import RATE_HZ, AudioClip
from voicecoach.sound.full_duplex import FullDuplex

LOOPBACK = ["module-loopback", "source=speaker.monitor", "sink=micpipe", "latency_msec=20"]
NULL_SINK = ["module-null-sink", "norewinds=1", "rate=48000", "channels=1"]


def undisturbed(run):
    """What a run over the device gives, in which neither the loop nor the sound server was late.

    Both share the machine with whatever else runs there; each loss is counted.
    """
    for _ in range(8):
        with FullDuplex() as device:
            result = run(device)
            if device.stumbles == 0:
                return result
    pytest.fail("this machine is too busy to play and record at the same time")


def test_what_is_said_into_the_microphone_is_read(sound_card, tmp_path):
    said = noise(1.0)
    soundfile.write(tmp_path / "said.wav", said, RATE_HZ)

    def speak(device):
        listen(device, 0.2)
        speaking = threading.Thread(target=sound_card.feed, args=[tmp_path / "said.wav"])
        speaking.start()
        heard = listen(device, 2.0)
        speaking.join()
        return heard

    assert find(said, undisturbed(speak))[1] > ALIKE


def test_clips_are_played_at_their_places(sound_card):
    first, second = noise(0.2, seed=1), noise(0.2, seed=2)

    def play(device):
        with sound_card.record() as hear:
            hear(0.1)  # the recorder is awake
            start = device.read().end
            device.player.place(AudioClip(first), start + 1000)
            device.player.place(AudioClip(second), start + 1000 + RATE_HZ)
            listen(device, 2.0)
            return hear(2.0)

    recorded = undisturbed(play)
    (place, likeness), (later, also) = find(first, recorded), find(second, recorded)
    assert min(likeness, also) > ALIKE
    # exact on a quiet machine; the software card itself slips by a block of its own on a busy one
    assert later - place == pytest.approx(RATE_HZ, abs=RATE_HZ // 20)


def test_what_is_played_comes_back_as_late_as_the_device_says_every_time(sound_card):
    sound_card.pactl("load-module", *LOOPBACK)
    clips = {RATE_HZ * second: noise(0.2, seed=second) for second in (1, 2, 3)}

    def play(device):
        for place, clip in clips.items():
            device.player.place(AudioClip(clip), place)
        return chunks(device, 4.0), device.delay_samples

    read, told = undisturbed(play)
    heard = np.concatenate([chunk.samples for chunk in read])
    delays = [find(clip, heard)[0] - place for place, clip in clips.items()]
    assert max(delays) - min(delays) < RATE_HZ // 50  # the loopback, too, keeps up as well as it can
    assert delays == pytest.approx([told] * len(delays), abs=RATE_HZ // 10)
    played = np.concatenate([chunk.played for chunk in read])
    assert all(find(clip, played)[1] > ALIKE for clip in clips.values())


def test_a_silence_is_heard_before_what_was_handed_over_would_have_been(sound_card):
    long = noise(4.0, seed=1)

    def cut(device):
        with sound_card.record() as hear:
            hear(0.1)
            listen(device, 0.2)
            start = device.read().end
            device.player.place(AudioClip(long), start)
            end = chunks(device, 1.0)[-1].end
            device.player.silence(end)
            listen(device, 1.0)
            return hear(2.5), end - start

    recorded, placed = undisturbed(cut)
    begin = find(long[: RATE_HZ // 4], recorded)[0]
    last = int(np.flatnonzero(np.abs(recorded) > 0.01)[-1])
    assert last - begin < placed - RATE_HZ // 20  # of the 160 ms on their way most were taken back


# ---- when things break


def until(device, lost, seconds):
    """Live on until the microphone is lost, or restored."""
    for _ in range(round(seconds * RATE_HZ / 512)):
        if device.read().lost is lost:
            return
    pytest.fail(f"after {seconds} s the microphone is {'not lost' if lost else 'still lost'}")


def loudness(device, seconds):
    return float(np.abs(listen(device, seconds)).max())


def is_heard(device, sound_card, tmp_path):
    """Whether what is said into the microphone now is heard."""
    soundfile.write(tmp_path / "said.wav", noise(0.5), RATE_HZ)
    speaking = threading.Thread(target=sound_card.feed, args=[tmp_path / "said.wav"])
    speaking.start()
    loud = loudness(device, 2.0)
    speaking.join()
    return loud > 0.05


def test_a_sound_server_that_is_killed_is_waited_for_and_found_again(sound_card, tmp_path):
    with FullDuplex() as device:
        listen(device, 0.3)
        sound_card.unplug()
        until(device, lost=True, seconds=5)
        listen(device, 3.0)  # the two seconds that were waited for are caught up with
        begin = time.monotonic()
        assert all(chunk.lost for chunk in chunks(device, 2.0))
        assert 1.5 < time.monotonic() - begin < 5  # time goes on, and not faster
        sound_card.plug_in()
        until(device, lost=False, seconds=25)
        assert is_heard(device, sound_card, tmp_path)


def test_a_session_over_a_dead_sound_server_ends_at_once(sound_card):
    device = FullDuplex()
    listen(device, 0.3)
    sound_card.unplug()
    until(device, lost=True, seconds=5)
    begin = time.monotonic()
    device.close()
    assert time.monotonic() - begin < 10  # and not the half minute that libpulse waits for its server


def test_while_the_microphone_is_suspended_the_loudspeaker_speaks(sound_card):
    words = [noise(0.2, seed=seed) for seed in range(4)]
    with FullDuplex() as device, sound_card.record() as hear:
        listen(device, 0.3)
        sound_card.pactl("suspend-source", "mic", "1")
        until(device, lost=True, seconds=10)
        listen(device, 4.0)
        start = device.read().end
        for number, word in enumerate(words):
            device.player.place(AudioClip(word), start + number * RATE_HZ // 2)
        listen(device, 3.0)
        recorded = hear(8.0)
        assert max(find(word, recorded)[1] for word in words) > ALIKE
        sound_card.pactl("suspend-source", "mic", "0")
        until(device, lost=False, seconds=25)


def test_a_sound_server_that_hangs_holds_nobody(sound_card):
    with FullDuplex() as device:
        listen(device, 0.3)
        with sound_card.hung():
            until(device, lost=True, seconds=5)
            begin = time.monotonic()
            listen(device, 2.0)
            assert time.monotonic() - begin < 5
        until(device, lost=False, seconds=25)


def test_devices_that_are_unplugged_and_plugged_in_again_are_taken_again(sound_card, tmp_path):
    with FullDuplex() as device:
        listen(device, 0.3)
        for module in ("module-remap-source", "module-null-sink"):
            sound_card.pactl("unload-module", module)
        until(device, lost=True, seconds=10)
        for name in ("speaker", "micpipe"):
            sound_card.pactl("load-module", *NULL_SINK, f"sink_name={name}")
        sound_card.pactl("load-module", "module-remap-source", "source_name=mic", "master=micpipe.monitor")
        for kind, name in (("sink", "speaker"), ("source", "mic")):
            sound_card.pactl(f"set-default-{kind}", name)
        until(device, lost=False, seconds=25)
        assert is_heard(device, sound_card, tmp_path)


def test_another_default_loudspeaker_disturbs_nothing(sound_card):
    with FullDuplex() as device:
        listen(device, 0.3)
        sound_card.pactl("load-module", *NULL_SINK, "sink_name=other")
        sound_card.pactl("set-default-sink", "other")
        assert not any(chunk.lost for chunk in chunks(device, 2.0))


def test_a_machine_without_a_moment_to_spare_keeps_the_places(sound_card, busy):
    clips = [noise(0.2, seed=second) for second in range(11)]
    with FullDuplex() as device, sound_card.record() as hear:
        hear(0.1)
        start = device.read().end
        for second, clip in enumerate(clips):
            device.player.place(AudioClip(clip), start + RATE_HZ // 2 + second * RATE_HZ)
        listen(device, 2.0)
        with busy():
            assert not any(chunk.lost for chunk in chunks(device, 5.0))
        listen(device, 5.0)
        recorded = hear(12.0)
    found = {second: find(clip, recorded) for second, clip in enumerate(clips)}
    beginnings = {n: place - n * RATE_HZ for n, (place, likeness) in found.items() if likeness > ALIKE}
    assert min(beginnings) < 2  # before it and after it some are heard, on a machine that others use as well
    assert max(beginnings) > 6
    assert max(beginnings.values()) - min(beginnings.values()) < RATE_HZ // 5


@pytest.mark.usefixtures("sound_card")
def test_after_a_system_suspend_the_devices_are_opened_anew():
    # a real one cannot be had in a test: the clock that tells it is handed in
    seconds = [100.0]
    with FullDuplex(suspended=lambda: seconds[0]) as device:
        listen(device, 0.3)
        seconds[0] += 3600
        until(device, lost=True, seconds=0.1)
        until(device, lost=False, seconds=20)
        listen(device, 0.3)


def cards():
    """The processes that hold a sound card for this one."""
    told = subprocess.run(
        ["pgrep", "-P", str(os.getpid()), "-f", "voicecoach.sound.card"],
        check=False,
        capture_output=True,
        text=True,
    )
    return [int(line) for line in told.stdout.split()]


def make_spin(device):
    """Keep the card's process waiting for long enough, and give it."""
    until(device, lost=False, seconds=20)  # a sound server of a moment ago now and then ends its first stream
    listen(device, 0.3)
    (card,) = cards()
    os.kill(card, signal.SIGSTOP)
    threading.Timer(0.8, os.kill, [card, signal.SIGCONT]).start()
    return card


def test_a_card_that_spins_after_a_pause_is_replaced_and_nothing_is_lost(sound_card, tmp_path):
    with FullDuplex() as device:
        spinning = make_spin(device)
        for _ in range(60):
            assert not any(chunk.lost for chunk in chunks(device, 0.5))
            if spinning not in cards():
                break
        assert len(cards()) == 1
        assert spinning not in cards()
        assert is_heard(device, sound_card, tmp_path)


def open_another(device):
    """Live on until another card is being opened beside one that spins; give the first."""
    spinning = make_spin(device)
    for _ in range(600):
        device.read()
        if len(cards()) == 2:
            return spinning
    return pytest.fail("no other card was opened")


def test_another_card_that_is_being_opened_is_given_up_when_the_coach_speaks(sound_card):  # noqa: ARG001
    with FullDuplex() as device:
        spinning = open_another(device)
        device.player.place(AudioClip(noise(1.0)), device.read().end)
        listen(device, 0.2)
        assert cards() == [spinning]


def test_another_card_that_is_being_opened_is_given_up_when_the_first_is_lost(sound_card):
    with FullDuplex() as device:
        open_another(device)
        with sound_card.hung():
            until(device, lost=True, seconds=5)
            assert len(cards()) == 1  # by which the devices are looked for from now on
