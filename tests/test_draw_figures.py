"""What figures promise: a body that a body could be, feet and hands where they rest, and a picture for every reader."""

import re
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from hipwise.draw import FigureForm, figure
from hipwise.draw._figure import figure_stances
from hipwise.draw._figure_shapes import MUSCLES, Lens
from hipwise.draw._skeleton import BASES, Body, full_poses, halfway, joint_angles, stand
from hipwise.draw._skeleton_space import Camera, Frame, Vec, angle_between, bent
from hipwise.knowledge import Figure, Knowledge

KB = Knowledge.load()
SVG = "{http://www.w3.org/2000/svg}"
FIGURES = sorted(KB.rehab.figures)
BODY = KB.constants(Body, "figure")
LIMITS = KB.parameters["joints"]
SLACK_DEG = 3
THROUGH = 0.012
"""A share of the height: two centimetres of soft skin."""
stances = cache(lambda name: figure_stances(name, KB))
drawn = cache(lambda name, form: str(figure(name, KB, form)))
REST = {"shoulders": [5, 5, 0]}


def shapes(picture):
    return [each for each in ET.fromstring(str(picture)).iter() if "d" in each.attrib]


def test_every_exercise_has_a_figure():
    assert set(KB.rehab.figures) == set(KB.rehab.exercises)
    assert len(FIGURES) >= 60


def test_on_a_screen_a_hold_is_drawn_as_large_as_what_moves():
    widths = {ET.fromstring(drawn(name, FigureForm.LOOP)).attrib["viewBox"].split()[2] for name in FIGURES}
    assert len(widths) == 1


@pytest.mark.parametrize("name", FIGURES)
def test_no_joint_goes_further_than_a_joint_can(name):
    for stance in stances(name):
        for joint, angle in joint_angles(stance):
            low, high = LIMITS[joint[:-2]].range
            assert low - SLACK_DEG <= angle <= high + SLACK_DEG, (joint, angle)


@pytest.mark.parametrize("name", [name for name in FIGURES if KB.rehab.figures[name].floor])
def test_no_limb_goes_through_the_floor(name):
    assert min(stance.lowest for stance in stances(name)) > -THROUGH


@pytest.mark.parametrize("name", FIGURES)
def test_bones_keep_their_length(name):
    for stance in stances(name):
        for side in "rl":
            hip, knee, ankle = (stance.points[f"{each}_{side}"] for each in ("hip", "knee", "ankle"))
            assert (knee - hip).length == pytest.approx(BODY.thigh, abs=1e-6)
            assert (ankle - knee).length == pytest.approx(BODY.shank, abs=1e-6)
            shoulder, elbow, wrist = (stance.points[f"{each}_{side}"] for each in ("shoulder", "elbow", "wrist"))
            assert (elbow - shoulder).length == pytest.approx(BODY.upper_arm, abs=1e-6)
            assert (wrist - elbow).length == pytest.approx(BODY.forearm, abs=1e-6)


def planted():
    """Yield each foot that a figure leaves in its place through the whole movement."""
    for name, shown in KB.rehab.figures.items():
        poses = full_poses(shown)
        for side in "rl":
            places = {pose.get(f"foot_{side}") for pose in poses}
            if len(poses) > 1 and len(places) == 1 and None not in places:
                yield name, side


@pytest.mark.parametrize(("name", "side"), list(planted()))
def test_a_foot_that_stands_stays_where_it_stands(name, side):
    at = [stance.points[f"toe_{side}"] for stance in stances(name)]
    assert max((each - at[0]).length for each in at) < 0.004


@pytest.mark.parametrize("name", [name for name, each in KB.rehab.figures.items() if each.pin])
def test_a_pinned_point_stays_where_it_rests(name):
    pin = KB.rehab.figures[name].pin
    at = [stance.points[pin.point] for stance in stances(name)]
    assert max((each - at[0]).length for each in at) < 1e-9


def test_a_loop_ends_where_it_begins():
    for name in FIGURES:
        frames = stances(name)
        assert max((frames[0].points[each] - frames[-1].points[each]).length for each in frames[0].points) < 1e-9


