# ruff: noqa: INP001
"""Write a screenshot of every screen, at three widths, light and dark, into web/screenshots/ (not kept in git).

    .venv/bin/python web/screenshots.py [word of a screen's name] [width]

Three journals are shown: the sample runner's, an empty one (what a screen says when nothing is there), and one with a
pain that must be seen today. The newest report of an import is the sample runner's.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "web"))

from served import CHROMIUM, FLAGS, NEWEST, Served, newest_of, serving  # noqa: E402 (found by the line above)

FOLDER = ROOT / "web" / "screenshots"
WIDTHS, TALL = (360, 768, 1280), 760
SAMPLE = (
    *("today", "today/check-in", "today/after-run", "plan", "session", "exercise/clamshell", "training"),
    *("training/charts/weeks", "training/charts/spikes", "training/form", "training/import", "training/import/1"),
    *("training/runs", NEWEST, "plan/history", "plan/race", "plan/weekly", "plan/wishes"),
    *("training/quality", "hip", "hip/result", "hip/answers", "hip/words", "more", "more/progress", "more/share"),
    *("more/ask", "more/ask?q=May%20I%20run%20with%20hip%20pain", "more/settings", "more/pairing"),
)
EMPTY = (
    *("start", "who", "hip", "hip/check", "hip/where", "hip/question", "hip/referral", "hip/result", "hip/answers"),
    *("today", "plan", "session", "training", "training/quality", "more/progress"),
)
REFERRED = ("today", "plan", "session", "exercise/clamshell", "hip", "hip/referral", "hip/result")
ALARM = {"fever": "yes", "pain_groin": "yes"}


def main(word: str = "", width: str = "") -> None:
    """Take them all, or those whose name holds WORD."""
    widths = [int(width)] if width else WIDTHS
    with sync_playwright() as playwright, TemporaryDirectory() as folder, TemporaryDirectory() as other:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with serving(Path(folder)) as served:
            lived(served)
            take(browser, served, {"sample": SAMPLE, "me": EMPTY}, word, widths)
        with serving(Path(other)) as served:
            served.house.journal.set_athlete(age_y=34, sex="female", country="IE")
            served.house.journal.tell(ALARM)
            take(browser, served, {"me": REFERRED}, word, widths, "referred-")
        browser.close()


def lived(served: Served) -> None:
    """Let the sample runner live."""
    sample = served.house.sample
    sample.start_sample()
    served.house.wake.set()
    while not sample.jobs() or sample.jobs()[0].state not in {"done", "failed"}:
        time.sleep(0.3)


def take(
    browser: Browser,
    served: Served,
    screens: dict[str, tuple[str, ...]],
    word: str,
    widths: list[int] | tuple[int, ...],
    prefix: str = "",
) -> None:
    """Write the screens of each runner in all looks."""
    for theme in ("light", "dark"):
        for wide in widths:
            page = browser.new_page(viewport={"width": wide, "height": TALL}, color_scheme=theme)
            page.goto(served.way_in)
            for runner, names in screens.items():
                page.evaluate(f"sessionStorage.setItem('runner', '{runner}')")
                for screen in (each for each in names if word in each):
                    name = prefix + ("empty-" if runner == "me" and not prefix else "") + plain(screen)
                    address = f"{served.home}/{newest_of(served, screen)}"
                    shoot(page, address, FOLDER / theme / str(wide) / f"{name}.png")
            page.close()


def plain(screen: str) -> str:
    """Return the name of a file for a SCREEN."""
    bare = screen.partition("?")[0].replace("/", "-").replace("{newest}", "newest")
    return bare + ("-answered" if "?" in screen else "")


def shoot(page: Page, address: str, file: Path) -> None:
    """Write the whole screen, as tall as it is, so that what sticks to the window stands where it belongs."""
    size = page.viewport_size or {"width": WIDTHS[0], "height": TALL}
    page.goto(address)
    page.wait_for_load_state("networkidle")
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size(size | {"height": max(TALL, min(tall, 6000))})
    page.wait_for_timeout(80)
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file)
    page.set_viewport_size(size)


if __name__ == "__main__":
    main(*sys.argv[1:])
