"""The few pages that are there without the app: no app, no key, and how a phone learns to trust this machine."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from starlette.responses import HTMLResponse

from hipwise.texts import say

__all__ = ["page"]

STYLE = (
    "body{font:1.125rem/1.6 system-ui,sans-serif;max-width:38rem;margin:3rem auto;padding:0 1rem;"
    "color:#16211d;background:#fbfaf7}code{font-size:1rem;overflow-wrap:anywhere}li{margin:.5rem 0}"
    "a{color:#0b5c46}@media(prefers-color-scheme:dark){body{color:#e8ece9;background:#121816}a{color:#7fd1b4}}"
)


def page(title: str, lines: Iterable[str], *, links: Iterable[tuple[str, str]] = (), status: int = 200) -> HTMLResponse:
    """Return a page with a TITLE, LINES of text and LINKS (address, words); all of it is escaped."""
    head = f"<meta charset=utf-8><meta name=viewport content='width=device-width'><title>{escape(title)}</title>"
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    body += "".join(f"<p><a href='{escape(address)}'>{escape(words)}</a></p>" for address, words in links)
    lang = say("api.language_code")
    return HTMLResponse(
        f"<!doctype html><html lang={lang}><head>{head}<style>{STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>",
        status,
    )
