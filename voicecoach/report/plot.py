"""Pain before and after, drawn into a terminal."""

from collections.abc import Sequence

from voicecoach.errors import ReportError
from voicecoach.extras import requires
from voicecoach.journal.history import MOST_PAIN, SessionSummary

HEIGHT_LINES = 17
LEGEND = 2
"""Room above the worst pain, for what the marks are."""
MOST_DATES = 6


def plot(summaries: Sequence[SessionSummary], width: int) -> str:
    """Draw the sessions that told any pain, `width` columns wide; empty where none did.

    Raises ReportError where plotext is missing.
    """
    with requires("report", "A plot", ReportError):
        import plotext  # noqa: PLC0415 - an extra
    told = [one for one in summaries if (one.pain_before, one.pain_after) != (None, None)]
    if not told:
        return ""
    plotext.clear_figure()
    plotext.theme("clear")
    plotext.plot_size(width, HEIGHT_LINES)
    plotext.ylim(0, MOST_PAIN + LEGEND)
    plotext.yticks(range(0, MOST_PAIN + 1, 2))
    step = -(-len(told) // MOST_DATES)
    plotext.xticks(range(0, len(told), step), [f"{one.started:%m-%d}" for one in told[::step]])
    for label, marker, scores in (
        ("pain before", "○", [one.pain_before for one in told]),
        ("pain after", "■", [one.pain_after for one in told]),
    ):
        points = [(at, score) for at, score in enumerate(scores) if score is not None]
        plotext.scatter([at for at, _ in points], [score for _, score in points], marker=marker, label=label)
    return str(plotext.uncolorize(plotext.build()))
