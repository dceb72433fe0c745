"""Keys of what was worked out of something long or deep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

__all__ = ["Row", "Same"]

Each = TypeVar("Each")
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, eq=False)
class Row(Generic[Each]):
    """A row that is equal to another by ALL of it, but hashed by its length and its end: it may be years long."""

    all: tuple[Each, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and (self.all is other.all or self.all == other.all)

    def __hash__(self) -> int:
        return hash((len(self.all), self.all[-1:]))


@dataclass(frozen=True, slots=True, eq=False)
class Same(Generic[Thing]):
    """A THING of the knowledge base, equal to itself alone: a deep rule need not be gone through to be found again."""

    thing: Thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.thing is other.thing

    def __hash__(self) -> int:
        return id(self.thing)  # the key holds the thing, so that no other can take its place
