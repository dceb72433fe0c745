"""The wall around the server: who asks, from where, how much, and what a browser may do with the answer.

Every request goes through it before anything else sees it, and every answer on its way out.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hipwise.api._house import House
from hipwise.api._problems import Refused, fault, problem

__all__ = ["Guard"]

API = "/api/v1"
OPEN = (f"{API}/health", f"{API}/pair")
"""Routes that need no cookie: whether it runs, and how to get one."""

SAFE = ("GET", "HEAD", "OPTIONS")
OURS = ("same-origin", "none")
SMALL = 64 * 1024
LARGE = 4 * 1024**3
UPLOADS = f"{API}/uploads"

RULES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",  # charts carry their own styles; a script never may
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "media-src 'self' blob:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
CONTENT_POLICY = "; ".join(RULES)
NOT_USED = ("camera", "geolocation", "microphone", "payment", "usb", "bluetooth", "serial", "hid", "midi")
HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": ", ".join((*(f"{each}=()" for each in NOT_USED), "screen-wake-lock=(self)")),
    "x-frame-options": "DENY",
}


class Guard:
    """Lets in what may come in, and counts what it brings."""

    def __init__(self, app: ASGIApp, house: House) -> None:
        self._app = app
        self._house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http":
            await (self._app(scope, receive, send) if scope["type"] == "lifespan" else _hang_up(send))
            return
        scope.setdefault("state", {})
        way_out = _Sealed(send, scope)
        refused = self._refused(scope)
        if refused is not None:
            await problem(refused)(scope, receive, way_out)
            return
        counted = _Counted(receive, _limit(scope["path"]))
        try:
            await self._app(scope, counted, way_out)
        except Exception as error:  # noqa: BLE001 (a server outlives each request, and its log must not tell of health)
            answer = (
                problem(Refused("too_much_sent", 413)) if isinstance(error, _TooLargeError) else fault(scope, error)
            )
            if not way_out.began:
                await answer(scope, receive, way_out)

    def _refused(self, scope: Scope) -> Refused | None:
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self._house.hosts:
            return Refused("wrong_host", 421)
        if _is_too_large(headers, _limit(scope["path"])):
            return Refused("too_much_sent", 413)
        if not scope["path"].startswith("/api/"):
            return None if scope["method"] in SAFE else Refused("no_such_method", 405)
        if not self._is_own_page(headers):
            return Refused("other_site", 403)
        if scope["path"] not in OPEN and not self._is_known(headers):
            return Refused("not_paired", 401)
        return None

    def _is_own_page(self, headers: Headers) -> bool:
        """Whether a browser, if it is one, says that a page of ours asks."""
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        return (origin is None or origin.lower() in self._house.origins) and (site is None or site in OURS)

    def _is_known(self, headers: Headers) -> bool:
        scheme, _, key = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self._house.keys.is_bearer(key.strip())
        return any(self._house.keys.is_cookie(value) for value in _cookies(headers, self._house.keys.cookie))


def _cookies(headers: Headers, name: str) -> list[str]:
    try:
        jar = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return []
    return [jar[name].value] if name in jar else []


def _limit(path: str) -> int:
    return LARGE if path == UPLOADS else SMALL


def _is_too_large(headers: Headers, limit: int) -> bool:
    told = headers.get("content-length")
    return told is not None and (not told.isdecimal() or int(told) > limit)


async def _hang_up(send: Send) -> None:
    await send({"type": "websocket.close", "code": 1008})


class _TooLargeError(Exception):
    """A body that is larger than it may be, whatever its head says."""


class _Counted:
    """The body of a request, counted as it comes."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._left = limit

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise _TooLargeError
        return message


class _Sealed:
    """The way out: every answer gets the headers that bind a browser."""

    def __init__(self, send: Send, scope: Scope) -> None:
        self._send = send
        self._scope = scope
        self.began = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.began = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if self._scope["path"].startswith("/api/"):
                headers.setdefault("cache-control", "no-store")
            if etag := self._scope["state"].get("etag"):
                headers.setdefault("etag", etag)
        await self._send(message)
