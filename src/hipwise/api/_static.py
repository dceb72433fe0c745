"""The built app: files of one folder, and its first page for every address that its router knows."""

from __future__ import annotations

import mimetypes
import re
from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, RedirectResponse, Response

from hipwise.api._pages import page
from hipwise.api._problems import Refused
from hipwise.api._routes_server import set_cookie
from hipwise.api._with import Mine
from hipwise.texts import say

__all__ = ["built_app", "routes"]

INDEX = "index.html"
HASHED = re.compile(r"[.-][A-Za-z0-9_-]{8,}\.(js|css|woff2|svg|png|webp|wasm)")
FOR_GOOD, ASK_AGAIN = "public, max-age=31536000, immutable", "no-cache"
KINDS = {".webmanifest": "application/manifest+json", ".js": "text/javascript", ".svg": "image/svg+xml"}
NOT_FOUND, UNKNOWN = 404, 401

routes = APIRouter(include_in_schema=False)


def built_app() -> Path | None:
    """Return the folder of the built app: in the package, or in the source beside it; None where it is not built."""
    inside = Path(str(files("hipwise"))) / "app"
    beside = Path(__file__).resolve().parents[3] / "web" / "dist"
    return next((each for each in (inside, beside) if (each / INDEX).is_file()), None)


@routes.get("/enter")
def enter(house: Mine, request: Request, key: str = "") -> Response:
    """Let the browser in that was opened with the key."""
    if not house.keys.is_bearer(key):
        return page(say("api.no_key_title"), say("api.no_key").splitlines(), status=UNKNOWN)
    return set_cookie(RedirectResponse("/", 303), house, request)


@routes.get("/{path:path}")
def file(path: str, house: Mine, request: Request) -> Response:
    """Give a file of the app, or its first page, which knows the addresses that it has, and says so of others."""
    if path == "api" or path.startswith("api/"):
        raise Refused("nothing_here", NOT_FOUND)
    if house.app is None:
        return page(say("api.no_app_title"), say("api.no_app").splitlines())
    found = _inside(house.app, path)
    if found is None and "." in path.rpartition("/")[2]:
        if "text/html" not in request.headers.get("accept", ""):
            raise Refused("nothing_here", NOT_FOUND)
        return _given(house.app / INDEX, house.app, NOT_FOUND)
    return _given(found or house.app / INDEX, house.app)


def _inside(folder: Path, path: str) -> Path | None:
    """Return the file at PATH, if it lies within FOLDER."""
    try:
        found = (folder / path).resolve()
        return found if found.is_file() and found.is_relative_to(folder.resolve()) else None
    except (OSError, ValueError):
        return None


def _given(found: Path, folder: Path, status: int = 200) -> FileResponse:
    lasting = HASHED.search(found.name) is not None and found.parent != folder.resolve()
    media = KINDS.get(found.suffix) or mimetypes.guess_type(found.name)[0] or "application/octet-stream"
    return FileResponse(found, status, media_type=media, headers={"cache-control": FOR_GOOD if lasting else ASK_AGAIN})
