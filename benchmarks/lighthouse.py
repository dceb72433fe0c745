"""The app as a mid phone on a slow network meets it: Lighthouse on the main screens, with the sample runner in it.

    .venv/bin/python benchmarks/lighthouse.py [word of a screen's name]

Aims: performance, accessibility and best practices at 95 or more, under 250 kB over the wire, interactive within 2 s.
Lighthouse slows the phone (processor 4 times, 1.6 Mbit/s, 150 ms there and back) by reckoning, not by waiting, so the
figures hold on any quiet machine. It is a tool of developers and no part of the app: taken from the PATH where it is
installed (`npm install -g lighthouse`), fetched by npx where it is not.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "web"))

from served import CHROMIUM, Served, serving, why_not  # noqa: E402 (found by the line above)

VERSION = "13"
SCREENS = ("start", "today", "plan", "hip/result", "training")
KINDS = ("performance", "accessibility", "best-practices")
LEAST, MOST_KB, MOST_MS = 95, 250, 2000
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


def main(word: str = "") -> int:
    """Measure the screens whose name holds WORD; print a table, and what Lighthouse would mend."""
    if why_not():
        print(why_not())
        return 1
    missed = False
    with TemporaryDirectory() as folder, sampled(Path(folder)) as served:
        print(f"{'':<12} performance  accessibility  practices   LCP ms   TBT ms      CLS  interactive ms     kB")
        for screen in (each for each in SCREENS if word in each):
            try:
                report = looked_at(served, screen, Path(folder) / "report.json")
            except (OSError, subprocess.CalledProcessError) as error:
                print(f"NOT MEASURED: Lighthouse is not here, or it failed ({error}). npm install -g lighthouse")
                return 1
            missed |= not told(screen, report)
    return int(missed)


@contextmanager
def sampled(folder: Path) -> Iterator[Served]:
    """Serve the sample runner as if it were the owner, so that each address shows a full screen."""
    with serving(folder, athlete="sample") as served:
        served.house.journal.start_sample()
        served.house.wake.set()
        while not (jobs := served.house.journal.jobs()) or jobs[0].state not in {"done", "failed"}:
            time.sleep(0.2)
        yield served


def looked_at(served: Served, screen: str, report: Path) -> dict[str, Any]:
    """Return what Lighthouse finds on a SCREEN, opened for the first time."""
    found = shutil.which("lighthouse")
    tool = [found] if found else ["npx", "--yes", f"lighthouse@{VERSION}"]
    headers = json.dumps({"authorization": f"Bearer {served.house.keys.bearer}"})
    given = (f"--only-categories={','.join(KINDS)}", "--output=json", f"--output-path={report}", "--quiet")
    asked = (*tool, f"{served.home}/{screen}", *given, f"--extra-headers={headers}", f"--chrome-flags={FLAGS}")
    subprocess.run(asked, check=True, env=os.environ | {"CHROME_PATH": CHROMIUM})  # noqa: S603 (our own words)
    return dict(json.loads(report.read_text("utf-8")))


def told(screen: str, report: dict[str, Any]) -> bool:
    """Print one line, and below it what lost points; return whether the aims are met."""
    audits = report["audits"]
    points = [round(100 * (report["categories"][kind]["score"] or 0)) for kind in KINDS]
    names = ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "interactive")
    lcp, tbt, cls, ready = (audits[name]["numericValue"] for name in names)
    weight_kb = audits["total-byte-weight"]["numericValue"] / 1000
    print(f"{screen:<12} {points[0]:11} {points[1]:14} {points[2]:10}", end="")
    print(f" {lcp:8.0f} {tbt:8.0f} {cls:8.3f} {ready:15.0f} {weight_kb:6.0f}")
    for audit in audits.values():
        if audit["score"] is not None and audit["score"] < 0.9 and audit["scoreDisplayMode"] != "informative":
            print(f"    {audit['id']}: {audit['title']} {audit.get('displayValue', '')}")
    return min(points) >= LEAST and weight_kb < MOST_KB and ready < MOST_MS


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
