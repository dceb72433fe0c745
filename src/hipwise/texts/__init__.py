"""Every sentence that hipwise says, by id and language.

Code names a text (`"activity.truncated"`) and gives its values; the sentence stands in `en/activity.yaml`.
Another language is another folder, not another line of code.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["known", "say"]

_LANGUAGE = "en"


def say(text: str, /, **values: object) -> str:
    """Return the sentence of id TEXT (`file.key`), filled with VALUES.

    An entry may have a form for one and a form for many; `count` chooses.

    Raises:
        KeyError: no such text, or a value that the sentence needs is missing.
    """
    entry = _catalogue()[text]
    if isinstance(entry, dict):
        entry = entry["one" if values.get("count") == 1 else "many"]
    return entry.format(**values)


def known() -> frozenset[str]:
    """Return the ids of all texts."""
    return frozenset(_catalogue())


@cache
def _catalogue() -> dict[str, str | dict[str, str]]:
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # makes text of everything
    found: dict[str, str | dict[str, str]] = {}
    folder = files(__name__) / _LANGUAGE
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yaml"):
            texts = yaml.load(file.read_text("utf-8"), Loader=loader)  # noqa: S506 (see above)
            found |= {f"{file.name.removesuffix('.yaml')}.{key}": entry for key, entry in texts.items()}
    return found
