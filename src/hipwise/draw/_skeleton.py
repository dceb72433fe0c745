"""One body for all figures: joint angles become points; feet and hands that rest somewhere are reached for.

Segment lengths and thicknesses are shares of the body's height (`parameters/figure.yaml`), so every figure is the same
person. A limb with a place bends as two bones do that must end there; a pinned point stays where it rests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from hipwise.draw._skeleton_space import ZERO, Frame, Vec, angle_between, bent
from hipwise.knowledge import Figure, Pose

__all__ = ["SIDES", "Body", "Full", "Stance", "full_poses", "halfway", "joint_angles", "stand"]

SIDES = {"r": 1.0, "l": -1.0}
BASES = {
    "upright": Frame(Vec(1, 0, 0), Vec(0, 1, 0), Vec(0, 0, 1)),
    "supine": Frame(Vec(0, 1, 0), Vec(-1, 0, 0), Vec(0, 0, 1)),
    "prone": Frame(Vec(0, -1, 0), Vec(1, 0, 0), Vec(0, 0, 1)),
    "side": Frame(Vec(0, 0, 1), Vec(1, 0, 0), Vec(0, 1, 0)),
    "side_back": Frame(Vec(0, 0, -1), Vec(-1, 0, 0), Vec(0, 1, 0)),
}
"""How a body lies before any angle: on its back with the head left, face down with the head right, on its left side
with the face or the back to the viewer."""
GROUND = BASES["upright"]
ANGLES = {
    **dict.fromkeys(("lean", "back", "neck", "hip_r", "hip_l", "shoulder_r", "shoulder_l"), (0.0, 0.0, 0.0)),
    **dict.fromkeys(("knee_r", "knee_l", "ankle_r", "ankle_l", "elbow_r", "elbow_l"), (0.0,)),
}
PLACES = ("pelvis", "foot_r", "foot_l", "rest_r", "rest_l", "hand_r", "hand_l")
BOTH = {
    "hips": "hip", "knees": "knee", "ankles": "ankle", "shoulders": "shoulder", "elbows": "elbow",
    "feet": "foot", "hands": "hand",
}  # fmt: skip
MIRRORED = 2
"""Which number of a place lies on the other side for the left limb."""

Full = Mapping[str, tuple[float, ...]]
"""A whole pose: every angle, and the places that are named."""


@dataclass(frozen=True, slots=True)
class Body:
    """Lengths and half thicknesses of the body, as shares of its height."""

    thigh: float
    shank: float
    sole: float
    toes: float
    heel: float
    hip_half: float
    pelvis: float
    chest: float
    neck: float
    shoulder_half: float
    upper_arm: float
    forearm: float
    hand: float
    head_r: float
    neck_r: float
    chest_r: float
    waist_r: float
    pelvis_r: float
    buttock_r: float
    hip_r: float
    knee_r: float
    calf_r: float
    ankle_r: float
    heel_r: float
    toe_r: float
    shoulder_r: float
    elbow_r: float
    wrist_r: float
    hand_r: float


@dataclass(slots=True)
class Stance:
    """A body in space: its named points, the frames of its parts, and how thick it is at its points."""

    points: dict[str, Vec] = field(default_factory=dict)
    frames: dict[str, Frame] = field(default_factory=dict)
    round: dict[str, float] = field(default_factory=dict)

    def put(self, name: str, point: Vec, radius: float) -> Vec:
        """Note a point with its thickness."""
        self.points[name], self.round[name] = point, radius
        return point

    def moved(self, way: Vec) -> Stance:
        """Return the same body elsewhere."""
        return Stance({name: point + way for name, point in self.points.items()}, self.frames, self.round)

    @property
    def lowest(self) -> float:
        """The height of the lowest skin."""
        return min(point.y - self.round[name] for name, point in self.points.items())


def full_poses(figure: Figure) -> list[Full]:
    """Return the key poses of a figure, each whole."""
    poses: list[Full] = []
    for pose in figure.poses:
        before = poses[-1] if poses else ANGLES
        poses.append({**before, **_named(pose)})
    return poses


def _named(pose: Pose) -> dict[str, tuple[float, ...]]:
    said: dict[str, tuple[float, ...]] = {}
    for both, one in BOTH.items():
        value = getattr(pose, both)
        if value is not None:
            right = value if isinstance(value, tuple) else (value,)
            left = (*right[:MIRRORED], -right[MIRRORED], *right[MIRRORED + 1 :]) if f"{one}_r" in PLACES else right
            said |= {f"{one}_r": right, f"{one}_l": left}
    for name in (*ANGLES, *PLACES):
        value = getattr(pose, name)
        if value is not None:
            said[name] = value if isinstance(value, tuple) else (value,)
    return said


def halfway(one: Full, other: Full, share: float) -> Full:
    """Return the pose that lies SHARE of the way from ONE to OTHER; a place that only one names is left out."""
    return {
        name: tuple(a + (b - a) * share for a, b in zip(one[name], other[name], strict=True))
        for name in one
        if name in other
    }


def stand(pose: Full, figure: Figure, body: Body) -> Stance:
    """Return the body in a POSE of a FIGURE, placed by its pin, by its pelvis, or else with its lowest skin at 0."""
    lean = pose["lean"]
    pelvis = BASES[figure.base].swing(lean[2]).nod(-lean[0]).roll(lean[1])
    loose = _trunk_and_limbs(pose, pelvis, body)
    root = _root(pose, figure, loose)
    stance = loose.moved(root)
    for side, sign in SIDES.items():
        if f"foot_{side}" in pose:
            _plant(stance, pose, body, side, sign)
        elif f"rest_{side}" in pose:
            _lay(stance, pose, body, side)
        if f"hand_{side}" in pose:
            _reach(stance, pose, body, side, sign)
    return stance


def _root(pose: Full, figure: Figure, loose: Stance) -> Vec:
    """Return where the pelvis is."""
    if figure.pin is not None:
        x, height, z = figure.pin.at
        point = loose.points[figure.pin.point]
        return Vec(x, height + loose.round[figure.pin.point], z) - point
    if "pelvis" in pose:
        return Vec(*pose["pelvis"])
    free = {side for side in SIDES if f"foot_{side}" not in pose and f"rest_{side}" not in pose}
    resting = [name for name in loose.points if name[:-2] not in LEG or name[-1] in free]
    return Vec(0, -min(loose.points[name].y - loose.round[name] for name in resting), 0)


LEG = frozenset({"knee", "calf", "ankle", "heel", "ball", "toe", "sole"})


def _trunk_and_limbs(pose: Full, pelvis: Frame, body: Body) -> Stance:
    """Return the body by its angles alone, its pelvis at the origin."""
    stance = Stance()
    flex, bend, twist = pose["back"]
    chest = pelvis.swing(twist / 2).nod(-flex).roll(bend).swing(twist / 2)
    nod, tip, turn = pose["neck"]
    head = chest.swing(turn).nod(-nod).roll(tip)
    stance.frames |= {"pelvis": pelvis, "chest": chest, "head": head}
    stance.put("pelvis", ZERO, body.pelvis_r)
    waist = stance.put("waist", pelvis.u * body.pelvis, body.waist_r)
    neck = stance.put("neck", waist + chest.u * body.chest, body.neck_r)
    stance.put("chest", waist + chest.u * (body.chest * 0.55), body.chest_r)
    stance.put("upper_back", waist + chest.at(-body.chest_r, body.chest * 0.8, 0), 0)
    stance.put("tail", pelvis.at(-body.buttock_r * 1.5, 0, 0), 0)
    stance.put("head", neck + head.u * body.neck, body.head_r)
    for side, sign in SIDES.items():
        stance.put(f"ear_{side}", stance.points["head"] + head.r * (sign * body.head_r * 0.6), body.head_r * 0.3)
        _leg(stance, pose, body, side, sign)
        _arm(stance, pose, body, side, sign, waist)
    return stance


def _leg(stance: Stance, pose: Full, body: Body, side: str, sign: float) -> None:
    pelvis = stance.frames["pelvis"]
    flex, out, turned = pose[f"hip_{side}"]
    thigh = pelvis.nod(flex).roll(-sign * out).swing(sign * turned)
    shank = thigh.nod(-pose[f"knee_{side}"][0])
    hip = stance.put(f"hip_{side}", pelvis.r * (sign * body.hip_half), body.hip_r)
    stance.put(f"side_{side}", hip + pelvis.r * (sign * body.pelvis_r), 0)
    stance.put(f"buttock_{side}", hip + pelvis.at(-body.buttock_r * 0.5, 0, 0), body.buttock_r)
    knee = stance.put(f"knee_{side}", hip - thigh.u * body.thigh, body.knee_r)
    ankle = stance.put(f"ankle_{side}", knee - shank.u * body.shank, body.ankle_r)
    stance.frames |= {f"thigh_{side}": thigh, f"shank_{side}": shank}
    _foot(stance, body, side, ankle, shank.nod(pose[f"ankle_{side}"][0]))


def _foot(stance: Stance, body: Body, side: str, ankle: Vec, foot: Frame) -> None:
    shank = stance.frames[f"shank_{side}"]
    knee = stance.points[f"knee_{side}"]
    stance.frames[f"foot_{side}"] = foot
    stance.put(f"calf_{side}", knee - shank.at(body.calf_r * 0.25, body.shank * 0.28, 0), body.calf_r)
    stance.put(f"heel_{side}", ankle - foot.at(body.heel, body.sole - body.heel_r, 0), body.heel_r)
    stance.put(f"ball_{side}", ankle + foot.at(body.toes * 0.68, body.toe_r * 1.2 - body.sole, 0), body.toe_r * 1.2)
    stance.put(f"toe_{side}", ankle + foot.at(body.toes, body.toe_r - body.sole, 0), body.toe_r)
    stance.put(f"sole_{side}", ankle + foot.at(body.toes * 0.3, -body.sole, 0), 0)


def _arm(stance: Stance, pose: Full, body: Body, side: str, sign: float, waist: Vec) -> None:
    chest = stance.frames["chest"]
    flex, out, turned = pose[f"shoulder_{side}"]
    upper = chest.nod(flex).roll(-sign * out).swing(sign * turned)
    fore = upper.nod(pose[f"elbow_{side}"][0])
    shoulder = waist + chest.at(0, body.chest * 0.9, sign * body.shoulder_half)
    stance.put(f"shoulder_{side}", shoulder, body.shoulder_r)
    elbow = stance.put(f"elbow_{side}", shoulder - upper.u * body.upper_arm, body.elbow_r)
    wrist = stance.put(f"wrist_{side}", elbow - fore.u * body.forearm, body.wrist_r)
    stance.put(f"hand_{side}", wrist - fore.u * body.hand, body.hand_r)
    stance.frames |= {f"upper_{side}": upper, f"fore_{side}": fore}


def _plant(stance: Stance, pose: Full, body: Body, side: str, sign: float) -> None:
    """Put a foot where it rests; knee and hip follow."""
    x, height, z, heel_up, toes_out = pose[f"foot_{side}"]
    foot = GROUND.swing(sign * toes_out).nod(-heel_up)
    if heel_up < 0:
        ankle = Vec(x, height + body.heel_r, z) + foot.at(body.heel, body.sole - body.heel_r, 0)
    else:
        ankle = Vec(x, height + body.toe_r, z) - foot.at(body.toes, body.toe_r - body.sole, 0)
    pelvis = stance.frames["pelvis"]
    turned = pose[f"hip_{side}"][2]
    towards = pelvis.f + foot.f * 0.7 + pelvis.r * (sign * turned / 45)
    hip = stance.points[f"hip_{side}"]
    knee, ankle = bent(hip, ankle, body.thigh, body.shank, towards)
    _put_leg(stance, side, (hip, knee, ankle), towards, body)
    _foot(stance, body, side, ankle, foot)


def _lay(stance: Stance, pose: Full, body: Body, side: str) -> None:
    """Put an ankle where it rests, the knee going where the hip's angles point."""
    hip = stance.points[f"hip_{side}"]
    towards = (stance.points[f"knee_{side}"] - hip).unit
    knee, ankle = bent(hip, Vec(*pose[f"rest_{side}"]), body.thigh, body.shank, towards)
    _put_leg(stance, side, (hip, knee, ankle), towards, body)
    _foot(stance, body, side, ankle, stance.frames[f"shank_{side}"].nod(pose[f"ankle_{side}"][0]))


