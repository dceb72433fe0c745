"""Figures of exercises: a loop that moves, a still pair, and a pair for paper, from the key poses of the knowledge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from hipwise.draw._figure_shapes import Lens, Shape, body_shapes, muscle_shapes
from hipwise.draw._figure_style import PAPER, SCREEN
from hipwise.draw._figure_things import BACK, FRONT, Piece, floor_piece, thing_pieces, thing_points
from hipwise.draw._skeleton import SIDES, Body, Full, Stance, full_poses, halfway, stand
from hipwise.draw._skeleton_space import Camera, Vec
from hipwise.draw._svg import Element, element, picture
from hipwise.knowledge import Arrow, Figure, Knowledge
from hipwise.texts import say

__all__ = ["FigureForm", "figure", "figure_stances"]

WIDTH, HEIGHT, MARGIN = 360.0, 280.0, 16.0
LOWEST = 150.0
FLOOR = 0.22
"""How far the floor goes before and behind the body."""
LARGEST, LARGEST_ALONE = 230.0, 310.0
"""Pixels a body height, at most: on paper figures of one size look like one person. One that is alone on a phone may be
larger where it lies, or it would be small in a wide and empty picture."""
SHARES = (0.0, 0.1, 0.28, 0.5, 0.72, 0.9, 1.0)
"""How far a movement has come at equal steps of time: it starts and ends softly."""
EVEN = (0.0, 0.25, 0.5, 0.75, 1.0)
HOLD = 2
"""Steps of time that each end of a movement is held."""
DEPTH_PER_HEIGHT = 0.6
ON_TOP = 0.001
BEHIND = -0.02
FACING = 0.35
"""From here on a face looks at the viewer, and stands before its hair."""


class FigureForm(StrEnum):
    """How a figure is shown."""

    LOOP = "loop"
    PAIR = "pair"
    PRINT = "print"


@dataclass(frozen=True, slots=True)
class Scene:
    """A figure with its stances: STILLS are the two of the pair, FRAMES the whole loop in order."""

    figure: Figure
    frames: tuple[Stance, ...]
    stills: tuple[Stance, ...]
    lens: Lens
    letter: str
    height: float

    @property
    def between_stills(self) -> tuple[Stance, ...]:
        """The frames of the movement that the pair shows."""
        if self.figure.motion != "round":
            return self.frames[: len(self.frames) // 2]
        first, last = (each * (len(EVEN) - 1) for each in self.figure.stills)
        return self.frames[first : last + 1]

    @property
    def camera(self) -> Camera:
        """Where one looks from."""
        return self.lens.camera


def figure(exercise: str, knowledge: Knowledge, form: FigureForm = FigureForm.LOOP, *, side: str = "right") -> Element:
    """Return the figure of an EXERCISE (id), the hip of SIDE (`left`, `right`) working.

    The loop holds the still pair as well and shows it where the reader wants no motion. Colours are CSS variables
    (`--figure-skin`, ...) with fallbacks for light and dark; the print form names its colours and needs no screen.

    Raises:
        KeyError: no exercise of that id, or it has no figure.
    """
    rehab = knowledge.rehab
    shown = rehab.figures[exercise]
    largest = LARGEST_ALONE if form is FigureForm.LOOP else LARGEST
    scene = _scene(shown, knowledge.constants(Body, "figure"), side, largest)
    told = rehab.exercises[exercise]
    name, about = told.name, say("figure.about", steps=" ".join(told.steps))
    pair = _pair(scene)
    if form is FigureForm.LOOP and len(scene.frames) > 1:
        moving = element("g", *_picture(scene, scene.frames), class_="fig-loop")
        still = element("g", *_shrunk(pair, scene.height), class_="fig-still")
        return picture(WIDTH, scene.height, name, about, (moving, still), style=SCREEN)
    if form is FigureForm.LOOP and len(scene.stills) == 1:  # a hold: as large as what moves
        return picture(WIDTH, scene.height, name, about, _pair(scene, WIDTH), style=SCREEN)
    return picture(2 * WIDTH, scene.height, name, about, pair, style=PAPER if form is FigureForm.PRINT else SCREEN)


def figure_stances(exercise: str, knowledge: Knowledge) -> list[Stance]:
    """Return the body in every frame of an exercise's loop (for checks of joints and floor)."""
    return list(_scene(knowledge.rehab.figures[exercise], knowledge.constants(Body, "figure"), "right").frames)


