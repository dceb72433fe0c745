"""The things round a figure: mat, wall, chair, step, roller, band, weight, water, bicycle; and the floor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from hipwise.draw._figure_shapes import Hull, Lens
from hipwise.draw._skeleton import SIDES, Stance
from hipwise.draw._skeleton_space import Vec
from hipwise.knowledge import Prop

__all__ = ["Piece", "floor_piece", "thing_pieces", "thing_points"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a thing: its paint, how near it is (None: as near as it stands), and its path data in any stance."""

    paint: str
    path: Callable[[Lens, Stance], str]
    near: float | None = None
    stroke: bool = False


BACK, FRONT = -9.0, 9.0
WAVES = 32


def floor_piece(left: float, right: float, deep: float) -> Piece:
    """The floor from LEFT to RIGHT, DEEP before and behind the middle."""
    corners = [Vec(left, 0, -deep), Vec(right, 0, -deep), Vec(right, 0, deep), Vec(left, 0, deep)]
    return Piece("floor", lambda lens, _: _polygon(lens, corners), BACK)


def thing_points(prop: Prop) -> Iterator[Vec]:
    """Yield points that the picture must have room for."""
    if prop.at is not None and prop.kind != "ball":
        (x, y, z), (long, high, deep) = prop.at, _size(prop)
        down = -1 if prop.kind == "water" else 1
        for a in (-0.5, 0.5):
            yield from (Vec(x + a * long, y + b * down * high, z + c * deep) for b in (0, 1) for c in (-0.5, 0.5))


USUAL = {
    "mat": (1.15, 0.012, 0.36),
    "wall": (0.03, 1.05, 0.5),
    "chair": (0.26, 0.27, 0.28),
    "box": (0.3, 0.12, 0.34),
    "bed": (1.2, 0.3, 0.5),
    "roller": (0.08, 0.08, 0.34),
    "pillow": (0.2, 0.07, 0.16),
    "line": (0.02, 0.004, 0.6),
    "bike": (0.7, 0.5, 0.1),
    "trainer": (0.7, 0.6, 0.1),
    "water": (3.0, 0.1, 0.6),
    "ball": (0.1, 0.1, 0.1),
    "cord": (0.03, 0.03, 0.03),
    "hold": (0.07, 0.07, 0.07),
    "bar": (0.14, 0.14, 0.14),
}


def thing_pieces(prop: Prop) -> Iterator[Piece]:
    """Yield the parts of a thing, from behind to the front."""
    at, size = Vec(*(prop.at or (0, 0, 0))), _size(prop)
    if prop.kind in LIES:
        yield from _block(at, size, prop.kind, LIES[prop.kind])
    elif prop.kind in BUILT:
        yield from BUILT[prop.kind](at, size)
    else:
        yield from _held(prop, size)


def _size(prop: Prop) -> tuple[float, float, float]:
    return prop.size or USUAL.get(prop.kind, (0.1, 0.1, 0.1))


LIES = {"mat": BACK + 1, "line": BACK + 1, "wall": BACK + 2, "box": None, "bed": None}
"""Blocks, and how near they are."""


def _held(prop: Prop, size: tuple[float, float, float]) -> Iterator[Piece]:
    """Things that go with the body: bands, cords, weights, balls, sticks."""
    if prop.kind in STRETCHED:
        yield Piece(STRETCHED[prop.kind], lambda lens, it: _lines(lens, _on_body(prop, it)), stroke=True)
    elif prop.kind == "cord":
        end = Vec(*(prop.at or (0, 0, 0)))
        yield Piece("band", lambda lens, it: _lines(lens, [*_on_body(prop, it), end]), stroke=True)
        yield Piece("knob", lambda lens, _: lens.path([((end, 0.016),)]))
    else:
        drop = Vec(0, -size[1] / 2 if prop.kind == "hold" else 0, 0)
        paint = "ball" if prop.kind == "ball" else "weight"
        yield Piece(paint, lambda lens, it: lens.path([((_middle(_on_body(prop, it)) + drop, size[1] / 2),)]))


STRETCHED = {"band": "band", "loop": "band", "stick": "stick"}


