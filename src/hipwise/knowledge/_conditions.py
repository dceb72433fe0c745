"""Rules as data: a condition on what was told, read from YAML, answered with yes, no or "cannot tell yet".

```yaml
all:
  - fact: bone_site
  - impact_pain: [yes]
  - any: [{limp: [yes]}, {rest_pain: ">=7"}, {age: "<18"}]
  - unless: {limp_for: [over_12_weeks]}
```
There is no "not": `unless` names what must have been *told* to switch a rule off, so that silence never does, and so
that an alarming answer can only ever add (safety laws 3 and 4).
"""

from __future__ import annotations

import operator
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hipwise.texts import say

__all__ = ["All", "Compare", "Condition", "Either", "Fact", "Situation", "Told", "Unless", "names_in", "read_condition"]

Truth = bool | None
"""True, False, or None: not enough was told."""

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
_COMPARISON = re.compile(r"(>=|<=|>|<)\s*([0-9]+(?:\.[0-9]+)?)")


@dataclass(frozen=True, slots=True)
class Situation:
    """What a condition looks at: known states by finding (fresh ones only), age, sex, and the named facts."""

    states: Mapping[str, str]
    age_y: int | None = None
    sex: str | None = None
    facts: Mapping[str, Condition] = field(default_factory=dict)


class Condition(ABC):
    """Something that is true, false or not known of a situation."""

    @abstractmethod
    def truth(self, of: Situation) -> Truth:
        """Return whether it holds; None where not enough was told."""

    @abstractmethod
    def because(self, of: Situation) -> tuple[str, ...]:
        """Return the findings (with "age" and "sex") that make it hold."""

    @abstractmethod
    def leaves(self) -> Iterator[Told | Compare | Fact]:
        """Return its smallest parts."""

    @abstractmethod
    def switches(self) -> Iterator[Condition]:
        """Return the parts that switch it off once they are told."""

    def asks(self, of: Situation) -> tuple[str, ...]:
        """Return the findings that are not known and could still make it hold."""
        if self.truth(of) is not None:
            return ()
        return tuple(dict.fromkeys(name for leaf in self.leaves() for name in leaf.open(of)))


@dataclass(frozen=True, slots=True)
class Told(Condition):
    """A finding is in one of these states."""

    finding: str
    states: frozenset[str]

    def truth(self, of: Situation) -> Truth:
        """See `Condition`."""
        state = of.states.get(self.finding)
        return None if state is None else state in self.states

    def because(self, of: Situation) -> tuple[str, ...]:
        """See `Condition`."""
        return (self.finding,) if self.truth(of) else ()

    def leaves(self) -> Iterator[Told | Compare | Fact]:
        """See `Condition`."""
        yield self

    def switches(self) -> Iterator[Condition]:
        """See `Condition`."""
        yield from ()

    def open(self, of: Situation) -> tuple[str, ...]:
        """Return the finding if it is not known yet."""
        return () if self.finding in of.states else (self.finding,)


@dataclass(frozen=True, slots=True)
class Compare(Condition):
    """A score, the age or the sex compared with a value."""

    subject: str
    sign: str
    value: float | str

    def truth(self, of: Situation) -> Truth:
        """See `Condition`."""
        if self.subject == "sex":
            return None if of.sex is None else of.sex == self.value
        number = of.age_y if self.subject == "age" else of.states.get(self.subject)
        if number is None:
            return None
        return _COMPARE[self.sign](float(number), float(self.value))

    def because(self, of: Situation) -> tuple[str, ...]:
        """See `Condition`."""
        return (self.subject,) if self.truth(of) else ()

    def leaves(self) -> Iterator[Told | Compare | Fact]:
        """See `Condition`."""
        yield self

    def switches(self) -> Iterator[Condition]:
        """See `Condition`."""
        yield from ()

    def open(self, of: Situation) -> tuple[str, ...]:
        """Return the subject if it is not known yet."""
        return (self.subject,) if self.truth(of) is None else ()


