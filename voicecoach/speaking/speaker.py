"""Who says what and when: lines one after the other, counts and tones at their sample."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from voicecoach.sound.audio import AudioClip, samples_of
from voicecoach.sound.ports import Player
from voicecoach.sound.recording import read_recording
from voicecoach.speaking.levelling import level, trim
from voicecoach.speaking.priority import Priority, priority_of, priority_of_tone
from voicecoach.speaking.synthesizer import Synthesizer

PAUSE_SECONDS = 0.35
"""Between the sentences of a prompt, and between prompts."""
SLOWER = 1.6
"""How much longer the pauses become each time the person asks to be told slower."""
LONGEST_PAUSE_SECONDS = 1.5
LOUDER = 10 ** (4 / 20)
"""One step of volume: 4 dB are clearly heard."""
VOLUMES = (0.1, 2.0)
LISTENING_SECONDS = 2.0
"""How much longer the next pause becomes for someone who spoke into the coach's words."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One prompt on its way; places in samples."""

    prompt: str
    text: str
    start: int
    end: int
    completed: bool = True


@dataclass(slots=True)
class Speaker:
    """Places clips on a player; nothing that it places ever overlaps, but tones that answer the person."""

    player: Player
    voice: Synthesizer
    recordings: Path
    """The folder of tones and recorded lines."""
    language: str
    counting: Synthesizer | None = None
    """Who says the numbers, where another rate is needed for that."""
    busy_until: int = field(default=0, init=False)
    """Where the last word ends, in samples."""
    _room: tuple[int, int] = field(default=(0, 0), init=False)
    """The pause that was made to listen in, from the word before to the word after it."""
    pause_seconds: float = field(default=PAUSE_SECONDS, init=False)
    _saying: Priority = field(default=Priority.PRAISE, init=False)
    """How important that word is."""
    _coming: list[Utterance] = field(default_factory=list, init=False)
    _kept: dict[Path, AudioClip] = field(default_factory=dict, init=False)

    @property
    def next_end(self) -> int | None:
        """Where the next prompt ends, in samples; None when none is being spoken."""
        return self._coming[0].end if self._coming else None

    def say(self, prompt: str, sentences: Sequence[str], at: int) -> Utterance:
        """Speak a prompt at `at`, or after what is being spoken; gives where it will sound."""
        return self.say_shortest([(prompt, sentences)], at)

    def say_shortest(
        self,
        forms: Sequence[tuple[str, Sequence[str]]],
        at: int,
        until: int | None = None,
        priority: Priority | None = None,
    ) -> Utterance:
        """Speak the first of a prompt's forms that is over at `until`, from `at` on or after what is spoken.

        Where none is, nothing is said: the utterance has no length and is not completed. `priority` is
        what the prompt has in this case, if not its usual.
        """
        start = max(at, self._room[1], self.busy_until + self._pause if self._coming else self.busy_until)
        for prompt, sentences in forms:
            placed = self._lay_out(prompt, sentences, start)
            end = placed[-1][0] + len(placed[-1][1].samples)
            if until is None or end <= until:
                self._saying = priority or priority_of(prompt)
                return self._speak(prompt, sentences, placed)
        prompt, sentences = forms[-1]
        return self._await(Utterance(prompt, " ".join(sentences), start, start, completed=False))

    def count(self, word: str, at: int) -> bool:
        """Speak a number exactly at `at`; False where it gives way to speech, and is dropped.

        Speech that is less important than a number is cut off.
        """
        if at < self.busy_until and self._saying >= Priority.COUNT:
            return False
        if at < self.busy_until:
            self._coming = self._cut(at)
        clip = (self.counting or self.voice).synthesize(word)
        self.player.place(clip, at)
        self.busy_until, self._saying = at + len(clip.samples), Priority.COUNT
        return True

    def cue(self, name: str, at: int) -> bool:
        """Play a tone exactly at `at`; words that are said next wait for its end.

        False where it would fall into something more important, and is dropped.
        """
        if at < self.busy_until and self._saying > priority_of_tone(name):
            return False
        tone = self._tone(self.recordings / f"tone_{name}.wav")
        self.player.place(tone, at)
        self.busy_until = max(self.busy_until, at + len(tone.samples))
        return True

    def make_room(self, at: int) -> None:
        """Let what has not begun at `at` wait, so that someone can say their word again."""
        by = samples_of(LISTENING_SECONDS)
        ends = self.player.postpone(at, by)
        if self.busy_until > ends:
            self.busy_until += by
        self._room = (ends, ends + by)
        self._coming = [
            replace(one, start=one.start + by * (one.start >= at), end=one.end + by * (one.end > ends))
            for one in self._coming
        ]

    def spoke_until(self, place: int) -> int:
        """Give where the words end that one would speak into at `place`, in samples."""
        begins, ends = self._room
        return begins if begins <= place < ends else self.busy_until

    def silence(self, at: int) -> list[Utterance]:
        """Be silent from `at` on; gives the prompts that have sounded, with their actual end.

        A prompt that was cut is not completed; one that had not begun is forgotten.
        """
        begun, self._coming = [one for one in self._cut(at) if one.start < at], []
        return begun

    def finished(self, upto: int) -> list[Utterance]:
        """Give the prompts whose last word was over at `upto`, each once."""
        done = [utterance for utterance in self._coming if utterance.end <= upto]
        self._coming = self._coming[len(done) :]
        return done

    def adjust(self, what: str, step: int) -> None:
        """Make the volume a step louder (+1) or softer (-1), or the speech calmer (-1) or brisker (+1)."""
        if what == "volume":
            self.player.volume = min(max(self.player.volume * LOUDER**step, VOLUMES[0]), VOLUMES[1])
        else:
            slower = self.pause_seconds * SLOWER**-step
            self.pause_seconds = min(max(slower, PAUSE_SECONDS), LONGEST_PAUSE_SECONDS)

    @property
    def _pause(self) -> int:
        return samples_of(self.pause_seconds)

    def _lay_out(self, prompt: str, sentences: Sequence[str], start: int) -> list[tuple[int, AudioClip]]:
        """Give each sentence's clip with its place, from `start` on."""
        placed: list[tuple[int, AudioClip]] = []
        for clip in self._clips(prompt, sentences):
            placed.append((start, clip))
            start += len(clip.samples) + self._pause
        return placed

    def _speak(
        self, prompt: str, sentences: Sequence[str], placed: Sequence[tuple[int, AudioClip]]
    ) -> Utterance:
        for begin, clip in placed:
            self.player.place(clip, begin)
        last, clip = placed[-1]
        self.busy_until = last + len(clip.samples)
        return self._await(Utterance(prompt, " ".join(sentences), placed[0][0], self.busy_until))

    def _await(self, utterance: Utterance) -> Utterance:
        self._coming.append(utterance)
        return utterance

    def _cut(self, at: int) -> list[Utterance]:
        """Let nothing sound from `at` on; gives what was to be spoken, ending there."""
        self.player.silence(at)
        self._room = (0, 0)
        self.busy_until = min(self.busy_until, at)
        return [
            replace(
                one, start=min(one.start, at), end=min(one.end, at), completed=one.completed and one.end <= at
            )
            for one in self._coming
        ]

    def _clips(self, prompt: str, sentences: Sequence[str]) -> list[AudioClip]:
        for recorded in (
            self.recordings / self.language / f"{prompt}.wav",
            self.recordings / f"{prompt}.wav",
        ):
            if recorded.is_file():
                return [self._line(recorded)]
        return [self.voice.synthesize(sentence) for sentence in sentences]

    def _tone(self, path: Path) -> AudioClip:
        if path not in self._kept:
            self._kept[path] = AudioClip(read_recording(path))
        return self._kept[path]

    def _line(self, path: Path) -> AudioClip:
        """Give a recorded line, as loud as the voice that it stands in for."""
        if path not in self._kept:
            self._kept[path] = AudioClip(level(trim(read_recording(path))))
        return self._kept[path]
