"""What a request brings, as typed models; an unknown field is a mistake and is told so."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from hipwise.plan import BOUNDS

__all__ = [
    "AfterRunIn",
    "AnswersIn",
    "AthleteIn",
    "CheckinIn",
    "ClearanceIn",
    "CodeIn",
    "EraseIn",
    "ImportIn",
    "PainIn",
    "PlanIn",
    "RestoreIn",
    "RunIn",
    "SettingsIn",
    "UndoIn",
    "VisitIn",
    "WordsIn",
]

Name = Annotated[str, Field(min_length=1, max_length=80)]
State = Annotated[str, Field(max_length=80)]
States = Annotated[dict[Name, State], Field(min_length=1, max_length=300)]
Made = AwareDatetime | None
"""When it was told, if that was before it is sent."""

PainId = Annotated[str | None, Field(max_length=80)]
"""Which pain is meant; None: the one that is looked at now."""

UploadId = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def _bound(name: str) -> Any:
    low, high = BOUNDS[name]
    return Field(ge=low, le=high)


class Body(BaseModel):
    """A request's body."""

    model_config = ConfigDict(extra="forbid")


class AthleteIn(Body):
    """Who runs; what is left out stays as it was."""

    born: date | None = None
    age_y: Annotated[int | None, Field(ge=0, le=120)] = None
    sex: Annotated[str | None, Field(max_length=20)] = None
    country: Annotated[str | None, Field(max_length=2)] = None


class SettingsIn(Body):
    """How things are shown; what is left out stays as it was."""

    units: Literal["km", "mi"] | None = None
    week_start: Literal["monday", "sunday"] | None = None
    language: Annotated[str | None, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,8})?$")] = None
    text_size: Literal["normal", "large", "largest"] | None = None
    contrast: Literal["normal", "high"] | None = None
    motion: Literal["system", "reduced"] | None = None
    theme: Literal["system", "light", "dark"] | None = None
    sound: bool | None = None
    paper: Literal["a4", "letter"] | None = None
    consent_at: AwareDatetime | None = None
    seen: Annotated[list[Name] | None, Field(max_length=100)] = None


class PainIn(Body):
    """A pain."""

    onset: date | None = None
    side: Literal["left", "right", "both"] | None = None
    site: Annotated[str | None, Field(max_length=80)] = None


class ToldIn(Body):
    """Answers: finding id to state."""

    states: States
    made_at: Made = None


class AnswersIn(ToldIn):
    """Answers about the pain that is looked at now, or about another open PAIN (its id); OWN_WORDS: a text told."""

    pain: PainId = None
    own_words: bool = False


class CheckinIn(ToldIn):
    """A check-in."""

    planned_km: Annotated[float | None, Field(ge=0, le=500)] = None
    anyway: bool = False


class AfterRunIn(ToldIn):
    """How the last run was borne; the pain began where the LAP of that number was pressed in it (RUN: its id)."""

    lap: Annotated[int | None, Field(ge=1, le=1000)] = None
    run: Annotated[str | None, Field(max_length=80)] = None


class ClearanceIn(Body):
    """A clinician cleared the bone of the pain that is looked at now, or of another open PAIN (its id)."""

    by: Annotated[str, Field(max_length=200)]
    what_for: Annotated[str, Field(max_length=200)]
    pain: PainId = None


class VisitIn(Body):
    """A clinician (BY whom) has looked at a pain since somebody was to: the one looked at now, or another open PAIN."""

    by: Annotated[str, Field(max_length=200)]
    pain: PainId = None


class PlanIn(Body):
    """What the runner can and wants to do; what is left out stays as it was, null takes it back to what is usual."""

    minutes_a_day: Annotated[int | None, _bound("minutes_a_day")] = None
    days_a_week: Annotated[int | None, _bound("days_a_week")] = None
    equipment: Annotated[list[Name] | None, Field(max_length=40)] = None
    race_on: date | None = None
    race_km: Annotated[float | None, _bound("race_km")] = None
    on_days: Annotated[list[Weekday] | None, Field(max_length=7)] = None
    rest_day: Weekday | None = None
    run_minutes: Annotated[int | None, _bound("run_minutes")] = None
    runs_a_week: Annotated[int | None, _bound("runs_a_week")] = None
    strength_a_week: Annotated[int | None, _bound("strength_a_week")] = None
    weeks: Annotated[int | None, _bound("weeks")] = None
    cross_training: bool | None = None

    def said(self) -> dict[str, Any]:
        """Return the wishes that were said, by name."""
        told = {name: getattr(self, name) for name in self.model_fields_set}
        return {name: tuple(dict.fromkeys(value)) if isinstance(value, list) else value for name, value in told.items()}


class RunIn(Body):
    """A run noted by hand."""

    distance_km: Annotated[float | None, Field(ge=0, le=1000)] = None
    minutes: Annotated[float | None, Field(ge=0, le=10_000)] = None
    started_at: AwareDatetime | None = None
    sport: Annotated[str, Field(max_length=40)] = "running"
    effort: Annotated[float | None, Field(ge=0, le=10)] = None


class ImportIn(Body):
    """Files to be brought in."""

    uploads: Annotated[list[UploadId], Field(min_length=1, max_length=5000)]


class UndoIn(Body):
    """The event that is to be taken back."""

    event: Annotated[int, Field(ge=1, lt=2**31)]


class RestoreIn(Body):
    """An exported file."""

    upload: UploadId
    replace: bool = False


class EraseIn(Body):
    """Delete all."""

    really: Literal["delete everything"]


class CodeIn(Body):
    """The pairing code."""

    code: Annotated[str, Field(max_length=40)]


class WordsIn(Body):
    """A text in the runner's own words."""

    text: Annotated[str, Field(min_length=1, max_length=20_000)]
