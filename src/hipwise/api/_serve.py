"""The server is started: a free port on loopback, the browser opened, and, if wanted, a way in for phones."""

from __future__ import annotations

import os
import socket
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

import uvicorn

from hipwise.api._app import app_of
from hipwise.api._house import House
from hipwise.api._static import built_app
from hipwise.errors import HipwiseError
from hipwise.journal import Journal
from hipwise.texts import say

__all__ = ["Wanted", "serve"]

LOOPBACK = "127.0.0.1"
PORT = 8717
"""The usual port; one of the next few where it is taken."""

TRIES = 20
BEGUN_S = 0.7


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to serve: PORT (None: the usual one, or the next that is free), OPEN the browser, let phones in by LAN."""

    port: int | None = None
    opens: bool = True
    lan: bool = False


def serve(journal: Journal, folder: Path, wanted: Wanted, tell: Callable[[str], None]) -> None:
    """Serve JOURNAL until somebody stops it. FOLDER is the server's own; TELL shows lines to who started it.

    Raises:
        HipwiseError: the port is taken.
    """
    with _listening(wanted.port) as listener:
        port = listener.getsockname()[1]
        origins = frozenset(f"http://{name}:{port}" for name in (LOOPBACK, "localhost"))
        house = House(journal, folder, port, origins, built_app())
        address = f"http://{LOOPBACK}:{port}/enter?key={house.keys.bearer}"
        tell(say("api.serving", address=address))
        tell(say("api.serving_app" if house.app else "api.serving_no_app"))
        if wanted.opens and _has_screen():
            Timer(BEGUN_S, webbrowser.open, (address,)).start()
        uvicorn.Server(uvicorn.Config(app_of(house), log_level="error", access_log=False, server_header=False)).run(
            sockets=[listener]
        )


def _listening(port: int | None) -> socket.socket:
    wanted = range(PORT, PORT + TRIES) if port is None else (port,)
    for each in wanted:
        try:
            return socket.create_server((LOOPBACK, each))
        except OSError as problem:
            reason = problem.strerror or ""
    raise HipwiseError("port_taken", where=str(wanted[0]), reason=reason)


def _has_screen() -> bool:
    """Whether there is somebody to look at a browser."""
    if os.environ.get("CI") == "true":
        return False
    return os.name == "nt" or os.uname().sysname == "Darwin" or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())