@pytest.mark.parametrize("form", [FigureForm.LOOP, FigureForm.PRINT])
@pytest.mark.parametrize("name", FIGURES)
def test_every_form_is_a_picture_that_says_what_it_shows(name, form):
    picture = ET.fromstring(drawn(name, form))
    assert picture.tag == f"{SVG}svg"
    assert picture[0].text == KB.rehab.exercises[name].name
    assert KB.rehab.exercises[name].steps[0] in picture[1].text
    assert not re.search(r"[dM0-9\" ]nan", drawn(name, form))


def test_a_loop_moves_only_where_the_reader_wants_motion():
    text = str(figure("glute_bridge", KB))
    assert "<animate " in text
    assert "prefers-reduced-motion:reduce){.fig-loop{display:none}.fig-still{display:inline}}" in text
    assert text.index('class="fig-loop"') < text.index('class="fig-still"')
    assert "<animate" not in text[text.index('class="fig-still"') :]


def test_frames_of_one_shape_can_be_changed_into_each_other():
    for each in FIGURES:
        for shape in ET.fromstring(drawn(each, FigureForm.LOOP)).iter(f"{SVG}animate"):
            commands = {re.sub(r"[-0-9. ]+", " ", frame) for frame in shape.attrib["values"].split(";")}
            assert len(commands) == 1, each


def test_what_is_held_still_is_one_picture():
    text = str(figure("plank", KB))
    assert "<animate" not in text
    assert ">1<" not in text


def test_the_pair_is_numbered_and_its_last_picture_has_the_arrow():
    text = str(figure("squat_double", KB, FigureForm.PAIR))
    assert [text.count(f">{number}<") for number in (1, 2, 3)] == [1, 1, 0]
    assert text.count('class="fig-arrow"') == 1
    assert text.index('class="fig-arrow"') > text.index("translate(360 0)")


def test_an_arrow_without_a_way_is_left_out():
    still = KB.rehab.figures["plank"].model_copy(
        update={"arrows": KB.rehab.figures["squat_double"].arrows, "id": "plank"}
    )
    rehab = KB.rehab.__class__(**{f: getattr(KB.rehab, f) for f in KB.rehab.__slots__} | {"figures": {"plank": still}})
    knowledge = KB.__class__(**{**vars(KB), "rehab": rehab})
    assert "fig-arrow" not in str(figure("plank", knowledge, FigureForm.PAIR)).partition("</style>")[2]


def test_paper_needs_no_variables_and_no_motion():
    text = str(figure("clamshell", KB, FigureForm.PRINT))
    assert "var(" not in text
    assert "@media" not in text
    assert "<animate" not in text


def test_colours_are_variables_with_a_fallback_for_light_and_dark():
    text = str(figure("clamshell", KB, FigureForm.PAIR))
    assert "var(--figure-skin,#" in text
    assert text.count("prefers-color-scheme:dark") == 1


def test_left_is_the_mirror_of_right_and_says_so():
    right, left = (shapes(figure("clamshell", KB, FigureForm.PRINT, side=side)) for side in ("right", "left"))
    assert len(right) == len(left)
    assert ">R<" in str(figure("clamshell", KB))
    assert ">L<" in str(figure("clamshell", KB, side="left"))
    assert ">L<" not in str(figure("squat_double", KB, side="left"))


def test_the_hip_that_works_is_the_one_that_is_asked_for_also_where_the_lower_one_works():
    """The side plank works the lower hip: its mirror is drawn, so that the ring lies on the right hip."""
    assert KB.rehab.figures["side_plank"].works == "l"
    assert ">R<" in str(figure("side_plank", KB, side="right"))


def test_an_exercise_without_a_figure_is_named():
    with pytest.raises(KeyError):
        figure("no_such_thing", KB)


def standing(**pose):
    return Figure(id="x", base="upright", muscles=("quadriceps",), poses=(REST | pose,))


