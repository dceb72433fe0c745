"""What a sore part is kept from, and until which stage: compression, stretch, impact."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from hipwise.knowledge._number import Entry

__all__ = ["BodyRegion", "Phase", "Spare", "Strain", "Until", "spared"]


class Phase(StrEnum):
    """The stages of rehab, in their order; `maintain` comes after them."""

    CALM = "calm"
    LOAD = "load"
    CAPACITY = "capacity"
    RETURN = "return"
    MAINTAIN = "maintain"

    @property
    def place(self) -> int:
        """Its place in the order, from 0."""
        return list(Phase).index(self)


class Until(StrEnum):
    """How long an exercise is not for a cause: until a stage, until a clinician has cleared the bone, or always."""

    LOAD = "load"
    CAPACITY = "capacity"
    RETURN = "return"
    CLEARED = "cleared"
    ALWAYS = "always"


class Strain(StrEnum):
    """What a sore part may have to be kept from."""

    COMPRESSION = "compression"
    STRETCH = "stretch"
    IMPACT = "impact"


class BodyRegion(StrEnum):
    """What can be pressed or stretched. JOINT is the end of its range, NERVE that of the leg, TWIST the pelvis."""

    FRONT = "front"
    JOINT = "joint"
    SIDE = "side"
    BUTTOCK = "buttock"
    SIT_BONE = "sit_bone"
    HAMSTRING = "hamstring"
    INNER_THIGH = "inner_thigh"
    OUTER_THIGH = "outer_thigh"
    NERVE = "nerve"
    TWIST = "twist"


class Spare(Entry):
    """PARTS are kept from a KIND of strain UNTIL then; of impact the whole leg is, and no part is named."""

    kind: Strain
    parts: tuple[BodyRegion, ...] = ()
    until: Until

    @model_validator(mode="after")
    def _of_parts(self) -> Self:
        if (self.kind is Strain.IMPACT) == bool(self.parts):
            raise ValueError("compression and stretch name parts, impact names none")
        return self


def spared(spares: Iterable[Spare], phase: Phase, kind: Strain) -> frozenset[BodyRegion] | None:
    """Return which parts are kept from a KIND of strain at a stage; None: none (of impact an empty set is all)."""
    held = [
        each
        for each in spares
        if each.kind is kind
        and (each.until in {Until.ALWAYS, Until.CLEARED} or phase.place < Phase(each.until.value).place)
    ]
    return frozenset(part for each in held for part in each.parts) if held else None
