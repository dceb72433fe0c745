"""How far screens move under the reader's eyes while their answers come: the sum of the browser's own layout shifts.

    .venv/bin/python benchmarks/layout_shift.py [word of a screen's name] [width]

Aim: under 0.05 on every screen, at each width. Every answer of hipwise is held back a moment, each by another one, so
that what depends on the order in which answers come shows itself.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Route, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "web"))

from lighthouse import sampled  # noqa: E402 (beside this file; it finds what tests are served with)
from served import CHROMIUM, FLAGS, Served, why_not  # noqa: E402 (found by the line above)

WIDTHS, TALL, MOST = (360, 768, 1280), 760, 0.05
SCREENS = (
    *("start", "today", "today/check-in", "today/after-run", "plan", "plan/history", "plan/race", "plan/weekly"),
    *("plan/wishes", "session", "exercise/clamshell", "hip", "hip/check", "hip/where", "hip/question", "hip/answers"),
    *("hip/result", "hip/words", "training", "training/charts/weeks", "training/charts/spikes", "training/form"),
    *("training/quality", "training/import", "training/import/1", "more", "more/progress", "more/share", "more/ask"),
    *("more/settings", "more/pairing"),
)
WATCH = """
  window.moved = [];
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries())
      if (!shift.hadRecentInput)
        window.moved.push([shift.value, shift.sources.map(({ node }) => node?.className || node?.nodeName).join(", ")]);
  }).observe({ type: "layout-shift", buffered: true });
"""


def main(word: str = "", width: str = "") -> int:
    """Measure the screens whose name holds WORD; print what moved more than it may."""
    if why_not():
        print(why_not())
        return 1
    most = 0.0
    with sync_playwright() as playwright, TemporaryDirectory() as folder, sampled(Path(folder)) as served:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for wide in [int(width)] if width else WIDTHS:
            for screen in (each for each in SCREENS if word in each):
                most = max(most, measured(browser, served, screen, wide))
        browser.close()
    print(f"most {most:.3f}")
    return int(most >= MOST)


def measured(browser: Browser, served: Served, screen: str, wide: int) -> float:
    """Return how far a SCREEN moves where it is WIDE, opened for the first time."""
    page = browser.new_page(viewport={"width": wide, "height": TALL}, service_workers="block")
    page.goto(served.way_in)
    page.wait_for_load_state("networkidle")
    page.add_init_script(WATCH)
    page.route("**/api/v1/**", late)
    page.goto(f"{served.home}/{screen}")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)
    moved = page.evaluate("window.moved")
    page.close()
    far = sum(value for value, _ in moved)
    if far >= MOST / 5:
        print(f"{wide:5} {screen:<24} {far:.3f}  {'; '.join(f'{value:.3f} {what}' for value, what in moved)}")
    return far


def late(route: Route) -> None:
    """Let an answer come a moment later: 40 to 240 ms, by its address."""
    time.sleep(0.04 + 0.02 * (sum(route.request.url.encode()) % 11))
    route.continue_()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