def _on_body(prop: Prop, it: Stance) -> list[Vec]:
    return [it.points[each] for each in prop.points]


def _middle(points: Sequence[Vec]) -> Vec:
    return sum(points[1:], points[0]) * (1 / len(points))


def _polygon(lens: Lens, points: Sequence[Vec]) -> str:
    return f"M{'L'.join('{:.1f} {:.1f}'.format(*lens.see(point)) for point in points)}Z"


def _lines(lens: Lens, points: Sequence[Vec]) -> str:
    return f"M{'L'.join('{:.1f} {:.1f}'.format(*lens.see(point)) for point in points)}"


FACES = {
    "top": ((-0.5, 1, -0.5), (0.5, 1, -0.5), (0.5, 1, 0.5), (-0.5, 1, 0.5)),
    "front": ((-0.5, 0, 0.5), (0.5, 0, 0.5), (0.5, 1, 0.5), (-0.5, 1, 0.5)),
    "front far": ((-0.5, 0, -0.5), (0.5, 0, -0.5), (0.5, 1, -0.5), (-0.5, 1, -0.5)),
    "end": ((0.5, 0, -0.5), (0.5, 0, 0.5), (0.5, 1, 0.5), (0.5, 1, -0.5)),
    "end far": ((-0.5, 0, -0.5), (-0.5, 0, 0.5), (-0.5, 1, 0.5), (-0.5, 1, -0.5)),
}
"""The corners of the faces of a block that may be seen."""
OUT = {
    "top": Vec(0, 1, 0),
    "front": Vec(0, 0, 1),
    "front far": Vec(0, 0, -1),
    "end": Vec(1, 0, 0),
    "end far": Vec(-1, 0, 0),
}
EDGE_ON = 0.01
"""A face that looks less than this at the viewer is not drawn."""


def _block(at: Vec, size: tuple[float, float, float], paint: str, near: float | None) -> Iterator[Piece]:
    for face, corners in FACES.items():
        placed = [at + Vec(x * size[0], y * size[1], z * size[2]) for x, y, z in corners]
        yield Piece(f"{paint} {face.split()[0]}", _face(placed, OUT[face]), near)


def _face(corners: Sequence[Vec], out: Vec) -> Callable[[Lens, Stance], str]:
    return lambda lens, _: _polygon(lens, corners) if lens.camera.see(out)[2] > EDGE_ON else UNSEEN


UNSEEN = "M0 0Z"


def _bone(points: Sequence[Vec], near: float | None, paint: str = "leg") -> Piece:
    """A bar of a thing that does not move."""
    return Piece(paint, lambda lens, _: _lines(lens, points), near, stroke=True)


def _chair(at: Vec, size: tuple[float, float, float], near: float | None = None) -> Iterator[Piece]:
    long, high, deep = size
    for a in (-0.42, 0.42):
        for c in (-0.42, 0.42):
            yield _bone([at + Vec(a * long, 0, c * deep), at + Vec(a * long, high, c * deep)], near)
    yield from _block(at + Vec(0, high - 0.03, 0), (long, 0.03, deep), "box", near)
    yield from _block(at + Vec(-long / 2, high, 0), (0.03, 0.26, deep), "box", near)


def _roller(at: Vec, size: tuple[float, float, float], near: float | None = None) -> Iterator[Piece]:
    _, high, deep = size
    along = Vec(0, 0, deep / 2) if size[0] <= size[2] else Vec(size[0] / 2, 0, 0)
    ends = (at + Vec(0, high / 2, 0) - along, at + Vec(0, high / 2, 0) + along)
    hull: Hull = tuple((end, high / 2) for end in ends)
    yield Piece("roller", lambda lens, _: lens.path([hull]), near)
    yield Piece("roller core", lambda lens, _: lens.path([((ends[1], high / 4),)]), near)


def _pillow(at: Vec, size: tuple[float, float, float]) -> Iterator[Piece]:
    long, high, deep = size
    r = high / 2
    hull: Hull = tuple((at + Vec(a * (long / 2 - r), r, c * (deep / 2 - r)), r) for a in (-1, 1) for c in (-1, 1))
    yield Piece("pillow", lambda lens, _: lens.path([hull]))


