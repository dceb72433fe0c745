# ruff: noqa: INP001 (a script beside the app, no part of a package)
"""Write the types of the client from the contract of the server: web/src/api/contract.ts.

    .venv/bin/python web/contract.py

A test fails while that file is not what this writes.
"""

from __future__ import annotations

import json
import re
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

from hipwise import plan
from hipwise.api import openapi

FILE = Path(__file__).resolve().parent / "src" / "api" / "contract.ts"
HEAD = "/** Made by web/contract.py from the contract of the server (OpenAPI). Not for editing by hand. */\n"
PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
NAME = re.compile(r"[A-Za-z_$][\w$]*")
REFERENCE = "#/components/schemas/"
WHOLE = {name for name in plan.__all__ if is_dataclass(getattr(plan, name))}
"""Dataclasses: they give every field, one with a default too, which the contract does not always say of them."""

Schema = dict[str, Any]


def contract(description: Schema) -> str:
    """Return the types of all that the server takes and gives by its DESCRIPTION (OpenAPI), in TypeScript."""
    schemas = description["components"]["schemas"]
    return HEAD + "".join(f"\n{_declared(name, schemas[name])}" for name in sorted(schemas))


def _declared(name: str, schema: Schema) -> str:
    says = "".join(f"/** {line} */\n" for line in schema.get("description", "").splitlines()[:1])
    if "properties" not in schema:
        return f"{says}export type {_short(name)} = {type_of(schema)};\n"
    required = set(schema["properties"] if name in WHOLE else schema.get("required", ()))
    fields = [
        f"  {_key(key)}{'' if key in required or 'const' in each else '?'}: {type_of(each)};\n"
        for key, each in schema["properties"].items()
    ]
    return f"{says}export interface {_short(name)} {{\n{''.join(fields)}}}\n"


def type_of(schema: Schema) -> str:  # noqa: PLR0911 (a return for each kind of schema)
    """Return SCHEMA (JSON schema as the server writes it) as a type.

    Raises:
        ValueError: a schema of a kind that no answer had until now.
    """
    match schema:
        case {"$ref": reference}:
            return _short(reference.removeprefix(REFERENCE))
        case {"const": value}:
            return json.dumps(value)
        case {"enum": values}:
            return " | ".join(json.dumps(each) for each in values)
        case {"anyOf": ways} | {"oneOf": ways}:
            return " | ".join(dict.fromkeys(type_of(each) for each in ways))
        case {"type": "array", "prefixItems": items}:
            return f"[{', '.join(type_of(each) for each in items)}]"
        case {"type": "array", "items": items}:
            inner = type_of(items)
            return f"({inner})[]" if " " in inner and not inner.startswith(("Record", "[")) else f"{inner}[]"
        case {"type": "object", "additionalProperties": dict() as values}:
            return f"Record<string, {type_of(values)}>"
        case {"type": "object"}:
            return "Record<string, unknown>"
        case {"type": kind}:
            return PLAIN[kind]
    if set(schema) <= {"title", "description", "default"}:
        return "unknown"
    raise ValueError(schema)


def _short(name: str) -> str:
    """Return the name of a type: of a generic one `Entries_SourceData_` becomes `EntriesSourceData`."""
    return name.replace("_", "")


def _key(name: str) -> str:
    return name if NAME.fullmatch(name) else json.dumps(name)


if __name__ == "__main__":
    FILE.write_text(contract(openapi()), "utf-8")
