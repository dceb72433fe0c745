"""The shape of a figure: an exercise as key poses of joint angles, with the things around it."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from hipwise.knowledge._number import Entry

__all__ = ["Arrow", "Figure", "Pin", "Pose", "Prop"]

Three = tuple[float, float, float]
"""Hip: bend, out to the side, turned out. Shoulder: the same. Trunk: forward, to the right, turned to the right."""
Five = tuple[float, float, float, float, float]
"""A foot on a surface: x, height of the surface, z of the toes; degrees the heel is up; degrees the toes turn out.

Where the degrees are below 0 the toes are up, and the place is that of the heel."""

POINT = (
    "^(head|neck|chest|waist|pelvis|upper_back|tail|"
    "(ear|shoulder|elbow|wrist|hand|hip|side|knee|ankle|heel|toe|sole)_[rl])$"
)


class Pose(Entry):
    """One key pose. What is not named stays as in the pose before; in the first pose a limb then hangs straight.

    Angles are in degrees, lengths in shares of the body's height. A limb with a place reaches for it whatever its
    angles say, which then only tell which way it bends: `foot_*` a foot on a surface, `rest_*` an ankle anywhere,
    `hand_*` a wrist. `hips`, `knees`, `feet`, ... name both sides at once (places: mirrored in z).
    """

    lean: Three | None = None
    pelvis: Three | None = None
    back: Three | None = None
    neck: Three | None = None
    hip_r: Three | None = None
    hip_l: Three | None = None
    knee_r: float | None = None
    knee_l: float | None = None
    ankle_r: float | None = None
    ankle_l: float | None = None
    foot_r: Five | None = None
    foot_l: Five | None = None
    shoulder_r: Three | None = None
    shoulder_l: Three | None = None
    elbow_r: float | None = None
    elbow_l: float | None = None
    hand_r: Three | None = None
    hand_l: Three | None = None
    rest_r: Three | None = None
    rest_l: Three | None = None
    hips: Three | None = None
    knees: float | None = None
    ankles: float | None = None
    feet: Five | None = None
    shoulders: Three | None = None
    elbows: float | None = None
    hands: Three | None = None


class Pin(Entry):
    """A point of the body that rests AT x, height of what it rests on, z: the whole body is placed by it."""

    point: str = Field(pattern=POINT)
    at: Three


class Prop(Entry):
    """A thing in the picture. AT is its middle on the floor, SIZE its length, height and depth.

    `band` and `cord` go between two POINTS of the body, or from a point to AT; `hold` is a weight in a hand.
    """

    kind: str = Field(
        pattern="^(mat|wall|chair|box|roller|ball|pillow|band|loop|cord|hold|bar|water|bike|trainer|line|bed|stick)$"
    )
    at: Three | None = None
    size: Three | None = None
    points: tuple[str, ...] = ()


class Arrow(Entry):
    """Where the movement goes: the way that POINT takes, or, where nothing moves, a push of the point along PUSH."""

    point: str = Field(pattern=POINT)
    push: Three | None = None
    off: tuple[float, float] = (0.0, 0.0)


class Figure(Entry):
    """How an exercise looks. `base` is how the body lies before any angle; `works` the hip that is marked.

    `motion`: to the last pose and back, or round through all poses. `stills`: the poses of the still pair.
    """

    id: str
    base: str = Field(pattern="^(upright|supine|prone|side|side_back)$")
    turn: float = Field(default=20, ge=-180, le=180)
    tilt: float = Field(default=10, ge=0, le=60)
    works: str = Field(default="r", pattern="^(r|l|both|none)$")
    muscles: tuple[str, ...] = Field(min_length=1)
    pin: Pin | None = None
    props: tuple[Prop, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    poses: tuple[Pose, ...] = Field(min_length=1)
    motion: str = Field(default="back", pattern="^(back|round|hold)$")
    seconds: float = Field(default=4, gt=0)
    stills: tuple[int, int] = (0, -1)
    floor: bool = True

    @model_validator(mode="after")
    def _pair(self) -> Self:
        if not all(-len(self.poses) <= each < len(self.poses) for each in self.stills):
            raise ValueError("stills name poses that are not there")
        return self
