"""A write that is sent twice is done once: its answer is kept under the key that came with it.

What that answer says of the hip is said anew: see `_again`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any, TypeVar

from anyio import CapacityLimiter, Lock
from anyio.to_thread import run_sync
from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hipwise.api._again import of_now
from hipwise.api._guard import API, SAFE, UPLOADS
from hipwise.api._house import ME, House
from hipwise.api._problems import MEDIA, Refused, problem
from hipwise.errors import HipwiseError
from hipwise.journal import Journal

__all__ = ["Once"]

KEY = re.compile(r"[A-Za-z0-9_-]{8,200}")
REPLAYED = "idempotency-replayed"
KEYLESS = (f"{API}/pair", f"{API}/words")
"""What keeps nothing, or must answer anew each time."""

FAULT = 500
Found = TypeVar("Found")


class Once:
    """Writes come one after the other; a write whose key is known is not done again, and gets its answer as of now.

    Answers are kept beside the journal, not with it in one transaction: a kill between the two lets a repeat do the
    write again. Every write can bear that: what is told twice counts once, and an undo names what it takes back.
    """

    def __init__(self, app: ASGIApp, house: House) -> None:
        self._app = app
        self._house = house
        self._turn = Lock()
        self._threads = CapacityLimiter(4)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] in SAFE or scope["path"] in KEYLESS:
            await self._app(scope, receive, send)
            return
        key = Headers(scope=scope).get("idempotency-key", "")
        if not KEY.fullmatch(key):
            await problem(Refused("no_key", 400))(scope, receive, send)
        elif scope["path"] == UPLOADS:
            await self._app(scope, receive, send)
        else:
            async with self._turn:
                await self._write(key, scope, receive, send)

    async def _write(self, key: str, scope: Scope, receive: Receive, send: Send) -> None:
        runner = QueryParams(scope["query_string"]).get("runner", ME)
        journal = self._house.of(runner)
        body = await _whole(receive)
        if body is None:
            return
        request = _fingerprint(scope, body)
        try:
            known = await self._aside(lambda: journal.answered(key))
            if known is not None:
                again = await self._aside(lambda: _again(known, request, body, journal))
                await again(scope, receive, send)
                return
            kept = _Kept(send)
            await self._app(scope, _given(body, receive), kept)
            if kept.status < FAULT and kept.is_text:
                await self._aside(lambda: journal.keep_answer(key, request, kept.status, kept.body))
        except HipwiseError as error:
            await problem(error)(scope, receive, send)
            return
        await kept.release()

    async def _aside(self, job: Callable[[], Found]) -> Found:
        return await run_sync(job, limiter=self._threads)


def _fingerprint(scope: Scope, body: bytes) -> str:
    parts = (scope["method"].encode(), scope["path"].encode(), scope["query_string"], body)
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _again(known: Any, request: str, body: bytes, journal: Journal) -> Response:
    if known.request != request:
        return problem(Refused("key_used", 422, conflict={"answered": known.status}))
    media = "application/json" if known.status < 400 else MEDIA  # noqa: PLR2004 (from 400 on it is a problem)
    headers = {REPLAYED: "true"}
    if not known.body:
        return Response(status_code=known.status, headers=headers)
    told = known.body if known.status >= 400 else of_now(known.body, body, journal)  # noqa: PLR2004 (as above)
    return Response(told, known.status, headers, media)


async def _whole(receive: Receive) -> bytes | None:
    """Return the whole body; None where whoever sends it has gone away in the middle."""
    parts = []
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _given(body: bytes, receive: Receive) -> Receive:
    """Return a way in that gives BODY, and then waits as the real one does."""
    given = False

    async def give() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return give


class _Kept:
    """An answer that is held back until it is kept."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._messages: list[Message] = []

    async def __call__(self, message: Message) -> None:
        self._messages.append(message)

    @property
    def status(self) -> int:
        return next((each["status"] for each in self._messages if each["type"] == "http.response.start"), FAULT)

    @property
    def _bytes(self) -> bytes:
        return b"".join(each.get("body", b"") for each in self._messages)

    @property
    def is_text(self) -> bool:
        """Whether it can be kept as text: answers to writes are JSON or nothing."""
        try:
            self._bytes.decode()
        except UnicodeDecodeError:
            return False
        return True

    @property
    def body(self) -> str:
        return self._bytes.decode()

    async def release(self) -> None:
        """Send it."""
        for message in self._messages:
            await self._send(message)
