"""Errors as problems (RFC 9457): what, where, why and what next, for the runner; a stable id, for the program."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from hipwise.api._plain import dumps
from hipwise.errors import HipwiseError, RulesBroken

__all__ = ["Refused", "add_handlers", "fault", "problem"]

LOG = logging.getLogger("hipwise.api")
MEDIA = "application/problem+json"

NOT_FOUND, NOT_ALLOWED, CONFLICT, WRONG, FAULT, BUSY = 404, 405, 409, 422, 500, 503
STATUS = {
    **dict.fromkeys(("no_such_run", "no_such_job", "no_such_episode", "unknown_source", "nothing_here"), NOT_FOUND),
    **dict.fromkeys(("journal_not_empty", "import_undone", "move_refused", "no_such_session"), CONFLICT),
    **dict.fromkeys(("workout_no_run", "workout_no_day", "workout_no_length", "workout_no_exercise"), CONFLICT),
    **dict.fromkeys(("pain_referred", "pain_hurts", "pain_locked"), CONFLICT),
    **dict.fromkeys(("journal_busy", "journal_full"), BUSY),
    **dict.fromkeys(("journal_damaged", "file_closed_to_us", "journal_newer"), FAULT),
}
"""What an error of another room means here; every other one is an answer or a figure that cannot be."""


class Refused(HipwiseError):
    """A request that is refused with STATUS; CONFLICT is what stands in its way, FIELDS what is wrong in its body."""

    def __init__(
        self,
        text: str,
        status: int,
        *,
        where: str = "",
        conflict: Mapping[str, Any] | None = None,
        fields: list[dict[str, str]] | None = None,
        **values: object,
    ) -> None:
        super().__init__(text, where=where, **values)
        self.status = status
        self.conflict = conflict
        self.fields = fields or []


def problem(error: HipwiseError, status: int | None = None) -> Response:
    """Return an error as an answer."""
    refused = error if isinstance(error, Refused) else None
    code = status or (refused.status if refused else STATUS.get(error.text, WRONG))
    told = error.as_dict()
    body: dict[str, Any] = {
        "type": "about:blank",
        "status": code,
        "id": told["id"],
        "title": told["what"],
        "where": told["where"],
        "detail": told["why"],
        "next": told["next"],
        "fields": refused.fields if refused else [],
    }
    conflict = error.conflict if isinstance(error, Refused | RulesBroken) else None
    if conflict is not None:
        body["conflict"] = dict(conflict)
    return Response(dumps(body), code, media_type=MEDIA)


def add_handlers(app: FastAPI) -> None:
    """Let every error of APP that is foreseen become a problem. None shows a value that was told: it is health data."""
    app.add_exception_handler(HipwiseError, _ours)
    app.add_exception_handler(RequestValidationError, _wrong_shape)
    app.add_exception_handler(HTTPException, _http)


def _ours(_: Request, error: Exception) -> Response:
    assert isinstance(error, HipwiseError)  # noqa: S101 (registered for it)
    return problem(error)


def _wrong_shape(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 (registered for it)
    fields = [{"where": ".".join(map(str, each["loc"])), "why": str(each["msg"])} for each in error.errors()]
    return problem(Refused("wrong_shape", WRONG, where=fields[0]["where"] if fields else "", fields=fields))


def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 (registered for it)
    text = "no_such_method" if error.status_code == NOT_ALLOWED else "nothing_here"
    found = problem(Refused(text, error.status_code))
    found.headers.update(dict(error.headers or {}))
    return found


def fault(scope: Scope, error: Exception) -> Response:
    """Say that we stumbled; the log gets the route and the kind of the error, never its words."""
    route = getattr(scope.get("route"), "path", "?")
    LOG.error(json.dumps({"route": route, "error": type(error).__name__}))
    return problem(HipwiseError("server_stumbled"), FAULT)
