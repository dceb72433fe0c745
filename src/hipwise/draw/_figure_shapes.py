"""The skin and clothes of a figure: round hulls over the points of a body, as path data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import asin, atan2, cos, hypot, pi, sin

from hipwise.draw._skeleton import SIDES, Stance
from hipwise.draw._skeleton_space import Camera, Vec

__all__ = ["MUSCLES", "Ball", "Hull", "Lens", "Shape", "body_shapes", "muscle_shapes"]

Ball = tuple[Vec, float]
"""A point with its roundness."""
Hull = tuple[Ball, ...]
"""What a rubber sheet round some balls would cover."""
CORNERS, FEW_CORNERS = 28, 12
"""Corners of a hull of more than two balls, and of one whose balls are all small: rounder than the eye sees."""
SMALL = 0.03


@dataclass(frozen=True, slots=True)
class Lens:
    """How space becomes picture: camera, pixels a body height, whether left and right are swapped, and the shift."""

    camera: Camera
    scale: float
    mirrored: bool = False
    left: float = 0.0
    top: float = 0.0

    def see(self, point: Vec) -> tuple[float, float]:
        """Return where a point is in the picture, in pixels from the upper left."""
        x, y, _ = self.camera.see(point)
        return self.left + (-x if self.mirrored else x) * self.scale, self.top - y * self.scale

    def path(self, hulls: Sequence[Hull]) -> str:
        """Return path data that covers all HULLS; the same hulls give the same commands, so they can be animated."""
        return "".join(self._capsule(hull) if len(hull) <= len(PAIR) else self._sheet(hull) for hull in hulls)

    def _sheet(self, hull: Hull) -> str:
        seen = [(*self.see(point), radius * self.scale) for point, radius in hull]
        corners = CORNERS if max(radius for _, radius in hull) > SMALL else FEW_CORNERS
        points = []
        for corner in range(corners):
            c, s = cos(2 * pi * corner / corners), sin(2 * pi * corner / corners)
            x, y, radius = max(seen, key=lambda each: each[0] * c + each[1] * s + each[2])
            points.append(f"{x + radius * c:.1f} {y + radius * s:.1f}")
        return f"M{'L'.join(points)}Z"

    def _capsule(self, hull: Hull) -> str:
        (one, big), (other, small) = sorted((hull * 2)[:2], key=lambda ball: -ball[1])
        (x1, y1), (x2, y2) = self.see(one), self.see(other)
        r1, r2 = big * self.scale, small * self.scale
        way = atan2(y2 - y1, x2 - x1)
        lean = asin(min((r1 - r2) / max(hypot(x2 - x1, y2 - y1), r1 - r2, 0.01), 1.0))
        a, b = way + pi / 2 - lean, way - pi / 2 + lean
        far_a, far_b = _on(x2, y2, r2, a), _on(x2, y2, r2, b)
        near_a, near_b = _on(x1, y1, r1, a), _on(x1, y1, r1, b)
        return f"M{near_b}L{far_b}A{r2:.1f} {r2:.1f} 0 0 1 {far_a}L{near_a}A{r1:.1f} {r1:.1f} 0 1 1 {near_b}Z"


PAIR = "ab"


def _on(x: float, y: float, radius: float, angle: float) -> str:
    return f"{x + radius * cos(angle):.1f} {y + radius * sin(angle):.1f}"


@dataclass(frozen=True, slots=True)
class Shape:
    """A part of the picture: its paint (a class of the style), the limb it belongs to, and its hulls in any stance."""

    paint: str
    limb: str
    hulls: Callable[[Stance], tuple[Hull, ...]]


def body_shapes() -> Iterator[Shape]:
    """Yield the parts of a body from what is under to what is over, limb by limb."""
    for side in SIDES:
        yield Shape("skin", f"leg_{side}", _bare_leg(side))
        yield Shape("shorts", f"leg_{side}", _shorts(side))
        yield Shape("shoe", f"leg_{side}", _shoe(side))
        yield Shape("skin", f"arm_{side}", _bare_arm(side))
        yield Shape("shirt", f"arm_{side}", _sleeve(side))
    yield Shape("skin", "head", _face)
    yield Shape("eye", "head", _eyes)
    yield Shape("hair", "head", _hair)
    yield Shape("shorts", "trunk", _hips)
    yield Shape("shirt", "trunk", _chest)


def _ball(stance: Stance, name: str, more: float = 0.0) -> Ball:
    return stance.points[name], stance.round[name] + more


def _between(stance: Stance, one: str, other: str, share: float, more: float = 0.0) -> Ball:
    """Return the ball SHARE of the way from ONE to OTHER."""
    a, b = _ball(stance, one), _ball(stance, other)
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share + more


def _bare_leg(side: str) -> Callable[[Stance], tuple[Hull, ...]]:
    names = (("hip", "knee"), ("knee", "calf"), ("calf", "ankle"))
    return lambda it: tuple((_ball(it, f"{a}_{side}"), _ball(it, f"{b}_{side}")) for a, b in names)


def _shorts(side: str) -> Callable[[Stance], tuple[Hull, ...]]:
    hem = 0.42
    return lambda it: ((_ball(it, f"hip_{side}", 0.003), _between(it, f"hip_{side}", f"knee_{side}", hem, 0.006)),)


def _shoe(side: str) -> Callable[[Stance], tuple[Hull, ...]]:
    return lambda it: (
        tuple(_ball(it, f"{name}_{side}", 0.001) for name in ("heel", "ball", "toe")),
        (_ball(it, f"ankle_{side}", -0.001), _ball(it, f"heel_{side}", 0.001)),
    )


def _bare_arm(side: str) -> Callable[[Stance], tuple[Hull, ...]]:
    names = (("shoulder", "elbow"), ("elbow", "wrist"), ("wrist", "hand"))
    return lambda it: tuple((_ball(it, f"{a}_{side}"), _ball(it, f"{b}_{side}")) for a, b in names)


def _sleeve(side: str) -> Callable[[Stance], tuple[Hull, ...]]:
    hem = 0.5
    return lambda it: (
        (_ball(it, f"shoulder_{side}", 0.003), _between(it, f"shoulder_{side}", f"elbow_{side}", hem, 0.005)),
    )


def _face(it: Stance) -> tuple[Hull, ...]:
    head, middle, r = it.frames["head"], it.points["head"], it.round["head"]
    skull = (middle + head.at(r * 0.04, r * 0.1, 0), r * 0.82)
    jaw = (middle + head.at(r * 0.26, -r * 0.52, 0), r * 0.56)
    nose = (middle + head.at(r * 0.98, -r * 0.12, 0), r * 0.13)
    return (
        (_ball(it, "neck"), (middle - head.at(r * 0.1, r * 0.5, 0), it.round["neck"] * 0.92)),
        (skull, jaw),
        (skull, nose),
    )


def _eyes(it: Stance) -> tuple[Hull, ...]:
    head, middle, r = it.frames["head"], it.points["head"], it.round["head"]
    return tuple(((middle + head.at(r * 0.8, r * 0.12, sign * r * 0.3), r * 0.085),) for sign in SIDES.values())


def _hair(it: Stance) -> tuple[Hull, ...]:
    head, middle, r = it.frames["head"], it.points["head"], it.round["head"]
    back = (middle + head.at(-r * 0.36, r * 0.1, 0), r * 0.74)
    crown = (middle + head.at(-r * 0.14, r * 0.4, 0), r * 0.8)
    nape = (middle + head.at(-r * 0.52, -r * 0.4, 0), r * 0.4)
    brow = (middle + head.at(r * 0.36, r * 0.82, 0), r * 0.26)
    return ((back, crown, nape, brow),)


def _hips(it: Stance) -> tuple[Hull, ...]:
    pelvis = it.frames["pelvis"]
    sides = [(sign, side) for side, sign in SIDES.items()]
    waist = it.points["waist"]
    crest = tuple((waist + pelvis.r * (sign * 0.042), it.round["waist"] * 0.96) for sign, _ in sides)
    hips = tuple(_ball(it, f"hip_{side}", 0.002) for _, side in sides)
    return (crest + hips, tuple(_ball(it, f"buttock_{side}") for _, side in sides) + hips)


def _chest(it: Stance) -> tuple[Hull, ...]:
    chest, waist, neck = it.frames["chest"], it.points["waist"], it.points["neck"]
    low = tuple((waist + chest.r * (sign * 0.036), it.round["waist"]) for sign in SIDES.values())
    middle = tuple((it.points["chest"] + chest.at(0.006, 0, sign * 0.05), it.round["chest"]) for sign in SIDES.values())
    high = tuple((neck + chest.at(0, -0.045, sign * 0.07), 0.034) for sign in SIDES.values())
    return (low + middle, middle + high)


def muscle_shapes(muscles: Sequence[str], works: str) -> Iterator[Shape]:
    """Yield the working muscles, on the side that WORKS (`r`, `l`, else both)."""
    for side in SIDES if works not in SIDES else (works,):
        for muscle in muscles:
            yield MUSCLES[muscle](side)


def _on_thigh(start: float, end: float, front: float, out: float, r1: float, r2: float) -> Callable[[str], Shape]:
    """A muscle along the thigh: from START to END of it, FRONT and OUT of its middle."""

    def shape(side: str) -> Shape:
        def hulls(it: Stance) -> tuple[Hull, ...]:
            thigh, hip, knee = it.frames[f"thigh_{side}"], it.points[f"hip_{side}"], it.points[f"knee_{side}"]
            aside = thigh.at(front, 0, out * SIDES[side])
            way = knee - hip
            return (((hip + way * start + aside, r1), (hip + way * end + aside * 0.8, r2)),)

        return Shape("muscle", f"leg_{side}", hulls)

    return shape


def _on_pelvis(
    first: tuple[float, float, float], second: tuple[float, float, float], r1: float, r2: float
) -> Callable[[str], Shape]:
    """A muscle on the pelvis between two places (forward, up, out of the hip joint)."""

    def shape(side: str) -> Shape:
        def hulls(it: Stance) -> tuple[Hull, ...]:
            pelvis, hip = it.frames["pelvis"], it.points[f"hip_{side}"]
            ends = [hip + pelvis.at(f, u, out * SIDES[side]) for f, u, out in (first, second)]
            return (((ends[0], r1), (ends[1], r2)),)

        return Shape("muscle", f"hip_{side}", hulls)

    return shape


def _on_trunk(
    first: tuple[float, float, float], second: tuple[float, float, float], r1: float, r2: float
) -> Callable[[str], Shape]:
    """A muscle on the trunk: forward and up of the waist, out of the middle."""

    def shape(side: str) -> Shape:
        def hulls(it: Stance) -> tuple[Hull, ...]:
            ends = []
            for frame, (f, u, out) in (("pelvis", first), ("chest", second)):
                ends.append(it.points["waist"] + it.frames[frame].at(f, u, out * SIDES[side]))
            return (((ends[0], r1), (ends[1], r2)),)

        return Shape("muscle", "trunk", hulls)

    return shape


def _on_shank(side: str) -> Shape:
    def hulls(it: Stance) -> tuple[Hull, ...]:
        shank, calf, ankle = it.frames[f"shank_{side}"], it.points[f"calf_{side}"], it.points[f"ankle_{side}"]
        back = shank.f * -0.008
        return (((calf + back, 0.024), (calf + (ankle - calf) * 0.45 + back, 0.016)),)

    return Shape("muscle", f"leg_{side}", hulls)


MUSCLES: dict[str, Callable[[str], Shape]] = {
    "gluteus_maximus": _on_pelvis((-0.042, 0.035, 0.0), (-0.04, -0.022, 0.01), 0.032, 0.03),
    "gluteus_medius": _on_pelvis((-0.008, 0.068, 0.03), (-0.002, 0.012, 0.036), 0.028, 0.016),
    "rotators": _on_pelvis((-0.05, 0.03, -0.01), (-0.02, 0.005, 0.03), 0.016, 0.013),
    "hip_flexors": _on_pelvis((0.032, 0.066, -0.012), (0.038, -0.05, 0.0), 0.018, 0.016),
    "quadriceps": _on_thigh(0.22, 0.82, 0.023, 0.004, 0.027, 0.019),
    "hamstrings": _on_thigh(0.2, 0.85, -0.024, 0.0, 0.025, 0.017),
    "adductors": _on_thigh(0.1, 0.6, 0.004, -0.024, 0.022, 0.016),
    "outer_thigh": _on_thigh(0.08, 0.85, 0.004, 0.028, 0.018, 0.012),
    "abdominals": _on_trunk((0.036, -0.05, 0.014), (0.036, 0.08, 0.014), 0.02, 0.024),
    "obliques": _on_trunk((0.006, -0.035, 0.055), (0.006, 0.075, 0.06), 0.02, 0.022),
    "back": _on_trunk((-0.036, -0.04, 0.014), (-0.038, 0.1, 0.014), 0.016, 0.018),
    "calf": _on_shank,
}
