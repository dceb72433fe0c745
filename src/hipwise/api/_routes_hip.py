"""Who runs, which pain, what is told of it, and how urgent it is."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query

from hipwise.api._bodies import AnswersIn, AthleteIn, ClearanceIn, PainIn, SettingsIn, UndoIn, VisitIn, WordsIn
from hipwise.api._plain import Plain
from hipwise.api._problems import Refused
from hipwise.api._shapes import Athletes, Settings
from hipwise.api._shapes_day import ReferredFor
from hipwise.api._shapes_hip import (
    Answers,
    Assessed,
    Episodes,
    FirstPage,
    Pain,
    PainChanged,
    Questions,
    QuestionsAhead,
    Told,
    TurningPoints,
    Words,
)
from hipwise.api._with import ERRORS, Opened, as_told, event_of, in_the_way, read
from hipwise.causes import Next
from hipwise.handout import assessment, question_data
from hipwise.journal import PLACE, Journal
from hipwise.knowledge import Kind, Knowledge
from hipwise.model import Athlete, Episode, Finding
from hipwise.texts import say

__all__ = ["asked_next", "assessed", "routes"]

Data = dict[str, Any]
CONFLICT = 409
OPEN: Data = {"closed": None, "over": False}
"""Of a pain that is open."""

PainName = Annotated[str, Path(max_length=80)]

DEFAULTS: Data = {
    "units": "km",
    "week_start": "monday",
    "language": "en",
    "text_size": "normal",
    "contrast": "normal",
    "motion": "system",
    "theme": "system",
    "sound": True,
    "paper": "a4",
    "consent_at": None,
    "seen": [],
}

routes = APIRouter(dependencies=[Depends(read)], responses=ERRORS)


@routes.get("/athlete", response_model=Athletes)
def athlete(journal: Opened) -> Plain:
    """Who runs, as far as it was told."""
    return Plain(_athlete(journal.athlete, journal))


@routes.patch("/athlete", response_model=Athletes)
def set_athlete(body: AthleteIn, journal: Opened) -> Plain:
    """Say who runs."""
    return Plain(_athlete(journal.set_athlete(**body.model_dump()), journal))


def _athlete(known: Athlete, journal: Journal) -> Data:
    born = None if known.born is None else known.born.isoformat()
    return {"born": born, "age_y": known.age_y(journal.on), "sex": known.sex, "country": known.country}


@routes.get("/settings", response_model=Settings)
def settings(journal: Opened) -> Plain:
    """How things are shown."""
    return Plain(_settings(journal.settings()))


@routes.patch("/settings", response_model=Settings)
def set_settings(body: SettingsIn, journal: Opened) -> Plain:
    """Choose how things are shown."""
    return Plain(_settings(journal.set_settings(body.model_dump(mode="json", exclude_none=True))))


def _settings(chosen: Data) -> Data:
    return DEFAULTS | {name: value for name, value in chosen.items() if name in DEFAULTS}


@routes.get("/episodes", response_model=Episodes)
def episodes(journal: Opened) -> Plain:
    """All pains, and which is looked at now."""
    closed, over = journal.closed(), journal.pains_over()
    current = journal.episode
    pains = journal.episodes()
    found = [_episode(each) | {"closed": closed.get(each.id), "over": each.id in over} for each in pains]
    return Plain({"current": None if current is None else current.id, "episodes": found})


@routes.post("/episodes", response_model=Pain, status_code=201)
def new_pain(body: PainIn, journal: Opened) -> Plain:
    """Open a new pain; the old one stays open."""
    return Plain(_episode(journal.new_pain(**body.model_dump())), 201)


@routes.patch("/episodes/current", response_model=Pain)
def mend_pain(body: PainIn, journal: Opened) -> Plain:
    """Say more of the pain that is looked at now."""
    return Plain(_episode(journal.mend_pain(**body.model_dump())))


@routes.post("/episodes/{pain}/end", response_model=PainChanged)
def end_pain(pain: PainName, journal: Opened) -> Plain:
    """Say that a pain is over; 409 where it must be seen first, still hurts, or somebody holds its plan."""
    ended = journal.end_pain(pain)
    return Plain(_episode(ended) | {"closed": journal.on.isoformat(), "over": True, "event": event_of(journal)})


@routes.post("/episodes/{pain}/back", response_model=PainChanged)
def reopen_pain(pain: PainName, journal: Opened) -> Plain:
    """Say that a pain that was over has come back: the same pain, with its red flags to be asked anew."""
    return Plain(_episode(journal.reopen_pain(pain)) | {"event": event_of(journal)})


def _episode(each: Episode) -> Data:
    onset = None if each.onset is None else each.onset.isoformat()
    opened = each.opened.isoformat()
    return {"id": each.id, "opened": opened, "onset": onset, "side": each.side, "site": each.site} | OPEN


@routes.get("/first-page", response_model=FirstPage)
def first_page(journal: Opened) -> Plain:
    """The red-flag questions without a fresh answer, card by card."""
    titles = journal.knowledge.cards
    cards = [
        {"id": card, "title": titles[card].title, "questions": [question_data(each) for each in questions]}
        for card, questions in journal.open_cards().items()
    ]
    return Plain({"cards": cards, "left": journal.questions_left()})


@routes.get("/question", response_model=Questions)
def question(journal: Opened) -> Plain:
    """The question to ask now; null where nothing is left that could change the advice."""
    return Plain({"event": event_of(journal)} | asked_next(journal))


@routes.get("/question/ahead", response_model=QuestionsAhead)
def questions_ahead(journal: Opened) -> Plain:
    """About how many questions are still to come; it is made by going on with the likeliest answers."""
    return Plain({"ahead": journal.questions_ahead()})


def asked_next(journal: Journal) -> Data:
    """Return the question to ask now, how many red flags are open, and the page that asks for it."""
    following = journal.question()
    asked = None if following is None else question_data(following.question) | {"why": following.why}
    return {"next": asked, "left": journal.questions_left(), "at": _page(journal, following)}


def _page(journal: Journal, following: Next | None) -> str | None:
    """Return the page that asks for the next question beside others, or for an age that is still open in the end."""
    if following is not None:
        beside = journal.asked_on([following.question.id]) in {"check", "where"}
        return journal.asked_on(journal.missing()) if beside else None
    return None if journal.referral is not None else journal.asked_on(journal.missing() & {"age"})


@routes.get("/answers", response_model=Answers)
def answers(journal: Opened) -> Plain:
    """All answers that stand, to be checked and changed."""
    told = journal.told().latest()
    known = journal.knowledge
    return Plain({"answers": [_answered(each, known) for name, each in told.items() if name in known.findings]})


def _answered(told: Finding, knowledge: Knowledge) -> Data:
    question = knowledge.findings[told.id]
    card = knowledge.cards.get(question.first_page or (PLACE if question.group == "site" else question.group))
    least = question.kind is not Kind.CHOICE and told.state == question.states[0]
    return {
        "finding": told.id,
        "question": question.question,
        "state": told.state,
        "answer": question.labels.get(told.state, told.state),
        "on": told.on.isoformat(),
        "origin": told.origin,
        "first_page": question.first_page,
        "topic": card.title if card else say(f"api.topic_{question.group}"),
        "calm": least and told.state not in question.alarming,
    }


@routes.post("/answers", response_model=Told)
def tell(body: AnswersIn, journal: Opened) -> Plain:
    """Tell answers."""
    kept = journal.check(body.states)
    as_told(journal, body.made_at).tell_page(body.states, own_words=body.own_words, pain=body.pain)
    return Plain(_told(journal, kept))


@routes.post("/words", response_model=Words)
def read_words(body: WordsIn, journal: Opened) -> Plain:
    """Read own words; nothing is kept, what the runner confirms of it is told as answers."""
    return Plain(journal.propose(body.text).as_dict())


@routes.post("/answers/back", response_model=Told)
def take_back(body: UndoIn, journal: Opened) -> Plain:
    """Take the last answer back, if it is the one that is meant: what was told since by another page stands."""
    last = journal.last()
    if last is None or last.kind != "answer":
        raise Refused("nothing_to_take_back", CONFLICT, conflict=in_the_way(journal))
    if last.number != body.event:
        raise Refused("not_the_last", CONFLICT, conflict=in_the_way(journal))
    journal.undo()
    return Plain(_told(journal, {}))


def _told(journal: Journal, kept: Data) -> Data:
    return {"event": event_of(journal), "kept": kept} | asked_next(journal)


@routes.get("/assessment", response_model=Assessed)
def assess(
    journal: Opened,
    reasons: Annotated[int | None, Query(ge=0, le=500)] = None,
    causes: Annotated[int | None, Query(ge=0, le=500)] = None,
) -> Plain:
    """How urgent it is, what it could be and why; it is kept that this was said.

    `causes`: so many, the likeliest. `reasons`: so many for and against each, the strongest.
    """
    found = assessed(journal)
    found["causes"] = found["causes"][:causes]
    if reasons is not None:
        for cause in found["causes"]:
            cause |= {side: cause[side][:reasons] for side in ("for", "against")}
    return Plain(found)


@routes.get("/assessment/turning-points", response_model=TurningPoints)
def turning_points(journal: Opened) -> Plain:
    """Which single answers, were they otherwise, would change the urgency or the cause on top; it may take a second."""
    return Plain({"points": journal.what_if()})


@routes.post("/clearance", response_model=Assessed)
def clear_bone(body: ClearanceIn, journal: Opened) -> Plain:
    """Tell that a clinician has cleared the bone: who, and for what."""
    journal.clear_bone(body.by, body.what_for, pain=body.pain)
    return Plain(assessed(journal))


@routes.post("/visit", response_model=Assessed)
def visited(body: VisitIn, journal: Opened) -> Plain:
    """Tell that a clinician has looked at a pain since somebody was to; of the same day it answers no referral."""
    journal.seen(body.by, pain=body.pain)
    return Plain(assessed(journal))


def assessed(journal: Journal) -> Data:
    """Return how urgent it is now, what it could be, what to ask next, and whom to see."""
    found = journal.assess()
    return assessment(found.ranking, found.following, found.referral, journal.knowledge)


@routes.get("/referral", response_model=ReferredFor)
def referral(journal: Opened) -> Plain:
    """Whom to see before anything else; null where nobody must."""
    found, pain = journal.referred()
    shown = {"referral": None if found is None else found.as_dict()}
    return Plain(shown | {"pain": None if pain is None else _episode(pain)})
