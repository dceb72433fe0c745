"""The contract: whatever fits it is answered as it says, and nothing makes the server stumble."""

import json
import os
import re

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.api.conftest import asking, house_of

from hipwise.api import openapi
from hipwise.journal import Journal

CHECKS = [not_a_server_error, response_schema_conformance, content_type_conformance, status_code_conformance]
NAMES = re.compile(r"\{[a-z_]+\}")
SLOW = ("/api/v1/today/ahead", "/api/v1/erase", "/api/v1/jobs/{number}/events")
"""Looked at by tests of their own: seconds a call would be minutes here."""


@pytest.fixture(scope="module")
def contract():
    return openapi()


@pytest.fixture(scope="module")
def asked(tmp_path_factory, knowledge):
    folder = tmp_path_factory.mktemp("contract")
    with Journal.open(folder / "me.db", knowledge=knowledge) as journal:
        journal.set_athlete(age_y=34, sex="female", country="IE")
        journal.log(distance_m=5000, timer_s=1800)
        journal.tell({"limp": "no", "pain_outer_hip": "yes"})
        yield asking(house_of(journal, folder / "server"))


schema = schemathesis.openapi.from_dict(openapi()).exclude(path=SLOW)


@schema.parametrize()
@settings(
    max_examples=int(os.environ.get("HIPWISE_EXAMPLES", "3")),
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_route_keeps_to_the_contract(case, asked):
    request = case.as_transport_kwargs(base_url="http://127.0.0.1:8717")
    headers = {name: value for name, value in dict(request.pop("headers", {}) or {}).items() if value.isascii()}
    for name in ("If-None-Match", "If-Match", "if-none-match", "if-match"):
        headers.pop(name, None)
    kept = {name: request[name] for name in ("json", "data", "params") if name in request}
    if isinstance(kept.get("data"), bytes):
        kept["content"] = kept.pop("data")
    answer = asked.request(request["method"], request["url"], headers=headers, **kept)
    case.validate_response(schemathesis.Response.from_any(answer), checks=CHECKS)


def test_the_contract_is_written_by_one_command(contract):
    assert json.loads(json.dumps(contract))["openapi"].startswith("3.1")
    assert len(contract["paths"]) > 40


def test_every_route_is_in_the_reference(contract, request):
    text = (request.config.rootpath / "docs" / "reference" / "api.md").read_text("utf-8")
    named = {
        f"{method.upper()} {NAMES.sub('{id}', path)}" for path, each in contract["paths"].items() for method in each
    }
    missing = [route for route in named if route.replace("/api/v1", "") not in text]
    assert missing == []


def test_every_answer_has_a_type(contract):
    bare = [
        f"{method} {path}"
        for path, methods in contract["paths"].items()
        for method, route in methods.items()
        for code, answer in route["responses"].items()
        if code in {"200", "201", "202"} and not answer.get("content")
    ]
    assert bare == []
    assert all(
        "Problem" in json.dumps(route["get"]["responses"]["422"])
        for route in contract["paths"].values()
        if "get" in route
    )