def _put_leg(stance: Stance, side: str, joints: tuple[Vec, Vec, Vec], towards: Vec, body: Body) -> None:
    hip, knee, ankle = joints
    stance.put(f"knee_{side}", knee, body.knee_r)
    stance.put(f"ankle_{side}", ankle, body.ankle_r)
    bulge = knee - (hip + ankle) * 0.5
    ahead = bulge if bulge.length > STRAIGHT else towards
    for name, up in (("thigh", (hip - knee).unit), ("shank", (knee - ankle).unit)):
        front = ahead.off(up)
        stance.frames[f"{name}_{side}"] = Frame(front, up, front.cross(up))


def _reach(stance: Stance, pose: Full, body: Body, side: str, sign: float) -> None:
    """Put a hand where it holds or rests; the elbow follows its angle's way."""
    chest = stance.frames["chest"]
    shoulder = stance.points[f"shoulder_{side}"]
    towards = (stance.points[f"elbow_{side}"] - shoulder).unit + chest.at(-0.2, 0, sign * 0.1)
    elbow, wrist = bent(shoulder, Vec(*pose[f"hand_{side}"]), body.upper_arm, body.forearm, towards)
    stance.put(f"elbow_{side}", elbow, body.elbow_r)
    stance.put(f"wrist_{side}", wrist, body.wrist_r)
    stance.put(f"hand_{side}", wrist + _hand_way(elbow, wrist, chest, body) * body.hand, body.hand_r)


