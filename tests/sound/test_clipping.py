import numpy as np

from voicecoach.sound.clipping import WINDOW_CHUNKS, Clipping

SPOILT = np.where(np.arange(512) % 8 == 0, 1.0, 0.3).astype(np.float32)
FINE = np.full(512, 0.5, np.float32)


def test_a_level_that_is_set_wrong_is_noticed_and_so_is_its_end():
    clipping = Clipping()
    for _ in range(WINDOW_CHUNKS // 2 + 1):
        assert not clipping.clipped
        clipping.hear(SPOILT)
    assert clipping.clipped
    for _ in range(WINDOW_CHUNKS):
        assert clipping.clipped
        clipping.hear(FINE)
    assert not clipping.clipped


def test_a_slammed_door_is_no_trouble():
    clipping = Clipping()
    for chunk in [FINE] * 50 + [SPOILT] * 10 + [FINE] * 50:
        clipping.hear(chunk)
        assert not clipping.clipped
