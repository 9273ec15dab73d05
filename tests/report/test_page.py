"""The page for the clinician: what is on it, in words; how it looks was looked at."""

import io
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.journal.stories import MORNING, NOW, pain, session_event, whole_session, write_all
from tests.report.stories import busy_report
from tests.report.test_summary import report_of
from tests.report.test_table import HOSTILE, hostile
from voicecoach.errors import ReportError
from voicecoach.journal.journal import Journal
from voicecoach.report.formats import Paper
from voicecoach.report.page import Made, page_of
from voicecoach.report.pdf import pdf_of
from voicecoach.report.summary import GENTLER, Report
from voicecoach.report.words import load_words

TODAY = date(2026, 11, 22)
ONE_LINE_TAGS = {"p", "dd", "dt", "td", "th", "li", "h1", "h2", "title", "summary"}


class Reader(HTMLParser):
    """Collects what a page says, and what it refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.lines, self.ids, self.tags, self.references = [""], [], Counter[str](), []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.ids += [value for key, value in attrs if key == "id"]
        self.references += [value or "" for key, value in attrs if key in ("href", "src", "xlink:href")]
        if tag in ONE_LINE_TAGS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.lines = [" ".join(line.split()) for line in reader.lines]
    return reader


def page_for(folder: Path, language: str = "en", today: date = TODAY, name: str | None = None) -> str:
    return page_of(report_of(folder, today), Made(load_words(language), today, name, "A4"))


def sheets_of(report: Report, made: Made) -> list[str]:
    """Give the text of every sheet of the PDF."""
    pdf = pdf_of(page_of(report, made, on_paper=True))
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages]


@pytest.fixture(scope="module")
def ada(ada_folder: Path) -> str:
    return page_for(ada_folder)


@pytest.fixture(scope="module")
def ben(ben_folder: Path) -> str:
    return page_for(ben_folder)


def test_someone_who_gets_better_is_seen_to(ada: str) -> None:
    lines = read(ada).lines
    for told in (
        "13 of 14",
        "missed: Nov 15",
        "47.2 min",
        "asked for: 47.2; sessions: 20",
        "6 → 1 ▼",
        "5 → 0 ▼",
        "mean 3.6, highest 6",
        "86 of 86",
        "100% 4:00 of 4:00left 2:00, right 2:00",
        "4× no ball",  # noqa: RUF001 - as it is printed
        "1 → 3",
        "pain 6 → 4 (▼ −2); Exercise ball left out: no ball",  # noqa: RUF001 - a minus
    ):
        assert told in lines, told


def test_a_flare_into_the_leg_is_told_with_the_own_words(ben: str) -> None:
    lines = read(ben).lines
    flare = lines[lines.index("Tue, Nov 17, morning") + 1]
    assert flare == (
        "pain 3 → 7 (▲ +4); up to 7 during it; "
        "Knees to chest broken off: into a leg, or numb; “it goes down my leg”"
    )
    assert "missed: Nov 18, Nov 19" in lines
    assert "Sessions with a rise of 2 or more: 1; with a fall: 0; with leg symptoms: 1." in ben


@pytest.mark.parametrize("language", ["en", "ko", "de"])
def test_nothing_comes_from_outside_nothing_runs_and_every_picture_has_words(
    language: str, ben_folder: Path
) -> None:
    page = page_for(ben_folder, language)
    reader = read(page)
    assert f'<html lang="{language}">' in page
    assert not {"script", "link", "img", "iframe"} & reader.tags.keys()
    assert all(reference.startswith("#") for reference in reader.references)
    assert "url(http" not in page
    assert [one for one, count in Counter(reader.ids).items() if count > 1] == []
    for svg in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        assert ET.fromstring(svg).attrib["role"] == "img"  # noqa: S314 - our own


def test_hostile_names_are_only_text(tmp_path: Path) -> None:
    folder = hostile(tmp_path)
    page = page_for(folder, today=MORNING.date(), name="<script>alert(1)</script>")
    reader = read(page)
    assert "script" not in reader.tags
    assert "b" not in reader.tags
    assert HOSTILE in reader.lines
    assert any("../../etc/passwd" in line for line in reader.lines)
    assert "&lt;script&gt;" in page


def test_an_empty_journal_is_told_as_one_and_a_single_session_has_its_page(tmp_path: Path) -> None:
    assert "There is no session in these days." in read(page_for(tmp_path / "none")).lines
    with Journal.open(tmp_path, NOW) as journal:
        write_all(journal, MORNING, whole_session())
    lines = read(page_for(tmp_path, today=MORNING.date())).lines
    values = [lines[lines.index(f"Pain {when} exercise") + 1] for when in ("before", "after")]
    assert values == ["4", "2"]  # once each: nothing to compare
    assert "pain 4 → 2 (▼ −2); Exercise ball left out: no ball" in lines  # noqa: RUF001 - a minus


def test_a_session_that_told_no_pain_and_did_nothing_has_a_page_too(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        write_all(journal, MORNING, [session_event(1, "stopped")])
    assert "not told" in read(page_for(tmp_path, today=MORNING.date())).lines
    with Journal.open(tmp_path, NOW) as journal:
        write_all(journal, MORNING, [pain(1, "after", 10), session_event(2, "stopped")])
    assert "mean 10, highest 10" in read(page_for(tmp_path, today=MORNING.date())).lines


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_month_full_of_events_is_one_sheet(paper: Paper) -> None:
    (sheet,) = sheets_of(busy_report(31), Made(load_words("en"), TODAY, "Ada", paper))
    assert "Ada" in sheet
    assert "like last winter" in sheet


def test_a_year_in_korean_is_drawn_by_weeks_and_is_one_sheet_still() -> None:
    report, made = busy_report(365), Made(load_words("ko"), TODAY, paper="A4")
    (sheet,) = sheets_of(report, made)
    assert "주별" in sheet
    assert page_of(report, made).count("<tr>") > 730


def test_a_year_of_bars_is_one_line_of_each_tone() -> None:
    report, made = busy_report(365), Made(load_words("en"), TODAY, paper="A4")
    assert len(report.sessions) > 365
    strips = re.findall(r'<td class="strip">(.*?)</td>', page_of(report, made), flags=re.DOTALL)
    assert strips
    for strip in strips:
        assert strip.count("<path ") <= 5, "the ground, the line below, asked for, done, a cross"


def test_a_pdf_asks_no_other_program() -> None:
    look = (
        "import sys\n"
        "from voicecoach.report.pdf import pdf_of\n"
        "sys.addaudithook(lambda event, args: event == 'subprocess.Popen' and print(args[1]))\n"
        "assert pdf_of('<p>Hello').startswith(b'%PDF')"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout == ""


def test_a_letter_that_no_font_has_is_told_and_no_paper_of_boxes_is_made() -> None:
    with pytest.raises(ReportError, match=r"has the letter .*apt install"):
        pdf_of("<p>\U0010fffd</p>")


def test_an_alarm_stands_out_before_all_else_and_gentler_days_are_called_so() -> None:
    report = busy_report(10)
    first, *others = report.sessions
    alarmed = replace(first, alarms=("red_flag",), levels={"rotation": GENTLER})
    gentler = [replace(one, levels={"rotation": GENTLER}) for one in others]
    page = page_of(
        replace(report, sessions=(alarmed, *gentler)), Made(load_words("en"), TODAY), on_paper=True
    )
    lines = read(page).lines
    told = [line for line in lines if "told of a sign that needs urgent help" in line]
    assert len(told) == 1
    assert "gentler" in lines
