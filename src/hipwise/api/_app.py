"""The application: routes behind the guard, and a worker beside them."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware

from hipwise.api import (
    _routes_ask,
    _routes_day,
    _routes_hip,
    _routes_keep,
    _routes_outlook,
    _routes_paper,
    _routes_programme,
    _routes_runs,
    _routes_server,
    _routes_why,
    _static,
)
from hipwise.api._guard import API, Guard
from hipwise.api._house import House
from hipwise.api._once import Once
from hipwise.api._problems import add_handlers
from hipwise.api._spoken import Chosen, Spoken
from hipwise.api._with import NotModifiedError, not_modified
from hipwise.api._worker import Worker

__all__ = ["app_of", "openapi"]

PARTS = (
    *(_routes_server, _routes_hip, _routes_day, _routes_programme, _routes_runs),
    *(_routes_keep, _routes_paper, _routes_why, _routes_ask),
    _routes_outlook,
)

SMALL, QUICK = 2048, 4
"""Bytes of an answer that goes as it is, and how hard a larger one is pressed (of 9): a phone's network is slow."""


def app_of(house: House) -> FastAPI:
    """Return the application of a HOUSE: every request passes the guard, and the worker lives as long as it does."""

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        with Worker(house):
            yield

    app = _routed(life)
    app.state.house = house
    app.add_middleware(Once, house=house)
    app.add_middleware(Chosen, house=house)
    app.add_middleware(GZipMiddleware, minimum_size=SMALL, compresslevel=QUICK)
    app.add_middleware(Guard, house=house)
    app.add_middleware(Spoken)
    logging.getLogger("uvicorn.access").disabled = True
    return app


def _routed(life: Any = None) -> FastAPI:
    app = FastAPI(
        title="hipwise",
        version=version("hipwise"),
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=life,
        telemetry={"tracing": False, "metrics": False},
        generate_unique_id_function=lambda route: route.name,
    )
    for part in PARTS:
        app.include_router(part.routes, prefix=API)
    app.include_router(_static.routes)
    add_handlers(app)
    app.add_exception_handler(NotModifiedError, not_modified)
    return app


def openapi() -> dict[str, Any]:
    """Return the contract, for programs that make types of it."""
    found: dict[str, Any] = _routed().openapi()
    return found