@dataclass(frozen=True, slots=True)
class Fact(Condition):
    """A condition that has a name because several rules share it."""

    name: str

    def truth(self, of: Situation) -> Truth:
        """See `Condition`."""
        return of.facts[self.name].truth(of)

    def because(self, of: Situation) -> tuple[str, ...]:
        """See `Condition`."""
        return of.facts[self.name].because(of)

    def leaves(self) -> Iterator[Told | Compare | Fact]:
        """See `Condition`."""
        yield self

    def switches(self) -> Iterator[Condition]:
        """See `Condition`."""
        yield from ()

    def open(self, of: Situation) -> tuple[str, ...]:
        """Return what the named condition still asks."""
        return of.facts[self.name].asks(of)


@dataclass(frozen=True, slots=True)
class _Several(Condition):
    """What `any` and `all` have in common: parts, and the reasons of those that hold."""

    parts: tuple[Condition, ...]

    def because(self, of: Situation) -> tuple[str, ...]:
        """See `Condition`."""
        if not self.truth(of):
            return ()
        return tuple(dict.fromkeys(name for part in self.parts for name in part.because(of)))

    def leaves(self) -> Iterator[Told | Compare | Fact]:
        """See `Condition`."""
        for part in self.parts:
            yield from part.leaves()

    def switches(self) -> Iterator[Condition]:
        """See `Condition`."""
        for part in self.parts:
            yield from part.switches()


@dataclass(frozen=True, slots=True)
class Either(_Several):
    """At least COUNT of the parts hold."""

    count: int = 1

    def truth(self, of: Situation) -> Truth:
        """See `Condition`."""
        holding = unknown = 0
        for part in self.parts:
            truth = part.truth(of)
            if truth:
                holding += 1
                if holding == self.count:
                    return True
            elif truth is None:
                unknown += 1
        return None if holding + unknown >= self.count else False


@dataclass(frozen=True, slots=True)
class All(_Several):
    """Every part holds."""

    def truth(self, of: Situation) -> Truth:
        """See `Condition`."""
        found: Truth = True
        for part in self.parts:
            truth = part.truth(of)
            if truth is False:
                return False
            if truth is None:
                found = None
        return found


@dataclass(frozen=True, slots=True)
class Unless(Condition):
    """Holds as long as nobody has told the part: silence does not switch it off."""

    part: Condition

    def truth(self, of: Situation) -> Truth:
        """See `Condition`."""
        return self.part.truth(of) is not True

    def because(self, of: Situation) -> tuple[str, ...]:
        """See `Condition`."""
        del of
        return ()

    def leaves(self) -> Iterator[Told | Compare | Fact]:
        """Return nothing: what only switches off is never a reason, and need not be asked to be careful."""
        yield from ()

    def switches(self) -> Iterator[Condition]:
        """See `Condition`."""
        yield self.part


def read_condition(data: Any) -> Condition:
    """Return the condition that a YAML tree spells.

    Raises:
        ValueError: the tree is no condition.
    """
    if not isinstance(data, dict) or len(data) != 1:
        raise ValueError(say("knowledge.no_condition", data=data))
    ((key, value),) = data.items()
    read = _READERS.get(str(key))
    return _leaf(str(key), value) if read is None else read(value)


def _parts(value: Any) -> tuple[Condition, ...]:
    if not isinstance(value, list) or not value:
        raise ValueError(say("knowledge.no_parts", data=value))
    return tuple(read_condition(each) for each in value)


def names_in(condition: Condition, facts: Mapping[str, Condition]) -> frozenset[str]:
    """Return every finding (with "age" and "sex") that the truth of a CONDITION can depend on."""
    found: set[str] = set()
    for part in condition.leaves():
        if isinstance(part, Fact):
            found |= names_in(facts[part.name], facts)
        else:
            found.add(part.finding if isinstance(part, Told) else part.subject)
    return frozenset(found.union(*(names_in(each, facts) for each in condition.switches())))


_READERS: dict[str, Callable[[Any], Condition]] = {
    "all": lambda value: All(_parts(value)),
    "any": lambda value: Either(_parts(value)),
    "at_least": lambda value: Either(_parts(value["of"]), int(value["count"])),
    "unless": lambda value: Unless(read_condition(value)),
    "fact": lambda value: Fact(str(value)),
    "sex": lambda value: Compare("sex", "=", str(value)),
}


def _leaf(finding: str, value: Any) -> Condition:
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        return Told(finding, frozenset(value))
    if isinstance(value, str) and (found := _COMPARISON.fullmatch(value)):
        return Compare(finding, found[1], float(found[2]))
    raise ValueError(say("knowledge.no_leaf", finding=finding, data=value))
