"""The shape of labelled cases in files."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Published", "Vignette"]

OLDEST_Y = 120
Age = Annotated[int, Field(ge=0, le=OLDEST_Y)]
LevelName = Literal["self_care", "routine", "within_days", "same_day", "emergency"]
Theirs = Literal["self_care", "clinician", "urgent", "emergency"]


class _Shape(BaseModel):
    """Nothing is guessed: a slip in a field's name is a fault, and no text is taken for a number."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Person(_Shape):
    """Who a vignette is about; what is left out is unknown."""

    age: Age | None = None
    sex: Literal["female", "male"] | None = None


class Expect(_Shape):
    """The label of a vignette."""

    at_least: LevelName | None = None
    at_most: LevelName | None = None
    level: LevelName | None = None
    top_any: list[str] = []


class Vignette(_Shape):
    """One vignette of ours; validation/vignettes/README.md says what each field means."""

    title: str
    kind: Literal["must_escalate", "benign", "twin"]
    group: str = ""
    athlete: Person = Person()
    calm: bool = False
    told: dict[str, str] = {}
    text: str | None = None
    expect: Expect
    evidence: str = ""
    of: str | None = None
    change: dict[str, str] = {}
    reason: str = ""
    changed: str = ""


Told = str | bool | float | list[str | bool | float] | None


class Published(BaseModel):
    """One published case: what may be told (age, sex, free text, and if asked the fields) and labels.

    Other fields are left alone; what stands in the fields, `vocabulary.yaml` turns into sentences.
    """

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    id: str
    age: Annotated[float, Field(ge=0, le=OLDEST_Y)] | None = None
    sex: str | None = None
    free_text: str | None = None
    final_diagnosis: str | None = None
    acceptable_diagnoses: list[str] | None = None
    expected_triage: Theirs
    acceptable_triage: list[Theirs] | None = None
    group: str | None = None
    diagnosis_basis: str | None = None
    detail_level: str | None = None
    running_history: Told = None
    training_change: Told = None
    onset: Told = None
    duration: Told = None
    side: Told = None
    pain_locations: Told = None
    radiation: Told = None
    character: Told = None
    aggravating: Told = None
    easing: Told = None
    timing: Told = None
    night_pain: Told = None
    neuro_symptoms: Told = None
    mechanical_symptoms: Told = None
    weight_bearing: Told = None
    systemic_symptoms: Told = None
    risk_factors: Told = None
    pain_score: Told = None
    tests_positive: Told = None
    tests_negative: Told = None