def _shrunk(pair: Sequence[Element], height: float) -> tuple[Element, ...]:
    half = height / 4
    return (element("g", *pair, transform=f"translate(0 {half:g}) scale(.5)"),)


def _scene(shown: Figure, body: Body, side: str, largest: float = LARGEST) -> Scene:
    poses = full_poses(shown)
    frames = tuple(stand(pose, shown, body) for pose in _times(shown, poses))
    keys = [stand(pose, shown, body) for pose in poses]
    stills = tuple(keys[each] for each in dict.fromkeys(each % len(keys) for each in shown.stills))
    camera = Camera(shown.turn, shown.tilt)
    mirrored = (side == "left") != (shown.works == "l")
    lens, height = _fitted(shown, (*frames, *keys), camera, largest, mirrored=mirrored)
    letter = "" if shown.works not in SIDES else say(f"figure.{side}_letter")
    return Scene(shown, frames if len(poses) > 1 else frames[:1], stills, lens, letter, height)


def _times(shown: Figure, poses: Sequence[Full]) -> Iterator[Full]:
    """Yield the poses of one loop at equal steps of time."""
    if shown.motion == "round":
        yield from _between([*poses, poses[0]], EVEN)
        return
    out = list(_between(poses, SHARES if len(poses) == len(SIDES) else EVEN))
    yield from [out[0]] * HOLD
    yield from out
    yield from [out[-1]] * HOLD
    yield from reversed(out)


def _between(poses: Sequence[Full], shares: Sequence[float]) -> Iterator[Full]:
    """Yield the way through all POSES, each once."""
    yield halfway(poses[0], poses[0], 0)
    for one, other in pairwise(poses):
        yield from (halfway(one, other, share) for share in shares[1:])


def _fitted(
    shown: Figure, stances: Sequence[Stance], camera: Camera, largest: float, *, mirrored: bool
) -> tuple[Lens, float]:
    """Return the lens that has room for all stances and things, and how high the picture must be."""
    boxes = [
        (*camera.see(point)[:2], stance.round[name]) for stance in stances for name, point in stance.points.items()
    ]
    boxes += [(*camera.see(point)[:2], 0.0) for prop in shown.props for point in thing_points(prop)]
    floor = (
        [Vec(x, 0, z) for stance in stances for x in _across(stance) for z in (-FLOOR, FLOOR)] if shown.floor else []
    )
    boxes += [(*camera.see(point)[:2], 0.0) for point in floor]
    left, right = min(x - r for x, _, r in boxes), max(x + r for x, _, r in boxes)
    low, high = min(y - r for _, y, r in boxes), max(y + r for _, y, r in boxes)
    scale = min(largest, (WIDTH - 2 * MARGIN) / (right - left), (HEIGHT - 2.5 * MARGIN) / (high - low))
    middle = (left + right) / 2 * (-1 if mirrored else 1)
    height = max(LOWEST, min(HEIGHT, (high - low) * scale + 3 * MARGIN))
    return Lens(camera, scale, mirrored, WIDTH / 2 - middle * scale, height - 1.3 * MARGIN + low * scale), height


def _pair(scene: Scene, width: float = 2 * WIDTH) -> tuple[Element, ...]:
    """Return the still pair side by side; one picture in the middle where nothing moves."""
    stills = scene.stills
    shown = []
    for place, stance in enumerate(stills):
        x = (width / len(stills)) * (place + 0.5) - WIDTH / 2
        last = place == len(stills) - 1
        label = element("text", str(place + 1), x=MARGIN * 1.2, y=MARGIN * 1.9, class_="fig-number")
        numbered = (label,) if len(stills) > 1 else ()
        drawn = _picture(scene, (stance,), arrows=last)
        shown.append(element("g", *drawn, *numbered, transform=f"translate({x:g} 0)"))
    return tuple(shown)


