"""In which voice an answer is: as the runner chose, and where nothing was chosen in the language that is asked for."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.types import ASGIApp, Receive, Scope, Send

from hipwise.api._guard import API
from hipwise.api._house import ME, House
from hipwise.errors import HipwiseError
from hipwise.texts import KM, Voice, speak, speaking, spoken, voice

__all__ = ["Chosen", "Spoken"]


class Spoken:
    """Speaks the language of each request (`accept-language`) while it is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        wanted = Headers(scope=scope).get("accept-language", "") if scope["type"] == "http" else ""
        with speaking(spoken(wanted), KM):
            await self._app(scope, receive, send)


class Chosen:
    """Speaks as the settings of the runner say whose journal is asked: a link that a browser opens by itself too."""

    def __init__(self, app: ASGIApp, *, house: House) -> None:
        self._app = app
        self._house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; `Spoken`, around this, forgets the voice again."""
        if scope["type"] == "http" and scope["path"].startswith(f"{API}/"):
            speak(await run_in_threadpool(self._voice_of, QueryParams(scope["query_string"]).get("runner", ME)))
        await self._app(scope, receive, send)

    def _voice_of(self, runner: str) -> Voice:
        try:
            return self._house.whose(runner).voice
        except HipwiseError:  # a journal that cannot be read: what the route says of it is said as the client asks
            return voice()
