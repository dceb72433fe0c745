"""The things round a figure: mat, wall, chair, step, roller, band, weight, water, bicycle; and the floor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from hipwise.draw._figure_shapes import Hull, Lens
from hipwise.draw._skeleton import Stance
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
        (x, y, z), (long, high, deep) = prop.at, prop.size or USUAL.get(prop.kind, (0.1, 0.1, 0.1))
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
    size = prop.size or USUAL.get(prop.kind, (0.1, 0.1, 0.1))
    near = FRONT if prop.front else None
    if prop.kind in {"mat", "line"}:
        yield from _block(Vec(*(prop.at or (0, 0, 0))), size, prop.kind, BACK + 1)
    elif prop.kind in {"wall", "box", "bed"}:
        yield from _block(Vec(*(prop.at or (0, 0, 0))), size, prop.kind, BACK + 2 if prop.kind == "wall" else near)
    elif prop.kind == "chair":
        yield from _chair(Vec(*(prop.at or (0, 0, 0))), size, near)
    elif prop.kind == "roller":
        yield from _roller(Vec(*(prop.at or (0, 0, 0))), size, near)
    elif prop.kind == "pillow":
        yield _pillow(Vec(*(prop.at or (0, 0, 0))), size, near)
    elif prop.kind == "water":
        yield Piece("water", _water(Vec(*(prop.at or (0, 0.5, 0))), size), FRONT)
    elif prop.kind in {"bike", "trainer"}:
        yield from (_bike if prop.kind == "bike" else _trainer)(Vec(*(prop.at or (0, 0, 0))))
    else:
        yield from _held(prop, size)


def _held(prop: Prop, size: tuple[float, float, float]) -> Iterator[Piece]:
    """Things that go with the body: bands, cords, weights, balls, sticks."""
    points, fixed = prop.points, prop.at
    near = FRONT if prop.front else None
    if prop.kind in {"band", "loop", "stick"}:
        paint = "stick" if prop.kind == "stick" else "band"
        yield Piece(paint, lambda lens, it: _lines(lens, [it.points[each] for each in points]), near, stroke=True)
    elif prop.kind == "cord" and fixed is not None:
        end = Vec(*fixed)
        yield Piece("band", lambda lens, it: _lines(lens, [it.points[points[0]], end]), near, stroke=True)
        yield Piece("knob", lambda lens, _: lens.path([((end, 0.016),)]), near)
    else:
        drop = Vec(0, -size[1] * 0.5, 0) if prop.kind == "hold" else Vec(0, 0, 0)
        paint = "ball" if prop.kind == "ball" else "weight"

        def path(lens: Lens, it: Stance) -> str:
            places = [it.points[each] for each in points] if points else [Vec(*(fixed or (0, 0, 0)))]
            middle = Vec(*(sum(getattr(p, axis) for p in places) / len(places) for axis in "xyz"))
            return lens.path([((middle + drop, size[1] / 2),)])

        yield Piece(paint, path, near)


def _polygon(lens: Lens, points: Sequence[Vec]) -> str:
    return f"M{'L'.join('{:.1f} {:.1f}'.format(*lens.see(point)) for point in points)}Z"


def _lines(lens: Lens, points: Sequence[Vec]) -> str:
    return f"M{'L'.join('{:.1f} {:.1f}'.format(*lens.see(point)) for point in points)}"


FACES = (((0, 1), "top"), ((2, 1), "front"), ((2, -1), "front"), ((1, 1), "end"), ((1, -1), "end"))
"""Faces of a block that may be seen: (axis: 0 up, 1 along, 2 deep; which way), paint."""


def _block(at: Vec, size: tuple[float, float, float], paint: str, near: float | None) -> Iterator[Piece]:
    long, high, deep = size
    for (axis, way), tone in FACES:
        out = (Vec(0, way, 0), Vec(way, 0, 0), Vec(0, 0, way))[axis]

        def path(lens: Lens, _: Stance, axis: int = axis, way: int = way, out: Vec = out) -> str:
            if lens.camera.see(out)[2] <= 0.01:
                return "M0 0Z"
            spans = [(-0.5, 0.5), (-0.5, 0.5), (0.0, 1.0)]
            corners = []
            for a, b in ((0, 0), (0, 1), (1, 1), (1, 0)):
                if axis == 0:
                    x, y, z = spans[0][a], float(way > 0), spans[1][b]
                elif axis == 1:
                    x, y, z = way * 0.5, spans[2][a], spans[1][b]
                else:
                    x, y, z = spans[0][a], spans[2][b], way * 0.5
                corners.append(at + Vec(x * long, y * high, z * deep))
            return _polygon(lens, corners)

        yield Piece(f"{paint} {tone}", path, near)


def _chair(at: Vec, size: tuple[float, float, float], near: float | None) -> Iterator[Piece]:
    long, high, deep = size
    for a in (-0.42, 0.42):
        for c in (-0.42, 0.42):
            foot = at + Vec(a * long, 0, c * deep)
            top = at + Vec(a * long, high, c * deep)
            yield Piece("leg", lambda lens, _, foot=foot, top=top: _lines(lens, [foot, top]), near, stroke=True)
    yield from _block(at + Vec(0, high - 0.03, 0), (long, 0.03, deep), "box", near)
    yield from _block(at + Vec(-long / 2, high, 0), (0.03, 0.26, deep), "box", near)


def _roller(at: Vec, size: tuple[float, float, float], near: float | None) -> Iterator[Piece]:
    _, high, deep = size
    along = Vec(0, 0, deep / 2) if size[0] <= size[2] else Vec(size[0] / 2, 0, 0)
    ends = (at + Vec(0, high / 2, 0) - along, at + Vec(0, high / 2, 0) + along)
    hull: Hull = tuple((end, high / 2) for end in ends)
    yield Piece("roller", lambda lens, _: lens.path([hull]), near)
    yield Piece("roller core", lambda lens, _: lens.path([((ends[1], high / 4),)]), near)


def _pillow(at: Vec, size: tuple[float, float, float], near: float | None) -> Piece:
    long, high, deep = size
    r = high / 2
    hull: Hull = tuple((at + Vec(a * (long / 2 - r), r, c * (deep / 2 - r)), r) for a in (-1, 1) for c in (-1, 1))
    return Piece("pillow", lambda lens, _: lens.path([hull]), near)


def _water(at: Vec, size: tuple[float, float, float]) -> Callable[[Lens, Stance], str]:
    """The surface as a wave, and what is under it."""
    long, deep, _ = size

    def path(lens: Lens, _: Stance) -> str:
        steps = range(WAVES + 1)
        waves = [at + Vec(long * (step / WAVES - 0.5), 0.012 * sin(step * pi / 2), 0) for step in steps]
        return _polygon(lens, [*waves, at + Vec(long / 2, -deep, 0), at + Vec(-long / 2, -deep, 0)])

    return path


def _ring(lens: Lens, middle: Vec, radius: float) -> str:
    points = [middle + Vec(radius * cos(a * pi / 12), radius * sin(a * pi / 12), 0) for a in range(24)]
    return _polygon(lens, points)


def _bike(at: Vec) -> Iterator[Piece]:
    """An exercise bicycle: a flywheel, a frame, a saddle, a handlebar; the crank turns about AT + (0, 0.17, 0)."""
    crank, saddle, bars, wheel = (at + Vec(*each) for each in BIKE)
    feet = [at + Vec(-0.28, 0.012, 0), at + Vec(0.42, 0.012, 0)]
    bones = (
        [feet[0], feet[1]],
        [at + Vec(-0.16, 0.02, 0), crank, saddle],
        [crank, bars],
        [at + Vec(0.3, 0.02, 0), bars],
    )
    for bone in bones:
        yield Piece("leg thick", lambda lens, _, bone=bone: _lines(lens, bone), BACK + 3, stroke=True)
    yield Piece("wheel", lambda lens, _: _ring(lens, wheel, 0.13), BACK + 3)
    yield Piece(
        "weight",
        lambda lens, _: lens.path([((saddle + Vec(-0.05, 0, 0), 0.022), (saddle + Vec(0.06, 0, 0), 0.016))]),
        BACK + 4,
    )
    yield Piece("leg thick", lambda lens, _: _lines(lens, [bars, bars + Vec(0.06, 0.03, 0)]), BACK + 4, stroke=True)
    for side in ("l", "r"):
        yield Piece(
            "leg", lambda lens, it, side=side: _lines(lens, [crank, it.points[f"ball_{side}"]]), None, stroke=True
        )


BIKE = ((0.0, 0.17, 0.0), (-0.17, 0.49, 0.0), (0.33, 0.62, 0.0), (0.33, 0.17, 0.0))
"""Crank, saddle, handlebar, flywheel."""


def _trainer(at: Vec) -> Iterator[Piece]:
    """A cross-trainer: two pedals on rails, two poles."""
    base, pole, top = at + Vec(-0.4, 0.02, 0), at + Vec(0.36, 0.02, 0), at + Vec(0.3, 0.62, 0)
    yield Piece("leg thick", lambda lens, _: _lines(lens, [base, pole, top]), BACK + 3, stroke=True)
    yield Piece("wheel", lambda lens, _: _ring(lens, at + Vec(0.36, 0.16, 0), 0.12), BACK + 3)
    for side in ("l", "r"):
        yield Piece(
            "leg thick",
            lambda lens, it, side=side: _lines(
                lens,
                [
                    it.points[f"heel_{side}"] + Vec(-0.02, -0.03, 0),
                    it.points[f"toe_{side}"] + Vec(0.03, -0.02, 0),
                    pole + Vec(0, 0.14, 0),
                ],
            ),
            None,
            stroke=True,
        )
        yield Piece(
            "leg",
            lambda lens, it, side=side: _lines(
                lens,
                [pole + Vec(-0.02, 0.25, 0), it.points[f"hand_{side}"], it.points[f"hand_{side}"] + Vec(0, 0.08, 0)],
            ),
            None,
            stroke=True,
        )