def _picture(scene: Scene, frames: Sequence[Stance], *, arrows: bool = False) -> Iterator[Element]:
    """Yield all that stands in one picture, from the back to the front."""
    pieces: list[tuple[float, Element]] = []
    for piece in _around(scene):
        near = piece.near if piece.near is not None else _thing_depth(piece)
        pieces.append((near, _drawn(scene, piece, frames)))
    limbs: dict[str, list[Element]] = {}
    for shape in (*body_shapes(), *muscle_shapes(scene.figure.muscles, scene.figure.works)):
        limbs.setdefault(shape.limb, []).append(_part(scene, shape, frames))
    if scene.camera.see(frames[0].frames["head"].f)[2] > FACING:
        limbs["head"].insert(0, limbs["head"].pop())
    pieces += [(_depth(scene, limb), element("g", *parts, class_=_tone(scene, limb))) for limb, parts in limbs.items()]
    yield from (each for _, each in sorted(pieces, key=lambda piece: piece[0]))
    yield from _mark(scene, frames)
    if arrows:
        for arrow in scene.figure.arrows:
            yield from _arrow(scene, arrow)


def _around(scene: Scene) -> Iterator[Piece]:
    xs = [x for stance in scene.frames for x in _across(stance)]
    if scene.figure.floor:
        yield floor_piece(min(xs), max(xs), FLOOR)
    for prop in scene.figure.props:
        yield from thing_pieces(prop)


def _across(stance: Stance) -> tuple[float, float]:
    """Return from where to where the floor goes under a body."""
    xs = [point.x for point in stance.points.values()]
    return min(xs) - 0.1, max(xs) + 0.1


def _thing_depth(piece: Piece) -> float:
    """Things without a depth of their own stand behind the body, except bands and weights, which lie on it."""
    return FRONT - 1 if piece.stroke or piece.paint in {"weight", "ball", "knob"} else BACK + 3


def _drawn(scene: Scene, piece: Piece, frames: Sequence[Stance]) -> Element:
    paint = " ".join(f"fig-{each}" for each in piece.paint.split())
    return _moving([piece.path(scene.lens, frame) for frame in frames], paint, scene.figure.seconds)


def _part(scene: Scene, shape: Shape, frames: Sequence[Stance]) -> Element:
    paths = [scene.lens.path(shape.hulls(frame)) for frame in frames]
    return _moving(paths, f"fig-{shape.paint}", scene.figure.seconds)


def _moving(paths: Sequence[str], paint: str, seconds: float) -> Element:
    if len(set(paths)) == 1:
        return element("path", d=paths[0], class_=paint)
    return element("path", _animated("animate", paths, seconds, attributeName="d"), d=paths[0], class_=paint)


def _animated(name: str, values: Sequence[str], seconds: float, **attributes: str) -> Element:
    """Return an animation through VALUES at equal steps of time; what is held is named at its ends only."""
    last = len(values) - 1
    kept = [at for at, value in enumerate(values) if at in {0, last} or {values[at - 1], values[at + 1]} != {value}]
    times = ";".join(f"{at / last:.3f}" for at in kept)
    return element(
        name, dur=f"{seconds:g}s", repeatCount="indefinite", keyTimes=times,
        values=";".join(values[at] for at in kept), **attributes,
    )  # fmt: skip


LIMBS = {
    "trunk": ("waist", "chest"),
    "head": ("head", "neck"),
    **{f"leg_{side}": (f"hip_{side}", f"knee_{side}") for side in SIDES},
    **{f"arm_{side}": (f"shoulder_{side}", f"elbow_{side}", f"wrist_{side}") for side in SIDES},
}
"""The points that tell how near a limb is."""


