"""Which language an answer is in: the one that the client asks for, where hipwise speaks it."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from hipwise.texts import speaking, spoken

__all__ = ["Spoken"]


class Spoken:
    """Speaks the language of each request (`accept-language`) while it is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        wanted = Headers(scope=scope).get("accept-language", "") if scope["type"] == "http" else ""
        with speaking(spoken(wanted)):
            await self._app(scope, receive, send)
