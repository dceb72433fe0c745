"""The app as a browser reaches it: a server in a thread, a journal of its own, and a Chromium."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Thread

import uvicorn

from hipwise.api import House, app_of
from hipwise.journal import Journal
from hipwise.knowledge import Knowledge

DIST = Path(__file__).resolve().parents[2] / "web" / "dist"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

NEWEST = "training/run/{newest}"
"""The screen of the newest run of the sample runner: its id is known once there is one."""


def newest_of(served: Served, screen: str) -> str:
    """Return the address of a SCREEN, with the newest run of the sample runner where it names that."""
    return screen.format(newest=served.house.sample.runs()[-1].id) if "{newest}" in screen else screen


def clock() -> datetime:
    """Return the time of this machine, with its zone."""
    return datetime.now().astimezone()


@dataclass(frozen=True)
class Served:
    """A server that answers at HOME."""

    home: str
    house: House

    @property
    def way_in(self) -> str:
        """The address that lets a browser in."""
        return f"{self.home}/enter?key={self.house.keys.bearer}"


def why_not() -> str:
    """Return why no browser can be driven here; nothing where one can."""
    if not (DIST / "index.html").is_file():
        return "NO BROWSER TESTS: the app is not built (python3 dev.py run, or npm run build in web/)"
    if not Path(CHROMIUM).is_file():
        return "NO BROWSER TESTS: chromium is not installed (apt-get install chromium)"
    return ""


@contextmanager
def serving(folder: Path, athlete: str = "me", now: Callable[[], datetime] = clock) -> Iterator[Served]:
    """Serve the journal of ATHLETE in FOLDER on a free port until the block ends; NOW is its clock."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    origins = frozenset({f"http://127.0.0.1:{port}"})
    with Journal.open(folder / "me.db", athlete, Knowledge.load(), now) as journal:
        house = House(journal, folder / "server", port, origins, DIST)
        server = uvicorn.Server(uvicorn.Config(app_of(house), log_level="error", timeout_graceful_shutdown=1))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        try:
            yield Served(f"http://127.0.0.1:{port}", house)
        finally:
            server.should_exit = True
            thread.join()
            listener.close()