def _depth(scene: Scene, limb: str) -> float:
    """Return how near a limb is, over the whole loop."""
    if limb.startswith("hip"):
        return _muscle_depth(scene, limb[-1])
    names = LIMBS[limb]
    seen = [scene.camera.see(frame.points[name])[2] for frame in scene.frames for name in names]
    return sum(seen) / len(seen)


def _muscle_depth(scene: Scene, side: str) -> float:
    """A muscle of the pelvis lies on whatever is in front there, unless its hip is the far one."""
    leg, trunk = _depth(scene, f"leg_{side}"), _depth(scene, "trunk")
    return leg + ON_TOP if _tone(scene, f"leg_{side}") == "fig-far" else max(leg, trunk) + ON_TOP


def _tone(scene: Scene, limb: str) -> str:
    """The far one of two limbs is toned down."""
    if limb[-2:] not in {"_r", "_l"}:
        return "fig-near"
    root, side = ("shoulder" if limb.startswith("arm") else "hip"), limb[-1]
    other = "l" if side == "r" else "r"
    one, two = (scene.camera.see(scene.frames[0].points[f"{root}_{each}"]) for each in (side, other))
    behind = (one[2] - two[2]) + DEPTH_PER_HEIGHT * (one[1] - two[1])
    return "fig-far" if behind < BEHIND else "fig-near"


def _mark(scene: Scene, frames: Sequence[Stance]) -> Iterator[Element]:
    """A ring with L or R on the hip that works."""
    if not scene.letter:
        return
    seen = [scene.lens.see(frame.points[f"hip_{scene.figure.works}"]) for frame in frames]
    places = [f"{x:.1f} {y:.1f}" for x, y in seen]
    ring = [element("circle", r=6.5, class_="fig-mark"), element("text", scene.letter, y=3.5, class_="fig-letter")]
    if len(set(places)) > 1:
        ring.append(
            _animated("animateTransform", places, scene.figure.seconds, attributeName="transform", type="translate")
        )
    yield element("g", *ring, transform=f"translate({places[0]})")


def _arrow(scene: Scene, arrow: Arrow) -> Iterator[Element]:
    """An arrow along the way of a point, or along a push."""
    stances = scene.between_stills
    way = [scene.lens.see(stance.points[arrow.point]) for stance in stances]
    if arrow.push is not None:
        start = scene.stills[-1].points[arrow.point]
        way = [scene.lens.see(start), scene.lens.see(start + Vec(*arrow.push))]
    dx, dy = arrow.off[0] * scene.lens.scale * (-1 if scene.lens.mirrored else 1), -arrow.off[1] * scene.lens.scale
    way = [(x + dx, y + dy) for x, y in dict.fromkeys((round(x, 1), round(y, 1)) for x, y in way)]
    if len(way) < len(SIDES):
        return
    (x1, y1), (x2, y2) = way[-min(3, len(way))], way[-1]
    length = max(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5, 1e-6)
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    tip = [(x2 + ux * 11, y2 + uy * 11), (x2 - uy * 7, y2 + ux * 7), (x2 + uy * 7, y2 - ux * 7)]
    line = _curve(way)
    head = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in tip) + "Z"
    yield element("path", d=line, class_="fig-arrow-halo")
    yield element("path", d=line, class_="fig-arrow")
    yield element("path", d=head, class_="fig-arrow-head")


def _curve(way: Sequence[tuple[float, float]]) -> str:
    """Return a smooth line from the first place to the last that goes by the middle one."""
    (x1, y1), (xm, ym), (x2, y2) = way[0], way[len(way) // 2], way[-1]
    bend = (2 * xm - (x1 + x2) / 2, 2 * ym - (y1 + y2) / 2)
    return f"M{x1:.1f} {y1:.1f}Q{bend[0]:.1f} {bend[1]:.1f} {x2:.1f} {y2:.1f}"
