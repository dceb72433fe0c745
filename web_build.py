"""The web app is built, and a browser found to test it in.

npm brings what its lock names, vite writes `web/dist`; each is skipped when nothing changed. Called by `dev.py` and,
for a release, by the hook in `hatch_build.py`. Standard library only.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
WEB = ROOT / "web"
DIST = WEB / "dist"
OLDEST_NODE = (20, 19)
QUIET = ["--no-audit", "--no-fund", "--loglevel", "error"]


def why_not() -> str:
    """Return why the app cannot be built here, in words; nothing where it can."""
    if not (WEB / "package.json").is_file():
        return "there is no web/ in this copy of the source"
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "Node.js is not installed (node and npm)"
    found = node_version()
    if found < OLDEST_NODE:
        return f"Node.js is too old: {'.'.join(map(str, found))}, wanted {'.'.join(map(str, OLDEST_NODE))} or newer"
    return ""


def node_version() -> tuple[int, ...]:
    """Return the version of node; zeros where it does not tell."""
    told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    numbers = re.match(r"v(\d+)\.(\d+)", told)
    return tuple(map(int, numbers.groups())) if numbers else (0, 0)


def install() -> int:
    """Let `web/node_modules` hold what the lock says; return 0 where it does."""
    stamp, wanted = WEB / "node_modules" / ".hipwise", digest([WEB / "package-lock.json"])
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return 0
    said = npm("ci", *QUIET)
    if said == 0:
        stamp.write_text(wanted, "utf-8")
    return said


def build() -> int:
    """Let `web/dist` hold the app as its source says; return 0 where it does."""
    stamp, wanted = DIST / ".hipwise", digest(sources())
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return 0
    said = install() or npm("run", "build", "--silent")
    if said == 0:
        stamp.write_text(wanted, "utf-8")
    return said


def browser() -> bool:
    """Return whether there is a Chromium to test in; on Debian, root gets it from there first."""
    if not shutil.which("chromium") and shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0:
        for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-qq", *words], check=False, stdout=subprocess.DEVNULL)
    return shutil.which("chromium") is not None


def npm(*words: str) -> int:
    """Run npm in `web/`; return its exit code."""
    tool = shutil.which("npm") or "npm"
    return subprocess.run([tool, *words], cwd=WEB, env=os.environ | {"CI": "true"}, check=False).returncode


def sources() -> Iterator[Path]:
    """Yield every file that the built app depends on."""
    yield from (file for file in WEB.iterdir() if file.is_file())
    for folder in ("src", "public"):
        yield from (file for file in (WEB / folder).rglob("*") if file.is_file())


def digest(files: list[Path] | Iterator[Path]) -> str:
    """Return one hash of FILES, their names and what is in them."""
    found = hashlib.sha256()
    for file in sorted(files):
        name = file.relative_to(WEB).as_posix()
        found.update(f"{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\0".encode())
    return found.hexdigest()
