"""Plain data as JSON bytes. A number that is none (NaN) is not known: null."""

from __future__ import annotations

import json
import math
from typing import Any

from starlette.responses import Response

__all__ = ["Plain", "dumps"]


class Plain(Response):
    """An answer of plain data."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """Return CONTENT as bytes."""
        return dumps(content)


def dumps(data: Any) -> bytes:
    """Return DATA as JSON in UTF-8."""
    try:
        return _json(data)
    except ValueError:
        return _json(_finite(data))


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8", "replace")


def _finite(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _finite(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_finite(value) for value in data]
    return None if isinstance(data, float) and not math.isfinite(data) else data
