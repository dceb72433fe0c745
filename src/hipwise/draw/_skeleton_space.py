"""Points and turning frames in space: just what a drawn body needs.

x goes to the right of the picture in a side view, y up, z towards the viewer; a body that stands faces x, and its
right side is z. Lengths are shares of the body's height.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, degrees, radians, sin, sqrt

__all__ = ["ZERO", "Camera", "Frame", "Vec", "angle_between", "bent"]


@dataclass(frozen=True, slots=True)
class Vec:
    """A point or a way."""

    x: float
    y: float
    z: float

    def __add__(self, other: Vec) -> Vec:
        return Vec(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other: Vec) -> Vec:
        return Vec(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, times: float) -> Vec:
        return Vec(self.x * times, self.y * times, self.z * times)

    def dot(self, other: Vec) -> float:
        """Return how far the two go the same way."""
        return self.x * other.x + self.y * other.y + self.z * other.z

    def cross(self, other: Vec) -> Vec:
        """Return the way that is square to both (right-handed)."""
        return Vec(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )

    @property
    def length(self) -> float:
        """How long it is."""
        return sqrt(self.dot(self))

    @property
    def unit(self) -> Vec:
        """The same way, one long; no way stays no way."""
        return self * (1 / self.length) if self.length else self

    def off(self, axis: Vec) -> Vec:
        """Return what is square to AXIS (one long), one long."""
        return (self - axis * self.dot(axis)).unit


ZERO = Vec(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Frame:
    """Which ways are forward, up and right for a part of the body."""

    f: Vec
    u: Vec
    r: Vec

    def nod(self, angle: float) -> Frame:
        """Turn about the way to the right: forward comes up (a hanging thigh goes forward)."""
        c, s = cos(radians(angle)), sin(radians(angle))
        return Frame(self.f * c + self.u * s, self.u * c - self.f * s, self.r)

    def roll(self, angle: float) -> Frame:
        """Turn about the way forward: up goes to the right (a trunk leans to the right)."""
        c, s = cos(radians(angle)), sin(radians(angle))
        return Frame(self.f, self.u * c + self.r * s, self.r * c - self.u * s)

    def swing(self, angle: float) -> Frame:
        """Turn about the way up: forward goes to the right."""
        c, s = cos(radians(angle)), sin(radians(angle))
        return Frame(self.f * c + self.r * s, self.u, self.r * c - self.f * s)

    def at(self, f: float, u: float, r: float) -> Vec:
        """Return the way that is F forward, U up and R to the right."""
        return self.f * f + self.u * u + self.r * r


def bent(start: Vec, end: Vec, first: float, second: float, towards: Vec) -> tuple[Vec, Vec]:
    """Return where the middle joint of a limb is that reaches from START for END, and where it really ends.

    FIRST and SECOND are the lengths of its two bones; the joint bends TOWARDS that way. What is too far is reached for.
    """
    reach = min((end - start).length, (first + second) * 0.9999)
    axis = (end - start).unit
    along = (first**2 - second**2 + reach**2) / (2 * reach)
    aside = sqrt(max(first**2 - along**2, 0.0))
    return start + axis * along + towards.off(axis) * aside, start + axis * reach


@dataclass(frozen=True, slots=True)
class Camera:
    """Where one looks from: TURN degrees round from the side (90: from in front), TILT degrees from above."""

    turn: float
    tilt: float

    def see(self, point: Vec) -> tuple[float, float, float]:
        """Return how far a point is to the right, up, and towards the viewer."""
        ct, st = cos(radians(self.turn)), sin(radians(self.turn))
        ce, se = cos(radians(self.tilt)), sin(radians(self.tilt))
        flat = point.x * st + point.z * ct
        return point.x * ct - point.z * st, point.y * ce - flat * se, point.y * se + flat * ce


def angle_between(one: Vec, other: Vec) -> float:
    """Return the angle between two ways in degrees."""
    return degrees(atan2(one.cross(other).length, one.dot(other)))
