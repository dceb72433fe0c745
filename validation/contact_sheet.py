"""Render figures of exercises on contact sheets (PNG by a headless Chromium), for people to look at.

python validation/contact_sheet.py OUT_FOLDER [--id EXERCISE ...] [--form pair] [--dark] [--side left]
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
from pathlib import Path

from hipwise.draw import FigureForm, figure
from hipwise.knowledge import Knowledge

PER_SHEET = 12


def main() -> None:
    """Write the sheets."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("out", type=Path)
    words.add_argument("--id", nargs="*", default=[])
    words.add_argument("--form", type=FigureForm, default=FigureForm.PAIR)
    words.add_argument("--side", default="right")
    words.add_argument("--dark", action="store_true")
    words.add_argument("--columns", type=int, default=3)
    words.add_argument("--width", type=int, default=560)
    told = words.parse_args()
    knowledge = Knowledge.load()
    names = told.id or list(knowledge.rehab.figures)
    told.out.mkdir(parents=True, exist_ok=True)
    for sheet in range(0, len(names), PER_SHEET):
        page = told.out / f"sheet_{sheet // PER_SHEET + 1:02d}.html"
        page.write_text(_page(knowledge, names[sheet : sheet + PER_SHEET], told), "utf-8")
        _shoot(page, told.columns * (told.width + 16) + 16, told)
        print(page.with_suffix(".png"), *names[sheet : sheet + PER_SHEET])


def _page(knowledge: Knowledge, names: list[str], told: argparse.Namespace) -> str:
    back, ink = ("#14181c", "#eee") if told.dark else ("#fff", "#222")
    cells = "".join(
        f'<div style="width:{told.width}px;margin:4px;border:1px solid #8884"><b>{name}</b>'
        f"{figure(name, knowledge, told.form, side=told.side)}</div>"
        for name in names
    )
    scheme = "dark" if told.dark else "light"
    return (
        f'<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="{scheme}"><body style="margin:8px;'
        f'background:{back};color:{ink};font:13px sans-serif;display:flex;flex-wrap:wrap">{cells}'
    )


def _shoot(page: Path, width: int, told: argparse.Namespace) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or "google-chrome"
    rows = -(-PER_SHEET // told.columns)
    ratio = 280 / (720 if told.form is not FigureForm.LOOP else 360)
    height = int(rows * (told.width * ratio + 32)) + 20
    scheme = ["--force-dark-mode", "--blink-settings=preferredColorScheme=0"] if told.dark else []
    subprocess.run(  # noqa: S603 (our own browser, our own page)
        [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *scheme,
            f"--window-size={width},{height}", f"--screenshot={page.with_suffix('.png')}", page.resolve().as_uri(),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip


if __name__ == "__main__":
    main()
