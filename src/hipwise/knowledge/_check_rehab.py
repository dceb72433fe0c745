"""What must hold between the parts of rehab knowledge; each fault with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from hipwise.knowledge._advice import Advice, Answer, BodyPart
from hipwise.knowledge._conditions import Compare, Condition, Fact, Told
from hipwise.knowledge._figures import Figure, Pose
from hipwise.knowledge._load import Folder
from hipwise.knowledge._rehab import Exercise, Outcome, Phase, Protocol, Stage, TodayRule, Until
from hipwise.knowledge._schema import Cause
from hipwise.texts import known, say

__all__ = ["check_rehab"]

Fault = tuple[str, tuple[Any, ...]]
"""What is wrong, and the path to it within the entry."""


def check_rehab(folder: Folder) -> None:
    """Note every fault that links exercises, protocols, causes, the decision table and the texts."""
    checkers: tuple[tuple[str, Callable[[Folder, Any], Iterator[Fault]]], ...] = (
        ("exercises", _exercise),
        ("figures", _figure),
        ("protocols", _protocol),
        ("advice", _advice),
        ("anatomy", _fits),
        ("answers", _answer),
        ("today", _rule),
        ("outcomes", _outcome),
        ("causes", _cause),
    )
    for section, checker in checkers:
        for name, entry in folder.entries[section].items():
            for what, path in checker(folder, entry):
                folder.fault(section, name, what, path)


def _exercise(folder: Folder, exercise: Exercise) -> Iterator[Fault]:
    exercises: dict[str, Exercise] = folder.entries["exercises"]
    for thing in sorted(set(exercise.equipment) - set(folder.entries["equipment"])):
        yield say("rehab.no_equipment", thing=thing), ("equipment",)
    if _is_circle(exercise, exercises):
        yield say("rehab.circle"), ("progression_of",)
    easier = exercise.progression_of
    if easier is not None and exercise.id not in _harder(exercises, easier):
        yield say("rehab.open_chain", one=exercise.id, other=easier), ("progression_of",)
    for harder in exercise.regression_of:
        if harder not in exercises or exercises[harder].progression_of != exercise.id:
            yield say("rehab.open_chain", one=exercise.id, other=harder), ("regression_of",)
    if exercise.id not in folder.entries["figures"]:
        yield say("rehab.no_figure"), ()
    if len(exercise.why.split()) > LONGEST_WHY:
        yield say("rehab.long_why", most=LONGEST_WHY), ("why",)
    for what in _dose(folder, exercise):
        yield what, ("dose",)
    named = {name for section in ("protocols", "causes", "barring") for name in folder.entries[section]}
    for place, bar in enumerate(exercise.not_for):
        if bar.of not in named:
            yield say("rehab.no_problem", name=bar.of), ("not_for", place)
    yield from _harm(exercise)


def _harm(exercise: Exercise) -> Iterator[Fault]:
    """Landings come last, and nothing that loads is open to a bone that may be injured."""
    if exercise.impact and Phase.RETURN not in exercise.phases[:1]:
        yield say("rehab.early_impact"), ("phases",)
    if (exercise.loads or exercise.impact) and "bone_stress" not in {bar.of for bar in exercise.not_for}:
        yield say("rehab.bone_not_barred"), ("not_for",)


def _dose(folder: Folder, exercise: Exercise) -> Iterator[str]:
    """A dose outside the ranges of `parameters/dose.yaml` is a slip of the pen."""
    for name, limits in folder.parameters.get("dose", {}).items():
        low, high = getattr(exercise.dose, name) or limits.range
        if low < limits.range[0] or high > limits.range[1]:
            yield say("rehab.dose_range", field=name, low=limits.range[0], high=limits.range[1])


def _figure(folder: Folder, figure: Figure) -> Iterator[Fault]:
    if figure.id not in folder.entries["exercises"]:
        yield say("rehab.no_exercise", exercise=figure.id), ()
    limits = folder.parameters.get("joints", {})
    for place, pose in enumerate(figure.poses):
        for joint, angle in _angles(pose):
            if joint in limits and not limits[joint].range[0] <= angle <= limits[joint].range[1]:
                yield say("rehab.joint", joint=joint, angle=angle), ("poses", place)


def _angles(pose: Pose) -> Iterator[tuple[str, float]]:
    """Yield the angles that a pose names, by the joint limit that holds for each."""
    for field, value in pose:
        part = field.removesuffix("s").removesuffix("_r").removesuffix("_l")
        if value is not None and part in JOINTS:
            yield from zip(JOINTS[part], value if isinstance(value, tuple) else (value,), strict=True)


JOINTS = {
    "hip": ("hip_flexion", "hip_abduction", "hip_rotation"),
    "knee": ("knee_flexion",),
    "ankle": ("ankle_dorsiflexion",),
    "back": ("back_flexion", "back_bend", "back_turn"),
    "shoulder": ("shoulder_flexion", "shoulder_abduction", "shoulder_rotation"),
    "elbow": ("elbow_flexion",),
}
"""Which limits of `parameters/joints.yaml` hold for the numbers of a part."""
LONGEST_WHY = 10


def _is_circle(exercise: Exercise, exercises: dict[str, Exercise]) -> bool:
    """Whether the way to easier exercises comes back to where it was."""
    passed = {exercise.id}
    while exercise.progression_of in exercises:
        exercise = exercises[exercise.progression_of]
        if exercise.id in passed:
            return True
        passed.add(exercise.id)
    return False


def _harder(exercises: dict[str, Exercise], easier: str) -> tuple[str, ...]:
    return exercises[easier].regression_of if easier in exercises else ()


def _protocol(folder: Folder, protocol: Protocol) -> Iterator[Fault]:
    if protocol.profile not in folder.entries["profiles"]:
        yield say("rehab.no_profile", profile=protocol.profile), ("profile",)
    yield from _clinician(protocol)
    for place, stage in enumerate(protocol.stages):
        for what in (*_stage(folder, protocol, stage), *_leaving(folder, stage)):
            yield what, ("stages", place)


def _clinician(protocol: Protocol) -> Iterator[Fault]:
    """What a clinician must see first has a reason and a calm stage; all else has rules for leaving its stages."""
    if protocol.needs_clinician:
        if not protocol.reason:
            yield say("rehab.no_reason"), ("needs_clinician",)
        if [stage.id for stage in protocol.stages] != [Phase.CALM]:
            yield say("rehab.only_calm"), ("stages",)
        return
    for place, stage in enumerate(protocol.stages[:-1]):
        if stage.leave_when is None:
            yield say("rehab.no_exit"), ("stages", place)


def _stage(folder: Folder, protocol: Protocol, stage: Stage) -> Iterator[str]:
    exercises: dict[str, Exercise] = folder.entries["exercises"]
    for name in stage.exercises:
        if name not in exercises:
            yield say("rehab.no_exercise", exercise=name)
        elif stage.id not in exercises[name].phases:
            yield say("rehab.wrong_phase", exercise=name, stage=stage.id.value)
        elif _is_barred(exercises[name], protocol, stage.id):
            yield say("rehab.barred", exercise=name, stage=stage.id.value)


def _is_barred(exercise: Exercise, protocol: Protocol, stage: Phase) -> bool:
    """Whether an exercise is not for a protocol at a stage, or strains what it keeps from that."""
    strains = {"presses": exercise.presses, "stretches": exercise.stretches}
    barred = any(bar.of == protocol.id and not _open(bar.until, stage) for bar in exercise.not_for)
    return barred or protocol.keeps_from(stage, **strains, impact=exercise.impact)


def _open(until: Until, stage: Phase) -> bool:
    """Whether a bar is over at a stage (a clearance is taken as given: the plan asks for it)."""
    if until is Until.CLEARED:
        return True
    return until is not Until.ALWAYS and stage.place >= Phase(until.value).place


def _leaving(folder: Folder, stage: Stage) -> Iterator[str]:
    if stage.leave_when is not None:
        yield from _condition(folder, stage.leave_when)


def _condition(folder: Folder, condition: Condition) -> Iterator[str]:
    for leaf in condition.leaves():
        yield from _leaf(folder, leaf)


def _leaf(folder: Folder, leaf: Told | Compare | Fact) -> Iterator[str]:
    findings = folder.entries["findings"]
    if isinstance(leaf, Fact):
        yield say("knowledge.no_fact", fact=leaf.name)
    elif isinstance(leaf, Compare):
        if leaf.subject not in findings and leaf.subject not in PERSON:
            yield say("knowledge.no_score", finding=leaf.subject)
    elif leaf.finding not in findings:
        yield say("knowledge.no_finding", finding=leaf.finding)
    else:
        for state in sorted(leaf.states - set(findings[leaf.finding].states)):
            yield say("knowledge.no_state", finding=leaf.finding, state=state)


def _rule(folder: Folder, rule: TodayRule) -> Iterator[Fault]:
    if rule.refer_if is not None:
        for what in _condition(folder, rule.refer_if):
            yield what, ("refer_if",)
    for outcome in sorted(set(rule.outcomes) - set(folder.entries["outcomes"])):
        yield say("rehab.no_outcome", outcome=outcome), ("outcomes",)
    for field in ("reason", "change"):
        if getattr(rule, field) not in known():
            yield say("rehab.no_text", text=getattr(rule, field)), (field,)


def _fits(folder: Folder, entry: Advice | BodyPart) -> Iterator[Fault]:
    for name in sorted({*entry.fits, *getattr(entry, "not_with", ())} - set(folder.entries["protocols"])):
        yield say("rehab.no_protocol", protocol=name), ("fits",)


def _advice(folder: Folder, advice: Advice) -> Iterator[Fault]:
    yield from _fits(folder, advice)
    if advice.only_if is not None:
        for what in _condition(folder, advice.only_if):
            yield what, ("only_if",)


def _answer(folder: Folder, answer: Answer) -> Iterator[Fault]:
    del folder
    if len(answer.answer.split()) > LONGEST_ANSWER:
        yield say("rehab.long_answer", most=LONGEST_ANSWER), ("answer",)


LONGEST_ANSWER = 120
PERSON = frozenset({"age", "sex"})


def _outcome(folder: Folder, outcome: Outcome) -> Iterator[Fault]:
    del folder
    if (text := f"today.{outcome.headline}") not in known():
        yield say("rehab.no_text", text=text), ("headline",)


def _cause(folder: Folder, cause: Cause) -> Iterator[Fault]:
    if cause.profile not in folder.entries["profiles"]:
        yield say("rehab.no_profile", profile=cause.profile), ("profile",)
    for field in ("protocol", "after_visit"):
        name = getattr(cause, field)
        if name is not None and name not in folder.entries["protocols"]:
            yield say("rehab.no_protocol", protocol=name), (field,)
