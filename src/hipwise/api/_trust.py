"""The one page that a phone can see before it trusts this machine: what to trust, how, and how to undo it."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hipwise.api._certificates import Certificate
from hipwise.api._guard import HEADERS
from hipwise.api._pages import page
from hipwise.api._problems import Refused, problem
from hipwise.texts import say

__all__ = ["trust_page"]

FILE = "/hipwise-at-home.crt"


def trust_page(certificate: Certificate, hosts: frozenset[str], app_at: str) -> ASGIApp:
    """Return the application with that page: it knows the authority's CERTIFICATE and the address APP_AT."""

    def show(_: Request) -> Response:
        lines = say("api.trust", fingerprint=certificate.fingerprint, address=app_at).splitlines()
        links = ((FILE, say("api.trust_file")), (app_at, say("api.trust_app")))
        return page(say("api.trust_title"), lines, links=links)

    def give(_: Request) -> Response:
        return FileResponse(certificate.authority, media_type="application/x-x509-ca-cert", filename=FILE[1:])

    return _Walled(Starlette(routes=[Route("/", show), Route(FILE, give)]), hosts)


class _Walled:
    """Answers to its own names only, with the headers that bind a browser."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", ()),
                    *((name.encode(), value.encode()) for name, value in HEADERS.items()),
                ]
            await send(message)

        host = dict(scope.get("headers", ())).get(b"host", b"").decode("latin-1").lower()
        refused = scope["type"] == "http" and host not in self._hosts
        await (problem(Refused("wrong_host", 421)) if refused else self._app)(scope, receive, sealed)
