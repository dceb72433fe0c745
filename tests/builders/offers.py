"""What would be an offer to run, to jump or to exercise, wherever it stands in an answer."""

import re
from collections.abc import Iterator
from typing import Any

from sore_runner import KB

__all__ = ["offers_of_exercise", "offers_of_running", "texts"]

FIGURES = {"ceiling_km", "ceiling_min", "session", "walk_min", "middle", "chance", "override"}
ON_A_DAY = {"run", "cross", "race"}
MODES = {"ladder", "free", "gate"}
RUNNING = re.compile(
    r"you may run|keep running|step \d+ of the (walk-run )?ladder|run \d+ (seconds?|minutes?)|by the log alone"
    r"|at most [\d.]+ (km|mi|minutes)|run, and the exercises|^run\.$",
    re.IGNORECASE | re.MULTILINE,
)
HOPPING = re.compile(r"(hop|jump) (test|now|on)", re.IGNORECASE)
NO_HOPPING = re.compile(r"\bno\b[^.]*\b(hop|jump)|do not try", re.IGNORECASE)


def walk(data: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value of plain data with its key."""
    yield key, data
    if isinstance(data, dict):
        for name, value in data.items():
            yield from walk(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from walk(value, key)


def texts(data: Any) -> list[str]:
    """Return every text in plain data."""
    return [value for _, value in walk(data) if isinstance(value, str)]


def offers_of_running(data: Any) -> list[object]:
    """Return what in plain data, or in a text, offers a run, a jump or a hop."""
    found: list[object] = [(key, value) for key, value in walk(data) if key in FIGURES and value is not None]
    found += [(key, value) for key, value in walk(data) if key in ON_A_DAY and value is True]
    found += [(key, value) for key, value in walk(data) if key in {"proposals", "flips", "deferrals"} and value]
    found += [value for key, value in walk(data) if key == "verdict" and value in {"run", "run_less"}]
    found += [value for key, value in walk(data) if key == "mode" and value in MODES]
    found += [value for key, value in walk(data) if key == "impact" and value is True]
    found += [text for text in texts(data) if RUNNING.search(text)]
    found += [text for text in texts(data) if HOPPING.search(text) and not NO_HOPPING.search(text)]
    return found


def offers_of_exercise(data: Any) -> list[object]:
    """Return what in plain data, or in a text, offers an exercise."""
    found: list[object] = [value for key, value in walk(data) if key == "exercises" and value]
    names = [each.name for each in KB.rehab.exercises.values()]
    return found + [text for text in texts(data) if any(name in text for name in names)]