def _hand_way(elbow: Vec, wrist: Vec, chest: Frame, body: Body) -> Vec:
    """Return where the hand points: on like the forearm, or flat where that would go through the floor."""
    way = (wrist - elbow).unit
    if wrist.y + way.y * body.hand >= body.hand_r:
        return way
    flat = Vec(way.x, 0, way.z) if abs(way.y) < STEEP else Vec(chest.u.x, 0, chest.u.z)
    return flat.unit


STEEP = 0.9
STRAIGHT = 0.02
"""A knee that sticks out less than this does not tell which way a leg faces."""


def joint_angles(stance: Stance) -> Iterator[tuple[str, float]]:
    """Yield each joint's angle as it came out: `hip_flexion_r`, `knee_flexion_l`, ..."""
    pelvis = stance.frames["pelvis"]
    for side, sign in SIDES.items():
        hip, knee, ankle = (stance.points[f"{name}_{side}"] for name in ("hip", "knee", "ankle"))
        thigh, shank = (knee - hip).unit, (ankle - knee).unit
        yield f"hip_flexion_{side}", _signed(pelvis.u * -1, thigh, pelvis.r)
        yield f"hip_abduction_{side}", 90 - angle_between(thigh, pelvis.r * sign)
        yield f"knee_flexion_{side}", angle_between(thigh, shank)
        yield f"ankle_dorsiflexion_{side}", 90 - angle_between(stance.frames[f"foot_{side}"].f, shank * -1)
        shoulder, elbow, wrist = (stance.points[f"{name}_{side}"] for name in ("shoulder", "elbow", "wrist"))
        yield f"elbow_flexion_{side}", angle_between((elbow - shoulder).unit, (wrist - elbow).unit)


def _signed(start: Vec, way: Vec, axis: Vec) -> float:
    """Return the angle from START to WAY about AXIS, -180 to 180; what goes along the axis is left out."""
    flat = way.off(axis)
    angle = angle_between(start, flat)
    return angle if start.cross(flat).dot(axis) >= 0 else -angle