def _water(at: Vec, size: tuple[float, float, float]) -> Iterator[Piece]:
    """The surface as a wave, and what is under it."""
    long, deep, _ = size
    steps = range(WAVES + 1)
    waves = [at + Vec(long * (step / WAVES - 0.5), 0.012 * sin(step * pi / 2), 0) for step in steps]
    edge = [*waves, at + Vec(long / 2, -deep, 0), at + Vec(-long / 2, -deep, 0)]
    yield Piece("water", lambda lens, _: _polygon(lens, edge), FRONT)


def _ring(lens: Lens, middle: Vec, radius: float) -> str:
    points = [middle + Vec(radius * cos(a * pi / 12), radius * sin(a * pi / 12), 0) for a in range(24)]
    return _polygon(lens, points)


def _bike(at: Vec, _size: tuple[float, float, float]) -> Iterator[Piece]:
    """An exercise bicycle: a flywheel, a frame, a saddle, a handlebar, and cranks that follow the feet."""
    crank, saddle, bars, wheel = (at + Vec(*each) for each in BIKE)
    low = Vec(0, 0.02, 0)
    bones = (
        [at + Vec(-0.28, 0.012, 0), at + Vec(0.42, 0.012, 0)],
        [at + Vec(-0.16, 0, 0) + low, crank, saddle],
        [crank, bars, bars + Vec(0.06, 0.03, 0)],
        [at + Vec(0.3, 0, 0) + low, bars],
    )
    yield from (_bone(points, BACK + 3, "leg thick") for points in bones)
    yield Piece("wheel", lambda lens, _: _ring(lens, wheel, 0.13), BACK + 3)
    seat: Hull = ((saddle + Vec(-0.05, 0, 0), 0.022), (saddle + Vec(0.06, 0, 0), 0.016))
    yield Piece("weight", lambda lens, _: lens.path([seat]), BACK + 4)
    yield from (_crank(crank, side) for side in SIDES)


def _crank(crank: Vec, side: str) -> Piece:
    return Piece("leg", lambda lens, it: _lines(lens, [crank, it.points[f"ball_{side}"]]), None, stroke=True)


BIKE = ((0.0, 0.17, 0.0), (-0.17, 0.49, 0.0), (0.33, 0.62, 0.0), (0.33, 0.17, 0.0))
"""Crank, saddle, handlebar, flywheel."""


def _trainer(at: Vec, _size: tuple[float, float, float]) -> Iterator[Piece]:
    """A cross-trainer: two pedals on rails, two poles."""
    base, pole, top = at + Vec(-0.4, 0.02, 0), at + Vec(0.36, 0.02, 0), at + Vec(0.3, 0.62, 0)
    yield _bone([base, pole, top], BACK + 3, "leg thick")
    yield Piece("wheel", lambda lens, _: _ring(lens, at + Vec(0.36, 0.16, 0), 0.12), BACK + 3)
    for side in SIDES:
        yield _pedal(pole, side)
        yield _handle(pole, side)


def _pedal(pole: Vec, side: str) -> Piece:
    def path(lens: Lens, it: Stance) -> str:
        heel, toe = it.points[f"heel_{side}"] + Vec(-0.02, -0.03, 0), it.points[f"toe_{side}"] + Vec(0.03, -0.02, 0)
        return _lines(lens, [heel, toe, pole + Vec(0, 0.14, 0)])

    return Piece("leg thick", path, None, stroke=True)


def _handle(pole: Vec, side: str) -> Piece:
    def path(lens: Lens, it: Stance) -> str:
        hand = it.points[f"hand_{side}"]
        return _lines(lens, [pole + Vec(-0.02, 0.25, 0), hand, hand + Vec(0, 0.08, 0)])

    return Piece("leg", path, None, stroke=True)


BUILT: dict[str, Callable[[Vec, tuple[float, float, float]], Iterator[Piece]]] = {
    "chair": _chair, "roller": _roller, "pillow": _pillow, "water": _water, "bike": _bike, "trainer": _trainer,
}  # fmt: skip
