"""The pages held against axe-core, the accessibility checker, in a real browser.

Needs npm, and Debian's chromium. The browser is only asked to print what axe wrote into the page.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.report.stories import busy_report
from tests.report.test_page import TODAY, page_for
from voicecoach.report.figure import load_figures
from voicecoach.report.page import Made, page_of
from voicecoach.report.showing import show
from voicecoach.report.words import load_words

RUN = """
<script>{axe}</script>
<script>
axe.run().then(results => {{
  const found = results.violations.map(one => [one.id, one.help, one.nodes.map(node => node.html)]);
  const told = {{ found, passed: results.passes.length }};
  document.body.setAttribute("data-told", encodeURIComponent(JSON.stringify(told)));
}});
</script>
</body>
"""


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("axe")
    subprocess.run(["npm", "install", "--silent", "--prefix", folder, "axe-core"], check=True, timeout=120)
    return (folder / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


def findings(page: str, axe: str, folder: Path) -> list[object]:
    browser = shutil.which("chromium")
    assert browser, "apt install chromium"
    # A browser closes a script at the first "</script", so it must not be in one.
    told = page.replace("</body>", RUN.format(axe=axe.replace("</script", "<\\/script")))
    told = told.replace("<details", "<details open")
    (folder / "page.html").write_text(told, encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'browser'}"]
    command = [
        browser,
        *options,
        "--virtual-time-budget=20000",
        "--dump-dom",
        (folder / "page.html").as_uri(),
    ]
    dom = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout
    match = re.search(r'data-told="([^"]*)"', dom)
    assert match, "axe did not run"
    results = json.loads(unquote(match[1]))
    assert results["passed"] > 5
    return list(results["found"])


@pytest.mark.full
@pytest.mark.parametrize("language", ["en", "ko"])
def test_axe_finds_nothing_on_the_pages(language: str, ben_folder: Path, axe: str, tmp_path: Path) -> None:
    words = load_words(language)
    assert findings(page_for(ben_folder, language), axe, tmp_path) == []
    assert findings(page_of(busy_report(100), Made(words, TODAY, "Ada")), axe, tmp_path) == []
    assert findings(show("rotation", words, load_figures()).decode(), axe, tmp_path) == []


@pytest.mark.full
def test_axe_would_find_something(axe: str, tmp_path: Path) -> None:
    page = (
        '<!DOCTYPE html><html lang="en"><body><img src="x.png"><p style="color:#ccc">pale</p></body></html>'
    )
    assert {one[0] for one in findings(page, axe, tmp_path)} >= {"image-alt", "color-contrast"}  # type: ignore[index]
