"""The server itself: whether it runs, who may come in."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from hipwise.api._bodies import CodeIn
from hipwise.api._house import ME, SAMPLE, House
from hipwise.api._keys import COOKIE_S
from hipwise.api._plain import Plain
from hipwise.api._problems import Refused
from hipwise.api._shapes import Health, Pairing, Standing
from hipwise.api._with import ERRORS, Mine
from hipwise.handout import versions

__all__ = ["routes", "set_cookie"]

Data = dict[str, Any]
WRONG, TOO_MANY, NOT_HERE = 403, 429, 403
S_PER_MIN = 60
LOOPBACK = ("127.0.0.1", "::1", "testclient")

routes = APIRouter(responses=ERRORS)


@routes.get("/health", response_model=Health)
def health(house: Mine) -> Plain:
    """Whether it runs."""
    return Plain({"status": "ok", "versions": versions(house.journal.knowledge), "app": house.app is not None})


@routes.get("/session", response_model=Standing)
def session(house: Mine, runner: Annotated[Literal["me", "sample"], Query()] = "me") -> Plain:
    """Where a client stands."""
    offset = house.journal.now.utcoffset()
    return Plain(
        {
            "runner": runner,
            "sample": house.of(SAMPLE).last() is not None,
            "lan": house.lan is not None,
            "on": house.of(ME).on.isoformat(),
            "zone_offset_min": 0 if offset is None else int(offset.total_seconds() // S_PER_MIN),
        }
    )


@routes.post("/pair", status_code=204, response_class=Response, responses={429: ERRORS[403]})
def pair(body: CodeIn, house: Mine, request: Request) -> Response:
    """Let a browser in that knows the code."""
    keys = house.keys
    if keys.is_closed():
        raise Refused("too_many_tries", TOO_MANY)
    if house.lan is None or not keys.is_code(body.code):
        raise Refused("wrong_code", WRONG)
    return set_cookie(Response(status_code=204), house, request)


def set_cookie(response: Response, house: House, request: Request) -> Response:
    """Let the browser keep that it may come in."""
    secure = request.url.scheme == "https"
    keys = house.keys
    response.set_cookie(
        keys.cookie, keys.new_cookie(), max_age=COOKIE_S, path="/", secure=secure, httponly=True, samesite="strict"
    )
    return response


@routes.get("/pairing", response_model=Pairing)
def pairing(house: Mine, request: Request) -> Plain:
    """What a phone in the house needs to come in; told to this machine only."""
    _demand_here(request)
    lan = house.lan
    if lan is None:
        return Plain({"lan": False, "code": None, "addresses": [], "trust": [], "fingerprint": None})
    return Plain({"lan": True, "code": house.keys.code, **lan})


@routes.post("/pairing/forget", status_code=204, response_class=Response)
def forget(house: Mine, request: Request) -> Response:
    """Let every other browser be paired anew."""
    _demand_here(request)
    house.keys.forget()
    return set_cookie(Response(status_code=204), house, request)


def _demand_here(request: Request) -> None:
    if request.client is None or request.client.host not in LOOPBACK:
        raise Refused("only_here", NOT_HERE)
