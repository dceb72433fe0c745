"""Sockets that listen. Nothing here, and nothing else in the house, goes out on the network."""

from __future__ import annotations

import socket
from collections.abc import Iterable

from hipwise.errors import HipwiseError

__all__ = ["listening", "local_name", "own_address"]

NOBODY = ("10.255.255.255", 9)
"""An address of a private network. The system is asked by which way it would be reached; nothing is sent."""


def listening(host: str, ports: Iterable[int]) -> socket.socket:
    """Return a socket that listens at HOST, at the first of PORTS that is free.

    Raises:
        HipwiseError: none is.
    """
    reason = ""
    tried = ""
    for port in ports:
        try:
            return socket.create_server((host, port))
        except OSError as problem:
            reason, tried = problem.strerror or "", tried or str(port)
    raise HipwiseError("port_taken", where=tried, reason=reason)


def own_address() -> str | None:
    """Return the address that this machine has in its network; None where it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(NOBODY)  # a datagram socket only notes where to; no packet leaves
            found = str(asked.getsockname()[0])
        except OSError:
            return None
    return found


def local_name() -> str:
    """Return the name by which machines of the house may know this one."""
    return f"{socket.gethostname().partition('.')[0].lower()}.local"
