"""The knowledge behind an answer: questions, causes, exercises, numbers, sources. It changes with the version alone."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel

from hipwise.api._house import ME
from hipwise.api._plain import Plain
from hipwise.api._problems import Refused
from hipwise.api._shapes_hip import QuestionData
from hipwise.api._shapes_known import CardList, CauseEntry, CountryData, Entries, ExerciseCard, NumberData, SourceData
from hipwise.api._with import ERRORS, Mine, NotModifiedError
from hipwise.handout import cause_list, exercise_data, finding_list, source_list, versions
from hipwise.knowledge import Knowledge
from hipwise.texts import voice

__all__ = ["routes"]

Data = dict[str, Any]
NOT_FOUND = 404
LONGEST = 80

routes = APIRouter(responses=ERRORS)


def _numbers(knowledge: Knowledge) -> list[Data]:
    return [
        {"id": f"{file}.{name}", **number.model_dump(mode="json")}
        for file, numbers in knowledge.parameters.items()
        for name, number in numbers.items()
    ]


def _cards(knowledge: Knowledge) -> list[Data]:
    asked = [each for each in knowledge.findings.values() if each.first_page]
    return [
        {"id": name, "title": card.title, "findings": [each.id for each in asked if each.first_page == name]}
        for name, card in knowledge.cards.items()
    ]


def _countries(knowledge: Knowledge) -> list[Data]:
    numbers = knowledge.rehab.emergency_numbers.items()
    return sorted(({"id": code, "name": each.country} for code, each in numbers), key=itemgetter("name"))


KINDS: dict[str, tuple[Any, type[BaseModel]]] = {
    "findings": (finding_list, QuestionData),
    "causes": (cause_list, CauseEntry),
    "exercises": (
        lambda knowledge: [exercise_data(each, knowledge) for each in knowledge.rehab.exercises.values()],
        ExerciseCard,
    ),
    "sources": (lambda knowledge: source_list(knowledge, knowledge.sources), SourceData),
    "numbers": (_numbers, NumberData),
    "cards": (_cards, CardList),
    "countries": (_countries, CountryData),
}


def _fresh(request: Request, knowledge: Knowledge) -> None:
    """Say only that nothing has changed to whom has seen this version."""
    etag = '"{hipwise}-{knowledge}-{spoken}"'.format(**versions(knowledge), spoken="-".join(voice()))
    request.scope["state"]["etag"] = etag
    if request.headers.get("if-none-match") == etag:
        raise NotModifiedError


def _add(kind: str) -> None:
    entries, shape = KINDS[kind]

    def listed(request: Request, house: Mine) -> Plain:
        _fresh(request, house.of(ME).knowledge)
        return Plain({"entries": entries(house.of(ME).knowledge)})

    def one(entry: str, request: Request, house: Mine) -> Plain:
        found = _one(entries(house.of(ME).knowledge), entry)
        _fresh(request, house.of(ME).knowledge)
        return Plain(found)

    routes.add_api_route(f"/{kind}", listed, response_model=Entries[shape], name=kind)  # type: ignore[valid-type]
    routes.add_api_route(f"/{kind}/{{entry}}", one, response_model=shape, name=f"one_of_{kind}")


def _one(entries: Iterable[Data], entry: str) -> Data:
    found = next((each for each in entries if each["id"] == entry), None)
    if found is None:
        raise Refused("no_such_entry", NOT_FOUND, where=entry[:LONGEST])
    return found


for each in KINDS:
    _add(each)
