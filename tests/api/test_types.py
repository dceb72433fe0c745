"""The types of the client: made from the contract, never stale, and true of what a journal really gives."""

import sys
from pathlib import Path

import jsonschema_rs
import pytest

from hipwise.api import openapi

ROOT = Path(__file__).resolve().parents[2]
SHOWN = (
    *("athlete", "settings", "episodes", "first-page", "question", "answers", "assessment", "referral", "today"),
    *("checkin", "plan", "plan/changes", "runs", "load?planned_km=9", "form", "quality", "history", "jobs"),
    *("charts/weeks", "session", "findings", "causes", "exercises", "sources", "numbers", "cards"),
)
"""Whatever a screen stands on."""


@pytest.fixture(scope="module")
def made():
    """Return the script that writes the types."""
    sys.path.insert(0, str(ROOT / "web"))
    try:
        import contract
    finally:
        sys.path.pop(0)
    return contract


@pytest.fixture(scope="module")
def contract():
    return openapi()


def schema_of(contract, path):
    """Return the schema of what a GET of PATH answers, with all that it refers to."""
    ways = contract["paths"]
    name = path if f"/api/v1/{path}" in ways else path.rpartition("/")[0] + "/{name}"
    schema = ways[f"/api/v1/{name}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return {**schema, "components": contract["components"]}


def test_the_types_of_the_client_are_those_of_the_contract(made, contract):
    assert made.FILE.read_text("utf-8") == made.contract(contract), "run .venv/bin/python web/contract.py"


def test_no_type_hides_behind_a_name_that_two_share(contract):
    assert [name for name in contract["components"]["schemas"] if "hipwise" in name] == []


@pytest.mark.parametrize(
    ("schema", "written"),
    [
        ({"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "null"}]}}, "(string | null)[]"),
        ({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "integer"}]}, "[number, number]"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Day"}}, "Day[]"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "Record<string, number>"),
        ({"enum": ["km", "mi"], "type": "string"}, '"km" | "mi"'),
        ({"const": "plan", "type": "string"}, '"plan"'),
        ({"title": "Whatever"}, "unknown"),
    ],
)
def test_a_schema_becomes_the_type_that_it_means(made, schema, written):
    assert made.type_of(schema) == written


def test_a_schema_that_no_answer_had_until_now_is_refused(made):
    with pytest.raises(ValueError, match="allOf"):
        made.type_of({"allOf": []})


def test_what_a_screen_stands_on_is_of_its_type(lived_client, contract):
    wrong = {}
    for path in SHOWN:
        answer = lived_client.get(f"/{path}")
        assert answer.status_code == 200, path
        checked = jsonschema_rs.validator_for(schema_of(contract, path.partition("?")[0]))
        if faults := [each.message[:200] for each in checked.iter_errors(answer.json())]:
            wrong[path] = faults[:3]
    assert wrong == {}


def test_the_page_and_the_curves_of_a_run_are_of_their_types(lived_client, contract):
    spike = lived_client.get("/load").json()["spikes"][-1]["run"]
    for part in ("page", "streams", "streams?points=5000"):
        answer = lived_client.get(f"/runs/{spike}/{part}").json()
        checked = jsonschema_rs.validator_for(schema_of(contract, f"runs/{{run_id}}/{part.partition('?')[0]}"))
        assert [each.message[:200] for each in checked.iter_errors(answer)] == []