def test_angles_go_the_way_their_names_say():
    shown = standing(hip_r=(90, 0, 0), knee_r=90)
    stance = stand(full_poses(shown)[0], shown, BODY)
    hip, knee, ankle, toe = (stance.points[f"{each}_r"] for each in ("hip", "knee", "ankle", "toe"))
    assert knee.x - hip.x == pytest.approx(BODY.thigh)
    assert ankle.y - knee.y == pytest.approx(-BODY.shank)
    assert toe.x > ankle.x
    apart = standing(hips=(0, 30, 0))
    wide = stand(full_poses(apart)[0], apart, BODY)
    assert wide.points["knee_r"].z > wide.points["hip_r"].z
    assert wide.points["knee_l"].z < wide.points["hip_l"].z


def test_a_standing_body_is_as_tall_as_its_parts():
    shown = standing()
    stance = stand(full_poses(shown)[0], shown, BODY)
    assert stance.lowest == pytest.approx(0)
    assert 0.95 < stance.points["head"].y + BODY.head_r < 1.0


def test_what_is_too_far_is_reached_for():
    knee, ankle = bent(Vec(0, 1, 0), Vec(0, -5, 0), 0.4, 0.4, Vec(1, 0, 0))
    assert (ankle - Vec(0, 1, 0)).length == pytest.approx(0.8, abs=1e-3)
    assert knee.x > 0


def test_turning_keeps_a_frame_square():
    frame = Frame(Vec(1, 0, 0), Vec(0, 1, 0), Vec(0, 0, 1)).nod(20).roll(30).swing(40)
    assert angle_between(frame.f, frame.u) == pytest.approx(90)
    assert angle_between(frame.f.cross(frame.u), frame.r) == pytest.approx(0, abs=1e-5)
    assert frame.at(1, 0, 0) == frame.f


def test_every_base_is_right_handed():
    for frame in BASES.values():
        assert (frame.f.cross(frame.u) - frame.r).length == pytest.approx(0)


def test_half_way_is_between_and_leaves_out_what_only_one_names():
    assert halfway({"knee_r": (0.0,), "pelvis": (1.0, 1.0, 1.0)}, {"knee_r": (90.0,)}, 0.5) == {"knee_r": (45.0,)}


def test_a_camera_in_front_sees_the_right_hand_left():
    x, y, near = Camera(90, 0).see(Vec(1, 0, 0.5))
    assert (x, y, near) == pytest.approx((-0.5, 0, 1))


def test_a_ball_within_a_ball_is_the_greater_ball():
    lens = Lens(Camera(0, 0), 100)
    assert lens.path([((Vec(0, 0, 0), 0.2), (Vec(0.01, 0, 0), 0.05))]).startswith("M")
    assert lens.path([((Vec(0, 0, 0), 0.2),)]).count("A") == 2


def test_no_way_has_no_direction():
    assert Vec(0, 0, 0).unit == Vec(0, 0, 0)


def test_a_hand_over_the_floor_lies_flat():
    shown = Figure(
        id="x", base="prone", muscles=("back",), poses=({"shoulders": (90, 0, 0), "hands": (0.3, 0.03, 0.1)},),
    )  # fmt: skip
    stance = stand({**full_poses(shown)[0], "pelvis": (0.0, 0.3, 0.0)}, shown, BODY)
    assert stance.points["hand_r"].y == pytest.approx(stance.points["wrist_r"].y)


@pytest.mark.parametrize(
    ("name", "muscle", "front"),
    [("squat_double", "quadriceps", 1), ("split_squat", "quadriceps", 1), ("glute_bridge", "hamstrings", -1)],
)
def test_a_muscle_lies_on_its_own_side_of_the_thigh(name, muscle, front):
    """Where a knee is bent, the thigh's front is the side to which the knee sticks out."""
    for stance in stances(name):
        hip, knee, ankle = (stance.points[f"{each}_r"] for each in ("hip", "knee", "ankle"))
        bulge = (knee - (hip + ankle) * 0.5).off((knee - hip).unit)
        (start, _), _ = MUSCLES[muscle]("r").hulls(stance)[0]
        if angle_between(knee - hip, ankle - knee) > 15:
            assert (start - hip).dot(bulge) * front > 0
