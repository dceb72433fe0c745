# ruff: noqa: INP001
"""Write a screenshot of every screen, at three widths, light and dark, into web/screenshots/ (not kept in git).

    .venv/bin/python web/screenshots.py [word of a screen's name] [width]

It serves a journal of its own with the sample runner, and another with a pain that must be seen today.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "web"))

from served import CHROMIUM, FLAGS, serving  # noqa: E402 (found by the line above)

FOLDER = ROOT / "web" / "screenshots"
WIDTHS = (360, 768, 1280)
SAMPLE = (
    *("today", "today/check-in", "today/after-run", "plan", "session", "exercise/clamshell", "training"),
    *("training/charts/weeks", "training/form", "training/import", "hip", "hip/result", "hip/answers", "more"),
    *("plan/history", "plan/race", "plan/weekly", "plan/wishes"),
    *("more/progress", "more/ask", "more/share", "more/settings", "hip/words", "more/why", "training/quality"),
)
OWN = ("start", "who", "hip/check", "hip/where", "hip/question", "hip/referral")


def main(word: str = "", width: str = "") -> None:
    """Take them all, or those whose name holds WORD."""
    with TemporaryDirectory() as folder, serving(Path(folder)) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        sample = served.house.sample
        sample.start_sample()
        served.house.wake.set()
        while not sample.jobs() or sample.jobs()[0].state not in {"done", "failed"}:
            time.sleep(0.3)
        for theme in ("light", "dark"):
            for wide in [int(width)] if width else WIDTHS:
                page = browser.new_page(viewport={"width": wide, "height": 760}, color_scheme=theme)
                page.goto(served.way_in)
                for runner, screens in (("me", OWN), ("sample", SAMPLE)):
                    page.evaluate(f"sessionStorage.setItem('runner', '{runner}')")
                    for screen in screens:
                        if word in screen:
                            page.goto(f"{served.home}/{screen}")
                            page.wait_for_load_state("networkidle")
                            page.wait_for_timeout(80)
                            file = FOLDER / theme / str(wide) / f"{screen.replace('/', '-')}.png"
                            file.parent.mkdir(parents=True, exist_ok=True)
                            page.screenshot(path=file, full_page=True)
                page.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
