"""The server is started: a free port on loopback, the browser opened, and, if wanted, a way in for phones."""

from __future__ import annotations

import asyncio
import gc
import os
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from threading import Timer
from typing import Any

import uvicorn

from hipwise.api._app import app_of
from hipwise.api._certificates import HOUSE, certificate
from hipwise.api._house import House
from hipwise.api._sockets import listening, local_name, own_address
from hipwise.api._static import built_app
from hipwise.api._trust import trust_page
from hipwise.errors import HipwiseError
from hipwise.journal import Journal
from hipwise.texts import say

__all__ = ["Wanted", "serve"]

LOOPBACK = "127.0.0.1"
PORT = 8717
"""The usual port; one of the next few where it is taken."""

TRIES = 20
BEGUN_S = 0.7
QUIET: dict[str, Any] = {
    "log_level": "error",
    "access_log": False,
    "server_header": False,
    "proxy_headers": False,  # nobody stands before us, so nobody may say who asks
    "timeout_graceful_shutdown": 2,
}

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to serve: PORT (None: the usual one, or the next that is free), OPEN the browser, let phones in by LAN."""

    port: int | None = None
    opens: bool = True
    lan: bool = False


def serve(journal: Journal, folder: Path, wanted: Wanted, tell: Tell) -> None:
    """Serve JOURNAL until somebody stops it. FOLDER is the server's own; TELL shows lines to who started it.

    Raises:
        HipwiseError: the port is taken; or phones are wanted, and this machine is in no private network.
    """
    with ExitStack() as open_:
        ports = range(PORT, PORT + TRIES) if wanted.port is None else (wanted.port,)
        listener = open_.enter_context(listening(LOOPBACK, ports))
        port = listener.getsockname()[1]
        origins = frozenset(f"http://{name}:{port}" for name in (LOOPBACK, "localhost"))
        house = House(journal, folder, port, origins, built_app())
        servers = list(_for_phones(house, tell, open_)) if wanted.lan else []
        first = uvicorn.Server(uvicorn.Config(app_of(house), **QUIET))
        address = f"http://{LOOPBACK}:{port}/enter?key={house.keys.bearer}"
        tell(say("api.serving", address=address))
        tell(say("api.serving_app" if house.app else "api.serving_no_app"))
        if wanted.opens and _has_screen():
            Timer(BEGUN_S, webbrowser.open, (address,)).start()
        gc.freeze()  # what was loaded stays: a look for garbage in all of it would hold up one answer in thirty
        asyncio.run(_all(first, listener, servers))


def _for_phones(house: House, tell: Tell, open_: ExitStack) -> Iterator[tuple[uvicorn.Server, Any]]:
    """Yield the servers that phones reach, each with its socket; the house then knows the way in."""
    host, name = own_address(), local_name()
    if host is None or not any(ip_address(host) in network for network in HOUSE):
        raise HipwiseError("no_house")
    app_socket = open_.enter_context(listening(host, range(house.port + 1, house.port + TRIES)))
    page_socket = open_.enter_context(listening(host, range(house.port + 2, house.port + TRIES)))
    app_port, page_port = app_socket.getsockname()[1], page_socket.getsockname()[1]
    addresses = [f"https://{each}:{app_port}" for each in (host, name)]
    own = certificate(house.folder / "certificates", [host], [name], house.journal.now)
    house.origins |= frozenset(addresses)
    house.lan = {
        "addresses": addresses,
        "trust": [f"http://{each}:{page_port}" for each in (host, name)],
        "fingerprint": own.fingerprint,
    }
    hosts = frozenset(f"{each}:{page_port}" for each in (host, name))
    tell(say("api.serving_trust", address=house.lan["trust"][0], fingerprint=own.fingerprint))
    tell(say("api.serving_lan", address=addresses[0], code=house.keys.code))
    secure: dict[str, Any] = {"ssl_certfile": str(own.chain), "ssl_keyfile": str(own.key), "lifespan": "off"}
    yield _Beside(uvicorn.Config(app_of(house), **QUIET, **secure)), app_socket
    yield _Beside(uvicorn.Config(trust_page(own, hosts, addresses[0]), **QUIET, lifespan="off")), page_socket


class _Beside(uvicorn.Server):
    """A server beside the first one, which alone listens to Ctrl+C."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the first server."""
        yield


async def _all(first: uvicorn.Server, listener: Any, others: list[tuple[uvicorn.Server, Any]]) -> None:
    """Serve until the first server ends."""
    beside = [asyncio.create_task(server.serve(sockets=[own])) for server, own in others]
    try:
        await first.serve(sockets=[listener])
    finally:
        for server, _ in others:
            server.should_exit = True
        await asyncio.gather(*beside)


def _has_screen() -> bool:
    """Whether there is somebody to look at a browser."""
    if os.environ.get("CI") == "true":
        return False
    return os.name == "nt" or os.uname().sysname == "Darwin" or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())
