"""Who may come in: a key for programs, a signed cookie for browsers, a code for a phone in the house."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

__all__ = ["Keys"]

COOKIE_S = 400 * 24 * 3600
"""As long as browsers keep a cookie."""

CODE_DIGITS = 8
MOST_TRIES = 5
WITHIN_S = 600.0
"""Wrong codes until the code is changed, and the time in which they count: guessing takes longer than a life."""


class Keys:
    """The keys of one server. FILE holds the secret that signs cookies, so that they outlive a restart."""

    def __init__(self, file: Path, port: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._file = file
        self._secret = _secret(file)
        self._clock = clock
        self._wrong: deque[float] = deque()
        self.cookie = f"hipwise_{port}"
        self.bearer = secrets.token_urlsafe(24)
        self.code = _code()

    def new_cookie(self) -> str:
        """Return the value of a cookie for one more browser."""
        name = secrets.token_urlsafe(12)
        return f"{name}.{self._sign(name)}"

    def is_cookie(self, value: str) -> bool:
        """Return whether a cookie is of our making."""
        name, dot, signature = value.partition(".")
        return bool(dot) and hmac.compare_digest(signature.encode(), self._sign(name).encode())

    def is_bearer(self, key: str) -> bool:
        """Return whether KEY is the key of this run of the server."""
        return hmac.compare_digest(key.encode(), self.bearer.encode())

    def is_closed(self) -> bool:
        """Return whether too many wrong codes came of late."""
        now = self._clock()
        while self._wrong and now - self._wrong[0] > WITHIN_S:
            self._wrong.popleft()
        return len(self._wrong) >= MOST_TRIES

    def is_code(self, code: str) -> bool:
        """Return whether CODE is the pairing code; it works once, and is changed after too many wrong ones."""
        if hmac.compare_digest("".join(code.split()).encode(), self.code.encode()):
            self.code = _code()
            return True
        self._wrong.append(self._clock())
        if len(self._wrong) >= MOST_TRIES:
            self.code = _code()
        return False

    def forget(self) -> None:
        """Let no cookie be valid any more."""
        self._file.unlink(missing_ok=True)
        self._secret = _secret(self._file)

    def _sign(self, name: str) -> str:
        digest = hmac.new(self._secret, name.encode("utf-8", "replace"), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def _secret(file: Path) -> bytes:
    """Return the secret of FILE, which only its owner may read; make it where there is none."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        opened = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(opened, "wb") as written:
            written.write(secrets.token_bytes(32))
    return file.read_bytes()
